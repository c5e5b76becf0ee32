"""The journal: what a person changed, so that it can be undone and redone, even after a restart."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Collection, Sequence
from typing import NamedTuple

from digest.store import changes
from digest.store.changes import Change
from digest.store.packing import LONGEST_STEP, inflated

KEPT = 1000
MERGE_SECONDS = 30 * 60
# Entries whose merge key begins so are one step, however many; they are never made one.
STEP = "step:"


class Entry(NamedTuple):
    """One journal entry: what a person did in one go."""

    id: int
    label: str
    changes: tuple[Change, ...]
    step: str = ""


def record(
    db: sqlite3.Connection, label: str, done: Sequence[Change], now: int, *, merge_key: str = ""
) -> None:
    """Note changes that were carried out in this transaction; what was undone is forgotten.

    Entries with one `merge_key` in a row, within half an hour, become one: saving a note as it
    is typed is one step to undo. Where it begins with `STEP`, all entries with it are undone and
    redone together, and each is carried out by itself, so that a step can be of any size.
    """
    db.execute("DELETE FROM journal WHERE undone = 1")
    together = merge_key and not merge_key.startswith(STEP)
    if together and (earlier := _mergeable(db, merge_key, now)) is not None:
        merged = _merged(earlier.changes, done)
        db.execute(
            "UPDATE journal SET at = ?, changes = ? WHERE id = ?", (now, _pack(merged), earlier.id)
        )
        return
    db.execute(
        "INSERT INTO journal (at, label, merge_key, changes) VALUES (?, ?, ?, ?)",
        (now, label, merge_key, _pack(done)),
    )
    # A step that has begun to go goes whole, but never the one that is being written.
    db.execute(
        """DELETE FROM journal WHERE merge_key <> ?1 AND id <= (SELECT max(id) FROM journal) - ?2
        OR substr(merge_key, 1, ?3) = ?4 AND merge_key <> ?1 AND merge_key IN (
          SELECT merge_key FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?2)""",
        (merge_key, KEPT, len(STEP), STEP),
    )


def undo(db: sqlite3.Connection, now: int) -> Entry | None:
    """Take back the last thing done; None when there is nothing."""
    entry = _entry(db, "SELECT * FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    for one in reversed(_step(db, entry)):
        if (part := _entry(db, f"SELECT * FROM journal WHERE id = {one:d}")) is not None:
            changes.undo(db, part.changes, now)
            db.execute("UPDATE journal SET undone = 1 WHERE id = ?", (one,))
    return entry


def redo(db: sqlite3.Connection, now: int) -> Entry | None:
    """Do again what was undone last; None when there is nothing."""
    entry = _entry(db, "SELECT * FROM journal WHERE undone = 1 ORDER BY id LIMIT 1")
    for one in _step(db, entry):
        if (part := _entry(db, f"SELECT * FROM journal WHERE id = {one:d}")) is not None:
            changes.do(db, part.changes, now)
            db.execute("UPDATE journal SET undone = 0 WHERE id = ?", (one,))
    return entry


def taken_off(db: sqlite3.Connection) -> dict[tuple[str, int], int]:
    """When a person last marked what unread or not starred: (`read` or `star`, article)."""
    found = {}
    for row in db.execute("SELECT * FROM journal WHERE undone = 0 ORDER BY id"):
        for one in _read(row).changes:
            if one.kind in {"read", "star"} and one.new is None:
                found[one.kind, one.article] = int(row[1])
    return found


def _step(db: sqlite3.Connection, entry: Entry | None) -> list[int]:
    """The entries that are one step with this one, in order."""
    if entry is None:
        return []
    rows = db.execute("SELECT id FROM journal WHERE merge_key = ? ORDER BY id", (entry.step,))
    return [row[0] for row in rows] if entry.step else [entry.id]


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
    found = json.loads(inflated(row[5], LONGEST_STEP))
    step = row[3] if row[3].startswith(STEP) else ""
    return Entry(row[0], row[2], tuple(Change(*one) for one in found), step)


def _pack(done: Sequence[Change]) -> bytes:
    return zlib.compress(json.dumps(list(done), ensure_ascii=False).encode(), 6)
