"""Tables in columns that align whatever scripts their cells are in."""

from __future__ import annotations

from collections.abc import Sequence

from digest.tui.layout.cells import fit, plain, width
from digest.tui.layout.kinsoku import wrap

_GAP = "  "
_MOST_COLUMNS = 24


def column_widths(rows: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column, together at most `room` cells with the gaps between them.

    Columns as wide as their widest cell where that fits; else the widest give way first.
    """
    count = min(_MOST_COLUMNS, max(len(row) for row in rows))
    natural = [
        max((width(plain(row[at])) for row in rows if at < len(row)), default=1) or 1
        for at in range(count)
    ]
    limit = max(count * 2, room - len(_GAP) * (count - 1))
    while sum(natural) > limit:
        widest = max(natural)
        next_widest = max((size for size in natural if size < widest), default=1)
        at_top = [at for at, size in enumerate(natural) if size == widest]
        excess = sum(natural) - limit
        lowered = max(2, next_widest, widest - -(-excess // len(at_top)))
        if lowered >= widest:
            lowered = widest - 1
        for at in at_top:
            natural[at] = lowered
    return natural


def table_row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """A row as lines: each cell wrapped inside its column."""
    wrapped = []
    for at, size in enumerate(widths):
        text = plain(cells[at]) if at < len(cells) else ""
        wrapped.append([text[start:end] for start, end in wrap(text, size)] or [""])
    height = max(len(lines) for lines in wrapped)
    return [
        _GAP.join(
            fit(lines[at] if at < len(lines) else "", size)
            for lines, size in zip(wrapped, widths, strict=True)
        ).rstrip()
        for at in range(height)
    ]
