"""Tags: a name as first written, known again by its folded key."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterable

from digest.text import scrub

# The tag of what a rule has muted: left out of the lists that a person looks through.
MUTED = "muted"


def tag_key(name: str) -> str:
    """The form by which a tag is known again: clean, NFKC, case folded, no `#` in front."""
    return unicodedata.normalize("NFKC", scrub(name)).strip().lstrip("#").casefold()


def tag_id(db: sqlite3.Connection, name: str) -> int:
    """The id of the tag with this name; a new tag keeps the name as written."""
    key = tag_key(name)
    row = db.execute("SELECT id FROM tags WHERE key = ?", (key,)).fetchone()
    if row is not None:
        return int(row[0])
    written = unicodedata.normalize("NFC", scrub(name)).strip().lstrip("#")
    cursor = db.execute("INSERT INTO tags (name, key) VALUES (?, ?)", (written, key))
    return int(cursor.lastrowid or 0)


def attach(db: sqlite3.Connection, article: int, names: Iterable[str]) -> None:
    """Give an article tags it is born with."""
    for name in names:
        if tag_key(name):
            db.execute(
                "INSERT OR IGNORE INTO article_tags (article_id, tag_id) VALUES (?, ?)",
                (article, tag_id(db, name)),
            )


def all_tags(db: sqlite3.Connection) -> list[tuple[int, str, str, int, int]]:
    """Every tag in use: (id, name, key, unread, all), by key."""
    return db.execute(
        """SELECT t.id, t.name, t.key,
        sum(CASE WHEN r.article_id IS NULL THEN 1 ELSE 0 END), count(*)
        FROM tags t JOIN article_tags x ON x.tag_id = t.id
        JOIN articles a ON a.id = x.article_id AND a.deleted IS NULL
        LEFT JOIN reads r ON r.article_id = a.id
        GROUP BY t.id ORDER BY t.key"""
    ).fetchall()


def tagged(db: sqlite3.Connection) -> dict[str, list[int]]:
    """The articles of every tag in use, deleted ones included, by the tag's name."""
    found: dict[str, list[int]] = {}
    rows = db.execute(
        """SELECT t.name, x.article_id FROM tags t JOIN article_tags x ON x.tag_id = t.id
        ORDER BY t.key"""
    )
    for name, article in rows:
        found.setdefault(name, []).append(article)
    return found


def having(db: sqlite3.Connection, name: str) -> set[int]:
    """The articles with a tag."""
    rows = db.execute(
        """SELECT x.article_id FROM article_tags x JOIN tags t ON t.id = x.tag_id
        WHERE t.key = ?""",
        (tag_key(name),),
    )
    return {row[0] for row in rows}
