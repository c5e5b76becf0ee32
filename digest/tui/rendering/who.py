"""What is known of a name, in lines: forms, weeks by language, outlets, whom it appears with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from digest.tui.i18n import _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, fit_right, plain, width
from digest.tui.rendering.badges import sign
from digest.tui.rendering.dates import short_date
from digest.tui.rendering.parts import Part
from digest.tui.rendering.sparkline import sparkline
from digest.tui.rendering.wrapping import wrapped

if TYPE_CHECKING:
    from digest.library.profiles import Known, Profile

_OUTLETS = 8
_BESIDE = 16
_LANGUAGES = ("en", "zh", "ja")

Line = list[Part]


def name_in(one: Known, lang: str) -> str:
    """What it is called in a language (ISO 639-1), in any where it has no name in that."""
    return next(iter(one.forms.get(lang, ())), one.name)


def name_lines(names: Sequence[Known], room: int, here: int, lang: str) -> list[Line]:
    """A line for each name: how many articles name it, and its forms, that in `lang` first."""
    lines: list[Line] = []
    for at, one in enumerate(names):
        over = " cursor" if at == here else ""
        lead = signs.CURSOR if at == here else " "
        forms = [form for lang in _LANGUAGES for form in one.forms.get(lang, ())[:1]]
        words = "  ".join(dict.fromkeys([name_in(one, lang), *forms, one.name]))
        lines.append(
            [
                Part(f"{lead}{fit_right(f'{one.articles:,}', 6)}  ", f"count{over}"),
                Part(fit(plain(words), max(1, room - 9)), f"text{over}"),
            ]
        )
    return lines


def profile_lines(found: Profile, kind: str, room: int, zone: tzinfo, lang: str) -> list[Line]:
    """All that is known of a name, in lines of at most `room` cells; `kind` in words.

    It is headed by what it is called in `lang`.
    """
    lines: list[Line] = [
        [
            Part(cut(plain(name_in(found.who, lang)), max(8, room - width(kind) - 3)), "heading"),
            Part(f"   {kind}", "about"),
        ]
    ]
    for tongue, forms in found.who.forms.items():
        if forms:
            lines += _labelled(
                sign(tongue), ", ".join(forms) if tongue == "en" else "、".join(forms), room
            )
    lines.append([])
    lines += [[Part(line, "text")] for line in wrapped(_counts(found, zone), room)]
    lines += [[], *_weeks(found, room)] if found.weeks else []
    outlets = [f"{name or '?'} {number:,}" for name, number in list(found.feeds.items())[:_OUTLETS]]
    lines += _section(_("Outlets"), outlets, room)
    beside = [f"{one.name} {one.count:,}" for one in found.beside[:_BESIDE]]
    lines += _section(_("Appears with"), beside, room)
    return lines


def _counts(found: Profile, zone: tzinfo) -> str:
    number = found.who.articles
    words = [
        _articles(number),
        _mentions(found.mentions),
    ]
    if found.first and found.last:
        words.append(f"{short_date(found.first, zone)} - {short_date(found.last, zone)}")
    return "   ".join(words)


def _articles(number: int) -> str:
    return ngettext("{n} article", "{n} articles", number).format(n=f"{number:,}")


def _mentions(number: int) -> str:
    return ngettext("{n} mention", "{n} mentions", number).format(n=f"{number:,}")


def _weeks(found: Profile, room: int) -> Iterator[Line]:
    """The weeks as bars: mentions by all, articles by language, the languages in one measure."""
    weeks = found.weeks[-max(4, room - 22) :]
    yield [Part(cut(_("By week, from {day}").format(day=weeks[0].start), room), "heading")]
    mentions = [week.mentions for week in weeks]
    yield _bars("", mentions, max(mentions), _mentions(sum(mentions)), "text")
    every = {lang: [week.languages.get(lang, 0) for week in weeks] for lang in found.languages}
    most = max((max(counts) for counts in every.values()), default=0)
    for lang, counts in every.items():
        yield _bars(sign(lang), counts, most, _articles(sum(counts)), "about")


def _bars(label: str, counts: Sequence[int], most: int, total: str, role: str) -> Line:
    return [
        Part(f"  {fit(label, 3)}", "badge"),
        Part(sparkline(counts, most), role),
        Part(f"  {total}", "count"),
    ]


def _section(heading: str, words: Sequence[str], room: int) -> list[Line]:
    if not words:
        return []
    lines: list[Line] = [[], [Part(cut(heading, room), "heading")]]
    row = ""
    for word in map(plain, words):
        if row and width(row) + width(word) + 5 > room:
            lines.append([Part(f"  {row}", "text")])
            row = ""
        row = f"{row}   {word}" if row else cut(word, room - 2)
    return [*lines, [Part(f"  {row}", "text")]]


def _labelled(label: str, text: str, room: int) -> list[Line]:
    return [
        [Part(fit(label if at == 0 else "", 4), "badge"), Part(line, "text")]
        for at, line in enumerate(wrapped(text, room - 4))
    ]
