"""Turning documents' terms into postings, a whole segment at a time.

Each token becomes one 64-bit number: the rank of its term, its document, its position. Sorting
these numbers is the inversion; everything else is read off the sorted array in slices.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments.layout import SegmentFileWriter
from index.segments.packed import Integers
from index.segments.postings import MAX_POSITION, FieldWriter
from index.segments.vocabulary import Vocabulary

Keys = NDArray[np.uint64]

_DOC_SHIFT = np.uint64(24)
_TERM_SHIFT = np.uint64(40)
_SLICE = 1 << 20  # tokens that are decoded at a time
MAX_TERMS = 1 << 24  # a pool that comes near is written out


class Pool:
    """Collects the terms of one field of the documents of a segment.

    Attributes:
        size: how many tokens it holds.
        lengths: how many tokens each document of `docs` has.
    """

    def __init__(self, *, positions: bool, gaps: bool) -> None:
        """Make an empty pool.

        Args:
            positions: whether the field keeps positions.
            gaps: whether positions are given rather than counted.
        """
        self._positions = positions
        self._places = array("I") if gaps else None
        self._vocabulary = Vocabulary()
        self.docs = array("I")
        self.lengths = array("I")

    @property
    def size(self) -> int:
        """How many tokens are in the pool."""
        return self._vocabulary.tokens

    @property
    def terms(self) -> int:
        """How many different terms are in the pool, those of the last documents left out."""
        return len(self._vocabulary)

    def add(
        self, doc: int, terms: Sequence[str] | Sequence[bytes], places: Sequence[int] = ()
    ) -> None:
        """Add a document's terms, in order of position; `places` are theirs in a pool with gaps."""
        self._vocabulary.add(terms[:MAX_POSITION])
        if self._places is not None:
            self._places.extend(min(place, MAX_POSITION - 1) for place in places[:MAX_POSITION])
        self.docs.append(doc)
        self.lengths.append(min(len(terms), MAX_POSITION))

    def write(self, file: SegmentFileWriter, name: str, *, frequencies: bool) -> int:
        """Write the postings of field `name` and empty the pool; returns the sum of all lengths."""
        terms, keys = self._sorted()
        count = _postings(keys)
        writer = FieldWriter(
            file, name, count, len(keys) if self._positions else None, frequencies=frequencies
        )
        for piece in _pieces(keys):
            _write_piece(writer, terms, piece, positions=self._positions)
        writer.finish()
        return int(sum(self.lengths))

    def _sorted(self) -> tuple[list[bytes], Keys]:
        terms, ranks = self._vocabulary.ranked()
        ranks <<= _TERM_SHIFT
        numbers = np.frombuffer(self._vocabulary.numbers, np.uint32)
        keys = np.empty(len(numbers), np.uint64)
        for start, end, docs, lengths in self._batches():
            part = keys[start:end]
            np.take(ranks, numbers[start:end], out=part)
            part |= np.repeat(docs.astype(np.uint64) << _DOC_SHIFT, lengths)
            part |= self._numbered(start, end, lengths)
        del numbers
        self._vocabulary = Vocabulary()
        keys.sort()
        return terms, keys

    def _batches(self) -> Iterator[tuple[int, int, Integers, Integers]]:
        """Runs of documents with about `_SLICE` tokens: where they lie, numbers and lengths."""
        docs = np.frombuffer(self.docs, np.uint32)
        lengths = np.frombuffer(self.lengths, np.uint32).astype(np.int64)
        ends = np.cumsum(lengths)
        low, start = 0, 0
        while low < len(docs):
            high = max(low + 1, int(np.searchsorted(ends, start + _SLICE, "right")))
            end = int(ends[high - 1])
            yield start, end, docs[low:high], lengths[low:high]
            low, start = high, end

    def _numbered(self, start: int, end: int, lengths: Integers) -> Keys:
        """The position of each token from `start` to `end` in its document."""
        if self._places is not None:
            return np.frombuffer(self._places, np.uint32)[start:end].astype(np.uint64)
        first = np.cumsum(lengths) - lengths
        places = np.arange(end - start, dtype=np.uint64)
        places -= np.repeat(first.astype(np.uint64), lengths)
        return places


def _postings(keys: Keys) -> int:
    """How many different pairs of term and document there are."""
    count = 1 if len(keys) else 0
    for start in range(0, len(keys) - 1, _SLICE):
        pairs = keys[start : start + _SLICE + 1] >> _DOC_SHIFT
        count += int(np.count_nonzero(pairs[1:] != pairs[:-1]))
    return count


def _pieces(keys: Keys) -> Iterable[Keys]:
    """Slices of about `_SLICE` tokens that end where a term ends."""
    start = 0
    while start < len(keys):
        end = start + _SLICE
        if end < len(keys):
            following = ((keys[end - 1] >> _TERM_SHIFT) + np.uint64(1)) << _TERM_SHIFT
            end = int(np.searchsorted(keys, following))
        yield keys[start:end]
        start = end


def _write_piece(writer: FieldWriter, terms: list[bytes], keys: Keys, *, positions: bool) -> None:
    pairs = keys >> _DOC_SHIFT
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1])))
    freqs = np.diff(first, append=len(keys))
    pairs = pairs[first]
    ranks = (pairs >> np.uint64(16)).astype(np.int64)
    low, high = int(ranks[0]), int(ranks[-1]) + 1
    counts = np.bincount(ranks - low, minlength=high - low)
    docs = (pairs & np.uint64(0xFFFF)).astype(np.uint16)
    places = None
    if positions:
        places = (keys & np.uint64(MAX_POSITION - 1)).astype(np.uint32)
    writer.add(terms[low:high], counts, docs, freqs, places)
