"""Phrases whose rarest word stands once in most of the documents that have it.

From its first occurrence in a document follows one place for each other word of the phrase. All
occurrences of that word are compared with it at once: no place has to be looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.occurrences import EMPTY, Word, in_each, position, steps

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs

_FEWEST = 500  # documents; of fewer, each is better looked up
_MOST = 32  # times as many occurrences of the others as there are documents
_NOWHERE = -1

# The words of a phrase, the rarest first, and how many follow each.
Words = list[tuple[Word, int]]
Places = NDArray[np.int32]


def fits(words: Words) -> bool:
    """Whether this is the way to find a phrase of at least two words."""
    rarest = words[0][0]
    count = len(rarest.docs)
    others = sum(word.total for word, _ in words[1:])
    return count >= _FEWEST and 2 * rarest.total < 3 * count and others < _MOST * count


def documents(words: Words, size: int) -> tuple[Docs, Docs]:
    """The documents whose first occurrence of the rarest word is in the phrase, and the unknown.

    `size` is the number of documents of the segment.
    """
    rarest, rest = words[0]
    docs, positions = rarest.docs, rarest.positions()
    if rarest.total > len(docs):
        positions = positions.take(rarest.stops - rarest.freqs)
    ends = positions.astype(np.int32) + np.int32(rest)
    wanted = np.full(size, _NOWHERE, np.int32)
    for word, rest in words[1:]:
        wanted[docs] = ends - np.int32(rest)
        places = wanted.take(word.docs)
        wanted[docs] = _NOWHERE
        hits = np.flatnonzero(_stands(word, places))
        docs, ends = word.docs.take(hits), places.take(hits) + np.int32(rest)
    return docs, _others(rarest, docs)


def _stands(word: Word, places: Places) -> NDArray[np.bool_]:
    """Whether the word stands at that place in each of the documents that have it."""
    positions = word.positions()
    if positions.dtype == np.uint32:
        positions = positions.view(np.int32)  # they have 24 bits, and are compared uncast
    if word.total == len(word.docs):
        found: NDArray[np.bool_] = places == positions
        return found
    each = np.zeros(word.total, np.int32)  # sums of steps: half the time of repeating
    each[word.stops - word.freqs] = steps(places)
    np.cumsum(each, out=each)
    return in_each(each == positions, word.stops)


def _others(rarest: Word, found: Docs) -> Docs:
    """The documents in which a word stands more than once, without those found."""
    if rarest.total == len(rarest.docs):
        return EMPTY
    more = rarest.docs[rarest.freqs > 1]
    return more[found.take(position(found, more)) != more] if len(found) else more
