"""A data file of named parts, each compressed and read only when it is asked for.

The file is one line of JSON, `{"format": ..., "parts": {name: [offset, bytes]}}`, and the parts as
zlib streams behind it; offsets count from the end of that line. It is how the names and the
dictionary travel inside the package.
"""

from __future__ import annotations

import json
import re
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from sys import byteorder
from typing import overload

from index.errors import IndexFailure

FORMAT = "sections 1"

# Lines and rows are found by blocks of so many.
_BLOCK = 128


class DataDamaged(IndexFailure):
    """A data file of the package cannot be read; only a new installation helps."""


def write_sections(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write `parts` to `path`; the same parts always give the same bytes."""
    packed = {name: zlib.compress(part, 9) for name, part in parts.items()}
    places, at = {}, 0
    for name, part in packed.items():
        places[name] = [at, len(part)]
        at += len(part)
    head = json.dumps({"format": FORMAT, "parts": places}, separators=(",", ":"))
    path.write_bytes(b"".join([head.encode(), b"\n", *packed.values()]))


class Parts:
    """Named parts in memory, unpacked."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts

    @cached_property
    def version(self) -> str:
        """A checksum of all parts."""
        sums = (zlib.crc32(self._parts[name], zlib.crc32(name.encode())) for name in self._parts)
        return f"{zlib.crc32(repr(list(sums)).encode()):08x}"

    def bytes(self, name: str) -> bytes:
        """One part as it was written."""
        return self._parts[name]

    def lines(self, name: str) -> Lines:
        """One part written by `pack_lines`."""
        return Lines(self.bytes(name), self.numbers(f"{name}.starts"))

    def numbers(self, name: str) -> array[int]:
        """One part written by `pack_numbers`."""
        numbers = array("I")
        planes = self.bytes(name)
        count = len(planes) // 4
        whole = bytearray(4 * count)
        for plane in range(4):
            whole[plane::4] = planes[plane * count : (plane + 1) * count]
        numbers.frombytes(whole)
        if byteorder == "big":
            numbers.byteswap()
        return numbers

    def rows(self, name: str) -> Rows:
        """One part written by `pack_rows`."""
        return Rows(
            self.bytes(f"{name}.lengths"), self.numbers(f"{name}.starts"), self.numbers(name)
        )


class Sections(Parts):
    """The parts of a data file.

    Raises:
        DataDamaged: the file is missing or is not such a file; so do the readers when a part is
            missing or does not unpack.
    """

    def __init__(self, path: Path) -> None:
        super().__init__({})
        self._path = path
        try:
            head, _, self._body = path.read_bytes().partition(b"\n")
            self._places: dict[str, list[int]] = self._read_head(head)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataDamaged(
                f"The data file {path.name} of the package cannot be read: install again."
            ) from error

    @cached_property
    def version(self) -> str:
        """A checksum of the file."""
        return f"{zlib.crc32(self._body):08x}"

    @staticmethod
    def _read_head(head: bytes) -> dict[str, list[int]]:
        described = json.loads(head)
        if described["format"] != FORMAT:
            raise ValueError(described["format"])
        return dict(described["parts"])

    def bytes(self, name: str) -> bytes:
        """One part as it was written."""
        try:
            start, size = self._places[name]
            return zlib.decompress(memoryview(self._body)[start : start + size])
        except (KeyError, ValueError, zlib.error) as error:
            raise DataDamaged(
                f"The data file {self._path.name} of the package is damaged: install again."
            ) from error


class Lines(Sequence[str]):
    """Many short lines of text, decoded a block at a time when one of its lines is wanted."""

    def __init__(self, text: bytes, starts: array[int]) -> None:
        self._text = text
        self._starts = starts
        self._blocks: dict[int, list[str]] = {}
        last = len(self._block(len(starts) - 1))
        self._count = _BLOCK * (len(starts) - 1) + last
        self._firsts: list[str] = []

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...
    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(self._count))]
        if not 0 <= number < self._count:
            raise IndexError(number)
        return self._block(number // _BLOCK)[number % _BLOCK]

    def place(self, line: str) -> int:
        """In sorted lines: how many come before `line`."""
        if not self._firsts:
            self._firsts = [self._first(block) for block in range(len(self._starts))]
        block = max(0, bisect_right(self._firsts, line) - 1)
        return block * _BLOCK + bisect_left(self._block(block), line)

    def find(self, line: str) -> int | None:
        """In sorted lines: the number of `line`, None when it is not among them."""
        place = self.place(line)
        return place if place < self._count and self[place] == line else None

    def having(self, word: str) -> Iterator[str]:
        """The lines in which `word` stands between spaces or the ends of the line."""
        text, end = self._text, -1
        word_end = re.escape(word.encode("utf-8", "surrogatepass")) + rb"(?=[ \n]|\Z)"
        for match in re.finditer(word_end, text):
            start = match.start()
            if start > end and text[max(start - 1, 0) : start] in (b"", b" ", b"\n"):
                first = text.rfind(b"\n", 0, start) + 1
                end = text.find(b"\n", start)
                end = end if end >= 0 else len(text)
                yield text[first:end].decode("utf-8")

    def text(self) -> str:
        """All lines at once, a line break between two."""
        return self._text.decode("utf-8")

    def _first(self, block: int) -> str:
        start = self._starts[block]
        end = self._text.find(b"\n", start)
        return self._text[start : end if end >= 0 else None].decode("utf-8")

    def _block(self, block: int) -> list[str]:
        known = self._blocks.get(block)
        if known is None:
            last = block + 1 == len(self._starts)
            end = None if last else self._starts[block + 1] - 1
            known = self._text[self._starts[block] : end].decode("utf-8").split("\n")
            self._blocks[block] = known
        return known


class Rows:
    """Rows of numbers of different lengths, up to 255 in a row."""

    def __init__(self, lengths: bytes, starts: array[int], values: array[int]) -> None:
        self._lengths = lengths
        self._starts = starts
        self._values = values

    def __getitem__(self, number: int) -> Sequence[int]:
        block = number // _BLOCK
        start = self._starts[block] + sum(self._lengths[block * _BLOCK : number])
        return self._values[start : start + self._lengths[number]]


def pack_lines(name: str, lines: Sequence[str]) -> dict[str, bytes]:
    """Parts for `Sections.lines`; no line holds a line break, and no lines are one empty line."""
    coded = [line.encode("utf-8") for line in lines] or [b""]
    starts = [0, *accumulate(len(line) + 1 for line in coded)]
    return {
        name: b"\n".join(coded),
        f"{name}.starts": pack_numbers(starts[: len(coded) : _BLOCK]),
    }


def pack_rows(name: str, rows: Sequence[Sequence[int]]) -> dict[str, bytes]:
    """Parts for `Sections.rows`."""
    lengths = [len(row) for row in rows]
    starts = [0, *accumulate(lengths)]
    return {
        name: pack_numbers(list(chain(*rows))),
        f"{name}.lengths": bytes(lengths),
        f"{name}.starts": pack_numbers(starts[::_BLOCK]),
    }


def pack_numbers(numbers: Sequence[int]) -> bytes:
    """Numbers below 2**32 for `Sections.numbers`: all low bytes first, which compresses better."""
    whole = array("I", numbers)
    if byteorder == "big":
        whole.byteswap()
    raw = whole.tobytes()
    return b"".join(raw[plane::4] for plane in range(4))
