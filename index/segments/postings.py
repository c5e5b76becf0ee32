"""The postings of one field in one segment.

Terms lie in one blob, sorted by their UTF-8 bytes, so a prefix is one range of them. The heads
(first bytes, as numbers) of every few terms narrow down where one is. The postings
of term `i` are `docs[starts[i]:starts[i+1]]` with a frequency each; positions of a term lie in
the order of its documents, `positions[tokens[i]:tokens[i+1]]`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.segments.layout import SegmentFile, SegmentFileWriter
from index.segments.packed import (
    HALF_BYTE,
    TWO_BYTES,
    Bounds,
    Integers,
    Packed,
    PackedWriter,
    write_bounds,
)
from index.whooshes import QueryError

Docs = NDArray[np.uint16]

_REMEMBERED = 1000  # terms whose places are kept: a query is matched, scored and asked again
_SMALL = 4096  # terms; fields of no more are remembered whole, as soon as so many are asked for:
_OFTEN = 200
_STRIDE = 16  # of so many terms, the head of one is kept for finding them

MAX_DOCUMENTS = 1 << 16  # document numbers have 16 bits
MAX_POSITION = 1 << 24  # what lies behind it in a text is not searched


class FieldReader:
    """Terms and postings of a field.

    Attributes:
        size: how many terms there are.
        total: how many tokens, the true sum of all frequencies.
        starts: for each term the place of its first posting.
        docs: document numbers of all postings.
        has_positions: whether tokens have positions.
    """

    def __init__(self, file: SegmentFile, name: str, total: int) -> None:
        self.total = total
        self._blob = file.array(f"{name}.terms").data
        self._heads = file.array(f"{name}.heads").data
        self._found: dict[bytes, int] = {}
        self._whole: dict[bytes, int] | None = None
        self._ranges: dict[bytes, tuple[int, int]] = {}
        self._spans: dict[int, tuple[int, int]] = {}
        self._offsets = Bounds(file, f"{name}.offsets")
        self.size = len(self._offsets)
        self.starts = Bounds(file, f"{name}.starts")
        self.docs: Docs = file.array(f"{name}.docs")
        self._frequencies = (
            Packed(file, f"{name}.freqs", HALF_BYTE) if file.has(f"{name}.freqs") else None
        )
        self.has_positions = file.has(f"{name}.pos")
        if self.has_positions:
            self.positions = Packed(file, f"{name}.pos", TWO_BYTES)
            self.tokens = Bounds(file, f"{name}.tokens")

    def term(self, index: int) -> bytes:
        """The term at `index`."""
        start = self._offsets[index]
        return bytes(self._blob[start : start + self._offsets.counts.item(index)])

    def terms(self, low: int, high: int) -> list[bytes]:
        """The terms from `low` to `high`."""
        bounds = self._offsets.range(low, high)
        blob = bytes(self._blob[bounds[0] : bounds[-1]])
        base = bounds[0]
        return [blob[start - base : end - base] for start, end in pairwise(bounds)]

    def bisect(self, term: bytes, low: int = 0) -> int:
        """The place of the first term not before `term`, looked for from `low` on."""
        block = self._block(term)
        low = max(low, (block - 1) * _STRIDE)
        sizes = self._offsets.counts[low : block * _STRIDE].tolist()
        start = self._offsets[low] if sizes else 0
        blob = bytes(self._blob[start : start + sum(sizes)])
        at = 0
        for place, size in enumerate(sizes, low):
            if blob[at : at + size] >= term:
                return place
            at += size
        return low + len(sizes)

    def find(self, term: bytes) -> int:
        """The place of `term`, -1 when no document has it."""
        if self._whole is not None:
            return self._whole.get(term, -1)
        index = self._found.get(term)
        if index is None:
            index = self._look_up(term)
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[term] = index
            if self.size <= _SMALL and len(self._found) > _OFTEN:
                self._whole = dict(zip(self.terms(0, self.size), range(self.size), strict=True))
        return index

    def _look_up(self, term: bytes) -> int:
        """`find`, in the one block of terms in which it can be."""
        block = self._block(term)
        first, end = self._stretch(block)
        stretch = bytes(self._blob[first:end])
        at = stretch.find(term)  # it begins here or later; most terms of a long query are not there
        if at < 0:
            return -1
        low, begin = (block - 1) * _STRIDE, 0
        for place, size in enumerate(self._offsets.counts[low : low + _STRIDE].tolist(), low):
            if begin >= at and size == len(term) and stretch.startswith(term, begin):
                return place
            begin += size
        return -1

    def _block(self, term: bytes) -> int:
        """How many blocks begin with a term not behind this one: it can be in the last of them."""
        first = head(term)
        block = bisect_left(self._heads, first)
        if block < len(self._heads) and self._heads[block] == first:  # blocks that begin alike
            behind = bisect_right(self._heads, first, block)

            def begins(at: int) -> bytes:
                return self.term(at * _STRIDE)

            block = bisect_right(range(behind), term, block, behind, key=begins)
        return block

    def _stretch(self, block: int) -> tuple[int, int]:
        """Where the terms of the block with this number, counted from 1, begin and end."""
        every = self._offsets.every
        if not block:
            return 0, 0
        end = every.item(block) if block < len(every) else len(self._blob)
        return every.item(block - 1), end

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """The range of terms that begin with `prefix`."""
        found = self._ranges.get(prefix)
        if found is None:
            low = self.bisect(prefix)
            stem = prefix.rstrip(b"\xff")
            end = self.bisect(stem[:-1] + bytes([stem[-1] + 1]), low) if stem else self.size
            found = low, end
            if len(self._ranges) >= _REMEMBERED:
                self._ranges.clear()
            self._ranges[prefix] = found
        return found

    def span(self, index: int) -> tuple[int, int]:
        """Where the postings of a term begin and end."""
        span = self._spans.get(index)
        if span is None:
            start = self.starts[index]
            span = start, start + self.frequency(index)
            if len(self._spans) >= _REMEMBERED:
                self._spans.clear()
            self._spans[index] = span
        return span

    def frequency(self, index: int) -> int:
        """How many documents have a term, deleted ones included."""
        return int(self.starts.counts.item(index))

    def occurrences(self, index: int) -> Integers:
        """How often a term occurs in each document that has it."""
        count = self.frequency(index)
        if self.has_positions and self.tokens.counts.item(index) == count:
            return np.ones(count, np.uint8)  # once in each
        return self.frequencies(*self.span(index))

    def frequencies(self, start: int, end: int) -> Integers:
        """How often the term occurs in each posting."""
        if self._frequencies is None:
            return np.ones(end - start, np.uint8)
        return self._frequencies.slice(start, end)


def check_positions(reader: FieldReader) -> None:
    """Make sure that a field can answer for positions.

    Raises:
        whoosh.query.QueryError: it cannot; Whoosh raises the same.
    """
    if not reader.has_positions:
        raise QueryError("This field keeps no positions: there can be no phrases in it")


class FieldWriter:
    """Writes the postings of a field, in order of terms, in as many pieces as one likes.

    Args:
        file: the segment.
        name: of the field.
        count: how many postings there will be.
        tokens: how many positions, None when there are none.
        frequencies: whether postings have frequencies.
    """

    def __init__(
        self,
        file: SegmentFileWriter,
        name: str,
        count: int,
        tokens: int | None,
        *,
        frequencies: bool,
    ) -> None:
        self._file = file
        self._name = name
        self._docs = file.reserve(f"{name}.docs", np.uint16, count)
        self._freqs = PackedWriter(file, f"{name}.freqs", HALF_BYTE, count) if frequencies else None
        self._pos = None if tokens is None else PackedWriter(file, f"{name}.pos", TWO_BYTES, tokens)
        self._size = 0
        self._heads: list[int] = []
        self._terms: list[bytes] = []
        self._lengths: list[Integers] = []
        self._counts: list[Integers] = []
        self._occurrences: list[Integers] = []
        self.total = 0

    def add(
        self,
        terms: list[bytes],
        counts: Integers,
        docs: Integers,
        freqs: Integers,
        positions: Integers | None,
    ) -> None:
        """Write the next terms, each with at least one posting.

        Args:
            terms: sorted, behind all terms before.
            counts: how many postings each has.
            docs: the documents of their postings, ascending for each term.
            freqs: how often the term occurs in each.
            positions: where, ascending for each posting.
        """
        first = -self._size % _STRIDE
        self._heads += map(head, terms[first::_STRIDE])
        self._size += len(terms)
        self._terms.append(b"".join(terms))
        self._lengths.append(np.fromiter(map(len, terms), np.uint32, len(terms)))
        self._counts.append(counts)
        self._docs.append(docs)
        sums = np.zeros(len(freqs) + 1, np.int64)
        np.cumsum(freqs, out=sums[1:])
        self.total += int(sums[-1])
        if self._freqs is not None:
            self._freqs.append(freqs)
        if self._pos is not None and positions is not None:
            bounds = np.zeros(len(counts) + 1, np.int64)
            np.cumsum(counts, out=bounds[1:])
            self._occurrences.append(np.diff(sums[bounds]))
            self._pos.append(positions)

    def finish(self) -> None:
        """Write what is known only at the end: the terms and where each begins."""
        if self._freqs is not None:
            self._freqs.finish()
        if self._pos is not None:
            self._pos.finish()
            write_bounds(self._file, f"{self._name}.tokens", self._occurrences)
        write_bounds(self._file, f"{self._name}.starts", self._counts)
        write_bounds(self._file, f"{self._name}.offsets", self._lengths)
        self._file.put(f"{self._name}.heads", np.array(self._heads, np.uint64))
        self._file.put(f"{self._name}.terms", np.frombuffer(b"".join(self._terms), np.uint8))


def head(term: bytes) -> int:
    """The first eight bytes of a term as a number, in the order of the terms."""
    return int.from_bytes(term[:8].ljust(8, b"\0"), "big")
