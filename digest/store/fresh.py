"""Articles that have come in and on which no rule has acted yet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence


def note(db: sqlite3.Connection, article: int) -> None:
    """Note, in the transaction that stores it, that an article is new."""
    db.execute("INSERT OR IGNORE INTO fresh (article_id) VALUES (?)", (article,))


def waiting(db: sqlite3.Connection) -> list[int]:
    """The new articles, oldest number first."""
    return [row[0] for row in db.execute("SELECT article_id FROM fresh ORDER BY article_id")]


def settle(db: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Take articles off the list; returns those of `ids` that were still on it."""
    rows = db.execute(
        """DELETE FROM fresh WHERE article_id IN (SELECT value FROM json_each(?))
        RETURNING article_id""",
        (json.dumps(list(ids)),),
    )
    return {row[0] for row in rows.fetchall()}
