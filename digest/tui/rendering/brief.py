"""A brief as it is looked over before it is written, in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from digest.tui.i18n import _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, plain, width
from digest.tui.rendering.badges import badge
from digest.tui.rendering.parts import Part
from digest.tui.rendering.wrapping import wrapped

if TYPE_CHECKING:
    from digest.model import Brief, BriefStory, Gathering
    from digest.stories.drafts import Draft

_LEAD = 6
_QUOTE_LINES = 2  # of a story that the cursor is not on
_TAGS = 4

Line = list[Part]


@dataclass(slots=True)
class Sheet:
    """Lines, and between which of them the story under the cursor stands.

    `owners` has the number of each line's story, -1 for other lines.
    """

    lines: list[Line] = field(default_factory=list)
    first: int = 0
    last: int = 0
    owners: list[int] = field(default_factory=list)


def brief_lines(brief: Brief, draft: Draft, room: int, here: int) -> Sheet:
    """The stories, dropped ones struck through, in lines of at most `room` cells.

    Args:
        brief: as arranged by the draft.
        draft: what is dropped.
        room: cells.
        here: the number of the story under the cursor, from 0.
    """
    from digest.stories.drafts import key_of  # noqa: PLC0415 - only when a brief is shown

    sheet = Sheet()
    number = written = 0
    for heading, stories in brief.sections:
        if heading or len(brief.sections) > 1:
            sheet.lines.append([Part(fit(plain(heading), room), "day")])
        for story in stories:
            gone = key_of(story) in draft.dropped
            written += not gone
            start = len(sheet.lines)
            count = "" if gone else str(written)
            sheet.lines += _story(story, count, room, here=number == here)
            sheet.owners += [-1] * (start - len(sheet.owners))
            sheet.owners += [number] * (len(sheet.lines) - start)
            if number == here:
                sheet.first, sheet.last = start if number else 0, len(sheet.lines)
            sheet.lines.append([])
            number += 1
        if not stories and len(brief.sections) > 1:
            sheet.lines += [[Part("  " + _("Nothing new."), "about")], []]
    return sheet


def gathering_words(now: Gathering, stop: str) -> str:
    """How far a brief is, in words; `stop` is the key that ends it."""
    if now.to_tell:
        words, done, total = _("Gathering the stories: {done} of {total}"), now.told, now.to_tell
    elif now.to_group:
        words = _("Putting articles to stories: {done} of {total}")
        done, total = now.grouped, now.to_group
    else:
        return _("Gathering the stories")
    told = words.format(done=f"{done:,}", total=f"{total:,}")
    return told + _("   {key} stops it").format(key=stop)


def tabs(names: Sequence[str], here: int, room: int) -> Line:
    """The periods and named briefs in one line, the one that is shown lit and always seen."""
    shown = [f" {plain(name)} " for name in names]
    first = 0
    while first < here and sum(width(name) + 1 for name in shown[first : here + 1]) > room:
        first += 1
    line: Line = []
    left = room
    for at, name in enumerate(shown[first:], start=first):
        if width(name) + 1 > left:
            if at == here:
                line.append(Part(cut(name, left), "cursor"))
            break
        line += [Part(name, "cursor" if at == here else "heading"), Part(" ", "text")]
        left -= width(name) + 1
    return line


def _story(story: BriefStory, number: str, room: int, *, here: bool) -> Iterator[Line]:
    over = " cursor" if here else ""
    head = ("heading" if number else "removed") + over
    lead = f"{signs.CURSOR if here else ' '} {number or '-':>2}  "
    mark = _("new") if story.new else ""
    for at, text in enumerate(wrapped(story.headline, room - _LEAD - 8)):
        parts = [
            Part(lead if at == 0 else " " * _LEAD, f"sign{over}"),
            Part(text, head),
        ]
        if at == 0 and mark:
            parts.append(Part(f"  {mark}", f"star{over}"))
        yield _padded(parts, room) if here else parts
    about = cut(_about(story), room - _LEAD)
    line = [Part(" " * _LEAD, f"text{over}"), Part(about, f"about{over}")]
    yield _padded(line, room) if here else line
    if story.comment:
        for at, text in enumerate(wrapped(story.comment, room - _LEAD - 2)):
            sign = f"{signs.NOTE} " if at == 0 else "  "
            yield [Part(" " * _LEAD + sign, "note"), Part(text, "note")]
    if number:
        for quote in story.quotes:
            yield from _quote(quote.lang, quote.text, room, whole=here)


def _quote(lang: str, text: str, room: int, *, whole: bool) -> Iterator[Line]:
    lines = wrapped(text, room - _LEAD - 3)
    if not whole and len(lines) > _QUOTE_LINES:
        kept = lines[: _QUOTE_LINES - 1]
        lines = [*kept, cut(f"{lines[_QUOTE_LINES - 1]} {signs.CUT}", room - _LEAD - 3)]
    for at, line in enumerate(lines):
        sign = fit(badge(lang), 3) if at == 0 else "   "
        yield [Part(" " * _LEAD, "text"), Part(sign, "badge"), Part(line, "text")]


def _about(story: BriefStory) -> str:
    """Languages, outlets and tags: `EN 2  繁 1   3 outlets   #chips`."""
    rows = [one.summary for one in story.articles]
    counted = Counter(badge(row.lang).strip() or "--" for row in rows)
    outlets = len({row.feed for row in rows})
    tags = dict.fromkeys(tag for row in rows for tag in row.tags)
    words = [
        "  ".join(f"{name} {count}" for name, count in counted.items()),
        ngettext("{n} outlet", "{n} outlets", outlets).format(n=outlets),
        signs.STAR if any(row.starred for row in rows) else "",
        signs.NOTE if any(row.noted for row in rows) else "",
        " ".join(f"#{plain(tag)}" for tag in list(tags)[:_TAGS]),
    ]
    return "   ".join(filter(None, words))


def _padded(parts: Line, room: int) -> Line:
    used = sum(width(part.text) for part in parts)
    return [*parts, Part(" " * max(0, room - used), "text cursor")]
