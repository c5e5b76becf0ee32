"""Changes of a person's state, as values that can be done, undone and done again.

A change says what one thing of one article was before and is after. Doing it sets the new value,
undoing it the old one, so a change undone after other changes touches only its own things.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from digest.store import (
    copies,
    corrections,
    entities,
    highlights,
    outbox,
    tagging,
    topics,
    versions,
)

Value = int | str | None


class Change(NamedTuple):
    """One change of one article.

    `kind` and its values:
        read, star, deleted: seconds since the epoch, or None when it is not so;
        offtopic: since when it is hidden, seconds since the epoch, or None;
        tag: `key` is the tag's name; 1 or None;
        note: the text, or None;
        story: the id of the story it belongs to, or None;
        highlight: `key` is its id; as `highlights.written`, or None;
        edit: `key` is the field; the value as text, with "=" in front where it is a correction;
        arrival: `key` is a JSON list of what it is known by; None while it is here, else since
            when it is not;
        version: the present text, as `versions.written`;
        revision: `key` is its id; a text that it had, as `versions.written`, or None.
    """

    kind: str
    article: int
    key: str
    old: Value
    new: Value


_INDEXED = {"note", "highlight", "edit", "deleted", "offtopic", "arrival", "version"}
_NAMING = {("edit", "title"), ("version", "")}


def do(db: sqlite3.Connection, changes: Sequence[Change], now: int) -> None:
    """Carry changes out, inside the current transaction."""
    for change in changes:
        _put(db, change, change.new, now)
    _announce(db, changes)


def undo(db: sqlite3.Connection, changes: Sequence[Change], now: int) -> None:
    """Take changes back, the last one first, inside the current transaction."""
    for change in reversed(changes):
        _put(db, change, change.old, now)
    _announce(db, changes)


def _announce(db: sqlite3.Connection, changes: Sequence[Change]) -> None:
    """The index holds notes, highlights, corrected fields and the absence of what was deleted.

    A headline has names in it.
    """
    touched = {change.article for change in changes if change.kind in _INDEXED}
    outbox.announce(db, sorted(touched))
    copies.elect_again(db, {one.article for one in changes if _moves(one)})
    entities.queue(db, {one.article for one in changes if (one.kind, one.key) in _NAMING})


def _moves(change: Change) -> bool:
    """Whether a change decides which of several copies is the earliest there."""
    moving = {"deleted", "offtopic", "arrival", "version"}
    return change.kind in moving or (change.kind, change.key) == ("edit", "published")


def _put(db: sqlite3.Connection, change: Change, value: Value, now: int) -> None:
    match change.kind:
        case "read":
            _put_time(db, "reads", change.article, value)
        case "star":
            _put_time(db, "stars", change.article, value)
        case "deleted":
            db.execute("UPDATE articles SET deleted = ? WHERE id = ?", (value, change.article))
        case "offtopic":
            since = value if isinstance(value, int) else None
            topics.set_off_topic(db, change.article, since)
        case "tag":
            _put_tag(db, change.article, change.key, on=value is not None)
        case "story":
            db.execute("UPDATE articles SET story_id = ? WHERE id = ?", (value, change.article))
        case "note":
            _put_note(db, change.article, value, now)
        case "highlight":
            kept = None if value is None else str(value)
            highlights.put(db, change.article, int(change.key), kept)
        case "edit":
            written = str(value)
            corrections.put(
                db,
                change.article,
                change.key,
                written.removeprefix("="),
                correction=written.startswith("="),
            )
        case "arrival" | "version" | "revision":
            _put_text(db, change, value)
        case _:
            raise ValueError(change.kind)


def _put_text(db: sqlite3.Connection, change: Change, value: Value) -> None:
    match change.kind, value:
        case "arrival", int():
            versions.vanish(db, change.article, json.loads(change.key), value)
        case "arrival", _:
            versions.appear(db, change.article, json.loads(change.key))
        case "version", _:
            versions.put(db, change.article, str(value))
        case _:
            kept = None if value is None else str(value)
            versions.put_earlier(db, change.article, int(change.key), kept)


_PUT = {
    "reads": "INSERT OR REPLACE INTO reads (article_id, at) VALUES (?, ?)",
    "stars": "INSERT OR REPLACE INTO stars (article_id, at) VALUES (?, ?)",
}
_DROP = {
    "reads": "DELETE FROM reads WHERE article_id = ?",
    "stars": "DELETE FROM stars WHERE article_id = ?",
}


def _put_time(db: sqlite3.Connection, table: str, article: int, value: Value) -> None:
    if value is None:
        db.execute(_DROP[table], (article,))
    else:
        db.execute(_PUT[table], (article, value))


def _put_tag(db: sqlite3.Connection, article: int, name: str, *, on: bool) -> None:
    if on:
        tagging.attach(db, article, [name])
    else:
        db.execute(
            "DELETE FROM article_tags WHERE article_id = ? AND tag_id = ?",
            (article, tagging.tag_id(db, name)),
        )


def _put_note(db: sqlite3.Connection, article: int, value: Value, now: int) -> None:
    if value is None:
        db.execute("DELETE FROM notes WHERE article_id = ?", (article,))
    else:
        db.execute(
            "INSERT OR REPLACE INTO notes (article_id, text, updated) VALUES (?, ?, ?)",
            (article, value, now),
        )
