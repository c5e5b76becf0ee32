"""Vectors on disk, by what was embedded: 588 bytes each, appended to, mapped into memory.

A vector is kept as eight bits a dimension with one scale, for exact-enough scores, and as one
bit a dimension, its sign, for a first pass. Four files of fixed-size records hold them; the
file of keys is written last, so that its length says how many vectors are whole. Vectors are
derived: the folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.meaning.encoder import DIMENSIONS, Vectors

SIGN_WORDS = DIMENSIONS // 64
# Another model or another cut of the text makes other vectors: the folder's name says which.
GENERATION = "use3-600"

Keys = NDArray[np.uint64]
_FIELDS: dict[str, tuple[str, int]] = {
    "codes": ("i1", DIMENSIONS),
    "scales": ("<f4", 1),
    "signs": ("<u8", SIGN_WORDS),
    "keys": ("<u8", 1),
}


def key_of(text: str) -> int:
    """The 64-bit key of an embedded text."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def signs_of(vectors: Vectors) -> NDArray[np.uint64]:
    """The sign of each dimension as one bit: (n, 8) words of 64 bits."""
    bits = np.packbits(vectors > 0, axis=1, bitorder="little")
    return np.ascontiguousarray(bits).view("<u8")


def quantised(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight-bit codes and the scale of each vector: `codes * scale` is the vector, nearly."""
    largest = np.abs(vectors).max(axis=1)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


class VectorStore:
    """The vectors of one library. Safe for many readers and, by a file lock, many writers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / GENERATION
        self._guard = threading.Lock()
        self._size = -1
        self._arrays: dict[str, NDArray[Any]] = {}
        self._order: NDArray[np.int64] = np.zeros(0, np.int64)
        self._sorted: Keys = np.zeros(0, np.uint64)

    def add(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Append vectors under their keys; those already there are kept once.

        Raises:
            OSError: they could not be written; what was there before stays whole.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            wanted = np.array(keys, np.uint64)
            fresh = np.flatnonzero(self.rows(wanted) < 0)
            _, first = np.unique(wanted[fresh], return_index=True)
            fresh = fresh[np.sort(first)]
            if len(fresh):
                self._append(wanted[fresh], vectors[fresh])

    def rows(self, keys: Keys) -> NDArray[np.int64]:
        """The row of each key, -1 where it has no vector."""
        with self._guard:
            self._refresh()
            if not len(self._sorted):
                return np.full(len(keys), -1, np.int64)
            place = np.searchsorted(self._sorted, keys)
            place[place == len(self._sorted)] = 0
            found = self._sorted[place] == keys
            return np.where(found, self._order[place], -1)

    def signs(self) -> NDArray[np.uint64]:
        """The sign bits of all vectors: (n, 8)."""
        return self._array("signs").reshape(-1, SIGN_WORDS)

    def codes(self, rows: NDArray[np.int64]) -> Vectors:
        """The vectors of `rows`, as near as eight bits hold them."""
        codes = self._array("codes").reshape(-1, DIMENSIONS)[rows].astype(np.float32)
        scales: NDArray[np.float32] = self._array("scales")[rows]
        return codes * scales[:, None]

    def __len__(self) -> int:
        with self._guard:
            self._refresh()
            return max(self._size, 0)

    def _array(self, name: str) -> NDArray[Any]:
        with self._guard:
            self._refresh()
            return self._arrays[name]

    def _refresh(self) -> None:
        """Notice what this or another process has appended."""
        size = self._whole()
        if size == self._size:
            return
        for name, (kind, width) in _FIELDS.items():
            path = self._folder / name
            self._arrays[name] = (
                np.memmap(path, kind, "r", shape=(size * width,)) if size else np.zeros(0, kind)
            )
        keys = np.asarray(self._arrays["keys"], np.uint64)
        self._order = np.argsort(keys, kind="stable").astype(np.int64)
        self._sorted = keys[self._order]
        self._size = size

    def _whole(self) -> int:
        """How many vectors are in every file."""
        sizes = []
        for name, (kind, width) in _FIELDS.items():
            with contextlib.suppress(OSError):
                size = (self._folder / name).stat().st_size
                sizes.append(size // (np.dtype(kind).itemsize * width))
        return min(sizes) if len(sizes) == len(_FIELDS) else 0

    def _append(self, keys: Keys, vectors: Vectors) -> None:
        codes, scales = quantised(vectors)
        parts = {"codes": codes, "scales": scales, "signs": signs_of(vectors), "keys": keys}
        start = self._whole()
        for name, (kind, width) in _FIELDS.items():
            data = np.ascontiguousarray(parts[name]).astype(kind, copy=False).tobytes()
            with (self._folder / name).open("ab") as file:
                # What a crash left of a former append is cut off first.
                file.truncate(start * np.dtype(kind).itemsize * width)
                file.write(data)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        handle = os.open(self._folder / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
