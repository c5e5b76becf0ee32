"""Whom and what articles name: marks on articles, and the queue of those to be marked again.

Marks are derived from an article's title and text by the names of the library. An article is
marked in the transaction that stores it; what has to be marked anew (after the names or a headline
were changed) is queued in the transaction of that change.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from digest.model import Entity, EntityCount, EntityMark


def mark(db: sqlite3.Connection, article: int, marks: Sequence[EntityMark]) -> bool:
    """Put these marks in the place of an article's own; returns whether it names others now."""
    numbers = {one.entity.id: _number(db, one.entity) for one in marks}
    new = {(numbers[one.entity.id], one.count, one.place) for one in marks}
    old = set(
        db.execute(
            "SELECT entity_id, count, place FROM article_entities WHERE article_id = ?", (article,)
        )
    )
    if new != old:
        db.execute("DELETE FROM article_entities WHERE article_id = ?", (article,))
        db.executemany(
            """INSERT INTO article_entities (article_id, entity_id, count, place)
            VALUES (?, ?, ?, ?)""",
            ((article, *one) for one in sorted(new)),
        )
    db.execute("DELETE FROM unmarked WHERE article_id = ?", (article,))
    return {number for number, _, _ in new} != {number for number, _, _ in old}


def _number(db: sqlite3.Connection, entity: Entity) -> int:
    row = db.execute("SELECT id FROM entities WHERE key = ?", (entity.id,)).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO entities (key, kind, name) VALUES (?, ?, ?) RETURNING id", entity
        ).fetchone()
    return int(row[0])


def counts(db: sqlite3.Connection, article: int) -> tuple[EntityCount, ...]:
    """Whom and what an article names, most often first, then by the first mention."""
    rows = db.execute(
        """SELECT e.key, e.name, x.count FROM article_entities x
        JOIN entities e ON e.id = x.entity_id
        WHERE x.article_id = ? ORDER BY x.count DESC, x.place, e.key""",
        (article,),
    )
    return tuple(EntityCount(*row) for row in rows)


def named_lately(
    db: sqlite3.Connection, articles: int, limit: int
) -> list[tuple[str, str, int, int]]:
    """Who and what the newest articles name: (name, kind, unread, all), most articles first."""
    rows = db.execute(
        """SELECT e.name, e.kind, count(*) - count(r.article_id), count(*)
        FROM (SELECT id FROM articles WHERE deleted IS NULL ORDER BY at DESC, id DESC LIMIT ?) a
        JOIN article_entities x ON x.article_id = a.id JOIN entities e ON e.id = x.entity_id
        LEFT JOIN reads r ON r.article_id = a.id
        WHERE e.kind <> 'term' GROUP BY e.id ORDER BY count(*) DESC, e.name LIMIT ?""",
        (articles, limit),
    )
    return [(str(row[0]), str(row[1]), int(row[2]), int(row[3])) for row in rows]


def names(db: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of those of these entities that were ever marked."""
    return dict(
        db.execute(
            "SELECT key, name FROM entities WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    )


def keys(db: sqlite3.Connection, names: Iterable[str]) -> dict[str, str]:
    """The ids of entities by the names under which they are shown."""
    return dict(
        db.execute(
            "SELECT name, key FROM entities WHERE name IN (SELECT value FROM json_each(?))",
            (json.dumps(list(names)),),
        )
    )


def known(db: sqlite3.Connection) -> list[str]:
    """The ids of all entities that were ever marked."""
    return [row[0] for row in db.execute("SELECT key FROM entities ORDER BY id")]


def rename(db: sqlite3.Connection, entities: Iterable[Entity]) -> None:
    """Show these entities under the names and kinds they have now."""
    db.executemany(
        "UPDATE entities SET kind = ?, name = ? WHERE key = ?",
        ((one.kind, one.name, one.id) for one in entities),
    )


def are_all(db: sqlite3.Connection, ids: Sequence[int]) -> bool:
    """Whether there are no articles but these."""
    query = "SELECT 1 FROM articles WHERE id NOT IN (SELECT value FROM json_each(?))"
    return db.execute(query, (json.dumps(list(ids)),)).fetchone() is None


def queue(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Note that these articles have to be marked anew."""
    db.executemany(
        "INSERT OR IGNORE INTO unmarked (article_id) VALUES (?)", ((one,) for one in ids)
    )


def queue_all(db: sqlite3.Connection) -> None:
    """Note that every article has to be marked anew."""
    db.execute("INSERT OR IGNORE INTO unmarked (article_id) SELECT id FROM articles")


def queued(db: sqlite3.Connection, limit: int) -> list[int]:
    """Up to `limit` articles that have to be marked, the newest first."""
    rows = db.execute("SELECT article_id FROM unmarked ORDER BY article_id DESC LIMIT ?", (limit,))
    return [row[0] for row in rows]


def is_queued(db: sqlite3.Connection, article: int) -> bool:
    """Whether an article has to be marked."""
    row = db.execute("SELECT 1 FROM unmarked WHERE article_id = ?", (article,)).fetchone()
    return row is not None


def waiting(db: sqlite3.Connection) -> int:
    """How many articles have to be marked."""
    (number,) = db.execute("SELECT count(*) FROM unmarked").fetchone()
    return int(number)
