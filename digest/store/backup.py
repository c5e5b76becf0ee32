"""Library files that are not open: looked at before anything is done with them."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from digest.errors import LibraryDamaged, LibraryNewer, SourceError
from digest.store.migrations import APPLICATION_ID, STEPS, version_of


def reader(path: Path) -> sqlite3.Connection:
    """A connection to a library file that can neither write to it nor be led to.

    On a medium that cannot be written a file in write-ahead mode is read as it stands.
    """
    folder_open = os.access(path.parent, os.W_OK)
    waiting = path.with_name(path.name + "-wal")
    still = not folder_open and not (waiting.exists() and waiting.stat().st_size)
    mode = "mode=ro&immutable=1" if still else "mode=ro"
    db = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
    db.execute("PRAGMA query_only = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def verify(path: Path) -> None:
    """Make sure that a file is a whole library that this version can read.

    Raises:
        SourceError: it is not there, or no library.
        LibraryDamaged: it is a library, but a broken one.
        LibraryNewer: a newer version wrote it.
    """
    if not path.is_file():
        raise SourceError(f"{path} is not there; name a file that 'digest backup' has written")
    try:
        with closing(reader(path)) as db:
            (kind,) = db.execute("PRAGMA application_id").fetchone()
            version = version_of(db)
            newer = version > len(STEPS)
            wrong = [] if newer or kind != APPLICATION_ID else [*_misshapen(db), *complaints(db)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} is no library or backup of one ({error})") from error
    if kind != APPLICATION_ID:
        raise SourceError(f"{path} is a database, but no library of this program")
    if newer:
        raise LibraryNewer(f"{path} was written by a newer version; update the program first")
    if wrong:
        raise LibraryDamaged(f"{path} is damaged ({wrong[0]}); try an older backup")


def _misshapen(db: sqlite3.Connection) -> list[str]:
    """Tables and columns that a library of its layout has and this file lacks; and triggers."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for script in STEPS[: version_of(db)]:
            model.executescript(script)
        wanted, there = _columns(model), _columns(db)
    found = [f"it lacks {table}.{column}" for table, column in sorted(wanted - there)]
    if db.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
        found.append("it holds a trigger or a view, which no library does")
    return found


def _columns(db: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(
        db.execute(
            """SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table'"""
        )
    )


def complaints(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with an open library; empty when it is sound."""
    found = [row[0] for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check").fetchmany(20):
        found.append(f"row {rowid} of {table} points to nothing in {parent}")
    return found
