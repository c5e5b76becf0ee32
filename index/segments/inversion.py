"""Turning documents' terms into postings, a whole segment at a time.

Each token becomes one 64-bit number: the rank of its term, its document, its position. Sorting
these numbers is the inversion; everything else is read off the sorted array in slices.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from index.segments.layout import SegmentFileWriter
from index.segments.packed import Integers
from index.segments.postings import MAX_POSITION, FieldWriter

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
        self._numbers: defaultdict[str | bytes, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._tokens = array("I")
        self.docs = array("I")
        self.lengths = array("I")

    @property
    def size(self) -> int:
        """How many tokens are in the pool."""
        return len(self._tokens)

    @property
    def terms(self) -> int:
        """How many different terms are in the pool."""
        return len(self._numbers)

    def add(
        self, doc: int, terms: Iterable[str] | Iterable[bytes], places: Iterable[int] = ()
    ) -> None:
        """Add a document's terms, in order of position; `places` are theirs in a pool with gaps."""
        before = len(self._tokens)
        self._tokens.extend(map(self._numbers.__getitem__, terms))
        del self._tokens[before + MAX_POSITION :]
        count = len(self._tokens) - before
        if self._places is not None:
            self._places.extend(min(place, MAX_POSITION - 1) for place in places)
            del self._places[before + count :]
        self.docs.append(doc)
        self.lengths.append(count)

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
        ordered = sorted(self._numbers)  # by code point, which is the order of UTF-8 bytes too
        rank = np.empty(len(ordered), np.uint64)
        rank[np.fromiter(map(self._numbers.__getitem__, ordered), np.int64, len(ordered))] = (
            np.arange(len(ordered), dtype=np.uint64)
        )
        rank <<= _TERM_SHIFT
        keys = np.empty(len(self._tokens), np.uint64)
        for start, end, docs, lengths in self._batches():
            part = keys[start:end]
            np.take(rank, np.frombuffer(self._tokens, np.uint32)[start:end], out=part)
            part |= np.repeat(docs.astype(np.uint64) << _DOC_SHIFT, lengths)
            part |= self._numbered(start, end, lengths)
        self._numbers.clear()
        self._tokens = array("I")
        keys.sort()
        terms = [
            term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")
            for term in ordered
        ]
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
