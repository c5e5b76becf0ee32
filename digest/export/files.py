"""Files that the user asked for, written so that they are whole or as before."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from digest.errors import DigestError, DiskFull

FULL = frozenset((errno.ENOSPC, errno.EDQUOT))


def write_whole(path: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    """Put a new file in the place of `path` in one step; a device or pipe is written directly.

    Permissions of a file that was there are kept, and a symbolic link goes on pointing at it.

    Raises:
        DigestError: it cannot be written; what was there stays.
        DiskFull: there is no room for it; what was there stays.
    """
    target = path.expanduser().resolve()
    with _errors_in_words(path):
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                device.writelines(_bytes(pieces))
            return
        beside = target.with_name(f".{target.name[:60]}.{os.getpid()}.part")
        try:
            _write_beside(beside, target, pieces)
            beside.replace(target)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()


def unused(path: Path) -> Path:
    """The path, or the first of `NAME-2.ENDING`, `NAME-3.ENDING` … that is not there yet."""
    found = path
    for number in count(2):
        if not found.exists():
            break
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _write_beside(beside: Path, target: Path, pieces: Iterable[str] | Iterable[bytes]) -> None:
    with beside.open("xb") as file:
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o7777)
        file.writelines(_bytes(pieces))
        file.flush()
        os.fsync(file.fileno())


def _bytes(pieces: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.encode("utf-8", "replace") if isinstance(piece, str) else piece


@contextmanager
def _errors_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(f"{path} cannot be written: the disk is full; make room") from error
        why = (error.strerror or type(error).__name__).lower()
        raise DigestError(f"{path} cannot be written: {why}; name another file") from error
