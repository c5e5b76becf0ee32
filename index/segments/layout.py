"""The file format of a segment: a header, named arrays, and a JSON directory of them.

    header     64 bytes: magic, format version, CRC-32 of the directory, where it lies, file size
    arrays     little-endian, each aligned to 8 bytes
    directory  JSON: {"id", "arrays": {name: [offset, dtype, count, crc]}, ...properties}

Opening checks header, size and directory; `SegmentFile.verify` reads every array as well.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.errors import IndexDamaged
from index.segments.files import Files

Array = NDArray[Any]

_MAGIC = b"\x93TJSEG\r\n"
_VERSION = 2
_HEADER = struct.Struct("<8sIIQQQ24x")
_DTYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i4", "<i8"})


class Region:
    """A stretch of the file that is filled piece by piece, beside others that are."""

    def __init__(self, file: SegmentFileWriter, offset: int, dtype: np.dtype[Any]) -> None:
        self.count = 0
        self.crc = 0
        self.offset = offset
        self.dtype = dtype
        self._file = file

    def append(self, values: Array) -> None:
        """Write `values`, converted to the region's type, behind what is there."""
        data = np.ascontiguousarray(values, self.dtype).view(np.uint8).data
        self._file.write_at(self.offset + self.count * self.dtype.itemsize, data)
        self.crc = zlib.crc32(data, self.crc)
        self.count += len(values)


class SegmentFileWriter:
    """Writes one segment file. The header comes last: without it the file does not open."""

    def __init__(self, files: Files, name: str, segment: str) -> None:
        self.segment = segment
        self._file: BinaryIO = files.create(name)
        self._at = 0
        self._end = _HEADER.size
        self._regions: dict[str, Region] = {}
        self._reserved: dict[str, int] = {}

    def reserve(self, name: str, dtype: DTypeLike, count: int) -> Region:
        """A region for exactly `count` values."""
        kind = np.dtype(dtype).newbyteorder("<")
        region = self._regions[name] = Region(self, self._end, kind)
        self._reserved[name] = count
        self._end += -(-count * kind.itemsize // 8) * 8
        return region

    def put(self, name: str, values: Array) -> None:
        """A whole array at once."""
        self.reserve(name, values.dtype, len(values)).append(values)

    def write_at(self, offset: int, data: memoryview | bytes) -> None:
        """Write bytes at a place of the file."""
        if offset != self._at:
            self._file.seek(offset)
        self._file.write(data)
        self._at = offset + len(data)

    def finish(self, properties: Mapping[str, object]) -> int:
        """Write directory and header; returns the size of the file in bytes."""
        arrays = {}
        for name, region in self._regions.items():
            if region.count != self._reserved[name]:
                raise AssertionError(f"{name}: {region.count} of {self._reserved[name]} values")
            arrays[name] = [region.offset, region.dtype.str, region.count, region.crc]
        directory = json.dumps({"id": self.segment, "arrays": arrays, **properties}).encode()
        size = self._end + len(directory)
        self.write_at(self._end, directory)
        self.write_at(
            0,
            _HEADER.pack(_MAGIC, _VERSION, zlib.crc32(directory), self._end, len(directory), size),
        )
        self._file.close()
        return size

    def abandon(self) -> None:
        """Close the file as it is; whoever created it removes it."""
        self._file.close()


class SegmentFile:
    """A segment file, mapped into memory; its arrays are views of it.

    Raises:
        IndexDamaged: the file is cut short, foreign, of another format, or not this segment's.
        FileNotFoundError: there is none of this name.
    """

    def __init__(self, files: Files, name: str, segment: str, size: int) -> None:
        self._data, found = files.map(name)
        self._name = name
        if found != size or size < _HEADER.size:
            raise self._damage(f"has {found} bytes instead of {size}")
        magic, version, crc, offset, length, stated = _HEADER.unpack_from(self._data)
        if magic != _MAGIC or version != _VERSION or stated != size or offset + length != size:
            raise self._damage("is no segment of this version")
        directory = bytes(self._data[offset:])
        if zlib.crc32(directory) != crc:
            raise self._damage("has a damaged directory")
        self.properties: dict[str, Any] = json.loads(directory)
        self._arrays: dict[str, tuple[int, str, int, int]] = self.properties.pop("arrays")
        if self.properties["id"] != segment:
            raise self._damage("belongs to another segment")

    def _damage(self, what: str) -> IndexDamaged:
        return IndexDamaged(f"The index file {self._name} {what}; rebuild the index.")

    def names(self) -> list[str]:
        """The names of all arrays, in the order in which they were written."""
        return list(self._arrays)

    def has(self, name: str) -> bool:
        """Whether the segment has an array of this name."""
        return name in self._arrays

    def array(self, name: str) -> Array:
        """The array of this name, read-only.

        Raises:
            IndexDamaged: there is none.
        """
        offset, dtype, count, _ = self._arrays.get(name, (0, "", 0, 0))
        if dtype not in _DTYPES:
            raise self._damage(f"lacks {name}")
        return np.frombuffer(self._data, np.dtype(dtype), count, offset)

    def verify(self) -> None:
        """Read everything and compare checksums.

        Raises:
            IndexDamaged: an array is not what was written.
        """
        for name, (*_, crc) in self._arrays.items():
            if zlib.crc32(self.array(name).view(np.uint8).data) != crc:
                raise self._damage(f"has a damaged array ({name})")
