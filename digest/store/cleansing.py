"""A library that may be of somebody else's making, made as clean as what is stored by ourselves.

What this program stores has been cleaned at the door (`digest.text`), so in a library of its own
nothing is found here. A backup from elsewhere may hold anything in any column.
"""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from digest.blocks import from_json, to_json
from digest.store.database import connect, errors_translated
from digest.store.foreign import clean_block
from digest.store.migrations import STEPS
from digest.store.packing import LONGEST_STEP, inflated, packed, unpacked
from digest.text import scrub

_STEERING = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_STEERS = re.compile(f"[{_STEERING}]")
# As they are, and as JSON may write them.
_DIRTY = re.compile(
    rf"[{_STEERING}]|\\u(?:00(?:0[0-8bcef]|[189][0-9a-f]|7f)|061c|20(?:0[ef]|2[89a-e]|6[6-9]))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
# Columns of JSON, and what they hold where nothing is known.
_DERIVED = {("feeds", "vitals"): "", ("relevance", "why"): "[]", ("contents", "hidden"): ""}
_BLOCKS = ("contents", "revisions")


def cleanse(path: Path) -> None:
    """Take out of a library whatever could steer a terminal, or lead anywhere but to the web.

    Raises:
        LibraryError: it cannot be written.
    """
    with errors_translated(path), closing(connect(path)) as db:
        numbers = itertools.count(1)
        db.create_function("is_dirty", 1, _is_dirty, deterministic=True)
        db.create_function("cleaned", 1, scrub, deterministic=True)
        db.create_function("address", 1, _address, deterministic=True)
        db.create_function("apart", 1, lambda text: f"{scrub(text)} {next(numbers)}")
        db.execute("BEGIN IMMEDIATE")
        for table, column in _columns():
            _clean_column(db, table, column)
        for column in ("url", "image"):
            db.execute(f"UPDATE articles SET {column} = '' WHERE address({column}) <> {column}")
        for table in _BLOCKS:
            _clean_blocks(db, table)
        _clean_journal(db)
        db.execute("COMMIT")


def _columns() -> Iterator[tuple[str, str]]:
    """The columns of text in a library; whatever else a file may have is not looked at."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for script in STEPS:
            model.executescript(script)
        yield from model.execute(
            """SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT IN ('meta', 'known')"""
        )


def _clean_column(db: sqlite3.Connection, table: str, column: str) -> None:
    update = f"UPDATE OR IGNORE {table} SET {column} = %s WHERE is_dirty({column})"
    if (table, column) in _DERIVED:
        db.execute(update % "?", (_DERIVED[table, column],))
        return
    db.execute(update % f"cleaned({column})")
    # What would then be there twice, where a thing may be there once.
    db.execute(f"{update % f'apart({column})'} AND cleaned({column}) <> {column}")


def _clean_blocks(db: sqlite3.Connection, table: str) -> None:
    found = []
    for row, blob in db.execute(f"SELECT rowid, blocks FROM {table}"):
        try:
            text = unpacked(blob)
            if _is_dirty(text):
                found.append((packed(to_json([clean_block(one) for one in from_json(text)])), row))
        except (zlib.error, ValueError, TypeError):
            continue  # nobody can read it; `digest doctor` names it
    db.executemany(f"UPDATE {table} SET blocks = ? WHERE rowid = ?", found)


def _clean_journal(db: sqlite3.Connection) -> None:
    """Forget steps to undo that would bring such a text back."""
    for row, blob in db.execute("SELECT id, changes FROM journal").fetchall():
        try:
            dirty = any(map(_STEERS.search, _strings(json.loads(inflated(blob, LONGEST_STEP)))))
        except (zlib.error, ValueError, TypeError, RecursionError):
            continue  # as above
        if dirty:
            db.execute("DELETE FROM journal WHERE id = ?", (row,))


def _strings(value: object) -> Iterator[str]:
    """Every text in a value, and in texts that are JSON themselves."""
    if isinstance(value, str):
        yield value
        if value.startswith(("{", "[")):
            with suppress(ValueError, RecursionError):
                yield from _strings(json.loads(value))
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        yield from _strings([*value, *value.values()])


def _is_dirty(text: object) -> bool:
    return isinstance(text, str) and _DIRTY.search(text) is not None


def _address(text: str) -> str:
    return text if _ADDRESS.fullmatch(text) else ""
