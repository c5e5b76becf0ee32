"""Words that stand one behind the other: exact phrases.

The tokens of the rarest word are the candidates. Each other word in turn keeps those that it
stands next to: its tokens are marked in a map of all positions of all documents, in which each
document has a stretch of its own, and the candidates look themselves up there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import check_positions

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, LeafMatches, Place

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
        positions: of all occurrences, document by document, ascending in each.
    """

    docs: NDArray[np.int64]
    freqs: NDArray[Any]
    positions: NDArray[Any]

    def owners(self) -> NDArray[np.int64]:
        """The document of each occurrence."""
        return self.docs.repeat(self.freqs)

    def moved(self, rest: int) -> Tokens:
        """The same, `rest` places on."""
        return self._replace(positions=self.positions + np.int64(rest))

    def last(self) -> NDArray[Any]:
        """The position of the last occurrence in each document."""
        return self.positions.take(np.cumsum(self.freqs, dtype=np.int64) - 1)

    def kept(self, hits: NDArray[np.bool_]) -> Tokens:
        """Those occurrences that are hits."""
        first = np.cumsum(self.freqs, dtype=np.int64) - self.freqs
        freqs = np.add.reduceat(hits, first, dtype=np.int64)
        found, places = np.flatnonzero(freqs), np.flatnonzero(hits)
        return Tokens(self.docs.take(found), freqs.take(found), self.positions.take(places))


_NONE = Tokens(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


class Word:
    """The occurrences of one word, read for a few documents at a time."""

    def __init__(self, place: Place) -> None:
        reader = place.reader
        check_positions(reader)
        self.total = reader.tokens.counts.item(place.number)
        self._docs = place.docs
        self._positions = reader.positions
        self._freqs = reader.frequencies(place.start, place.end)
        self._bounds = np.empty(len(self._freqs) + 1, np.int64)
        self._bounds[0] = reader.tokens[place.number]
        np.cumsum(self._freqs, out=self._bounds[1:])
        self._bounds[1:] += self._bounds[0]

    @property
    def density(self) -> float:
        """How often it occurs in a document that has it, in the mean."""
        return float(self.total) / len(self._docs)

    def tokens(self, within: Docs) -> Tokens:
        """The occurrences in at least those of the documents `within`, not empty, that have it."""
        wanted = within.astype(self._docs.dtype, copy=False)
        low = int(self._docs.searchsorted(wanted[0]))
        high = int(self._docs.searchsorted(wanted[-1], "right"))
        start, end = self._bounds.item(low), self._bounds.item(high)
        docs, freqs = self._docs[low:high], self._freqs[low:high]
        if _FEW * len(wanted) > len(docs):
            return Tokens(docs.astype(np.int64), freqs, self._positions.slice(start, end))
        at = docs.searchsorted(wanted)
        at = at[docs.take(np.minimum(at, len(docs) - 1)) == wanted] if len(docs) else at[:0]
        freqs = freqs.take(at)
        total = np.cumsum(freqs, dtype=np.int64)
        where = np.arange(int(total[-1]) if len(total) else 0)
        where += (self._bounds.take(at + (low + 1)) - total).repeat(freqs)
        return Tokens(
            docs.take(at).astype(np.int64), freqs, self._positions.take(where, start, end)
        )


def blocks(within: Docs, words: Iterable[Word]) -> Iterator[Docs]:
    """The documents in runs so short that all that is read of the words stays in the cache."""
    density = max((word.density for word in words), default=1.0)
    step = max(_FEWEST, int(_BLOCK / density))
    for start in range(0, len(within), step):
        yield within[start : start + step]


def phrase_ends(leaf: LeafMatches, field: str, texts: list[Any], within: Docs) -> Iterator[Tokens]:
    """Where a phrase ends, that is the occurrences of its last word, a few documents at a time."""
    found = [leaf.place(field, text) for text in texts]
    words = [(Word(place), len(texts) - 1 - at) for at, place in enumerate(found) if place]
    if len(words) == len(texts):
        words.sort(key=lambda word: word[0].total)
        for block in blocks(within, (word for word, _ in words)):
            yield _ends_in(words, block)


def _ends_in(words: list[tuple[Word, int]], within: Docs) -> Tokens:
    """`phrase_ends` in a few documents, the rarest word first."""
    rarest, rest = words[0]
    ends = rarest.tokens(within).moved(rest)
    for word, rest in words[1:]:
        if len(ends.docs):
            ends = _beside(ends, word.tokens(ends.docs), rest)
    return ends


def _beside(ends: Tokens, word: Tokens, rest: int) -> Tokens:
    """Those ends of a phrase that a word stands `rest` places before."""
    if not len(word.docs):
        return _NONE
    base = min(ends.docs.item(0), word.docs.item(0))
    docs, others = ends.docs - base, word.docs - base
    room = np.zeros(max(docs.item(-1), others.item(-1)) + 1, np.int64)
    room[docs] = ends.last()
    room[others] = np.maximum(room.take(others), word.last() + np.int64(rest))
    room += 1
    stops = np.cumsum(room)
    begins = stops - room
    marks = (begins.take(others) + rest).repeat(word.freqs)
    marks += word.positions
    wanted = begins.take(docs).repeat(ends.freqs)
    wanted += ends.positions
    span = stops.item(-1)
    if len(wanted) * _LOOK_UP < len(marks) * _MARK + span * _CLEAR:
        at = marks.searchsorted(wanted)
        np.minimum(at, len(marks) - 1, out=at)
        return ends.kept(marks.take(at) == wanted)
    marked = np.zeros(span, np.bool_)
    marked[marks] = True
    return ends.kept(marked.take(wanted))


def distinct(docs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the ascending `docs` once."""
    new = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    return docs[new]
