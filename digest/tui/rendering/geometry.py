"""Which article stands on which line of the list.

Every article takes the same number of lines; above the first article of each day, or other group,
stands one line more. Where days begin is learnt as rows are loaded, so the geometry grows while it
is in use; where other groups begin is known beforehand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """A line: the article's index, and which of its lines (0 the row); -1 for its day line."""

    row: int
    line: int


class Geometry:
    """Lines and indexes of a list of `rows` articles, `height` lines each.

    `heads` are the indexes, in order, that have a line above them from the beginning.
    """

    def __init__(self, rows: int = 0, height: int = 1, heads: Iterable[int] = ()) -> None:
        self.rows = rows
        self.height = height
        self._days = list(heads)

    @property
    def total(self) -> int:
        """How many lines there are."""
        return self.rows * self.height + len(self._days)

    def starts_day(self, index: int) -> bool:
        """Whether a day line stands above this article."""
        place = bisect_left(self._days, index)
        return place < len(self._days) and self._days[place] == index

    def add_day(self, index: int) -> bool:
        """Put a day line above this article; False when it was there."""
        if self.starts_day(index):
            return False
        insort(self._days, index)
        return True

    def line_of(self, index: int) -> int:
        """The line of the article's row."""
        return index * self.height + bisect_right(self._days, index)

    def top_of(self, index: int) -> int:
        """The line where the article begins, its day line included."""
        return self.line_of(index) - self.starts_day(index)

    def at(self, line: int) -> Place | None:
        """What stands on `line`, None past the end."""
        if not 0 <= line < self.total:
            return None
        index = bisect_right(range(self.rows), line, key=self.top_of) - 1
        return Place(index, line - self.line_of(index))
