"""Reprints folded: each article that comes in joins those that carry nearly the same text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.store import copies, reading
from digest.store.database import Database

if TYPE_CHECKING:
    from digest.ingest.likeness import Shingled

# Articles whose whole text is compared with a new one.
LOOKED_AT = 8
# An article that joins a group is compared with this many of its members.
ASKED = 5
# Articles of an old library that are folded in one transaction.
BATCH = 25


def fold_in(db: sqlite3.Connection, ident: int) -> None:
    """Find the group of an article that is new or has a new text, inside the transaction.

    It joins the group of the likest article, if it is like most of that group: a round-up of
    many short texts does not bind these together. It counts as read where the group is read and
    little of it is new.
    """
    from digest.ingest.likeness import sketch  # noqa: PLC0415 - numpy

    copies.leave(db, ident)
    at = _at(db, ident)
    own = _shingled(db, ident)
    hashes = sketch(own.hashes)
    copies.remember(db, ident, at, hashes)
    found = copies.candidates(db, ident, at, hashes, limit=LOOKED_AT)
    for other in found:
        if _like(db, own, other) and _belongs(db, own, other):
            copies.join(db, ident, other)
            _read_with(db, ident, own)
            return


def fold_in_all(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Find the groups of several articles, one after the other."""
    for ident in ids:
        fold_in(db, ident)


def catch_up(database: Database, should_stop: Callable[[], bool] | None = None) -> None:
    """Fold the articles of a library from before there were sketches, the oldest first.

    Args:
        database: the library's.
        should_stop: asked between two batches; the next call goes on.
    """
    while should_stop is None or not should_stop():
        with database.read() as db:
            if copies.is_all_sketched(db):
                return
        with database.write() as db:
            ids = copies.unsketched(db, BATCH)
            fold_in_all(db, ids)
            if len(ids) < BATCH:
                copies.all_sketched(db)


def waiting(database: Database, limit: int) -> int:
    """How many articles, up to `limit`, are not folded yet."""
    with database.read() as db:
        return 0 if copies.is_all_sketched(db) else len(copies.unsketched(db, limit))


def folded(ids: Sequence[int], strict: int, leaders: Mapping[int, int]) -> tuple[list[int], int]:
    """A list with each text once, and how many of its first rows match strictly.

    Args:
        ids: strict matches in order, then related ones.
        strict: how many of them match strictly.
        leaders: of each copy the article that it is a copy of.

    Where the leader is not in the list, its first copy stands there.
    """
    if not leaders:
        return list(ids), strict
    first, shown = _once(ids[:strict], leaders, set())
    rest, _ = _once(ids[strict:], leaders, shown)
    return [*first, *rest], len(first)


def _once(
    ids: Sequence[int], leaders: Mapping[int, int], shown: set[int]
) -> tuple[list[int], set[int]]:
    """Those of `ids` that stand for a text not yet shown, and all texts then shown."""
    leading = {one for one in ids if one not in leaders} - shown
    taken = shown | leading
    kept = []
    for one in ids:
        text = leaders.get(one, one)
        if one in leading or text not in taken:
            kept.append(one)
            taken.add(text)
    return kept, taken


def _belongs(db: sqlite3.Connection, own: Shingled, other: int) -> bool:
    members = copies.group(db, other)[:ASKED]
    alike = sum(1 for one in members if one == other or _like(db, own, one))
    return 2 * alike > len(members)


def _like(db: sqlite3.Connection, own: Shingled, other: int) -> bool:
    from digest.ingest.likeness import is_near_copy  # noqa: PLC0415 - numpy

    return is_near_copy(own, _shingled(db, other))


def _read_with(db: sqlite3.Connection, ident: int, own: Shingled) -> None:
    """Mark a reprint read that arrives after its text was read, unless much of it is new."""
    from digest.ingest.likeness import likeness  # noqa: PLC0415 - numpy

    row = db.execute(
        """SELECT article_id, at FROM reads WHERE article_id != ?
        AND article_id IN (SELECT value FROM json_each(json(?))) LIMIT 1""",
        (ident, str(copies.group(db, ident))),
    ).fetchone()
    if row is None:
        return
    found = likeness(own.hashes, _shingled(db, row[0]).hashes)
    if len(own.hashes) <= NEWS * found.shared:
        db.execute("INSERT OR IGNORE INTO reads (article_id, at) VALUES (?, ?)", (ident, row[1]))


# An article is worth reading again when it is this many times what it shares with one read.
NEWS = 1.6


def _shingled(db: sqlite3.Connection, ident: int) -> Shingled:
    texts: Sequence[reading.Texts] = list(reading.texts(db, [ident]).values())
    return _made(texts[0].body if texts else "")


@lru_cache(maxsize=32)
def _made(text: str) -> Shingled:
    from digest.ingest.likeness import Shingled  # noqa: PLC0415 - numpy
    from index.fold import fold  # noqa: PLC0415 - the fold table

    return Shingled.of(fold(text))


def _at(db: sqlite3.Connection, ident: int) -> int:
    (at,) = db.execute("SELECT at FROM articles WHERE id = ?", (ident,)).fetchone()
    return int(at)
