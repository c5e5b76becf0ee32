"""Another library, read and never written: opened as one unchanging view, its articles in parts."""

from __future__ import annotations

import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from digest.blocks import bounded, from_json, to_json, to_text
from digest.errors import UsageError
from digest.model import Block, Span
from digest.store import backup, highlights, snapshot
from digest.store.corrections import PUBLISHED_TITLE
from digest.store.database import errors_translated
from digest.store.migrations import STEPS, migrate, version_of
from digest.store.packing import unpacked
from digest.store.versions import Text
from digest.text import clean_line, clean_text, scrub

_HASH_BYTES = 32
_ENDINGS = ("", "-wal", "-shm")


class Outlet(NamedTuple):
    """Where an article is from; `feed` is the configured address of its feed, "" without one."""

    feed: str
    name: str
    host: str


@dataclass(frozen=True, slots=True)
class Theirs:
    """One live article of another library with everything a person did with it.

    Attributes:
        addresses: the web addresses it is known by there.
        entries: the feeds' own ids it is known by, each with its feed's configured address.
        source: address, type, time and compressed body of the download that is kept, or None.
        highlights: each as the journal keeps it.
        corrections: by field; an outlet's value is its key in `outlets`.
    """

    id: int
    url: str
    addresses: tuple[str, ...]
    entries: tuple[tuple[str, str], ...]
    outlet: Outlet
    author: str
    lang: str
    published: int | None
    modified: int | None
    section: str
    image: str
    headline: str
    text_hash: bytes
    partial: bool
    present: Text
    earlier: tuple[Text, ...]
    source: tuple[str, str, int, bytes] | None
    tags: tuple[str, ...]
    read: int | None
    star: int | None
    note: str
    highlights: tuple[str, ...]
    corrections: dict[str, str]
    outlets: dict[str, Outlet]


def file_of(named: Path) -> Path:
    """The library file that a person means by a folder or a file."""
    return named / "library.db" if named.is_dir() else named


@contextmanager
def opened(named: Path, own: Path) -> Iterator[sqlite3.Connection]:
    """Another library as it is at this moment, whatever is written to it meanwhile.

    One of an older layout is copied beside our own library first and the copy brought up to date.

    Raises:
        UsageError: it is this library.
        SourceError: it is not there, or no library.
        LibraryError: it is damaged or newer, or the copy cannot be written.
    """
    path = file_of(named)
    if path.exists() and own.exists() and path.samefile(own):
        raise UsageError(f"{named} is this library itself; name another one")
    backup.verify(path)
    with errors_translated(path), closing(backup.reader(path)) as db:
        if version_of(db) == len(STEPS):
            db.execute("BEGIN")
            yield db
            return
        copy = own.with_name(f".merge.{os.getpid()}{snapshot.ENDING}")
        try:
            snapshot.copy(db, copy)
            migrate(copy, keep=False)
            with closing(backup.reader(copy)) as current:
                yield current
        finally:
            for ending in _ENDINGS:
                copy.with_name(copy.name + ending).unlink(missing_ok=True)


def count(db: sqlite3.Connection) -> int:
    """How many live articles there are."""
    (number,) = db.execute("SELECT count(*) FROM articles WHERE deleted IS NULL").fetchone()
    return int(number)


def ids_after(db: sqlite3.Connection, last: int, limit: int) -> list[int]:
    """The next live articles behind number `last`."""
    rows = db.execute(
        "SELECT id FROM articles WHERE id > ? AND deleted IS NULL ORDER BY id LIMIT ?",
        (last, limit),
    )
    return [row[0] for row in rows]


