"""The articles of a list: all their ids, the rows that were loaded, and the lines they take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from digest.model import Summary
from digest.tui.rendering.dates import day_of
from digest.tui.rendering.geometry import Geometry
from digest.tui.rendering.rows import Head

if TYPE_CHECKING:
    from digest.library.values import Passages

WINDOW = 64
KEPT = 4096


class Shelf:
    """What a list holds. Rows and passages come later than ids, and far ones are dropped again.

    Attributes:
        ids: all articles in order.
        strict: how many of them, from the first, match strictly.
        brought: of each related article what brought it.
        searched: whether rows have a passage under them instead of days above them.
        geometry: which article stands on which line.
    """

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone
        self.ids: Sequence[int] = ()
        self.strict = 0
        self.brought: Mapping[int, str] = {}
        self.searched = False
        self.heads: Mapping[int, Head] | None = None
        self.geometry = Geometry()
        self._rows: dict[int, Summary] = {}
        self._passages: dict[int, Passages] = {}
        self._gone: set[int] = set()

    def put(
        self,
        ids: Sequence[int],
        *,
        strict: int,
        searched: bool,
        keep: bool,
        brought: Mapping[int, str] | None = None,
        heads: Mapping[int, Head] | None = None,
    ) -> None:
        """Hold these articles; with `keep`, passages stay.

        `heads` has what stands above each group by the index of its first article, in order; with
        None, groups are the days, and are learnt.
        """
        self.ids, self.strict, self.searched = ids, strict, searched
        self.brought = brought or {}
        self.heads = None if searched else heads
        self.geometry = Geometry(len(ids), 2 if searched else 1, self.heads or ())
        if not keep:
            self._passages.clear()
            self._gone.clear()

    def take(self, rows: Iterable[Summary], asked: Iterable[int] = ()) -> set[int]:
        """Take rows; those of `asked` that are not among them are gone from the library.

        Returns:
            the ids of the rows that are new or have changed.
        """
        found = {row.id: row for row in rows}
        changed = {ident for ident, row in found.items() if self._rows.get(ident) != row}
        self._rows.update(found)
        self._gone.update(set(asked) - set(found))
        return changed

    def take_passages(self, passages: Mapping[int, Passages]) -> None:
        """Take passages of a search."""
        self._passages.update(passages)

    def row(self, ident: int | None) -> Summary | None:
        """The row of an article, None while it is not loaded."""
        return None if ident is None else self._rows.get(ident)

    def passages(self, ident: int) -> Passages | None:
        """The passages of an article, None while they are not loaded."""
        return self._passages.get(ident)

    def index(self, ident: int | None, fallback: int) -> int:
        """Where an article stands; `fallback`, or the last one, when it is not held."""
        if ident is not None:
            try:
                return self.ids.index(ident)
            except ValueError:
                pass
        return min(fallback, max(0, len(self.ids) - 1))

    # windows --------------------------------------------------------------------------------

    def near(self, index: int) -> range:
        """The indexes around one."""
        return range(max(0, index - WINDOW), min(len(self.ids), index + WINDOW))

    def between(self, top: int, bottom: int) -> range:
        """The indexes with a line between these two."""
        if not self.ids:
            return range(0)
        first = self.geometry.at(max(0, top))
        last = self.geometry.at(min(bottom, self.geometry.total - 1))
        return range(first.row if first else len(self.ids), last.row + 1 if last else 0)

    def lacking(self, indexes: range) -> list[int]:
        """The articles among these whose rows are not loaded."""
        ids = (self.ids[at] for at in indexes)
        return [one for one in ids if one not in self._rows and one not in self._gone]

    def lacking_passages(self, indexes: range) -> list[int]:
        """The articles among these whose passages are not loaded."""
        if not self.searched:
            return []
        ids = (self.ids[at] for at in indexes)
        return [one for one in ids if one not in self._passages and one not in self._gone]

    def loaded(self, indexes: range) -> list[int]:
        """The articles among these whose rows are loaded."""
        return [self.ids[at] for at in indexes if self.ids[at] in self._rows]

    def find_days(self, indexes: range) -> None:
        """Put day lines where two neighbours, both loaded, are of different days."""
        if self.searched or self.heads is not None:
            return
        for at in indexes:
            row = self._rows.get(self.ids[at])
            above = self._rows.get(self.ids[at - 1]) if at else None
            if row is None or (at and above is None):
                continue
            if above is None or day_of(above.at, self.zone) != day_of(row.at, self.zone):
                self.geometry.add_day(at)

    def forget(self, keep: range, *, most: int = KEPT) -> None:
        """Drop the rows outside `keep` once there are more than `most`."""
        if len(self._rows) > most:
            near = {self.ids[at] for at in keep}
            self._rows = {ident: row for ident, row in self._rows.items() if ident in near}
