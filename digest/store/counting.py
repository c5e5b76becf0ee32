"""Numbers about the library: what the sidebar and `digest stats` show."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from digest.store import tagging
from digest.store.criteria import (
    All,
    Criterion,
    Dated,
    Everything,
    Is,
    Not,
    Tagged,
    count,
    to_sql,
)

_EVERYTHING = Everything()


class Totals(NamedTuple):
    """How many live articles there are of each kind."""

    all: int
    unread: int
    starred: int
    noted: int
    tagged: int


class Outlet(NamedTuple):
    """Where articles come from; `feed` is None for what a person added."""

    id: int
    feed: int | None
    name: str
    host: str


def totals(db: sqlite3.Connection, criterion: Criterion = _EVERYTHING) -> Totals:
    """Counts of what meets the criterion."""
    condition, values = to_sql(criterion)
    row = db.execute(
        f"""SELECT count(*), count(*) - count(r.article_id), count(s.article_id),
        coalesce(sum(EXISTS (SELECT 1 FROM notes n WHERE n.article_id = a.id)
          OR EXISTS (SELECT 1 FROM highlights h WHERE h.article_id = a.id)), 0),
        coalesce(sum(EXISTS (SELECT 1 FROM article_tags x WHERE x.article_id = a.id)), 0)
        FROM articles a LEFT JOIN reads r ON r.article_id = a.id
        LEFT JOIN stars s ON s.article_id = a.id
        WHERE a.deleted IS NULL AND {condition}""",
        values,
    ).fetchone()
    return Totals(*map(int, row))


def since(db: sqlite3.Connection, start: int) -> int:
    """How many live articles, muted ones apart, are from `start` (seconds since the epoch) on."""
    muted = db.execute("SELECT id FROM tags WHERE key = ?", (tagging.tag_key(tagging.MUTED),))
    tags = tuple(row[0] for row in muted)
    return count(db, All((Dated(start, None), Not(Tagged(tags)))))


def by_feed(db: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """(unread, all) by feed id."""
    rows = db.execute(
        """SELECT o.feed_id, sum(u.n - u.r), sum(u.n) FROM
        (SELECT a.outlet_id AS o, count(*) AS n, count(r.article_id) AS r FROM articles a
         LEFT JOIN reads r ON r.article_id = a.id WHERE a.deleted IS NULL GROUP BY a.outlet_id) u
        JOIN outlets o ON o.id = u.o WHERE o.feed_id IS NOT NULL GROUP BY o.feed_id"""
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def newest_by_feed(db: sqlite3.Connection) -> dict[int, int]:
    """The time of the newest article, seconds since the epoch, by feed id."""
    rows = db.execute(
        """SELECT o.feed_id, max(m.at) FROM
        (SELECT outlet_id AS o, max(at) AS at FROM articles WHERE deleted IS NULL
         GROUP BY outlet_id) m
        JOIN outlets o ON o.id = m.o WHERE o.feed_id IS NOT NULL GROUP BY o.feed_id"""
    )
    return {int(row[0]): int(row[1]) for row in rows}


def outlets(db: sqlite3.Connection) -> list[Outlet]:
    """All outlets, some of which may have no live article."""
    return [Outlet(*row) for row in db.execute("SELECT id, feed_id, name, host FROM outlets")]


def unread_in(db: sqlite3.Connection, criterion: Criterion) -> int:
    """How many unread articles meet the criterion."""
    return count(db, All((Is("unread"), criterion)))


def by_language(db: sqlite3.Connection, criterion: Criterion) -> dict[str, int]:
    """Articles by language tag, most first."""
    return _grouped(db, "a.lang", criterion)


def by_outlet(db: sqlite3.Connection, criterion: Criterion) -> dict[str, int]:
    """Articles by outlet name, most first."""
    return _grouped(db, "o.name", criterion)


def _grouped(db: sqlite3.Connection, what: str, criterion: Criterion) -> dict[str, int]:
    condition, values = to_sql(criterion)
    rows = db.execute(
        f"""SELECT {what}, count(*) FROM articles a JOIN outlets o ON o.id = a.outlet_id
        WHERE a.deleted IS NULL AND {condition} GROUP BY 1 ORDER BY 2 DESC, 1""",
        values,
    )
    return {str(row[0]): int(row[1]) for row in rows}


def span(db: sqlite3.Connection, criterion: Criterion) -> tuple[int | None, int | None]:
    """The times of the first and the last article that meets the criterion; None without any."""
    condition, values = to_sql(criterion)
    first, last = db.execute(
        f"SELECT min(a.at), max(a.at) FROM articles a WHERE a.deleted IS NULL AND {condition}",
        values,
    ).fetchone()
    return first, last
