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


class _Lent:
    """One thread's connection, and how many blocks of that thread are at work with it.

    SQLite frees a connection's statements as it closes, under the hands of a thread that is
    reading from one: `close` therefore leaves a connection that is in use to the end of its block.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.blocks = 0
        self._guard = threading.Lock()
        self._wanted = True

    def enter(self) -> bool:
        """Begin a block; False when the connection has been closed."""
        with self._guard:
            if not self._wanted and not self.blocks:
                return False
            self.blocks += 1
            return True

    def leave(self) -> None:
        """End a block, and close after the last one if somebody asked for it meanwhile."""
        with self._guard:
            self.blocks -= 1
            if not self._wanted and not self.blocks:
                self._close()

    def close(self) -> None:
        """Close now, or when the last block ends."""
        with self._guard:
            self._wanted = False
            if not self.blocks:
                self._close()

    def _close(self) -> None:
        with suppress(sqlite3.Error):
            self.db.close()


class Database:
    """The connections of one process to one library file. Safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._all: list[_Lent] = []
        self._guard = threading.Lock()
        self._closed = False
        self._watch: sqlite3.Connection | None = None
        self._watching = threading.Lock()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; in a block of `using` it stays open."""
        return self._lent().db

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, which stays open for the length of the block."""
        lent = self._lent()
        if not lent.enter():
            raise self._has_been_closed()
        try:
            yield lent.db
        finally:
            lent.leave()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent view of the library for the length of the block."""
        with self.using() as db:
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
        with self.using() as db, errors_translated(self.path):
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
            if self._closed:
                raise self._has_been_closed()
            if self._watch is None:
                self._watch = connect(self.path)
            (seen,) = self._watch.execute("PRAGMA data_version").fetchone()
        return int(seen)

    def close(self) -> None:
        """Close every thread's connection; one that is in use is closed when its block ends."""
        with self._guard:
            self._closed = True
            for lent in self._all:
                lent.close()
            self._all.clear()
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None

    def _lent(self) -> _Lent:
        lent: _Lent | None = getattr(self._local, "lent", None)
        if lent is None:
            with errors_translated(self.path):
                lent = _Lent(connect(self.path))
            with self._guard:
                if self._closed:
                    lent.close()
                    raise self._has_been_closed()
                self._all.append(lent)
            self._local.lent = lent
        return lent

    def _has_been_closed(self) -> LibraryError:
        return LibraryError(f"{self.path} has been closed")
