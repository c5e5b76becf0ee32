"""Words that stand one behind the other: exact phrases.

The tokens of the rarest word are the candidates. Each other word in turn keeps those that it
stands next to. Many candidates look themselves up in a map of all positions in which the word's
are marked, few are searched for among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import check_positions

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, LeafMatches, Place

POSITION_BITS = 32  # a place in a segment is one number, `document << 32 | position`
_LONG_RUNS = 8  # occurrences in a document from which on repeating its number is quick
_BLOCK = 1 << 16  # occurrences of a word that are looked at together
_FEWEST = 256  # documents that are looked at together, at least
_FEW = 4  # a word is read as a whole unless its documents are this many times those wanted
_LOOK_UP = 40.0  # what finding a candidate in a sorted array costs (a nanosecond or so is 1)
_MARK = 3.0  # what marking a token in the map costs
_CLEAR = 0.1  # what clearing a place of the map costs


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
        elif len(self.positions) > _LONG_RUNS * len(begins):
            numbers = begins.repeat(self.freqs)
        else:  # sums of steps: where runs are short, quicker than repeating
            numbers = np.zeros(len(self.positions), np.int64)
            numbers[self.stops - self.freqs] = _steps(begins)
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
            hits = np.logical_or.reduceat(hits, self.stops - self.freqs)
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
        freqs = _steps(stops)
        found, places = np.flatnonzero(freqs), np.flatnonzero(hits)
        return Tokens(
            self.docs.take(found), freqs.take(found), stops.take(found), self.positions.take(places)
        )


def _steps(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """What each value is more than the one before, the first more than 0."""
    steps: NDArray[np.int64] = values.copy()
    steps[1:] -= values[:-1]
    return steps


_EMPTY = np.zeros(0, np.int64)
_NONE = Tokens(_EMPTY, _EMPTY, _EMPTY, _EMPTY)


class Word:
    """The occurrences of one word, read for a few documents at a time."""

    def __init__(self, place: Place) -> None:
        reader = place.reader
        check_positions(reader)
        self.total = reader.tokens.counts.item(place.number)
        self._docs = place.docs
        self._positions = reader.positions
        self._freqs = reader.frequencies(place.start, place.end)
        self._first = reader.tokens[place.number]
        self._stops = np.cumsum(self._freqs, dtype=np.int64)

    @property
    def density(self) -> float:
        """How often it occurs in a document that has it, in the mean."""
        return float(self.total) / len(self._docs)

    def tokens(self, within: Docs) -> Tokens:
        """The occurrences in at least those of the documents `within`, not empty, that have it."""
        wanted = within.astype(self._docs.dtype, copy=False)
        low = int(self._docs.searchsorted(wanted[0]))
        high = int(self._docs.searchsorted(wanted[-1], "right"))
        docs, freqs, stops = self._docs[low:high], self._freqs[low:high], self._stops[low:high]
        if not len(docs):
            return _NONE
        start = stops.item(0) - freqs.item(0)
        first, last = self._first + start, self._first + stops.item(-1)
        if _FEW * len(wanted) > len(docs):
            positions = self._positions.slice(first, last)
            return Tokens(docs.astype(np.int64), freqs, stops - start, positions)
        at = docs.searchsorted(wanted)
        at = at[docs.take(np.minimum(at, len(docs) - 1)) == wanted]
        freqs = freqs.take(at)
        total = np.cumsum(freqs, dtype=np.int64)
        where = np.arange(total.item(-1) if len(total) else 0)
        where += (stops.take(at) + self._first - total).repeat(freqs)
        positions = self._positions.take(where, first, last)
        return Tokens(docs.take(at).astype(np.int64), freqs, total, positions)


def blocks(within: Docs, words: Iterable[Word]) -> Iterator[Docs]:
    """The documents in runs so short that all that is read of the words stays in the cache.

    Without words there are none.
    """
    density = max((word.density for word in words), default=0.0)
    if not density:
        return
    step = max(_FEWEST, int(_BLOCK / density))
    for start in range(0, len(within), step):
        yield within[start : start + step]


def phrase_docs(leaf: LeafMatches, field: str, texts: list[Any], within: Docs) -> Docs:
    """The documents among `within` in which words stand as a phrase."""
    words = _words(leaf, field, texts)
    found = [_EMPTY]
    for block in blocks(within, (word for word, _ in words)):
        ends = _ends(words[:-1], block)
        if len(ends.docs):
            last, rest = words[-1]
            found.append(ends.having(_beside(ends, last.tokens(ends.docs), rest)))
    return np.concatenate(found)


def phrase_ends(leaf: LeafMatches, field: str, texts: list[Any], within: Docs) -> Iterator[Tokens]:
    """Where a phrase ends, that is the occurrences of its last word, a few documents at a time."""
    words = _words(leaf, field, texts)
    for block in blocks(within, (word for word, _ in words)):
        yield _ends(words, block)


def _words(leaf: LeafMatches, field: str, texts: list[Any]) -> list[tuple[Word, int]]:
    """The words of a phrase, the rarest first, and how many follow each; none if one is unknown."""
    found = [leaf.place(field, text) for text in texts]
    words = [(Word(place), len(texts) - 1 - at) for at, place in enumerate(found) if place]
    return sorted(words, key=lambda word: word[0].total) if len(words) == len(texts) else []


def _ends(words: list[tuple[Word, int]], within: Docs) -> Tokens:
    """Where the words, each as far from the end as it is to be, have an end in common."""
    rarest, rest = words[0]
    ends = rarest.tokens(within).moved(rest)
    for word, rest in words[1:]:
        if len(ends.docs):
            ends = ends.kept(_beside(ends, word.tokens(ends.docs), rest))
    return ends


def _beside(ends: Tokens, word: Tokens, rest: int) -> NDArray[np.bool_]:
    """Which ends of a phrase a word stands `rest` places before."""
    if not len(word.docs):
        return np.zeros(len(ends.positions), np.bool_)
    last = word.last() + np.int64(rest)
    looking_up = len(ends.positions) * _LOOK_UP
    if looking_up < len(word.positions) * _MARK + int(last.sum()) * _CLEAR:
        return _found(ends, word, rest)
    return _marked(ends, word, last, rest)


def _found(ends: Tokens, word: Tokens, rest: int) -> NDArray[np.bool_]:
    """Which ends are found among the places of a word's occurrences, in order."""
    marks = word.numbered((word.docs << POSITION_BITS) + rest)
    wanted = ends.numbered(ends.docs << POSITION_BITS)
    at = marks.searchsorted(wanted)
    np.minimum(at, len(marks) - 1, out=at)
    found: NDArray[np.bool_] = marks.take(at) == wanted
    return found


def _marked(ends: Tokens, word: Tokens, last: NDArray[np.int64], rest: int) -> NDArray[np.bool_]:
    """Which ends are marked in a map of all positions, with a stretch for each document."""
    base = min(ends.docs.item(0), word.docs.item(0))
    docs, others = ends.docs - base, word.docs - base
    room = np.zeros(max(docs.item(-1), others.item(-1)) + 1, np.int64)
    room[docs] = ends.last()
    room[others] = np.maximum(room.take(others), last)
    room += 1
    stops = np.cumsum(room)
    begins = stops - room
    marked = np.zeros(stops.item(-1), np.bool_)
    marked[word.numbered(begins.take(others) + rest)] = True
    return marked.take(ends.numbered(begins.take(docs)))
