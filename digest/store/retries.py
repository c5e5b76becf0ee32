"""Pages that could not be read, and when they are tried again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from digest.model import PageRetry
from digest.store.times import from_epoch, to_epoch

# Pages of one feed that are tried again in one fetch.
MAX_DUE = 50
_COLUMNS = (
    "key, url, feed_id, guid, title, author, published, updated, lang, outlet, tries, due, error"
)


def note(db: sqlite3.Connection, retry: PageRetry, now: datetime) -> None:
    """Remember that a page has just failed, and when it is to be tried next."""
    marks = ",".join("?" * len(_COLUMNS.split(",")))
    db.execute(
        f"INSERT OR REPLACE INTO page_retries (failed, {_COLUMNS}) VALUES (?, {marks})",
        (
            to_epoch(now),
            retry.key,
            retry.url,
            retry.feed,
            retry.guid,
            retry.title,
            retry.author,
            to_epoch(retry.published),
            to_epoch(retry.updated),
            retry.lang,
            retry.outlet,
            retry.tries,
            to_epoch(retry.due),
            retry.error,
        ),
    )


def due(db: sqlite3.Connection, feed: int, before: datetime | None) -> list[PageRetry]:
    """The pages of a feed to be tried again, the longest waiting first, at most `MAX_DUE`.

    Those whose time is over at `before`; with None all that are not given up. The page of an
    article that a person deleted is not among them, that of one hidden as off topic is: of its
    text only a part has been judged. What failed after `before` counts as due: the
    clock has gone back.
    """
    rows = db.execute(
        f"""SELECT {_COLUMNS}, (
          SELECT length(c.text) FROM known k JOIN contents c ON c.article_id = k.article_id
          WHERE k.key = r.key)
        FROM page_retries r WHERE feed_id = ?1 AND due IS NOT NULL
        AND (?2 IS NULL OR due <= ?2 OR failed > ?2) AND NOT EXISTS (
          SELECT 1 FROM known k LEFT JOIN articles a ON a.id = k.article_id
          WHERE k.key = r.key AND (a.id IS NULL OR (a.deleted IS NOT NULL AND a.offtopic IS NULL)))
        ORDER BY due LIMIT {MAX_DUE}""",
        (feed, to_epoch(before)),
    )
    return [_retry(row) for row in rows]


def _retry(
    row: tuple[str, str, int, str, str, str, int, int, str, str, int, int, str, int | None],
) -> PageRetry:
    key, url, feed, guid, title, author, published, updated, lang, outlet = row[:10]
    tries, at, error, kept = row[10:]
    return PageRetry(
        key=key,
        url=url,
        feed=feed,
        guid=guid,
        title=title,
        author=author,
        published=from_epoch(published),
        updated=from_epoch(updated),
        lang=lang,
        outlet=outlet,
        tries=tries,
        due=from_epoch(at),
        error=error,
        kept=kept,
    )


def drop(db: sqlite3.Connection, keys: Sequence[str]) -> None:
    """These pages have been read: they need no further try."""
    db.execute(
        "DELETE FROM page_retries WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )


def drop_old(db: sqlite3.Connection, before: int) -> int:
    """Forget pages that failed last before a time, seconds since the epoch; returns how many."""
    return db.execute("DELETE FROM page_retries WHERE failed < ?", (before,)).rowcount
