"""What a brief is ranked by, when one was last delivered, and the draft of the next one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

# id, story (0 without), at (seconds), lang, outlet, copy_of, starred, noted, tagged,
# relevance: as `digest.stories.briefs.Report`.
Row = tuple[int, int, int, str, int, int | None, bool, bool, bool, float]

_REPORT = """SELECT a.id, coalesce(a.story_id, 0), a.at, a.lang, a.outlet_id, a.copy_of,
 EXISTS (SELECT 1 FROM stars s WHERE s.article_id = a.id),
 EXISTS (SELECT 1 FROM notes n WHERE n.article_id = a.id)
 OR EXISTS (SELECT 1 FROM highlights h WHERE h.article_id = a.id),
 EXISTS (SELECT 1 FROM article_tags t WHERE t.article_id = a.id), coalesce(v.score, 0)
 FROM articles a LEFT JOIN relevance v ON v.article_id = a.id WHERE a.deleted IS NULL"""


def within(db: sqlite3.Connection, ids: Sequence[int], start: float, end: float) -> dict[int, int]:
    """The story (0 without one) of each of these articles that is from `[start, end]` (seconds)."""
    rows = db.execute(
        """SELECT id, coalesce(story_id, 0) FROM articles WHERE deleted IS NULL
        AND at >= ? AND at <= ? AND id IN (SELECT value FROM json_each(?))""",
        (start, end, json.dumps(list(ids))),
    )
    return dict(rows.fetchall())


def reports(db: sqlite3.Connection, stories: Iterable[int], articles: Iterable[int]) -> list[Row]:
    """All reports of these stories, and these articles, which have none; the earliest first."""
    found: list[Row] = []
    for condition, ids in (("a.story_id", stories), ("a.id", articles)):
        wanted = json.dumps(list(ids))
        found += db.execute(
            f"{_REPORT} AND {condition} IN (SELECT value FROM json_each(?))", (wanted,)
        )
    return sorted(found, key=lambda row: (row[2], row[0]))


def newest(db: sqlite3.Connection) -> int:
    """The highest id that an article has, 0 without any."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])


def delivered(db: sqlite3.Connection, name: str) -> int | None:
    """The highest id that there was when the last one was made, None when there was none.

    Clocks are of no use here: what comes in the second in which a brief is made may be in it or
    not, and an article of another library keeps the time of its own fetch.
    """
    row = db.execute("SELECT value FROM meta WHERE key = ?", (f"brief:{name}",)).fetchone()
    if row is None:
        return None
    moment, _, ident = str(row[0]).partition(" ")
    if ident:
        return int(ident)
    before = "SELECT coalesce(max(id), 0) FROM articles WHERE fetched < ?"
    return int(db.execute(before, (int(moment),)).fetchone()[0])


def remember(db: sqlite3.Connection, name: str, moment: int, newest: int) -> None:
    """Keep that a brief of this name was delivered: up to when it looked, and up to which id."""
    db.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        (f"brief:{name}", f"{moment} {newest}"),
    )


def last(db: sqlite3.Connection) -> int | None:
    """The moment up to which the last brief of any name looked, None when there was none."""
    (found,) = db.execute(
        "SELECT max(CAST(value AS INTEGER)) FROM meta WHERE key GLOB 'brief:*'"
    ).fetchone()
    return None if found is None else int(found)


def draft(db: sqlite3.Connection, key: str) -> str:
    """The draft under this key, "" without one."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (f"draft:{key}",)).fetchone()
    return "" if row is None else str(row[0])


def keep_draft(db: sqlite3.Connection, key: str, text: str) -> None:
    """Keep a draft; an empty one takes it away."""
    if text:
        db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (f"draft:{key}", text))
    else:
        db.execute("DELETE FROM meta WHERE key = ?", (f"draft:{key}",))
