"""Writing a file so that it is whole at every moment, and one writer at a time."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.errors import ConfigError, DiskFull

PATIENCE = 10.0
PAUSE = 0.02


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the only right to change configuration in `folder`, which is made when missing.

    The lock is advisory and on the folder itself, so that nothing is left behind. Where a file
    system or platform has no such locks the last writer wins.

    Raises:
        ConfigError: another process kept it for ten seconds, or the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"cannot make {folder}: {error.strerror}; check its permissions"
        ) from None
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait_for_lock(handle, folder)
        yield
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Replace `path` in one step: readers see the old or the new content, also after a crash.

    A symbolic link stays and its target is replaced; permissions are kept.

    Raises:
        ConfigError: it cannot be written; the old content is untouched.
        DiskFull: there is no room; the old content is untouched.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.{time.monotonic_ns()}.tmp")
    try:
        _write_beside(temporary, target, content)
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull(f"{path} cannot be written: the disk is full; make room") from None
        message = f"{path} cannot be written: {error.strerror}; check its permissions"
        raise ConfigError(message) from None


def _write_beside(temporary: Path, target: Path, content: bytes) -> None:
    with temporary.open("xb") as file:
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wait_for_lock(handle: int, folder: Path) -> None:
    import fcntl  # noqa: PLC0415 - the module exists on POSIX only

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                message = f"another digest is changing the configuration in {folder}; try again"
                raise ConfigError(message) from None
            time.sleep(PAUSE)
        except OSError:
            return  # a network file system without locks
        else:
            return
