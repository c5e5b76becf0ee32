"""The only place where the index touches the disk, and its locks between processes."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from index.errors import IndexLocked
from index.whooshes import FileLock, try_for

COMMIT_LOCK = "commit.lock"
MERGE_LOCK = "merge.lock"
_POLL = 0.02  # seconds between two tries for a lock


class Files:
    """The files of one index folder, by name. Tests replace methods of it to make the disk fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """The names in the folder; none when it does not exist."""
        try:
            return os.listdir(self.folder)  # noqa: PTH208 - names, not paths, at a fifth of the cost
        except FileNotFoundError:
            return []

    def create(self, name: str) -> BinaryIO:
        """A new file, open for writing."""
        return (self.folder / name).open("wb")

    def write(self, name: str, data: bytes) -> None:
        """A whole new file."""
        with self.create(name) as file:
            file.write(data)

    def rename(self, old: str, new: str) -> None:
        """`old` takes the place of `new` at once."""
        (self.folder / old).replace(self.folder / new)

    def remove(self, name: str) -> None:
        """Remove a file if it is there and the system lets us (Windows keeps mapped files)."""
        try:
            (self.folder / name).unlink(missing_ok=True)
        except (PermissionError, IsADirectoryError):
            return  # the next commit tries again

    def read(self, name: str, limit: int = -1) -> bytes:
        """The first `limit` bytes of a file, all of it by default."""
        with (self.folder / name).open("rb", buffering=0) as file:
            return file.read(limit) or b""

    def map(self, name: str) -> tuple[memoryview, int]:
        """A file as read-only memory, and its size in bytes."""
        with (self.folder / name).open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if not size:
                return memoryview(b""), 0
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)), size

    @contextmanager
    def locked(self, timeout: float) -> Iterator[None]:
        """Hold the lock of writers.

        The lock is the system's, on an open file: it ends with its process, however that ends.

        Raises:
            IndexLocked: another writer kept it for `timeout` seconds.
        """
        lock = FileLock(str(self.folder / COMMIT_LOCK))
        if not try_for(lock.acquire, timeout=timeout, delay=_POLL):
            raise IndexLocked(
                f"Another process has been writing to the index {self.folder} for more than "
                f"{timeout:.0f} seconds. Wait for it to end, or end it, and try again."
            )
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def merging(self) -> Iterator[bool]:
        """Hold the lock of mergers; False without it when somebody is merging already."""
        lock = FileLock(str(self.folder / MERGE_LOCK))
        held = bool(lock.acquire())
        try:
            yield held
        finally:
            if held:
                lock.release()