def article(db: sqlite3.Connection, ident: int) -> Theirs:
    """One live article, its texts cleaned as everything from outside is.

    Raises:
        ValueError: what is stored of it cannot be read.
    """
    url, title, author, lang, published, modified, fetched, digest, partial, outlet = db.execute(
        f"""SELECT a.url, {PUBLISHED_TITLE}, a.author, a.lang, a.published, a.modified, a.fetched,
        a.text_hash, a.partial, a.outlet_id FROM articles a WHERE a.id = ?""",
        (ident,),
    ).fetchone()
    section, image, headline = db.execute(
        "SELECT section, image, headline FROM articles WHERE id = ?", (ident,)
    ).fetchone()
    row = db.execute("SELECT blocks FROM contents WHERE article_id = ?", (ident,)).fetchone()
    if row is None or len(digest) != _HASH_BYTES:
        raise ValueError("it has no text")
    corrections = dict(
        db.execute("SELECT field, value FROM corrections WHERE article_id = ?", (ident,)).fetchall()
    )
    addresses, entries = _keys(db, ident)
    return Theirs(
        id=ident,
        url=_address(url),
        addresses=addresses,
        entries=entries,
        outlet=_outlet(db, outlet),
        author=clean_line(author),
        lang=clean_line(lang),
        published=published,
        modified=modified,
        section=clean_line(section),
        image=_address(image),
        headline=clean_line(headline),
        text_hash=digest,
        partial=bool(partial),
        present=_text(fetched, title, row[0]),
        earlier=tuple(
            _text(*one)
            for one in db.execute(
                "SELECT fetched, title, blocks FROM revisions WHERE article_id = ? ORDER BY id",
                (ident,),
            )
        ),
        source=db.execute(
            "SELECT url, type, fetched, body FROM sources WHERE article_id = ?", (ident,)
        ).fetchone(),
        tags=tuple(
            clean_line(one[0])
            for one in db.execute(
                """SELECT t.name FROM article_tags x JOIN tags t ON t.id = x.tag_id
                WHERE x.article_id = ? ORDER BY t.key""",
                (ident,),
            )
        ),
        read=_time(db, "reads", ident),
        star=_time(db, "stars", ident),
        note=_note(db, ident),
        highlights=_highlights(db, ident),
        corrections={field: clean_line(value) for field, value in corrections.items()},
        outlets={
            value: _outlet(db, int(value))
            for field, value in corrections.items()
            if field == "outlet"
        },
    )


def stories_by_hand(db: sqlite3.Connection) -> Iterator[list[int]]:
    """The articles of each story that a person parted or joined."""
    rows = db.execute(
        """SELECT json_group_array(a.id) FROM articles a JOIN stories s ON s.id = a.story_id
        WHERE s.by_hand = 1 AND a.deleted IS NULL GROUP BY s.id ORDER BY s.id"""
    )
    for (members,) in rows:
        yield sorted(json.loads(members))


def _text(fetched: int, title: str, blob: bytes) -> Text:
    try:
        blocks, _ = bounded(from_json(unpacked(blob)))
    except (zlib.error, TypeError) as error:
        raise ValueError(f"its text cannot be read ({error})") from error
    clean = tuple(map(clean_block, blocks))
    return Text(fetched, clean_line(title), to_text(clean), to_json(clean))


def clean_block(block: Block) -> Block:
    """A block with its texts cleaned, and with no address but such as may be followed."""
    spans = tuple(Span(scrub(one.text), _address(one.href)) for one in block.spans)
    cells = tuple(map(scrub, block.cells))
    if spans == block.spans and cells == block.cells and block.src == _address(block.src):
        return block
    return Block(
        kind=block.kind,
        spans=spans,
        level=block.level,
        ordinal=block.ordinal,
        cells=cells,
        header=block.header,
        src=_address(block.src),
    )


def _address(written: str) -> str:
    """An address that may be followed, "" for any other."""
    return clean_line(written, 4000) if written.startswith(("http://", "https://")) else ""


def _keys(
    db: sqlite3.Connection, ident: int
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    addresses, entries = [], []
    for (key,) in db.execute("SELECT key FROM known WHERE article_id = ? ORDER BY key", (ident,)):
        feed, _, guid = key.partition(":")
        if _address(key):
            addresses.append(_address(key))
        elif feed.isdecimal():
            row = db.execute("SELECT url FROM feeds WHERE id = ?", (int(feed),)).fetchone()
            if row is not None and (url := _address(row[0])):
                entries.append((url, guid))
    return tuple(addresses), tuple(entries)


def _outlet(db: sqlite3.Connection, ident: int) -> Outlet:
    row = db.execute(
        """SELECT coalesce(f.url, ''), o.name, o.host FROM outlets o
        LEFT JOIN feeds f ON f.id = o.feed_id WHERE o.id = ?""",
        (ident,),
    ).fetchone()
    if row is None:
        raise ValueError("where it is from is lost")
    return Outlet(_address(row[0]), clean_line(row[1]), clean_line(row[2]))


_TIMES = {
    "reads": "SELECT at FROM reads WHERE article_id = ?",
    "stars": "SELECT at FROM stars WHERE article_id = ?",
}


def _time(db: sqlite3.Connection, table: str, ident: int) -> int | None:
    row = db.execute(_TIMES[table], (ident,)).fetchone()
    return None if row is None else int(row[0])


def _note(db: sqlite3.Connection, ident: int) -> str:
    row = db.execute("SELECT text FROM notes WHERE article_id = ?", (ident,)).fetchone()
    return "" if row is None else scrub(row[0])


def _highlights(db: sqlite3.Connection, ident: int) -> tuple[str, ...]:
    found = []
    for one in highlights.of_article(db, ident):
        values = json.loads(highlights.stored(db, one.id) or "{}")
        values |= {
            name: clean_text(values[name]) for name in ("quote", "comment") if name in values
        }
        found.append(json.dumps(values, ensure_ascii=False))
    return tuple(found)
