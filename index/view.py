"""A snapshot of the index with the columns and orders that searches share."""

from __future__ import annotations

from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from index.calendar import local_days
from index.model import Ids
from index.query.ast import Dates, Languages
from index.schema import TEXT_FIELDS
from index.segments.columns import BYTE_LENGTHS
from index.segments.snapshot import Snapshot

Mask = NDArray[np.bool_]
Docs = NDArray[np.int64]  # sorted document numbers
Scores = NDArray[np.float64]

K1 = 1.2  # of BM25: Whoosh's and Lucene's value
# How much length counts: of any of the words, of titles, and of a name, which a long article that
# has it ten times is about more than a note of three lines that has it once.
B_TEXT, B_TITLE, B_NAME = 0.7, 0.75, 0.2


class View:
    """What a snapshot holds, by document number; made once for each state of the index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._days: dict[ZoneInfo, NDArray[np.int64]] = {}

    @property
    def size(self) -> int:
        """How many document numbers there are, deleted documents included."""
        return self.snapshot.size

    @cached_property
    def ids(self) -> Ids:
        """The id for each document number."""
        return self.snapshot.column("id")

    @cached_property
    def dates(self) -> NDArray[np.int64]:
        """Seconds since the epoch for each document number."""
        return self.snapshot.column("date")

    def days(self, zone: ZoneInfo) -> NDArray[np.int64]:
        """The day in `zone` for each document number, days since the epoch."""
        days = self._days.get(zone)
        if days is None:
            days = self._days[zone] = local_days(self.dates, zone)
        return days

    @cached_property
    def newest(self) -> Docs:
        """All document numbers, the newest first, of one date the highest id first."""
        return np.lexsort((self.ids, self.dates))[::-1]

    @cached_property
    def age(self) -> Docs:
        """The place of each document number in `newest`."""
        age = np.empty(self.size, np.int64)
        age[self.newest] = np.arange(self.size)
        return age

    @cached_property
    def norms(self) -> NDArray[np.float64]:
        """`K1 * ((1 - b) + b * length / mean length)` of BM25, of all text fields together."""
        return self._norms(B_TEXT, *TEXT_FIELDS)

    @cached_property
    def name_norms(self) -> NDArray[np.float64]:
        """The same for a name, of which length takes less away."""
        return self._norms(B_NAME, *TEXT_FIELDS)

    @cached_property
    def title_norms(self) -> NDArray[np.float64]:
        """The same of titles alone."""
        return self._norms(B_TITLE, "title")

    def _norms(self, b: float, *names: str) -> NDArray[np.float64]:
        lengths = np.zeros(self.size)
        for leaf in self.snapshot.leaves:
            for name in names:
                lengths[leaf.offset : leaf.end] += BYTE_LENGTHS[leaf.segment.lengths(name)]
        mean = float(lengths.mean()) if self.size else 0.0
        return K1 * ((1 - b) + b * lengths / (mean or 1.0))

    def mask(self, docs: Docs) -> Mask:
        """Which document numbers are among `docs`."""
        mask = np.zeros(self.size, np.bool_)
        mask[docs] = True
        return mask

    def in_languages(self, wanted: Languages) -> Mask:
        """Which documents are in one of these languages."""
        table = self.snapshot.table("lang")
        codes = [code for code, lang in enumerate(table) if lang in wanted.codes]
        column = self.snapshot.column("lang")
        mask = np.zeros(self.size, np.bool_)
        for code in codes:
            mask |= column == code
        return mask

    def dated(self, wanted: Dates) -> Mask:
        """Which documents have a date in `[start, end)`."""
        mask = np.ones(self.size, np.bool_)
        if wanted.start is not None:
            mask &= self.dates >= wanted.start
        if wanted.end is not None:
            mask &= self.dates < wanted.end
        return mask
