"""The journal: what a person changed, so that it can be undone and redone, even after a restart."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Sequence
from typing import NamedTuple

from digest.store import changes
from digest.store.changes import Change

KEPT = 1000
MERGE_SECONDS = 30 * 60


class Entry(NamedTuple):
    """One journal entry: what a person did in one go."""

    id: int
    label: str
    changes: tuple[Change, ...]


def record(
    db: sqlite3.Connection, label: str, done: Sequence[Change], now: int, *, merge_key: str = ""
) -> None:
    """Note changes that were carried out in this transaction; what was undone is forgotten.

    Entries with one `merge_key` in a row, within half an hour, become one: saving a note as it
    is typed is one step to undo.
    """
    db.execute("DELETE FROM journal WHERE undone = 1")
    if merge_key and (earlier := _mergeable(db, merge_key, now)) is not None:
        merged = _merged(earlier.changes, done)
        db.execute(
            "UPDATE journal SET at = ?, changes = ? WHERE id = ?", (now, _pack(merged), earlier.id)
        )
        return
    db.execute(
        "INSERT INTO journal (at, label, merge_key, changes) VALUES (?, ?, ?, ?)",
        (now, label, merge_key, _pack(done)),
    )
    db.execute("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?", (KEPT,))


def undo(db: sqlite3.Connection, now: int) -> Entry | None:
    """Take back the last thing done; None when there is nothing."""
    entry = _entry(db, "SELECT * FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    if entry is not None:
        changes.undo(db, entry.changes, now)
        db.execute("UPDATE journal SET undone = 1 WHERE id = ?", (entry.id,))
    return entry


def redo(db: sqlite3.Connection, now: int) -> Entry | None:
    """Do again what was undone last; None when there is nothing."""
    entry = _entry(db, "SELECT * FROM journal WHERE undone = 1 ORDER BY id LIMIT 1")
    if entry is not None:
        changes.do(db, entry.changes, now)
        db.execute("UPDATE journal SET undone = 0 WHERE id = ?", (entry.id,))
    return entry


def forget(db: sqlite3.Connection, articles: Collection[int]) -> None:
    """Leave out the changes of articles that are gone for good; an entry of none else goes too."""
    for entry in [_read(row) for row in db.execute("SELECT * FROM journal")]:
        kept = [change for change in entry.changes if change.article not in articles]
        if not kept:
            db.execute("DELETE FROM journal WHERE id = ?", (entry.id,))
        elif len(kept) < len(entry.changes):
            db.execute("UPDATE journal SET changes = ? WHERE id = ?", (_pack(kept), entry.id))


def _mergeable(db: sqlite3.Connection, merge_key: str, now: int) -> Entry | None:
    row = db.execute("SELECT * FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    if row is None or row[3] != merge_key or now - row[1] > MERGE_SECONDS:
        return None
    return _read(row)


def _merged(earlier: Sequence[Change], later: Sequence[Change]) -> list[Change]:
    """From the old values of the earlier entry to the new ones of the later."""
    first = {(one.kind, one.article, one.key): one for one in earlier}
    return [
        later_one._replace(old=first[place].old)
        if (place := (later_one.kind, later_one.article, later_one.key)) in first
        else later_one
        for later_one in later
    ]


def _entry(db: sqlite3.Connection, sql: str) -> Entry | None:
    row = db.execute(sql).fetchone()
    return None if row is None else _read(row)


def _read(row: tuple[int, int, str, str, int, bytes]) -> Entry:
    found = json.loads(zlib.decompress(row[5]))
    return Entry(row[0], row[2], tuple(Change(*one) for one in found))


def _pack(done: Sequence[Change]) -> bytes:
    return zlib.compress(json.dumps(list(done), ensure_ascii=False).encode(), 6)
