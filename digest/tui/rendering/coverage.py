"""A story laid out by language: side by side where there is room, else one language at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from digest.model import Mark
from digest.tui.i18n import N_, _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, plain, width
from digest.tui.rendering.badges import badge
from digest.tui.rendering.parts import Part, marked, part_at
from digest.tui.rendering.wrapping import slices, wrapped

if TYPE_CHECKING:
    from digest.stories.coverage import Column, Coverage, Report

NARROWEST = 28
_MISSING = {
    "en": N_("No English report yet."),
    "zh": N_("No Chinese report yet."),
    "ja": N_("No Japanese report yet."),
}
_LEAD = 4
_LEAD_LINES = 4
_GAP = 2

Line = list[Part]


class Place(NamedTuple):
    """Where the cursor is: which column, and which report in it."""

    column: int = 0
    report: int = 0


class Stripe(NamedTuple):
    """Where a column stands: its first cell and line, and of each line its report, -1 for none."""

    column: int
    left: int
    top: int
    reports: list[int]


@dataclass(slots=True)
class Sheet:
    """Lines, and between which of them the report under the cursor stands.

    `stripes` are the columns from left to right.
    """

    lines: list[Line] = field(default_factory=list)
    first: int = 0
    last: int = 0
    stripes: list[Stripe] = field(default_factory=list)

    def place_at(self, line: int, cell: int) -> Place | None:
        """The report that stands there."""
        for stripe in reversed(self.stripes):
            if cell >= stripe.left:
                at = line - stripe.top
                report = stripe.reports[at] if 0 <= at < len(stripe.reports) else -1
                return Place(stripe.column, report) if report >= 0 else None
        return None


def side_by_side(story: Coverage, room: int) -> bool:
    """Whether all languages fit beside each other in `room` cells."""
    count = len(story.columns) + bool(story.missing)
    return (room - _GAP * (count - 1)) // count >= NARROWEST


def coverage_lines(
    story: Coverage, room: int, zone: tzinfo, place: Place, ticked: Collection[int] = ()
) -> Sheet:
    """The story in lines of at most `room` cells."""
    if side_by_side(story, room):
        sheet = _beside(story, room, zone, place, ticked)
    else:
        sheet = Sheet([_tabs(story, room, place), []])
        column = story.columns[place.column]
        shown = _column(column, room, zone, place.report, ticked)
        sheet.stripes = [Stripe(place.column, 0, len(sheet.lines), shown.stripes[0].reports)]
        _append(sheet, shown)
        sheet.lines += [[], *_lacking(story, room)] if story.missing else []
    sheet.lines += _disputes(story, room)
    return sheet


def _beside(
    story: Coverage, room: int, zone: tzinfo, place: Place, ticked: Collection[int]
) -> Sheet:
    count = len(story.columns) + bool(story.missing)
    each = (room - _GAP * (count - 1)) // count
    sheets = [
        _column(column, each, zone, place.report if at == place.column else None, ticked)
        for at, column in enumerate(story.columns)
    ]
    if story.missing:
        sheets.append(Sheet(_lacking(story, each)))
    height = max(len(one.lines) for one in sheets)
    here = sheets[place.column]
    sheet = Sheet(first=here.first, last=here.last)
    sheet.stripes = [
        Stripe(at, at * (each + _GAP), 0, sheets[at].stripes[0].reports)
        for at in range(len(story.columns))
    ]
    for at in range(height):
        line: Line = []
        for number, one in enumerate(sheets):
            if number:
                line.append(Part(" " * _GAP, "text"))
            line += _padded(one.lines[at] if at < len(one.lines) else [], each)
        sheet.lines.append(line)
    return sheet


def _padded(parts: Line, cells: int) -> Line:
    used = sum(width(part.text) for part in parts)
    role = "text cursor" if parts and "cursor" in parts[0].role else "text"
    return [*parts, Part(" " * max(0, cells - used), role)]


def _append(sheet: Sheet, other: Sheet) -> None:
    before = len(sheet.lines)
    sheet.lines += other.lines
    sheet.first, sheet.last = before + other.first, before + other.last


def _tabs(story: Coverage, room: int, place: Place) -> Line:
    """One word for each language, the one that is shown lit."""
    line: Line = [Part(" ", "text")]
    for at, column in enumerate(story.columns):
        words = f" {_language(column)} {len(column.reports)} "
        line += [Part(words, "cursor" if at == place.column else "heading"), Part(" ", "text")]
    for lang in story.missing:
        line.append(Part(f" {_badge(lang)} 0 ", "about"))
    used = sum(width(part.text) for part in line)
    return line if used <= room else line[:-1]


def tab_at(tabs: Line, cell: int) -> int:
    """The column whose word stands at a cell of the line of `_tabs`, -1 for none."""
    at = part_at(tabs, cell)
    return at // 2 if at % 2 else -1


def _language(column: Column) -> str:
    return badge(column.reports[0].row.lang).strip() or "--"


def _badge(lang: str) -> str:
    return badge("zh-Hant" if lang == "zh" else lang).strip()


# one language -----------------------------------------------------------------------------------


def _column(
    column: Column, room: int, zone: tzinfo, here: int | None, ticked: Collection[int]
) -> Sheet:
    first = column.reports[0]
    many = ngettext("{n} report", "{n} reports", len(column.reports))
    head = f"{fit(_language(column), 3)} {many.format(n=len(column.reports))}"
    sheet = Sheet(
        [
            [Part(cut(head, room), "heading")],
            [Part(cut(after_words(first.after), room), "about" if first.after else "star")],
        ]
    )
    owners = [-1] * len(sheet.lines)
    sheet.stripes = [Stripe(0, 0, 0, owners)]
    for at, report in enumerate(column.reports):
        sheet.lines.append([])
        start = len(sheet.lines)
        sheet.lines += _report(report, room, zone, here=at == here, ticked=report.row.id in ticked)
        owners += [-1, *[at] * (len(sheet.lines) - start)]
        if at == here:
            sheet.first = 0 if at == 0 else start
            sheet.last = len(sheet.lines)
    if column.only:
        words = _("Named here only: {names}").format(names=", ".join(column.only))
        sheet.lines += [[], *_wrapped(words, room, "about")]
    return sheet


def after_words(seconds: int) -> str:
    """How long after the first report this one came."""
    if seconds <= 0:
        return _("first")
    minutes = seconds // 60
    if minutes < 60:
        return ngettext("{n} minute later", "{n} minutes later", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{n} hour later", "{n} hours later", hours).format(n=hours)
    return ngettext("{n} day later", "{n} days later", hours // 24).format(n=hours // 24)


def _report(report: Report, room: int, zone: tzinfo, *, here: bool, ticked: bool) -> list[Line]:
    row = report.row
    over = " cursor" if here else ""
    lead = (signs.CURSOR if here else " ") + (signs.TICK if ticked else " ")
    lead += " " if row.read else signs.UNREAD
    when = f"{row.at.astimezone(zone):%m-%d %H:%M}"
    outlet = cut(plain(row.feed), max(4, room - _LEAD - width(when) - 1))
    lines: list[Line] = [
        [
            Part(f"{lead} ", f"sign{over}"),
            Part(f"{when} ", f"time{over}"),
            Part(outlet, f"outlet{over}"),
        ]
    ]
    title = plain(row.title)
    role = ("read" if row.read else "unread") + over
    for start, end in slices(title, room - _LEAD):
        inside = [
            Mark(max(0, mark.start - start), mark.end - start)
            for mark in report.stressed
            if mark.end > start and mark.start < end
        ]
        shown = marked(title[start:end], role, inside, "stress-here" if here else "stress")
        lines.append([Part(" " * _LEAD, f"text{over}"), *shown])
    if row.copy_of is not None:
        below = [cut(_("copy of another report"), room - _LEAD)]
    else:
        below = _first_lines(report.lead, room - _LEAD)
    lines += [[Part(f"{' ' * _LEAD}{line}", f"about{over}")] for line in below]
    return [_padded(line, room) for line in lines] if here else lines


def _first_lines(words: str, room: int) -> list[str]:
    found = wrapped(words, room)
    if len(found) > _LEAD_LINES:
        found = [*found[: _LEAD_LINES - 1], cut(f"{found[_LEAD_LINES - 1]} {signs.CUT}", room)]
    return found


# below the columns ------------------------------------------------------------------------------


def _lacking(story: Coverage, room: int) -> list[Line]:
    lines: list[Line] = []
    for lang in story.missing:
        lines += [[Part(cut(line, room), "warning")] for line in wrapped(_(_MISSING[lang]), room)]
    return lines


def _disputes(story: Coverage, room: int) -> list[Line]:
    """The figures on which reports differ, and whose they are."""
    if not story.disputes:
        return []
    outlets = {one.row.id: _source(one) for one in story.reports}
    lines: list[Line] = [[], [Part(cut(_("Figures that differ"), room), "heading")]]
    for dispute in story.disputes:
        for at, claim in enumerate(dispute.claims):
            names = ", ".join(dict.fromkeys(outlets[ident] for ident in claim.articles))
            lead = "- " if at == 0 else "  "
            words = f"{plain(claim.written)}   {names}"
            for number, line in enumerate(wrapped(words, room - 4)):
                lines.append([Part(f"  {lead if number == 0 else '  '}{line}", "text")])
    return lines


def _source(report: Report) -> str:
    return f"{badge(report.row.lang).strip()} {plain(report.row.feed)}".strip()


def _wrapped(words: str, room: int, role: str) -> list[Line]:
    return [[Part(line, role)] for line in wrapped(words, room)]
