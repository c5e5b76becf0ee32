"""Which vector each document has: a table of (document, key), appended to as documents change.

The file opens with the token of the collection it belongs to and a number of its own; a table of
another collection, a damaged one or none at all is made anew by whoever owns the documents. The
last record of a document
counts, and key 0 says that it is gone. Like the vectors, the table is derived.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.meaning.records import Keys
from index.meaning.vectors import GENERATION
from index.model import Ids

LARGEST_ID = 1 << 31
_RECORD = np.dtype([("id", "<u4"), ("check", "<u4"), ("key", "<u8")])
_TOKEN_BYTES = 16
_HEAD_BYTES = 32
_SPARE = 1000  # records beyond twice the documents that a table may have
_MIX = np.uint64(0x9E3779B97F4A7C15)


class DocumentTable:
    """The keys of a collection's documents. Safe to use from any thread.

    Writers take turns by `index.meaning.vectors.locked`, which they hold while they read what
    they are going to write: so the newest always comes last.
    """

    def __init__(self, folder: Path, token: str) -> None:
        """`token` names the collection: ASCII, at most 16 characters."""
        self.folder = folder / GENERATION
        self._path = self.folder / "documents"
        self._token = token.encode("ascii").ljust(_TOKEN_BYTES)
        self._guard = threading.Lock()
        self._head = b""
        self._size = 0
        self._there = False
        self._keys: Keys = np.zeros(0, np.uint64)

    @property
    def there(self) -> bool:
        """Whether there is a table of this collection, and sound."""
        with self._guard:
            self._refresh()
            return self._there

    def keys(self) -> Keys:
        """The key of each document by its id, 0 for none; not to be changed."""
        with self._guard:
            self._refresh()
            return self._keys

    def of(self, ids: Ids) -> Keys:
        """The keys of these documents, 0 for those that have none."""
        keys = self.keys()
        if not len(keys):
            return np.zeros(len(ids), np.uint64)
        inside = (ids >= 0) & (ids < len(keys))
        return np.where(inside, keys[np.where(inside, ids, 0)], np.uint64(0))

    def begin(self, ids: Ids, keys: Keys) -> None:
        """Write the table anew; the caller holds the lock.

        Raises:
            OSError: it could not be written; the one before is still there.
        """
        part = self._path.with_suffix(".part")
        with part.open("wb") as file:
            file.write(self._token + secrets.token_hex(8).encode())
            file.write(_records(ids, keys).tobytes())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._path)

    def put(self, ids: Ids, keys: Keys) -> None:
        """Append what has changed, if there is a table; the caller holds the lock.

        A table that cannot be written to is removed, so that nobody believes it.
        """
        if not self.there:
            return
        changed = self.of(ids) != keys
        if not changed.any():
            return
        try:
            with self._path.open("r+b") as file:
                file.truncate(_HEAD_BYTES + self._size * _RECORD.itemsize)
                file.seek(0, os.SEEK_END)
                file.write(_records(ids[changed], keys[changed]).tobytes())
            self._shorten()
        except OSError:
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _shorten(self) -> None:
        """Keep one record a document once most of them count no more."""
        keys = self.keys()
        ids = np.flatnonzero(keys)
        if self._size > 2 * len(ids) + _SPARE:
            self.begin(ids, keys[ids])

    def _refresh(self) -> None:
        """Take in what this or another process has written."""
        try:
            with self._path.open("rb") as file:
                head = file.read(_HEAD_BYTES)
                size = max(0, os.fstat(file.fileno()).st_size - _HEAD_BYTES) // _RECORD.itemsize
                if head != self._head or size < self._size:
                    whole = len(head) == _HEAD_BYTES
                    self._forget(there=whole and head.startswith(self._token))
                    self._head = head
                if self._there and size > self._size:
                    file.seek(_HEAD_BYTES + self._size * _RECORD.itemsize)
                    self._take(file.read((size - self._size) * _RECORD.itemsize), size)
        except OSError:
            self._forget(there=False)
            self._head = b""

    def _take(self, data: bytes, size: int) -> None:
        records = np.frombuffer(data, _RECORD)
        if not _sound(records):
            self._forget(there=False)
            return
        largest = int(records["id"].max())
        keys = np.zeros(max(len(self._keys), largest + 1), np.uint64)
        keys[: len(self._keys)] = self._keys
        keys[records["id"]] = records["key"]
        self._keys, self._size = keys, size

    def _forget(self, *, there: bool) -> None:
        self._there, self._size = there, 0
        self._keys = np.zeros(0, np.uint64)


def _records(ids: Ids, keys: Keys) -> NDArray[np.void]:
    made = np.zeros(len(ids), _RECORD)
    made["id"], made["key"] = ids, keys
    made["check"] = _check(made)
    return made


def _check(records: NDArray[np.void]) -> NDArray[np.uint32]:
    """A checksum of id and key, by Fibonacci hashing (Knuth, TAOCP 3, 6.4)."""
    mixed = (records["key"] ^ (records["id"].astype(np.uint64) * _MIX)) * _MIX
    found: NDArray[np.uint32] = (mixed >> np.uint64(32)).astype(np.uint32)
    return found


def _sound(records: NDArray[np.void]) -> bool:
    same = bool((_check(records) == records["check"]).all())
    return same and (not len(records) or int(records["id"].max()) < LARGEST_ID)
