"""Words that stand one behind the other: exact phrases.

The tokens of the rarest word are the candidates. Each other word in turn keeps those that it
stands next to: its tokens are marked in a map of all positions of all documents, in which each
document has a stretch of its own, and the candidates look themselves up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import check_positions

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, LeafMatches, Place

_FEW = 4  # a word is read as a whole unless its documents are this many times those wanted
_LOOK_UP = 40.0  # what finding a candidate in a sorted array costs (a nanosecond or so is 1)
_MARK = 3.0  # what marking a token in the map costs
_CLEAR = 0.1  # what clearing a place of the map costs


class Tokens(NamedTuple):
    """Occurrences of a word.

    Attributes:
        docs: the documents, ascending.
        freqs: how many occurrences there are in each.
        positions: of all occurrences, document by document, ascending in each.
    """

    docs: NDArray[np.int64]
    freqs: NDArray[Any]
    positions: NDArray[Any]

    def owners(self) -> NDArray[np.int64]:
        """The document of each occurrence."""
        return self.docs.repeat(self.freqs)


def tokens(place: Place, within: Docs) -> Tokens:
    """The occurrences of a term in at least those of the documents `within` that have it."""
    reader, docs = place.reader, place.docs
    check_positions(reader)
    freqs = reader.frequencies(place.start, place.end)
    first = reader.tokens[place.number]
    last = first + reader.tokens.counts.item(place.number)
    if _FEW * len(within) > len(docs):
        return Tokens(docs.astype(np.int64), freqs, reader.positions.slice(first, last))
    at = docs.searchsorted(within.astype(docs.dtype, copy=False))
    at = at[at < len(docs)]
    at = at[docs.take(at) == within[: len(at)]]
    ends = np.cumsum(freqs, dtype=np.int64).take(at) + first
    freqs = freqs.take(at)
    total = np.cumsum(freqs, dtype=np.int64)
    where = np.arange(int(total[-1]) if len(total) else 0)
    where += (ends - total).repeat(freqs)
    return Tokens(docs.take(at).astype(np.int64), freqs, reader.positions.take(where, first, last))


def phrase_ends(
    leaf: LeafMatches, field: str, words: list[Any], within: Docs
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where a phrase ends: documents and positions of its last word, both ascending."""
    found = [leaf.place(field, word) for word in words]
    parts = [(place, len(words) - 1 - at) for at, place in enumerate(found) if place]
    if len(parts) < len(words):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    parts.sort(key=lambda part: part[0].reader.tokens.counts.item(part[0].number))
    rarest, rest = parts[0]
    candidates = tokens(rarest, within)
    owners, ends = candidates.owners(), candidates.positions + np.int64(rest)
    for place, rest in parts[1:]:
        kept = _kept(leaf.size, owners, ends, tokens(place, distinct(owners)), rest)
        owners, ends = owners[kept], ends[kept]
    return owners, ends


def distinct(docs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each of the ascending `docs` once."""
    new = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    return docs[new]


def _kept(
    size: int, owners: NDArray[np.int64], ends: NDArray[np.int64], word: Tokens, rest: int
) -> NDArray[np.bool_]:
    """Which candidates a word stands next to, `rest` places before their end.

    Each document's stretch of the map ends with a place that stays empty, to which candidates
    behind the word's last occurrence go. One of a document without the word goes to that of the
    document before (the very first to the last).
    """
    if not len(word.docs) or not len(owners):
        return np.zeros(len(owners), np.bool_)
    room = np.zeros(size, np.int64)
    last = np.cumsum(word.freqs, dtype=np.int64) - 1
    room[word.docs] = word.positions.take(last) + np.int64(rest + 2)
    stops = np.cumsum(room)
    begins = stops - room
    marks = begins.take(word.docs).repeat(word.freqs)
    marks += word.positions
    marks += rest
    wanted = np.minimum(ends, room.take(owners) - 1)
    wanted += begins.take(owners)
    span = int(stops[-1])
    if len(wanted) * _LOOK_UP < len(marks) * _MARK + span * _CLEAR:
        at = marks.searchsorted(wanted)
        np.minimum(at, len(marks) - 1, out=at)
        same: NDArray[np.bool_] = marks.take(at) == wanted
        return same
    marked = np.zeros(span, np.bool_)
    marked[marks] = True
    return marked.take(wanted)
