"""The briefs that can be looked over on the desk: which there are, gathering one, handing it on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from digest.config.durations import parse_duration
from digest.config.settings import Brief as Named
from digest.languages.catalogues import words_of
from digest.tui.i18n import _, spoken

if TYPE_CHECKING:
    from digest.ingest.ports import Cancelled
    from digest.library import Library
    from digest.model import Brief, Gathering
    from digest.stories.drafts import Draft

_DAY = timedelta(days=1)
LAST = "last"


class Plan(NamedTuple):
    """One of the briefs that may be looked over.

    Attributes:
        key: under which what is made of it is kept.
        title: what it is called on the screen.
        since: a duration, or `LAST` for since the last brief.
        named: of the configuration; None for a period.
    """

    key: str
    title: str
    since: str
    named: Named | None = None

    @property
    def lang(self) -> str:
        """The language it is read in: that of the interface, unless the named one has its own."""
        return (self.named and self.named.lang) or spoken().tag


def plans_of(named: Sequence[Named], typed: str = "") -> tuple[list[Plan], int]:
    """The periods and the named briefs, and which of them is shown first.

    Raises:
        ValueError: what was typed is none of them and no duration; the message is for people.
    """
    plans = [
        Plan("since:24h", _("Day"), "24h"),
        Plan("since:7d", _("Week"), "7d"),
        Plan("since:last", _("Since the last brief"), LAST),
        *(Plan(f"named:{one.name}", f"@{one.name}", one.since, one) for one in named),
    ]
    wanted = typed.strip()
    if not wanted:
        return plans, 0
    if wanted.startswith("@"):
        for at, plan in enumerate(plans):
            if plan.title == wanted:
                return plans, at
        words = _("There is no brief {name}; name one in [[briefs]] in the configuration.")
        raise ValueError(words.format(name=wanted))
    try:
        parse_duration(wanted)
    except ValueError:
        words = _("A span such as 3d or a named brief such as @morning is meant, not {text}.")
        raise ValueError(words.format(text=wanted)) from None
    return [*plans, Plan(f"since:{wanted}", wanted, wanted)], len(plans)


@dataclass
class BriefMade(Message):
    """A brief, and what a person has made of it so far."""

    key: str
    brief: Brief
    draft: Draft
    problems: Sequence[str]
    waiting: int


@dataclass
class Moved(Message):
    """A brief is being made, and has come this far."""

    key: str
    now: Gathering


@dataclass
class Written(Message):
    """A brief is on the disk."""

    key: str
    words: str


def gathered(
    library: Library, plan: Plan, report: Callable[[Gathering], object], cancelled: Cancelled
) -> Message:
    """Gather a brief; what a person made of it before is kept."""
    if plan.since == LAST:
        last = library.briefs.last()
        span = library.now() - last if last else _DAY
    else:
        span = parse_duration(plan.since)
    named = plan.named or Named("")
    brief, problems = library.briefs.make(
        named.query,
        span,
        sections=named.sections,
        name=named.name,
        report=report,
        cancelled=cancelled,
    )
    draft = library.briefs.draft(plan.key)
    waiting = library.stories.waiting((brief.start, brief.end))
    return BriefMade(plan.key, brief, draft, [one.message for one in problems], waiting)


def forms_of(named: Named | None) -> list[tuple[str, str]]:
    """What a brief can be written as, the named brief's own way first."""
    words = {
        "md": _("Markdown"),
        "html": _("HTML: a page for a browser, which also prints well"),
        "epub": _("EPUB: a book for a reader"),
        "eml": _("A mail, to be sent by a mail program"),
        "json": _("JSON, for programs"),
    }
    first = named.format if named else "md"
    order = sorted(words, key=lambda form: form != first)
    rows = [(form, f"{form:<6}{words[form]}") for form in order]
    if named and named.command:
        handed = _("and hand it to {program}").format(program=named.command[0])
        rows = [(f"{form}+send", f"{form:<6}{handed}") for form in order[:1]] + rows
        rows += [(f"{form}+send", f"{form:<6}{handed}") for form in order[1:]]
    return rows


def delivered(library: Library, plan: Plan, brief: Brief, form: str, *, send: bool) -> Message:
    """Write the brief, hand it over if that is wanted, and begin the next one afresh."""
    from digest.library.handing_over import hand_over  # noqa: PLC0415 - only when one is written
    from digest.library.writing import write_brief  # noqa: PLC0415 - as above

    named = plan.named or Named("")
    path = write_brief(library, brief, form, words_of(plan.lang), name=named.name, to=named.to)
    words = _("Written to {path}").format(path=path)
    if send:
        hand_over(named.command, path, quiet=True)
        words = _("Written to {path} and handed to {program}").format(
            path=path, program=named.command[0]
        )
    library.briefs.finish(named.name, plan.key, brief)
    return Written(plan.key, words)
