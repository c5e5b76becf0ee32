"""A span of days: the evidence of all its articles, laid out so that one is compared with all.

Each bag becomes an inverted index over the rows of the window. A key weighs its weight in the
article times its inverse document frequency, `ln(1 + n / (0.5 + df)) / ln(1 + 2n)`, with the
documents of the window and `UNSEEN` more for n: in a window of few articles, what three of four
share is not common yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.stories.evidence import Bag, Evidence

Floats = NDArray[np.float64]
UNSEEN = 200
_COMMON = 0.5  # a key of more than this share of a large window says nothing
_LARGE = 200  # rows


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a window; `at` is in seconds, `lang` a primary subtag, `vector` a unit one."""

    id: int
    at: int
    lang: str
    evidence: Evidence
    vector: NDArray[np.float32] | None = None


class Inverted:
    """One bag of all rows: which rows have a key, and how much it weighs there."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        size = len(bags)
        lengths = [len(one.keys) for one in bags]
        keys = np.concatenate([one.keys for one in bags]) if size else np.zeros(0, np.uint32)
        weights = np.concatenate([one.weights for one in bags]) if size else np.zeros(0)
        # By key, then by place: as one number each, which sorts several times as fast.
        together = (keys.astype(np.uint64) << np.uint64(32)) | np.arange(len(keys), dtype=np.uint64)
        together.sort()
        order = (together & np.uint64(0xFFFFFFFF)).astype(np.int64)
        begins = np.ones(len(keys), np.bool_)
        begins[1:] = np.diff(together >> np.uint64(32)) != 0
        firsts = np.flatnonzero(begins)
        df = np.diff(np.append(firsts, len(keys)))
        codes = np.empty(len(keys), np.int64)
        codes[order] = np.cumsum(begins) - 1
        seen = size + UNSEEN
        self.idf: Floats = np.log1p(seen / (0.5 + df)) / np.log1p(2 * seen)
        heavy = weights * self.idf[codes]
        rows = np.repeat(np.arange(size), lengths)
        norms = np.sqrt(np.bincount(rows, heavy * heavy, minlength=size))
        unit = heavy / np.where(norms > 0, norms, 1)[rows]
        self._rows, self._unit = rows[order], unit[order]
        self._starts = np.append(firsts, len(keys))
        self._codes, self._weights = codes, unit
        self._ends = np.cumsum([0, *lengths])
        self._useful = (df <= _COMMON * size) if size > _LARGE else np.ones(len(df), np.bool_)
        self._size = size

    def compared(self, row: int) -> tuple[Floats, Floats]:
        """Of one row with every row: the cosine, and the sum of the idf of what they share."""
        own = slice(self._ends[row], self._ends[row + 1])
        codes, weights = self._codes[own], self._weights[own]
        kept = self._useful[codes]
        codes, weights = codes[kept], weights[kept]
        lengths = self._starts[codes + 1] - self._starts[codes]
        total = int(lengths.sum())
        if not total:
            return np.zeros(self._size), np.zeros(self._size)
        ends = np.cumsum(lengths)
        places = np.arange(total) - np.repeat(ends - lengths - self._starts[codes], lengths)
        rows = self._rows[places]
        products = self._unit[places] * np.repeat(weights, lengths)
        shared = np.repeat(self.idf[codes], lengths)
        return (
            np.bincount(rows, products, minlength=self._size).astype(np.float64),
            np.bincount(rows, shared, minlength=self._size).astype(np.float64),
        )


class Window:
    """The members of a span of days, each comparable with all."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self.days: Floats = np.array([one.at for one in members]) / 86_400
        self.langs = np.array([one.lang for one in members], dtype=np.str_)
        evidence = [one.evidence for one in members]
        self.entities = Inverted([one.entities for one in evidence])
        self.concepts = Inverted([one.concepts for one in evidence])
        self.words = Inverted([one.words for one in evidence])
        self.han = Inverted([one.han for one in evidence])
        self.numbers = Inverted([one.numbers for one in evidence])
        self._vectors = [one.vector for one in members]

    def __len__(self) -> int:
        return len(self.members)

    def cosines(self, row: int) -> Floats:
        """The cosine of the vectors of one row and every row; NaN where one of them has none."""
        own = self._vectors[row]
        found: Floats = np.full(len(self), np.nan)
        if own is not None:
            for place, vector in enumerate(self._vectors):
                if vector is not None:
                    found[place] = float(own @ vector)
        return found
