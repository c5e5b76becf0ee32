"""Stories in the library: which articles have none yet, their evidence, who belongs to which."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.model import Summary
from digest.store import reading

_DAY = 86_400
LEAST = 200


class Told(NamedTuple):
    """An article as stories see it; `story` is 0 without one, `evidence` empty where none is kept.

    `copy_of` is the article that it is a copy of, or None.
    """

    id: int
    at: int
    lang: str
    story: int
    copy_of: int | None
    evidence: bytes


_TOLD = """SELECT a.id, a.at, a.lang, coalesce(a.story_id, 0), a.copy_of,
 coalesce(e.evidence, x'') FROM articles a LEFT JOIN story_evidence e ON e.article_id = a.id
 WHERE a.deleted IS NULL"""


def waiting(db: sqlite3.Connection, span: tuple[int, int] | None = None) -> int:
    """How many articles have no story yet; with a `span` (seconds) those of that time."""
    inside = "AND at BETWEEN ? AND ?" if span else ""
    (number,) = db.execute(
        f"SELECT count(*) FROM articles WHERE story_id IS NULL AND deleted IS NULL {inside}",
        span or (),
    ).fetchone()
    return int(number)


def storyless(
    db: sqlite3.Connection, limit: int, span: tuple[int, int] | None = None
) -> list[Told]:
    """Up to `limit` articles without a story: the ones that came last, the earliest first.

    With a `span` (seconds) only those of that time.
    """
    inside = "AND a.at BETWEEN ? AND ?" if span else ""
    rows = db.execute(
        f"{_TOLD} AND a.story_id IS NULL {inside} ORDER BY a.id DESC LIMIT ?",
        (*(span or ()), limit),
    )
    return sorted((Told(*row) for row in rows), key=lambda one: (one.at, one.id))


def around(db: sqlite3.Connection, moments: Sequence[int], *, days: int, most: int) -> list[Told]:
    """Articles with a story within `days` of one of these moments (sorted, seconds).

    Copies are left out. Of a long or crowded time the newest count; there are at most `most`, or
    `LEAST` for each gap between the moments.
    """
    spans = _spans(moments, days * _DAY)
    found: dict[int, Told] = {}
    for start, end in spans:
        rows = db.execute(
            f"""{_TOLD} AND a.story_id IS NOT NULL AND a.copy_of IS NULL
            AND a.at BETWEEN ? AND ? ORDER BY a.at DESC, a.id DESC LIMIT ?""",
            (start, end, max(most // len(spans), LEAST)),
        )
        found.update((row[0], Told(*row)) for row in rows)
    return list(found.values())


def _spans(moments: Sequence[int], around_each: int) -> list[tuple[int, int]]:
    """The times around sorted moments, those that overlap made one."""
    spans: list[tuple[int, int]] = []
    for moment in moments:
        start, end = moment - around_each, moment + around_each
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def story_of(db: sqlite3.Connection, article: int) -> int | None:
    """The story of an article."""
    row = db.execute("SELECT story_id FROM articles WHERE id = ?", (article,)).fetchone()
    return None if row is None else row[0]


def is_live(db: sqlite3.Connection, article: int) -> bool:
    """Whether an article is there to be in a story."""
    query = "SELECT 1 FROM articles WHERE id = ? AND deleted IS NULL"
    return db.execute(query, (article,)).fetchone() is not None


def begin(db: sqlite3.Connection, now: int) -> int:
    """A new story; its number is never used again."""
    return int(db.execute("INSERT INTO stories (created) VALUES (?)", (now,)).lastrowid or 0)


def give(db: sqlite3.Connection, article: int, story: int) -> None:
    """Give an article that has none a story."""
    db.execute(
        "UPDATE articles SET story_id = ? WHERE id = ? AND story_id IS NULL", (story, article)
    )


def claim(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Note that a person decided about these stories: the program joins them to none any more."""
    db.executemany("UPDATE stories SET by_hand = 1 WHERE id = ?", ((one,) for one in ids))


def decided(db: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Those of these stories that a person decided about."""
    rows = db.execute(
        """SELECT id FROM stories WHERE by_hand = 1
        AND id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    return {row[0] for row in rows}


def join(db: sqlite3.Connection, story: int, other: int) -> None:
    """Give a story another's articles; the other's number leads to it from now on."""
    db.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (story, other))
    db.execute(
        "UPDATE stories SET merged_into = ? WHERE id = ? OR merged_into = ?", (story, other, other)
    )


def keep(db: sqlite3.Connection, article: int, evidence: bytes) -> None:
    """Keep the evidence of an article."""
    db.execute(
        "INSERT OR REPLACE INTO story_evidence (article_id, evidence) VALUES (?, ?)",
        (article, evidence),
    )


def forget_before(db: sqlite3.Connection, moment: int) -> None:
    """Let go of the evidence of articles older than this; it can be made again."""
    db.execute(
        """DELETE FROM story_evidence
        WHERE article_id IN (SELECT id FROM articles WHERE at < ?)""",
        (moment,),
    )


def named(db: sqlite3.Connection, ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """How often each article names what, by the ids of the names."""
    found: dict[int, dict[str, int]] = {}
    rows = db.execute(
        """SELECT x.article_id, e.key, x.count FROM article_entities x
        JOIN entities e ON e.id = x.entity_id
        WHERE x.article_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    for article, key, count in rows:
        found.setdefault(article, {})[key] = count
    return found


def articles(db: sqlite3.Connection, story: int) -> list[int]:
    """The articles of a story, the earliest first."""
    rows = db.execute(
        "SELECT id FROM articles WHERE story_id = ? AND deleted IS NULL ORDER BY at, id", (story,)
    )
    return [row[0] for row in rows]


def beside(
    db: sqlite3.Connection, story: int, span: tuple[int, int], *, days: int, most: int
) -> list[Summary]:
    """Articles of other stories within `days` of a span (seconds), the earliest first.

    Of more than `most` the newest are given.
    """
    rows = db.execute(
        """SELECT id FROM articles WHERE story_id <> ? AND deleted IS NULL
        AND at BETWEEN ? AND ? ORDER BY at DESC, id DESC LIMIT ?""",
        (story, span[0] - days * _DAY, span[1] + days * _DAY, most),
    )
    return reading.summaries(db, [row[0] for row in rows][::-1])


def current(db: sqlite3.Connection, story: int) -> int:
    """The story that this number stands for today: another where the two turned out to be one."""
    row = db.execute("SELECT merged_into FROM stories WHERE id = ?", (story,)).fetchone()
    return story if row is None or row[0] is None else int(row[0])


def stories_of(db: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """The stories of these articles, each with all its articles, the earliest first."""
    rows = db.execute(
        """SELECT story_id, id FROM articles WHERE deleted IS NULL AND story_id IN
        (SELECT story_id FROM articles WHERE id IN (SELECT value FROM json_each(?)))
        ORDER BY at, id""",
        (json.dumps(list(ids)),),
    )
    found: dict[int, list[int]] = {}
    for story, article in rows:
        found.setdefault(story, []).append(article)
    return found
