"""The occurrences of words in one segment."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import check_positions

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, Place

_LONG_RUNS = 8  # occurrences in a document from which on repeating its number is quick
_FEW_RUNS = 100  # fewer documents repeat their numbers quickly however short the runs are
_FEW = 4  # a word is read as a whole unless its documents are this many times those wanted

EMPTY: NDArray[np.int64] = np.zeros(0, np.int64)

Number = TypeVar("Number", np.int32, np.int64)


def position(docs: Docs, wanted: Docs) -> NDArray[np.intp]:
    """Where each of `wanted` stands in the sorted `docs`, anywhere for those that do not."""
    places = docs.searchsorted(wanted)
    return np.minimum(places, len(docs) - 1, out=places)


class Tokens(NamedTuple):
    """Occurrences of a word, or of the words so far.

    Attributes:
        docs: the documents, ascending.
        freqs: how many occurrences there are in each, at least one.
        stops: where in `positions` those of each document stop.
        positions: of all occurrences, document by document, ascending in each.
    """

    docs: NDArray[np.int64]
    freqs: NDArray[Any]
    stops: NDArray[np.int64]
    positions: NDArray[Any]

    def numbered(self, begins: NDArray[np.int64]) -> NDArray[np.int64]:
        """Each position added to the number at which its document begins."""
        if len(self.positions) == len(begins):  # one in each
            numbers = begins.copy()
        elif len(self.positions) > _LONG_RUNS * len(begins) or len(begins) < _FEW_RUNS:
            numbers = begins.repeat(self.freqs)
        else:  # sums of steps: where runs are short, quicker than repeating
            numbers = np.zeros(len(self.positions), np.int64)
            numbers[self.stops - self.freqs] = steps(begins)
            np.cumsum(numbers, out=numbers)
        numbers += self.positions
        return numbers

    def moved(self, rest: int) -> Tokens:
        """The same, `rest` places on."""
        return self._replace(positions=self.positions + np.int64(rest))

    def last(self) -> NDArray[Any]:
        """The position of the last occurrence in each document."""
        return self.positions.take(self.stops - 1)

    def having(self, hits: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The documents with a hit."""
        if len(hits) > len(self.docs):
            hits = in_each(hits, self.stops)
        return self.docs.take(np.flatnonzero(hits))

    def kept(self, hits: NDArray[np.bool_]) -> Tokens:
        """Those occurrences that are hits."""
        if len(hits) == len(self.docs):
            places = np.flatnonzero(hits)
            stops = np.arange(1, len(places) + 1)
            return Tokens(
                self.docs.take(places),
                np.ones(len(places), np.int64),
                stops,
                self.positions.take(places),
            )
        stops = np.cumsum(hits, dtype=np.int64).take(self.stops - 1)
        freqs = steps(stops)
        found, places = np.flatnonzero(freqs), np.flatnonzero(hits)
        return Tokens(
            self.docs.take(found), freqs.take(found), stops.take(found), self.positions.take(places)
        )


def steps(values: NDArray[Number]) -> NDArray[Number]:
    """What each value is more than the one before, the first more than 0."""
    steps = values.copy()
    steps[1:] -= values[:-1]
    return steps


def in_each(hits: NDArray[np.bool_], stops: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether there is a hit in each of the runs that stop at `stops`."""
    so_far = np.cumsum(hits, dtype=np.int32).take(stops - 1)  # reduceat branches, and is slower
    found = np.empty(len(so_far), np.bool_)
    found[:1] = so_far[:1] > 0
    np.not_equal(so_far[1:], so_far[:-1], out=found[1:])
    return found


NONE = Tokens(EMPTY, EMPTY, EMPTY, EMPTY)


class Word:
    """The occurrences of one word, read when they are asked for.

    Attributes:
        total: how many there are.
        docs: the documents that have it.
    """

    def __init__(self, place: Place) -> None:
        check_positions(place.reader)
        self.total: int = place.reader.tokens.counts.item(place.number)
        self.docs = place.docs
        self._place = place
        self._positions = place.reader.positions

    @cached_property
    def freqs(self) -> NDArray[Any]:
        """How many there are in each document."""
        return self._place.freqs

    @cached_property
    def _first(self) -> int:
        return self._place.reader.tokens[self._place.number]

    @property
    def density(self) -> float:
        """How often it occurs in a document that has it, in the mean."""
        return float(self.total) / len(self.docs)

    @cached_property
    def stops(self) -> NDArray[np.int64]:
        """For each document, how many occurrences there are in it and those before it."""
        return np.cumsum(self.freqs, dtype=np.int64)

    def positions(self) -> NDArray[Any]:
        """Where it occurs, document by document."""
        return self._positions.slice(self._first, self._first + self.total)

    def tokens(self, within: Docs, most: int | None = None) -> Tokens:
        """The occurrences in at least those of the documents `within`, not empty, that have it.

        With `most`, of each document the first so many of them.
        """
        low = int(self.docs.searchsorted(within[0]))
        high = int(self.docs.searchsorted(within[-1], "right"))
        docs, freqs, stops = self.docs[low:high], self.freqs[low:high], self.stops[low:high]
        if not len(docs):
            return NONE
        start = stops.item(0) - freqs.item(0)
        first, last = self._first + start, self._first + stops.item(-1)
        if most is None and _FEW * len(within) > len(docs):
            positions = self._positions.slice(first, last)
            return Tokens(docs, freqs, stops - start, positions)
        if _FEW * len(within) <= len(docs):
            at = position(docs, within)
            at = at[docs.take(at) == within]
            docs, freqs, stops = docs.take(at), freqs.take(at), stops.take(at)
        starts = stops - freqs
        if most is not None:
            freqs = np.minimum(freqs, most)
        total = np.cumsum(freqs, dtype=np.int64)
        where = (starts + (self._first - total + freqs)).repeat(freqs)
        where += np.arange(len(where))
        positions = self._positions.take(where, first, last)
        return Tokens(docs, freqs, total, positions)
