"""What is remembered of each feed between two checks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from digest.config.settings import Feed
from digest.model import FeedState
from digest.store.times import from_epoch, to_epoch
from digest.store.vitals import packed, unpacked

_COLUMNS = """id, url, name, location, etag, last_modified, content_hash,
 checked, succeeded, next_check, failures, error, gone, moving, moves, vitals"""
_ARTICLES = """(SELECT count(*) FROM articles a JOIN outlets o ON o.id = a.outlet_id
 WHERE o.feed_id = feeds.id AND a.deleted IS NULL)"""


def _state(row: tuple[object, ...]) -> FeedState:
    (ident, url, name, location, etag, last_modified, content_hash) = row[:7]
    (checked, succeeded, next_check, failures, error, gone, moving, moves) = row[7:15]
    vitals, articles = row[15:]
    return FeedState(
        id=int(str(ident)),
        url=str(url),
        name=str(name),
        location=str(location),
        etag=str(etag),
        last_modified=str(last_modified),
        content_hash=str(content_hash),
        checked=from_epoch(_seconds(checked)),
        succeeded=from_epoch(_seconds(succeeded)),
        next_check=from_epoch(_seconds(next_check)),
        failures=int(str(failures)),
        error=str(error),
        gone=bool(gone),
        articles=int(str(articles)),
        moving=str(moving),
        moves=int(str(moves)),
        vitals=unpacked(str(vitals)),
    )


def _seconds(value: object) -> int | None:
    return value if isinstance(value, int) else None


def states(db: sqlite3.Connection) -> dict[str, FeedState]:
    """All remembered feeds by their configured address, article counts included."""
    rows = db.execute(f"SELECT {_COLUMNS}, {_ARTICLES} FROM feeds ORDER BY id")
    return {state.url: state for state in map(_state, rows)}


def ids(db: sqlite3.Connection) -> dict[str, int]:
    """Feed id by configured address."""
    return dict(db.execute("SELECT url, id FROM feeds").fetchall())


def remember(db: sqlite3.Connection, feed: Feed) -> FeedState:
    """The state of a configured feed; its row is made or renamed where needed."""
    db.execute(
        "INSERT INTO feeds (url, name) VALUES (?, ?) ON CONFLICT (url) DO NOTHING",
        (feed.url, feed.title),
    )
    rename(db, [feed])
    row = db.execute(
        f"SELECT {_COLUMNS}, 0 FROM feeds WHERE url = ?",
        (feed.url,),
    ).fetchone()
    return _state(row)


def misnamed(db: sqlite3.Connection, feeds: Iterable[Feed]) -> list[Feed]:
    """Those configured feeds that are remembered under another name, or other `boilerplate`."""
    rows = db.execute("SELECT url, name, boilerplate FROM feeds").fetchall()
    known = {url: (name, bool(boilerplate)) for url, name, boilerplate in rows}
    return [
        feed
        for feed in feeds
        if known.get(feed.url, wanted := (feed.title, feed.boilerplate)) != wanted
    ]


def rename(db: sqlite3.Connection, feeds: Iterable[Feed]) -> None:
    """Give known feeds, and the articles that came through them, their configured names.

    Where `boilerplate` is no longer what it was, their articles are noted to be looked at again.
    """
    for feed in feeds:
        row = db.execute(
            "SELECT id, name, boilerplate FROM feeds WHERE url = ?", (feed.url,)
        ).fetchone()
        if row is not None and bool(row[2]) != feed.boilerplate:
            _look_again(db, row[0], feed)
        if row is None or row[1] == feed.title:
            continue
        db.execute("UPDATE feeds SET name = ? WHERE id = ?", (feed.title, row[0]))
        db.execute(
            "UPDATE OR IGNORE outlets SET name = ? WHERE feed_id = ? AND name = ?",
            (feed.title, row[0], row[1]),
        )


def _look_again(db: sqlite3.Connection, ident: int, feed: Feed) -> None:
    """Hide lines in a feed's articles, or none, as it is configured now."""
    db.execute("UPDATE feeds SET boilerplate = ? WHERE id = ?", (int(feed.boilerplate), ident))
    db.execute(
        """INSERT OR IGNORE INTO unlined (article_id) SELECT id FROM articles
        WHERE outlet_id IN (SELECT id FROM outlets WHERE feed_id = ?)""",
        (ident,),
    )


def save(db: sqlite3.Connection, state: FeedState) -> None:
    """Store how a check went."""
    db.execute(
        """UPDATE feeds SET location = ?, etag = ?, last_modified = ?, content_hash = ?,
        checked = ?, succeeded = ?, next_check = ?, failures = ?, error = ?, gone = ?,
        moving = ?, moves = ?, vitals = ?
        WHERE id = ?""",
        (
            state.location,
            state.etag,
            state.last_modified,
            state.content_hash,
            to_epoch(state.checked),
            to_epoch(state.succeeded),
            to_epoch(state.next_check),
            state.failures,
            state.error,
            int(state.gone),
            state.moving,
            state.moves,
            packed(state.vitals),
            state.id,
        ),
    )


def recently_cut(db: sqlite3.Connection, feed: int, number: int) -> tuple[int, int]:
    """Of the last `number` articles through a feed, how many there are and how many are cut."""
    found, cut = db.execute(
        """SELECT count(*), coalesce(sum(partial), 0) FROM (SELECT partial FROM articles
        WHERE outlet_id IN (SELECT id FROM outlets WHERE feed_id = ?) AND deleted IS NULL
        ORDER BY at DESC, id DESC LIMIT ?)""",
        (feed, number),
    ).fetchone()
    return int(found), int(cut)
