"""Finds the longest names in text that is folded and evened, from the left, none overlapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from index.names.spelling import is_katakana
from index.names.table import LONGEST, Table

# Whether a key of this use may stand at [start, end) of the text.
Fits = Callable[[int, int, int], bool]


class Found(NamedTuple):
    """A key at `[start, end)` of evened text: its table and its number there."""

    table: Table
    key: int
    start: int
    end: int


class _Place:
    """Judges the keys that begin at one place of a text."""

    def __init__(self, text: str, start: int, table: Table, fits: Fits) -> None:
        self._text, self._start, self._table, self._fits = text, start, table, fits

    def accepts(self, key: int, length: int) -> bool:
        return ends_well(self._text, self._start + length) and self._fits(
            self._table.use(key), self._start, self._start + length
        )


def begins_well(text: str, start: int) -> bool:
    """Whether no word or katakana run goes on across the start of a name."""
    return start == 0 or not _joined(text[start - 1], text[start])


def ends_well(text: str, end: int) -> bool:
    """The same for its end."""
    return end == len(text) or not _joined(text[end - 1], text[end])


def _joined(left: str, right: str) -> bool:
    if left < "\u2e80":
        return right < "\u2e80" and left.isalnum() and right.isalnum()
    return is_katakana(left) and is_katakana(right)


def longest_names(
    text: str, starts: Iterable[int], tables: Sequence[Table], fits: Fits
) -> Iterator[Found]:
    """The longest fitting keys from the left, none overlapping; of equal length the first table's.

    `starts` are the places in evened `text` where a key may begin, ascending.
    """
    free = 0
    for start in starts:
        if start < free or not begins_well(text, start):
            continue
        window = text[start : start + LONGEST]
        best: Found | None = None
        for table in tables:
            place = _Place(text, start, table, fits)
            if (found := table.longest(window, place.accepts)) is not None:
                key, length = found
                if best is None or length > best.end - start:
                    best = Found(table, key, start, start + length)
        if best is not None:
            free = best.end
            yield best
