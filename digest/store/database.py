"""Connections, one a thread, transactions, and the one place where SQLite's errors become ours."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from digest.errors import DiskFull, LibraryDamaged, LibraryError, LibraryLocked

LOCK_SECONDS = 15.0
_FULL = ("database or disk is full", "disk i/o error", "unable to open database file")
_READONLY = ("readonly database", "read-only")
_DAMAGED = ("malformed", "not a database", "file is encrypted", "corrupt")


def translated(error: sqlite3.Error, path: Path) -> LibraryError:
    """The library's error for one of SQLite's, in words that say what to do."""
    words = str(error).lower()
    if "locked" in words or "busy" in words:
        return LibraryLocked(
            f"{path} is in use by another program that does not let go of it; "
            "close that program and try again. Nothing was changed."
        )
    if any(sign in words for sign in _DAMAGED):
        return LibraryDamaged(
            f"{path} is damaged ({error}); run 'digest doctor', or 'digest restore' with a backup."
        )
    if any(sign in words for sign in _FULL):
        return DiskFull(
            f"{path} could not be written ({error}): the disk is full or fails; "
            "make room and try again. Nothing acknowledged is lost."
        )
    if any(sign in words for sign in _READONLY):
        return DiskFull(f"{path} may not be written; check its permissions and try again.")
    return LibraryError(f"{path} cannot be used: {error}; run 'digest doctor'.")


@contextmanager
def errors_translated(path: Path) -> Iterator[None]:
    """Raise our own errors for SQLite's.

    Raises:
        LibraryError: one of its kinds, for anything SQLite complains of.
    """
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise translated(error, path) from error


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the settings that every connection to a library has.

    Write-ahead logging lets readers go on while somebody writes; `synchronous = FULL` makes a
    commit survive a power cut, not only a killed process.
    """
    db = sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -16000")
        db.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        db.close()
        raise
    return db


class Database:
    """The connections of one process to one library file. Safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        self._watch: sqlite3.Connection | None = None
        self._watching = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            with errors_translated(self.path):
                db = connect(self.path)
            with self._guard:
                if self._closed:
                    db.close()
                    raise LibraryError(f"{self.path} has been closed")
                self._all.append(db)
            self._local.db = db
        return db

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the library for the length of the block."""
        db = self.connection()
        if db.in_transaction:
            yield db
            return
        with errors_translated(self.path):
            db.execute("BEGIN")
            try:
                yield db
            finally:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of the block is stored, or nothing of it.

        Raises:
            LibraryError: it could not be stored; the library is as it was.
        """
        db = self.connection()
        with errors_translated(self.path):
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise

    def version(self) -> int:
        """A number that differs once any connection of this or another process has written.

        SQLite counts the changes that a connection sees from outside; one that never writes
        itself therefore counts them all.
        """
        with errors_translated(self.path), self._watching:
            if self._watch is None:
                self._watch = connect(self.path)
            (seen,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(seen)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            self._closed = True
            for db in self._all:
                with suppress(sqlite3.Error):
                    db.close()
            self._all.clear()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
