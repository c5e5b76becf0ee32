"""What a person corrected in an article; a correction outlives every re-fetch."""

from __future__ import annotations

import sqlite3

_UPDATES = {
    "title": "UPDATE articles SET title = ? WHERE id = ?",
    "author": "UPDATE articles SET author = ? WHERE id = ?",
    "lang": "UPDATE articles SET lang = ? WHERE id = ?",
    "published": "UPDATE articles SET published = ? WHERE id = ?",
    "outlet": "UPDATE articles SET outlet_id = ? WHERE id = ?",
}
FIELDS = tuple(_UPDATES)
PUBLISHED_TITLE = """CASE WHEN a.headline != '' AND EXISTS (SELECT 1 FROM corrections x
  WHERE x.article_id = a.id AND x.field = 'title') THEN a.headline ELSE a.title END"""
"""The title of `articles a` as published: the page's own where a person has corrected it."""


def current(db: sqlite3.Connection, article: int, field: str) -> tuple[str, bool]:
    """A field's value as text ("" for none), and whether it is a correction."""
    column = "outlet_id" if field == "outlet" else field
    if field not in _UPDATES:
        raise ValueError(field)
    (value,) = db.execute(
        f"SELECT coalesce({column}, '') FROM articles WHERE id = ?",
        (article,),
    ).fetchone()
    corrected = db.execute(
        "SELECT 1 FROM corrections WHERE article_id = ? AND field = ?", (article, field)
    ).fetchone()
    return str(value), corrected is not None


def put(db: sqlite3.Connection, article: int, field: str, value: str, *, correction: bool) -> None:
    """Set a field; with `correction` it stays so, without it the source may change it again."""
    if correction:
        db.execute(
            """INSERT INTO corrections (article_id, field, value) VALUES (?, ?, ?)
            ON CONFLICT (article_id, field) DO UPDATE SET value = excluded.value""",
            (article, field, value),
        )
    else:
        db.execute("DELETE FROM corrections WHERE article_id = ? AND field = ?", (article, field))
    _set(db, article, field, value)


def apply(db: sqlite3.Connection, article: int) -> None:
    """Put an article's corrections over what its source says."""
    rows = db.execute(
        "SELECT field, value FROM corrections WHERE article_id = ?", (article,)
    ).fetchall()
    for field, value in rows:
        _set(db, article, field, value)


def _set(db: sqlite3.Connection, article: int, field: str, value: str) -> None:
    stored: object = value
    if field in {"published", "outlet"}:
        stored = int(value) if value else None
    db.execute(_UPDATES[field], (stored, article))
    db.execute("UPDATE articles SET at = coalesce(published, fetched) WHERE id = ?", (article,))
