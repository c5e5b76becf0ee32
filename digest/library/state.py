"""What a person asks for, as changes: built from what is there, so that they can be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from digest.store import copies, corrections, reading, tagging, topics
from digest.store.changes import Change
from digest.text import scrub

_TABLES = {"read": ("reads", "read"), "star": ("stars", "star")}
_MARKS = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("star", True),
    "unstar": ("star", False),
}
MARKS = tuple(_MARKS)


def live(db: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that are articles, each once."""
    rows = db.execute(
        "SELECT id FROM articles WHERE deleted IS NULL AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    there = {row[0] for row in rows}
    return [one for one in dict.fromkeys(ids) if one in there]


def marking(db: sqlite3.Connection, ids: Sequence[int], what: str, now: int) -> list[Change]:
    """The changes that mark articles `read`, `unread`, `star` or `unstar`.

    What is read or unread is so with all its copies.
    """
    kind, wanted = _MARKS[what]
    if kind == "read":
        ids = copies.together(db, ids)
    table, _ = _TABLES[kind]
    rows = db.execute(
        f"SELECT article_id, at FROM {table} WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    times = {int(row[0]): int(row[1]) for row in rows}
    new = now if wanted else None
    return [
        Change(kind, one, "", times.get(one), new)
        for one in live(db, ids)
        if (one in times) != wanted
    ]


def tagging_of(
    db: sqlite3.Connection, ids: Sequence[int], add: Iterable[str], remove: Iterable[str]
) -> list[Change]:
    """The changes that add and remove tags; nothing for what is so already."""
    rows = db.execute(
        """SELECT x.article_id, t.key FROM article_tags x JOIN tags t ON t.id = x.tag_id
        WHERE x.article_id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    has = {(row[0], row[1]) for row in rows}
    wanted = [(name, True) for name in add] + [(name, False) for name in remove]
    return [
        Change("tag", one, name, None if on else 1, 1 if on else None)
        for one in live(db, ids)
        for name, on in wanted
        if tagging.tag_key(name) and ((one, tagging.tag_key(name)) in has) != on
    ]


def noting(db: sqlite3.Connection, ident: int, text: str) -> list[Change]:
    """The change that gives an article a note, cleaned; an empty one takes it away."""
    text = scrub(text)
    old = reading.note(db, ident) or None
    new = text if text.strip() else None
    return [] if old == new else [Change("note", ident, "", old, new)]


def editing(db: sqlite3.Connection, ident: int, fields: dict[str, str]) -> list[Change]:
    """The changes that correct fields of an article (`corrections.FIELDS`), values as stored."""
    found = []
    for field, value in fields.items():
        old, corrected = corrections.current(db, ident, field)
        before = f"={old}" if corrected else old
        if before != f"={value}":
            found.append(Change("edit", ident, field, before, f"={value}"))
    return found


def deleting(db: sqlite3.Connection, ids: Sequence[int], now: int) -> list[Change]:
    """The changes that delete articles."""
    return [Change("deleted", one, "", None, now) for one in live(db, ids)]


def rescuing(db: sqlite3.Connection, ids: Sequence[int]) -> list[Change]:
    """The changes that show what is hidden as off topic."""
    since = topics.hidden(db, list(ids))
    return [Change("offtopic", one, "", since[one], None) for one in ids if one in since]


def counted(number: int) -> str:
    """`1 article`, `3 articles`."""
    return f"{number:,} article" + ("" if number == 1 else "s")
