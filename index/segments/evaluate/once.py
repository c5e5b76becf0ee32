"""Phrases whose rarest word stands once in most of the documents that have it.

From its first occurrence in a document follows one place for each other word of the phrase, which
a table by document holds. All occurrences of that word are compared with it at once: no place has
to be looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from index.segments.evaluate.occurrences import EMPTY, Word, position

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs

_FEWEST = 500  # documents; of fewer, each is better looked up
_MOST = 32  # times as many occurrences of the others as there are documents
_NOWHERE = -1

# The words of a phrase, the rarest first, and how many follow each.
Words = list[tuple[Word, int]]


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
    for word, rest in words[1:]:
        wanted = np.full(size, _NOWHERE, np.int32)
        wanted[docs] = ends - np.int32(rest)
        positions = word.positions()
        hits = np.flatnonzero(wanted.take(word.docs).repeat(word.freqs) == positions)
        docs = word.docs.repeat(word.freqs).take(hits)
        ends = positions.take(hits).astype(np.int32) + np.int32(rest)
    return docs.astype(np.int64), _others(rarest, docs)


def _others(rarest: Word, found: Docs) -> Docs:
    """The documents in which a word stands more than once, without those found."""
    if rarest.total == len(rarest.docs):
        return EMPTY
    more = rarest.docs[rarest.freqs > 1]
    return more[found.take(position(found, more)) != more] if len(found) else more
