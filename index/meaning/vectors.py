"""Vectors on disk, by what was embedded: appended to, mapped into memory.

Five files of fixed-size fields hold a set of vectors; the file of keys is written last, so that
its length says how many are whole. Sets are numbered and the highest number counts: what is left
out of the next one goes without disturbing who still reads the last. Mapped files are never cut
below what was whole in them.

Vectors are derived: the folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.meaning.encoder import Vectors
from index.meaning.records import FIELDS, Fields, Keys, Rows, VectorSet, records, size_of

# Another model, another cut of the text or other files: the folder's name says which.
GENERATION = "use3-600-2"
_FAMILY = "use3-"
_SAMPLES = 16
_PART = 4096  # vectors read at a time where all are


class VectorStore:
    """The vectors of one library. Safe for many readers and, by a file lock, many writers."""

    def __init__(self, folder: Path) -> None:
        self._parent = folder
        self._folder = folder / GENERATION
        self._guard = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._set = VectorSet()

    def current(self) -> VectorSet:
        """All vectors there are now, those that another process has added among them."""
        with self._guard:
            return self._refreshed()

    def rows(self, keys: Keys) -> Rows:
        """The row of each key in the current set, -1 where it has no vector."""
        return self.current().rows(keys)

    def __len__(self) -> int:
        return len(self.current())

    def add(self, keys: Sequence[int], vectors: Vectors) -> None:
        """Append vectors under their keys; those already there are kept once.

        Raises:
            OSError: they could not be written; what was there before stays whole.
        """
        with locked(self._folder):
            wanted = np.array(keys, np.uint64)
            current = self.current()
            fresh = np.flatnonzero(current.rows(wanted) < 0)
            _, first = np.unique(wanted[fresh], return_index=True)
            fresh = fresh[np.sort(first)]
            if len(fresh):
                self._append(records(wanted[fresh], vectors[fresh]), len(current))

    def wrong(self) -> Keys:
        """The keys of the vectors that are not as they were written; reads all of them."""
        current = self.current()
        starts = range(0, len(current), _PART)
        parts = [np.arange(start, min(start + _PART, len(current))) for start in starts]
        bad = [part[~current.sound(part)] for part in parts]
        return current.keys[np.concatenate(bad)] if bad else np.zeros(0, np.uint64)

    def keep(self, keys: Keys) -> int:
        """Drop every vector whose key is not among `keys`; returns how many were dropped.

        Raises:
            OSError: the next set could not be written; the last one stays.
        """
        with locked(self._folder):
            current = self.current()
            rows = current.rows(np.unique(keys))
            rows = np.sort(rows[rows >= 0])
            if len(rows) < len(current):
                self._write_next(current, rows)
            return len(current) - len(rows)

    def tidy(self) -> None:
        """Remove what a crash or another version of this program has left in the folder."""
        with locked(self._folder):
            number = self._number()
            for path in self._folder.glob("*-*"):
                if path.suffix == ".part" or not path.name.endswith(f"-{number}"):
                    path.unlink(missing_ok=True)
        for path in self._parent.glob(f"{_FAMILY}*"):
            if path.name != GENERATION:
                shutil.rmtree(path, ignore_errors=True)

    # inside ---------------------------------------------------------------------------------

    def _refreshed(self) -> VectorSet:
        number = self._number()
        now = (number, self._identity(number), self._whole(number))
        if now == self._seen:
            return self._set
        found = self._mapped(number, now[2])
        if self._seen is None or now[:2] != self._seen[:2]:
            believed = _sampled(found)
        else:
            believed = len(self._set) == self._seen[2]
        self._set, self._seen = found if believed else VectorSet(), now
        return self._set

    def _mapped(self, number: int, size: int) -> VectorSet:
        if not size:
            return VectorSet()
        try:
            return VectorSet(
                {
                    name: np.asarray(
                        np.memmap(self._path(name, number), kind, "r", shape=(size, width))
                    )
                    for name, (kind, width) in FIELDS.items()
                }
            )
        except (OSError, ValueError):
            # The set was replaced or removed this very moment: what follows is seen next time.
            return VectorSet()

    def _number(self) -> int:
        """The number of the set that counts, 0 before there is one."""
        found = [path.name.partition("-")[2] for path in self._folder.glob("keys-*")]
        return max((int(end) for end in found if end.isdecimal()), default=0)

    def _identity(self, number: int) -> int:
        with contextlib.suppress(OSError):
            return self._path("keys", number).stat().st_ino
        return 0

    def _whole(self, number: int) -> int:
        """How many vectors are in every file."""
        sizes = []
        for name in FIELDS:
            with contextlib.suppress(OSError):
                sizes.append(self._path(name, number).stat().st_size // size_of(name))
        return min(sizes) if len(sizes) == len(FIELDS) else 0

    def _path(self, name: str, number: int) -> Path:
        return self._folder / f"{name}-{number}"

    def _append(self, fields: Fields, start: int) -> None:
        """Write records behind the `start` whole ones; the keys once the rest is on the disk."""
        number = self._number()
        if start < self._whole(number):
            # What is there is not to be believed, and may be mapped: begin the next set.
            number, start = number + 1, 0
        for name, (kind, _) in FIELDS.items():
            data = np.ascontiguousarray(fields[name]).astype(kind, copy=False).tobytes()
            with self._path(name, number).open("ab") as file:
                # What a crash left of a former append is cut off first.
                file.truncate(start * size_of(name))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())

    def _write_next(self, current: VectorSet, rows: Rows) -> None:
        """Write these rows as the next set; it counts once its keys have their name."""
        number = self._number()
        for name in FIELDS:
            part = self._folder / f"{name}-{number + 1}.part"
            with part.open("wb") as file:
                for start in range(0, len(rows), _PART):
                    chosen = current.fields[name][rows[start : start + _PART]]
                    file.write(np.ascontiguousarray(chosen).tobytes())
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path(name, number + 1))
        for name in FIELDS:
            self._path(name, number).unlink(missing_ok=True)


def _sampled(found: VectorSet) -> bool:
    """Whether a few vectors, the last among them, are as they were written.

    Another program's files, or a failing disk: better no vectors than wrong ones.
    """
    size = len(found)
    if not size:
        return True
    chosen = {size - 1, *random.sample(range(size), min(size, _SAMPLES))}
    return bool(found.sound(np.array(sorted(chosen), np.int64)).all())


@contextlib.contextmanager
def locked(folder: Path, name: str = "lock") -> Iterator[None]:
    """Wait for one's turn to write in `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / name, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
