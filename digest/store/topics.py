"""How much articles are on topic, and those that are not and wait to be dropped.

What is off topic is hidden as a deleted article is, with the time of its fetching in `offtopic`.
After its days the row goes; its address stays known, and so does the hash of its text, as a key
of its own kind.
"""

from __future__ import annotations

import json
import sqlite3

from digest.model import Relevance

_TEXT_KEY = "text:"


def put(db: sqlite3.Connection, article: int, found: Relevance) -> None:
    """Keep the relevance of an article."""
    db.execute(
        "INSERT OR REPLACE INTO relevance (article_id, score, why) VALUES (?, ?, ?)",
        (article, found.score, json.dumps(found.why, ensure_ascii=False)),
    )


def relevance(db: sqlite3.Connection, article: int) -> Relevance:
    """The relevance of an article, without a score where nothing has looked yet."""
    row = db.execute("SELECT score, why FROM relevance WHERE article_id = ?", (article,)).fetchone()
    return Relevance() if row is None else Relevance(row[0], tuple(json.loads(row[1])))


def is_off_topic(db: sqlite3.Connection, article: int) -> bool:
    """Whether an article is hidden as off topic."""
    row = db.execute("SELECT offtopic FROM articles WHERE id = ?", (article,)).fetchone()
    return row is not None and row[0] is not None


def hide(db: sqlite3.Connection, article: int) -> None:
    """Hide a new article as off topic."""
    db.execute("UPDATE articles SET offtopic = fetched, deleted = fetched WHERE id = ?", (article,))


def set_off_topic(db: sqlite3.Connection, article: int, since: int | None) -> None:
    """Hide an article since a time, or show it (None)."""
    db.execute("UPDATE articles SET offtopic = ?1, deleted = ?1 WHERE id = ?2", (since, article))


def hidden(db: sqlite3.Connection, ids: list[int]) -> dict[int, int]:
    """Since when each of these that is off topic is hidden."""
    rows = db.execute(
        """SELECT id, offtopic FROM articles WHERE offtopic IS NOT NULL
        AND id IN (SELECT value FROM json_each(?))""",
        (json.dumps(ids),),
    )
    return dict(rows.fetchall())


def remember_texts(db: sqlite3.Connection, ids: list[int]) -> None:
    """Keep the hashes of the texts of articles that are about to be dropped."""
    db.execute(
        """INSERT OR IGNORE INTO known (key, article_id)
        SELECT ? || hex(text_hash), id FROM articles WHERE offtopic IS NOT NULL
        AND id IN (SELECT value FROM json_each(?))""",
        (_TEXT_KEY, json.dumps(ids)),
    )


def dropped_text(db: sqlite3.Connection, text_hash: bytes) -> int | None:
    """The number of the dropped off-topic article with this text, if there was one."""
    row = db.execute(
        "SELECT article_id FROM known WHERE key = ?", (_TEXT_KEY + text_hash.hex().upper(),)
    ).fetchone()
    return None if row is None else int(row[0])
