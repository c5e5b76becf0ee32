"""Counts over time as lines in Braille dots, whose width no font and no terminal disagrees on.

A cell has two dots across and four down. Where lines cross in a cell it has the colour of the later
one; each line ends with its number, so that they are told apart without colours too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.tui.i18n import _
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, fit_right, plain, width
from digest.tui.rendering.parts import Part

if TYPE_CHECKING:
    from digest.export.courses import Course

MOST = 5  # lines that have a colour of their own
_ACROSS, _DOWN = 2, 4
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # by row, then by column
_SAMPLE = chr(_BRAILLE + 0x12) * 2

Line = list[Part]
Cells = dict[tuple[int, int], tuple[int, int]]  # by row and column: the dots, and whose they are


def legend_lines(found: Course, titles: Mapping[str, str], room: int, here: int = -1) -> list[Line]:
    """A line for each series: its number, title, total and highest period."""
    lines: list[Line] = []
    for at, (name, counts) in enumerate(found.series.items()):
        over = " cursor" if at == here else ""
        most = max(counts, default=0)
        peak = _("most {period}: {n}").format(
            period=found.periods[counts.index(most)] if most else "-", n=f"{most:,}"
        )
        about = f"  {sum(counts):,}   {peak}"
        lead = f"{signs.CURSOR if at == here else ' '} {at + 1} {_SAMPLE} "
        short = cut(about, max(0, room - width(lead) - 1))
        left = max(1, room - width(lead) - width(short))
        lines.append(
            [
                Part(lead, f"{_role(at)}{over}"),
                Part(cut(plain(titles.get(name, name)), left), f"text{over}"),
                Part(short, f"about{over}"),
            ]
        )
    return lines


def plot_lines(found: Course, room: int, height: int) -> list[Line]:
    """All series in one measure, `height` cells high, over the time axis; [] without a count."""
    most = max((max(counts, default=0) for counts in found.series.values()), default=0)
    if not most:
        return []
    side = width(f"{most:,}") + 1
    columns = max(8, room - side - 3)
    cells: Cells = {}
    ends: dict[int, int] = {}
    for at, counts in enumerate(found.series.values()):
        points = list(_points(counts, most, columns, height))
        _draw(cells, at, points)
        row = points[-1][1] // _DOWN
        free = sorted(set(range(height)) - set(ends.values()), key=partial(_distance, row))
        row = free[0] if free else row
        ends[at] = row
    lines = [
        [
            Part(fit_right(_measure(row, height, most), side) + " ", "about"),
            *_row(cells, row, columns),
            *_end(ends, row),
        ]
        for row in range(height)
    ]
    return [*lines, [Part(" " * (side + 1) + _axis(found.periods, columns), "about")]]


def _points(
    counts: Sequence[int], most: int, columns: int, height: int
) -> Iterator[tuple[int, int]]:
    """The dots of a series; of more periods than dots the highest of each few count."""
    dots = columns * _ACROSS
    if len(counts) > dots:
        edges = [len(counts) * at // dots for at in range(dots + 1)]
        counts = [max(counts[a:b]) for a, b in pairwise(edges)]
    last = len(counts) - 1
    bottom = height * _DOWN - 1
    if last == 0:  # one period: a level line, since a dot would be lost
        level = bottom - round(counts[0] * bottom / most)
        yield 0, level
        yield dots - 1, level
        return
    for at, count in enumerate(counts):
        yield round(at * (dots - 1) / last), bottom - round(count * bottom / most)


def _distance(row: int, other: int) -> int:
    return abs(other - row)


def _draw(cells: Cells, series: int, points: Sequence[tuple[int, int]]) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in range(steps + 1):
            x = x0 + round((x1 - x0) * step / steps)
            y = y0 + round((y1 - y0) * step / steps)
            place = (y // _DOWN, x // _ACROSS)
            dots, _owner = cells.get(place, (0, series))
            cells[place] = (dots | _DOTS[y % _DOWN][x % _ACROSS], series)


def _row(cells: Cells, row: int, columns: int) -> Iterator[Part]:
    """A row of cells, those of one series side by side in one part."""
    text, owner = "", -1
    for column in range(columns):
        dots, series = cells.get((row, column), (0, -1))
        if series != owner and text:
            yield Part(text, _role(owner))
            text = ""
        owner = series
        text += chr(_BRAILLE + dots) if dots else " "
    yield Part(text, _role(owner))


def _role(series: int) -> str:
    return "text" if series < 0 else f"series-{series % MOST}"


def _end(ends: Mapping[int, int], row: int) -> Line:
    return [Part(f" {at + 1}", _role(at)) for at, end in ends.items() if end == row]


def _measure(row: int, height: int, most: int) -> str:
    """The count at this row, where one is written: at the top, in the middle, at the bottom."""
    if row == 0:
        return f"{most:,}"
    if row == height - 1:
        return "0"
    return f"{most // 2:,}" if row == (height - 1) // 2 and most % 2 == 0 else ""


def _axis(periods: Sequence[str], columns: int) -> str:
    """The first, the middle and the last period below their places."""
    first, last = periods[0], periods[-1]
    if len(periods) == 1 or columns < len(first) + len(last) + 2:
        return cut(first, columns)
    at = len(periods) // 2
    middle = periods[at]
    room = columns - len(first) - len(last)
    left = round(at * (columns - 1) / (len(periods) - 1)) - len(middle) // 2 - len(first)
    if len(periods) < 3 or left < 1 or room < left + len(middle) + 1:
        return first + " " * room + last
    return fit(first + " " * left + middle, columns - len(last)) + last
