"""Copies of an open library, whole even while somebody writes to it, through SQLite's backup."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from digest.errors import DiskFull
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
            source.backup(into, pages=PAGES_AT_ONCE)
            into.execute("PRAGMA journal_mode = DELETE")
        to_disk(partial)
        partial.replace(target)
        to_disk(target.parent)
    except OSError as error:
        raise DiskFull(f"{target} could not be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)
        _journal(partial).unlink(missing_ok=True)


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


def _journal(partial: Path) -> Path:
    return partial.with_name(f"{partial.name}-journal")


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
