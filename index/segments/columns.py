"""Values by document: whole numbers, strings from a small set, lengths of fields."""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.layout import SegmentFileWriter
from index.segments.packed import Integers
from index.whooshes import byte_to_length

Lengths = NDArray[np.uint8]

BYTE_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], np.float64)
"""The length that each byte of a length column stands for, as Whoosh has it."""

_LAST_LENGTH = 106374  # from here on, every length is the last byte


def length_bytes(lengths: Integers) -> Lengths:
    """Whoosh's `length_to_byte` for many lengths at once."""
    codes = np.searchsorted(BYTE_LENGTHS, np.minimum(lengths, _LAST_LENGTH))
    return np.where(np.asarray(lengths) >= _LAST_LENGTH, 255, codes).astype(np.uint8)


class Numbers:
    """A column of whole numbers under construction; documents without a value have 0."""

    def __init__(self) -> None:
        self._values = array("q")

    def add(self, value: Any) -> None:
        """The next document's value."""
        self._values.append(int(value or 0))

    def array(self) -> NDArray[np.int64]:
        """All values."""
        return np.array(self._values, np.int64)

    def write(self, file: SegmentFileWriter, name: str) -> None:
        """Write the column."""
        write_numbers(file, name, self.array())


class Strings:
    """A column of few different strings under construction; "" for documents without a value."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._values = array("I")

    def add(self, value: Any) -> None:
        """The next document's value."""
        self._values.append(self._codes.setdefault(str(value or ""), len(self._codes)))

    def write(self, file: SegmentFileWriter, name: str) -> list[str]:
        """Write the codes; returns the strings they stand for."""
        write_codes(file, name, np.array(self._values, np.int64), len(self._codes))
        return list(self._codes)


def write_numbers(file: SegmentFileWriter, name: str, values: Integers) -> None:
    """Write a column of numbers in the narrower type that holds them all."""
    small = not len(values) or (values.min() >= -(1 << 31) and values.max() < 1 << 31)
    file.put(f"{name}.column", values.astype(np.int32 if small else np.int64))


def write_codes(file: SegmentFileWriter, name: str, codes: Integers, count: int) -> None:
    """Write codes below `count` in the narrowest type."""
    file.put(f"{name}.column", codes.astype(np.min_scalar_type(max(count - 1, 0))))


def write_lengths(file: SegmentFileWriter, name: str, lengths: Lengths) -> None:
    """Write the length bytes of a field."""
    file.put(f"{name}.lengths", lengths)
