"""When a brief of a name was last delivered."""

from __future__ import annotations

import sqlite3


def delivered(db: sqlite3.Connection, name: str) -> int | None:
    """The seconds since the epoch up to which the last one looked, None when there was none."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (f"brief:{name}",)).fetchone()
    return None if row is None else int(row[0])


def remember(db: sqlite3.Connection, name: str, moment: int) -> None:
    """Keep that a brief of this name was delivered."""
    db.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"brief:{name}", str(moment))
    )
