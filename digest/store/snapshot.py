"""Copies of an open library, whole even while somebody writes to it, through SQLite's backup."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from digest.errors import DiskFull
from digest.store import database
from digest.store.database import errors_translated

PAGES_AT_ONCE = 2000
ENDING = ".part"


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy an open library into a file of its own, which appears whole or not at all.

    Raises:
        LibraryError: it could not be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskFull(f"{target.parent} cannot be made ({error.strerror})") from error
    _clear(target)
    partial = target.with_name(f".{target.name}.{os.getpid()}{ENDING}")
    try:
        with errors_translated(target), closing(sqlite3.connect(partial)) as into:
            source.backup(into, pages=PAGES_AT_ONCE, progress=patience())
            into.execute("PRAGMA journal_mode = DELETE")
        to_disk(partial)
        partial.replace(target)
        to_disk(target.parent)
    except OSError as error:
        raise DiskFull(f"{target} could not be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)
        for ending in ("-journal", "-wal", "-shm"):
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def patience() -> Callable[[int, int, int], None]:
    """For `Connection.backup`, which would wait for ever for a library that is locked.

    Raises:
        sqlite3.OperationalError: it has been locked for longer than we wait.
    """
    ends = time.monotonic() + database.LOCK_SECONDS

    def stepped(status: int, _left: int, _all: int) -> None:
        nonlocal ends
        if status & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            ends = time.monotonic() + database.LOCK_SECONDS
        elif time.monotonic() > ends:
            raise sqlite3.OperationalError("database is locked")

    return stepped


def to_disk(path: Path) -> None:
    """Make a file, or the names in a folder, outlast a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unfinished(folder: Path) -> list[Path]:
    """What copies that were cut short have left in a folder; one at work is not among them."""
    found = []
    for path in folder.glob(f".*{ENDING}*"):
        number = path.name.partition(ENDING)[0].rpartition(".")[2]
        if path.is_file() and not (number.isdecimal() and _is_alive(int(number))):
            found.append(path)
    return sorted(found)


def _clear(target: Path) -> None:
    """Remove what earlier copies to the same place have left."""
    for path in unfinished(target.parent):
        if path.name.startswith(f".{target.name}."):
            path.unlink(missing_ok=True)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
