"""A vector as it is kept: eight bits a dimension with one scale, one bit a dimension, a checksum.

592 bytes with the key. The codes give scores that are exact enough, the signs a first pass.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.meaning.encoder import DIMENSIONS, Vectors

SIGN_WORDS = DIMENSIONS // 64
_PART = 256  # vectors scored at a time, so that they stay in the cache

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]
Fields = dict[str, NDArray[Any]]

# Name, kind and width of each field, in the order in which they are written.
FIELDS: dict[str, tuple[str, int]] = {
    "codes": ("i1", DIMENSIONS),
    "scales": ("<f4", 1),
    "signs": ("<u8", SIGN_WORDS),
    "checks": ("<u4", 1),
    "keys": ("<u8", 1),
}


def size_of(name: str) -> int:
    """How many bytes a record's field takes."""
    kind, width = FIELDS[name]
    return np.dtype(kind).itemsize * width


def key_of(text: str) -> int:
    """The 64-bit key of an embedded text, never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little") or 1


def signs_of(vectors: Vectors) -> NDArray[np.uint64]:
    """The sign of each dimension as one bit: (n, 8) words of 64 bits."""
    bits = np.packbits(vectors > 0, axis=1, bitorder="little")
    return np.ascontiguousarray(bits).view("<u8")


def quantised(vectors: Vectors) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Eight-bit codes and the scale of each vector: `codes * scale` is the vector, nearly."""
    largest = np.abs(vectors).max(axis=1)
    scales = np.where(largest > 0, largest / 127, 1).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def records(keys: Keys, vectors: Vectors) -> Fields:
    """The fields of vectors, one row of each array a vector."""
    codes, scales = quantised(vectors)
    made: Fields = {"codes": codes, "scales": scales, "signs": signs_of(vectors), "keys": keys}
    return {**made, "checks": checks(made)}


def checks(fields: Fields) -> NDArray[np.uint32]:
    """The CRC-32 of each record's other fields."""
    columns = (fields[name] for name in FIELDS if name != "checks")
    sums = (
        zlib.crc32(b"".join(value.tobytes() for value in record))
        for record in zip(*columns, strict=True)
    )
    return np.fromiter(sums, np.uint32)


class VectorSet:
    """Vectors as they were at one moment; rows count from 0. Safe to use from any thread."""

    def __init__(self, fields: Fields | None = None) -> None:
        self.fields = fields or {
            name: np.zeros((0, width), kind) for name, (kind, width) in FIELDS.items()
        }
        self.keys: Keys = np.asarray(self.fields["keys"], np.uint64).reshape(-1)
        self._order = np.argsort(self.keys, kind="stable").astype(np.int64)
        self._sorted = self.keys[self._order]

    def __len__(self) -> int:
        return len(self.keys)

    def rows(self, keys: Keys) -> Rows:
        """The row of each key, -1 where it has no vector."""
        if not len(self):
            return np.full(len(keys), -1, np.int64)
        place = np.searchsorted(self._sorted, keys)
        place[place == len(self)] = 0
        return np.where(self._sorted[place] == keys, self._order[place], -1)

    @property
    def signs(self) -> NDArray[np.uint64]:
        """The sign bits of all vectors: (n, 8)."""
        return self.fields["signs"]

    def vectors(self, rows: Rows) -> Vectors:
        """The vectors of `rows`, as near as eight bits hold them: (n, 512)."""
        codes = self.fields["codes"][rows].astype(np.float32)
        scales: NDArray[np.float32] = self.fields["scales"][rows]
        return codes * scales

    def cosines(self, rows: Rows, query: Vectors) -> NDArray[np.float64]:
        """The cosine of each of `rows` and one unit vector."""
        found = np.empty(len(rows))
        for start in range(0, len(rows), _PART):
            part = rows[start : start + _PART]
            codes = self.fields["codes"][part].astype(np.float32)
            # Not `@`: for a matrix of this size BLAS starts threads, which costs 30 times more.
            found[start : start + _PART] = np.einsum("ij,j->i", codes, query)
        scales: NDArray[np.float64] = self.fields["scales"][rows][:, 0].astype(np.float64)
        return found * scales

    def sound(self, rows: Rows) -> NDArray[np.bool_]:
        """Which of `rows` have the checksum they were written with."""
        chosen = {name: np.asarray(field[rows]) for name, field in self.fields.items()}
        same: NDArray[np.bool_] = checks(chosen) == chosen["checks"].reshape(-1)
        return same
