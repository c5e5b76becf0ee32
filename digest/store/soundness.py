"""What SQLite's own check cannot see: texts, undo entries and marks that say nothing any more."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator

from digest.blocks import from_json, to_json
from digest.model import Block, BlockKind, Span
from digest.store import outbox
from digest.store.packing import LONGEST_STEP, inflated, packed, unpacked

_UNREADABLE = (zlib.error, ValueError, TypeError, KeyError)


def without_text(db: sqlite3.Connection) -> list[int]:
    """Live articles whose text is lost."""
    rows = db.execute(
        """SELECT a.id FROM articles a LEFT JOIN contents c ON c.article_id = a.id
        WHERE c.article_id IS NULL AND a.deleted IS NULL ORDER BY a.id"""
    )
    return [row[0] for row in rows]


def without_structure(db: sqlite3.Connection) -> list[int]:
    """Articles whose blocks cannot be read, though their plain text is there."""
    rows = db.execute("SELECT article_id, blocks FROM contents ORDER BY article_id")
    return [ident for ident, blob in rows if not _readable(blob)]


def rebuild(db: sqlite3.Connection, ids: list[int]) -> None:
    """Make the blocks of articles anew from their plain text, a paragraph a block."""
    for ident in ids:
        (text,) = db.execute("SELECT text FROM contents WHERE article_id = ?", (ident,)).fetchone()
        parts = [part.strip() for part in str(text).split("\n\n") if part.strip()]
        blocks = [Block(BlockKind.PARAGRAPH, (Span(part),)) for part in parts]
        db.execute(
            "UPDATE contents SET blocks = ? WHERE article_id = ?", (packed(to_json(blocks)), ident)
        )
    outbox.announce(db, ids)


def take_revision(db: sqlite3.Connection, ids: list[int]) -> list[int]:
    """Give articles without a text the last one they had; returns those that had none."""
    left = []
    for ident in ids:
        done = db.execute(
            """INSERT INTO contents (article_id, text, blocks) SELECT article_id, text, blocks
            FROM revisions WHERE article_id = ? ORDER BY fetched DESC, id DESC LIMIT 1""",
            (ident,),
        )
        if not done.rowcount:
            left.append(ident)
    outbox.announce(db, [ident for ident in ids if ident not in left])
    return left


def broken_entries(db: sqlite3.Connection) -> list[int]:
    """Entries of the undo journal that cannot be read."""
    return list(_broken(db))


def drop_entries(db: sqlite3.Connection, ids: list[int]) -> None:
    """Take entries off the undo journal; what they changed stays as it is."""
    db.executemany("DELETE FROM journal WHERE id = ?", ((one,) for one in ids))


def _broken(db: sqlite3.Connection) -> Iterator[int]:
    for ident, blob in db.execute("SELECT id, changes FROM journal ORDER BY id"):
        try:
            found = json.loads(inflated(blob, LONGEST_STEP))
            if not all(isinstance(one, list) and len(one) == 5 for one in found):
                yield ident
        except _UNREADABLE:
            yield ident


def _readable(blob: bytes) -> bool:
    try:
        from_json(unpacked(blob))
    except _UNREADABLE:
        return False
    return True
