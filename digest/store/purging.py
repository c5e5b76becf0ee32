"""What need not be kept for good: old sources as downloaded, and what was deleted long ago."""

from __future__ import annotations

import json
import sqlite3

from digest.store import copies, journal, topics

# Articles a transaction; a writer beside us waits for no more.
BATCH = 500


def drop_sources(db: sqlite3.Connection, before: int) -> int:
    """Drop sources fetched before a time, seconds since the epoch; returns how many.

    Those of starred, tagged, noted or highlighted articles stay.
    """
    cursor = db.execute(
        """DELETE FROM sources WHERE fetched < ?
        AND article_id NOT IN (SELECT article_id FROM stars)
        AND article_id NOT IN (SELECT article_id FROM article_tags)
        AND article_id NOT IN (SELECT article_id FROM notes)
        AND article_id NOT IN (SELECT article_id FROM highlights)""",
        (before,),
    )
    return cursor.rowcount


def drop_deleted(db: sqlite3.Connection, before: int) -> int:
    """Drop up to `BATCH` articles that were deleted before a time, for good; returns how many.

    Their addresses and feed ids stay known, so that no feed brings them back, and their numbers
    are not used again. The journal forgets them: what else it holds can still be undone.
    """
    return _drop(db, "deleted < ? AND offtopic IS NULL", before)


def drop_off_topic(db: sqlite3.Connection, before: int) -> int:
    """Likewise, articles that were hidden as off topic before a time.

    The hashes of their texts stay known too.
    """
    return _drop(db, "offtopic < ?", before)


def _drop(db: sqlite3.Connection, condition: str, before: int) -> int:
    ids = [
        row[0]
        for row in db.execute(
            f"SELECT id FROM articles WHERE {condition} ORDER BY deleted, id LIMIT ?",
            (before, BATCH),
        )
    ]
    if ids:
        gone = json.dumps(ids)
        _hand_on_copies(db, gone)
        copies.forget(db, ids)
        topics.remember_texts(db, ids)
        db.execute("DELETE FROM articles WHERE id IN (SELECT value FROM json_each(?))", (gone,))
        journal.forget(db, set(ids))
    return len(ids)


def _hand_on_copies(db: sqlite3.Connection, gone: str) -> None:
    """The copies of what goes are folded under the earliest of them that stays."""
    heirs = db.execute(
        """SELECT copy_of, id FROM (
          SELECT copy_of, id, row_number() OVER (PARTITION BY copy_of ORDER BY at, id) AS place
          FROM articles WHERE copy_of IN (SELECT value FROM json_each(?1))
          AND id NOT IN (SELECT value FROM json_each(?1))
        ) WHERE place = 1""",
        (gone,),
    ).fetchall()
    for original, heir in heirs:
        db.execute("UPDATE articles SET copy_of = ? WHERE copy_of = ?", (heir, original))
        db.execute("UPDATE articles SET copy_of = NULL WHERE id = ?", (heir,))
    db.execute(
        "UPDATE articles SET copy_of = NULL WHERE id IN (SELECT value FROM json_each(?))", (gone,)
    )
