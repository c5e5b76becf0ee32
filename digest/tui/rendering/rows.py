"""A row of the article list: columns of fixed width, whatever scripts stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import NamedTuple

from digest.model import Mark, Snippet, Summary
from digest.tui.i18n import N_, _
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, plain, width
from digest.tui.rendering.badges import badge
from digest.tui.rendering.dates import clock_time, short_date
from digest.tui.rendering.parts import Part, marked

# What brought an article that does not strictly match, in at most 13 cells.
BROUGHT = {
    "dictionary": N_("dictionary"),
    "relaxed": N_("some words"),
    "meaning": N_("by meaning"),
}
_LEAD = 5
_ELLIPSIS = "…"  # with which a passage begins that is cut
_BADGE = 3
_TITLE_AT_LEAST = 24


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of a row's columns in cells, each with the space after it.

    Attributes:
        total: the whole row.
        when: a time of day (6) where rows stand under their day, else a date (11).
        outlet: 0 where there is no room for it.
    """

    total: int
    when: int
    outlet: int

    @property
    def indent(self) -> int:
        """Where the title starts."""
        return _LEAD + self.when + _BADGE + self.outlet


def columns(total: int, *, grouped: bool) -> Columns:
    """The columns that fit a list of `total` cells."""
    when = 6 if grouped else 11
    spare = total - _LEAD - when - _BADGE - _TITLE_AT_LEAST
    outlet = min(18, spare // 3) if spare >= 24 else 0
    return Columns(total, when, outlet)


def row_parts(
    row: Summary,
    grid: Columns,
    zone: tzinfo,
    *,
    cursor: bool = False,
    selected: bool = False,
    title_marks: Sequence[Mark] = (),
) -> list[Part]:
    """The row, exactly `grid.total` cells wide."""
    grouped = grid.when == 6
    when = clock_time(row.at, zone) if grouped else short_date(row.at, zone)
    lead = (signs.CURSOR if cursor else " ") + (signs.TICK if selected else " ")
    parts = [
        Part(lead, "sign"),
        Part(" " if row.read else signs.UNREAD, "unread-sign"),
        Part(signs.STAR if row.starred else " ", "star"),
        Part(signs.NOTE if row.noted else " ", "note"),
        Part(fit(when, grid.when), "time"),
        Part(fit(badge(row.lang), _BADGE), "badge"),
    ]
    if grid.outlet:
        parts.append(Part(fit(plain(row.feed), grid.outlet - 1) + " ", "outlet"))
    room = grid.total - grid.indent
    tail = _tail(row, room)
    return [*parts, *_title(row.title, title_marks, room - width(tail)), Part(tail, "tag")]


def _title(title: str, marks: Sequence[Mark], room: int) -> list[Part]:
    parts, used = _clipped(plain(title), "title", marks, room)
    return [*parts, Part(" " * (room - used), "title")]


def _clipped(text: str, role: str, marks: Sequence[Mark], room: int) -> tuple[list[Part], int]:
    """`text` with its hits, cut to `room` cells; and how many cells that took."""
    shown = cut(text, room)
    kept = len(shown) if shown == text else len(shown) - len(signs.CUT)
    inside = [Mark(mark.start, min(mark.end, kept)) for mark in marks if mark.start < kept]
    return marked(shown, role, inside), width(shown)


def _tail(row: Summary, room: int) -> str:
    """Tags and the number of copies at the right, in at most a third of the room."""
    words = [f"#{plain(tag)}" for tag in row.tags]
    if row.copies:
        words.append(f"{signs.COPIES}{row.copies}")
    if not words or room < 12:
        return ""
    return " " + cut(" ".join(words), max(6, room // 3))


def snippet_parts(snippet: Snippet | None, grid: Columns, brought: str = "") -> list[Part]:
    """The line under a row while searching: what brought it, and the passage with its hits.

    `brought` is a key of `BROUGHT`, or "" for a strict match.
    """
    room = grid.total - grid.indent
    said = f"{' ' * _LEAD}{_(BROUGHT[brought])}" if brought in BROUGHT else ""
    lead = Part(fit(said, grid.indent - 1) + " ", "time")
    if snippet is None or room <= 0:
        return [lead, Part(" " * max(0, room), "snippet")]
    text, marks = _from_first_hit(plain(snippet.text), snippet.marks, room)
    parts, used = _clipped(text, "snippet", marks, room)
    return [lead, *parts, Part(" " * (room - used), "snippet")]


def _from_first_hit(text: str, marks: Sequence[Mark], room: int) -> tuple[str, Sequence[Mark]]:
    """The text from a little before its first hit, where that would not be seen otherwise."""
    if text.startswith(_ELLIPSIS):  # whose width depends on the terminal
        text = signs.CUT + text[1:]
    if not marks or width(text[: marks[0].end]) <= room:
        return text, marks
    start = max(0, marks[0].start - room // 6)
    if start and text[start - 1 : start + 1].isascii():  # not inside a word
        start = text.find(" ", start - 1, marks[0].start) + 1 or marks[0].start
    moved = [Mark(m.start - start + 1, m.end - start + 1) for m in marks]
    return signs.CUT + text[start:], moved


class Head(NamedTuple):
    """What stands above the first row of a group: its name, and how many articles it has."""

    words: str
    size: int


def head_parts(head: Head, total: int) -> list[Part]:
    """The line above the first row of a group; a long name is cut, its number is always seen."""
    size = f"   {head.size:,}"
    name = cut(plain(head.words), max(0, total - 2 - width(size)))
    return day_parts(f"{name}{size}", total)


def day_parts(words: str, total: int) -> list[Part]:
    """The line above the first row of a day."""
    return [Part(fit(f"  {words}", total), "day")]


def blank_parts(total: int, *, cursor: bool = False) -> list[Part]:
    """A row that has not been loaded yet, or whose article is gone."""
    return [Part(fit(f"{signs.CURSOR if cursor else ' '}      {signs.CUT}", total), "time")]
