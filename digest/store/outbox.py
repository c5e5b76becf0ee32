"""The outbox: which articles the index has still to learn of.

Entries are written in the transaction of the change they announce and removed once the index has
committed; an entry that is delivered twice does no harm.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


def announce(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Note, inside the current transaction, that these articles changed or went."""
    db.executemany("INSERT INTO outbox (article_id) VALUES (?)", ((one,) for one in ids))


def announce_all(db: sqlite3.Connection) -> None:
    """Note that the index has to learn every article anew, the newest first."""
    db.execute("DELETE FROM outbox")
    db.execute(
        """INSERT INTO outbox (article_id) SELECT id FROM articles WHERE deleted IS NULL
        ORDER BY at DESC, id DESC"""
    )


def pending(db: sqlite3.Connection, limit: int) -> tuple[list[int], int]:
    """The oldest `limit` entries: their articles, each once, and the last entry's number."""
    rows = db.execute(
        "SELECT seq, article_id FROM outbox ORDER BY seq LIMIT ?", (limit,)
    ).fetchall()
    if not rows:
        return [], 0
    return list(dict.fromkeys(article for _, article in rows)), int(rows[-1][0])


def settle(db: sqlite3.Connection, last: int) -> None:
    """Remove all entries up to number `last`: the index has them."""
    db.execute("DELETE FROM outbox WHERE seq <= ?", (last,))


def size(db: sqlite3.Connection) -> int:
    """How many entries are waiting."""
    (count,) = db.execute("SELECT count(*) FROM outbox").fetchone()
    return int(count)
