"""Integers in less room: values that nearly always fit a few bits, and sums of small counts."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.layout import Region, SegmentFile, SegmentFileWriter

Integers = NDArray[Any]

HALF_BYTE = 4
TWO_BYTES = 16
_HANDFUL = 12  # large values that Python itself puts in place sooner than whole arrays
_STRIDE = 16  # of so many bounds, one is kept as it is

_BYTES = np.arange(256)
_PAIRS = (_BYTES & 0x0F | _BYTES >> 4 << 8).astype("<u2")  # both halves of a byte, as two bytes


class PackedWriter:
    """Writes `count` values: their low bits in a region, the high bits of the few as a list."""

    def __init__(self, file: SegmentFileWriter, name: str, bits: int, count: int) -> None:
        self._file = file
        self._name = name
        self._bits = bits
        halves = bits == HALF_BYTE
        self._region: Region = (
            file.reserve(name, np.uint8, (count + 1) // 2)
            if halves
            else file.reserve(name, np.uint16, count)
        )
        self._written = 0
        self._odd = np.zeros(0, np.uint8)  # a half byte that waits for the other half
        self._at: list[Integers] = []
        self._high: list[Integers] = []

    def append(self, values: Integers) -> None:
        """Write values that are not negative."""
        if self._bits < 8 * values.dtype.itemsize:
            large = np.flatnonzero(values >> self._bits)
            if len(large):
                self._at.append((large + self._written).astype(np.uint32))
                self._high.append(values[large] >> self._bits)
        self._written += len(values)
        if self._bits == TWO_BYTES:
            self._region.append(values)
            return
        halves = np.concatenate((self._odd, (values & 0x0F).astype(np.uint8)))
        even = len(halves) // 2 * 2
        self._region.append(halves[0:even:2] | halves[1:even:2] << 4)
        self._odd = halves[even:]

    def finish(self) -> None:
        """Write the last half byte, and the list of high bits when there is one."""
        if len(self._odd):
            self._region.append(self._odd)
        if self._at:
            high = np.concatenate(self._high)
            self._file.put(f"{self._name}.at", np.concatenate(self._at))
            self._file.put(f"{self._name}.high", high.astype(np.min_scalar_type(int(high.max()))))


class Packed:
    """Reads what a `PackedWriter` wrote."""

    def __init__(self, file: SegmentFile, name: str, bits: int) -> None:
        self._low = file.array(name)
        self._bits = bits
        self._at: Integers | None = None
        if file.has(f"{name}.at"):
            self._at = file.array(f"{name}.at")
            self._places = self._at.data
            self._high = file.array(f"{name}.high")
            self._highs = self._high.data

    def slice(self, start: int, end: int) -> Integers:
        """The values from `start` to `end`, in a wider type where they need it."""
        low = self._low[start:end] if self._bits == TWO_BYTES else self._halves(start, end)
        first, last = self._large(start, end)
        if self._at is None or first == last:
            return low
        values = low.astype(np.uint32)
        if last - first <= _HANDFUL:
            few = zip(self._places[first:last], self._highs[first:last], strict=True)
            for place, more in few:
                values[place - start] |= more << self._bits
            return values
        high = self._high[first:last].astype(np.uint32)
        values[self._at[first:last] - np.uint32(start)] += high << np.uint32(self._bits)
        return values

    def take(self, places: Integers, start: int, end: int) -> Integers:
        """The values at `places`, all of which lie between `start` and `end`."""
        if self._bits != TWO_BYTES:
            return self.slice(start, end).take(places - start)
        low = self._low.take(places)
        first, last = self._large(start, end)
        if self._at is None or first == last:
            return low
        values = low.astype(np.uint32)
        at = self._at[first:last]
        rows = np.minimum(at.searchsorted(places.astype(at.dtype)), len(at) - 1)
        large = np.flatnonzero(at.take(rows) == places)
        high = self._high[first:last].take(rows.take(large))
        values[large] += high.astype(np.uint32) << np.uint32(self._bits)
        return values

    def _large(self, start: int, end: int) -> tuple[int, int]:
        """Which high bits belong to the values from `start` to `end`."""
        if self._at is None:
            return 0, 0
        return bisect_left(self._places, start), bisect_left(self._places, end)

    def _halves(self, start: int, end: int) -> Integers:
        pairs = _PAIRS.take(self._low[start // 2 : (end + 1) // 2])
        return pairs.view(np.uint8)[start % 2 : start % 2 + end - start]


def write_bounds(file: SegmentFileWriter, name: str, counts: list[Integers]) -> None:
    """Write where each of several runs begins: every 16th place, and the counts between."""
    each = np.concatenate([np.zeros(0, np.int64), *counts])
    every = np.zeros(len(each) // _STRIDE + 1, np.int64)
    np.cumsum(
        np.add.reduceat(each, np.arange(0, len(each), _STRIDE))[: len(every) - 1], out=every[1:]
    )
    file.put(f"{name}.every", every.astype(np.uint32))
    file.put(f"{name}.each", each.astype(np.min_scalar_type(int(each.max(initial=0)))))


class Bounds:
    """Where each of several runs begins, the place behind the last included.

    Attributes:
        counts: the length of each run.
        every: where the first run begins, the 16th, and so on.
    """

    stride = _STRIDE

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.counts = file.array(f"{name}.each")
        self.every = file.array(f"{name}.every")
        self._counts = self.counts.data
        self._every = self.every.data

    def __len__(self) -> int:
        return len(self.counts)

    def __getitem__(self, run: int) -> int:
        block = run // _STRIDE
        return int(self._every[block]) + sum(self._counts[block * _STRIDE : run])

    def range(self, low: int, high: int) -> list[int]:
        """The bounds from `low` to `high`, both included."""
        bounds = np.empty(high - low + 1, np.int64)
        bounds[0] = self[low]
        np.cumsum(self.counts[low:high], out=bounds[1:])
        bounds[1:] += bounds[0]
        found: list[int] = bounds.tolist()
        return found
