"""One article of another library taken into this one, as changes that can be taken back.

The rules, by what there is:

    unknown here         it comes with all its state
    known, live here     what a person did is united; of two texts the newer is the present one and
                         the other a revision
    deleted here         stays deleted, unless it is starred, noted or highlighted there
    off topic here       is shown, since it is kept there
    deleted there        is left as it is here, and not brought in

Every rule finds nothing to do where it has been carried out before.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from digest.shown import without_login
from digest.store import articles, corrections, highlights, lines, tagging, versions
from digest.store.changes import Change
from digest.store.foreign import Outlet, Theirs
from digest.store.packing import packed
from digest.store.versions import Text

RULE = "\n\n---\n\n"


class Times(NamedTuple):
    """When a person last took a mark off, by article, as far as the journals tell."""

    ours: Mapping[tuple[str, int], int]
    theirs: Mapping[tuple[str, int], int]


class Found(NamedTuple):
    """Where an article of theirs is here; `id` is 0 where it is not, or gone for good."""

    id: int
    known: bool


def locate(db: sqlite3.Connection, one: Theirs) -> Found:
    """The article here that is theirs: by address, by feed and its own id, by the same text."""
    for key in keys_of(db, one):
        row = db.execute(
            """SELECT coalesce(a.id, 0) FROM known k LEFT JOIN articles a ON a.id = k.article_id
            WHERE k.key = ?""",
            (key,),
        ).fetchone()
        if row is not None:
            return Found(int(row[0]), known=True)
    row = db.execute(
        "SELECT id FROM articles WHERE text_hash = ? ORDER BY deleted IS NOT NULL, id LIMIT 1",
        (one.text_hash,),
    ).fetchone()
    return Found(0, known=False) if row is None else Found(int(row[0]), known=True)


def keys_of(db: sqlite3.Connection, one: Theirs) -> list[str]:
    """The keys by which it may be known here, its own address first; feeds bear our numbers."""
    own = [one.url] if one.url else []
    entries = [f"{_feed(db, feed, one.outlet.name)}:{guid}" for feed, guid in one.entries]
    return list(dict.fromkeys([*own, *one.addresses, *entries]))


def bring(db: sqlite3.Connection, one: Theirs, now: int) -> Change:
    """Store an article that is unknown here with all its state.

    Returns the change by which it is here: until that is carried out it is as good as absent.
    """
    fetched = one.present.fetched
    at = fetched if one.published is None else one.published
    cursor = db.execute(
        """INSERT INTO articles (url, outlet_id, title, author, lang, published, modified,
        fetched, at, text_hash, partial, section, image, headline, deleted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            one.url,
            _outlet(db, one.outlet),
            one.present.title,
            one.author,
            one.lang,
            one.published,
            one.modified,
            fetched,
            at,
            versions.absent(one.text_hash),
            int(one.partial),
            one.section,
            one.image,
            one.headline,
            now,
        ),
    )
    ident = int(cursor.lastrowid or 0)
    db.execute(
        "INSERT INTO contents (article_id, text, blocks) VALUES (?, ?, ?)",
        (ident, one.present.text, packed(one.present.blocks)),
    )
    lines.note(db, [ident])
    for text in one.earlier:
        versions.add(db, ident, text)
    if one.source is not None:
        db.execute(
            "INSERT INTO sources (article_id, url, type, fetched, body) VALUES (?, ?, ?, ?, ?)",
            (ident, *one.source),
        )
    tagging.attach(db, ident, one.tags)
    for table, moment in (("reads", one.read), ("stars", one.star)):
        if moment is not None:
            db.execute(f"INSERT INTO {table} (article_id, at) VALUES (?, ?)", (ident, moment))
    if one.note:
        db.execute("INSERT INTO notes VALUES (?, ?, ?)", (ident, one.note, fetched))
    for kept in one.highlights:
        highlights.put(db, ident, highlights.next_id(db), kept)
    for field, value in _corrections(db, one):
        corrections.put(db, ident, field, value, correction=True)
    keys = json.dumps(keys_of(db, one), ensure_ascii=False)
    return Change("arrival", ident, keys, now, None)


def joining(
    db: sqlite3.Connection, ident: int, one: Theirs, times: Times
) -> Iterator[Change] | None:
    """The changes that unite theirs with an article here; None where it stays deleted."""
    deleted, offtopic = db.execute(
        "SELECT deleted, offtopic FROM articles WHERE id = ?", (ident,)
    ).fetchone()
    if deleted is not None and offtopic is None:
        if not (one.note or one.highlights or one.star is not None):
            return None
        shown = [Change("deleted", ident, "", deleted, None)]
    else:
        shown = [] if offtopic is None else [Change("offtopic", ident, "", offtopic, None)]
    return _united(db, ident, one, times, shown)


def _united(
    db: sqlite3.Connection, ident: int, one: Theirs, times: Times, shown: Sequence[Change]
) -> Iterator[Change]:
    yield from shown
    yield from _texts(db, ident, one)
    yield from _marks(db, ident, one, times)
    has = {
        row[0]
        for row in db.execute(
            """SELECT t.key FROM article_tags x JOIN tags t ON t.id = x.tag_id
            WHERE x.article_id = ?""",
            (ident,),
        )
    }
    for name in one.tags:
        if (key := tagging.tag_key(name)) and key not in has:
            yield Change("tag", ident, name, None, 1)
    row = db.execute("SELECT text FROM notes WHERE article_id = ?", (ident,)).fetchone()
    note = "" if row is None else str(row[0])
    if (both := side_by_side(note, one.note)) != note:
        yield Change("note", ident, "", note or None, both)
    yield from _highlights(db, ident, one.highlights)
    for field, value in _corrections(db, one):
        old, corrected = corrections.current(db, ident, field)
        if not corrected:
            yield Change("edit", ident, field, old, f"={value}")


def side_by_side(ours: str, theirs: str) -> str:
    """Two notes as one: the longer where it holds the other, else both with a rule between."""
    if theirs.strip() in ours:
        return ours
    return theirs if ours.strip() in theirs else ours.rstrip() + RULE + theirs.lstrip()


def _marks(db: sqlite3.Connection, ident: int, one: Theirs, times: Times) -> Iterator[Change]:
    """Read and starred as whoever changed it last left it."""
    for kind, table, theirs in (("read", "reads", one.read), ("star", "stars", one.star)):
        row = db.execute(f"SELECT at FROM {table} WHERE article_id = ?", (ident,)).fetchone()
        ours = None if row is None else int(row[0])
        if ours is None and theirs is not None and theirs >= times.ours.get((kind, ident), 0):
            yield Change(kind, ident, "", None, theirs)
        elif ours is not None and theirs is None and ours < times.theirs.get((kind, one.id), 0):
            yield Change(kind, ident, "", ours, None)


def _texts(db: sqlite3.Connection, ident: int, one: Theirs) -> Iterator[Change]:
    """Of two texts the newer and whole one is the present; what either had is kept."""
    here = versions.present(db, ident)
    had = versions.earlier(db, ident)
    kept, present = list(one.earlier), (here["title"], here["text"])
    if _differ(one, here):
        if _newer(one, here):
            present = (one.present.title, one.present.text)
            kept.append(Text(here["fetched"], here["title"], here["text"], here["blocks"]))
            new = versions.written(_version(one))
            yield Change("version", ident, "", versions.written(here), new)
        else:
            kept.append(one.present)
    number = versions.next_id(db)
    for text in kept:
        if (text.title, text.text) not in {present, *had}:
            had.add((text.title, text.text))
            yield Change("revision", ident, str(number), None, versions.written(text._asdict()))
            number += 1


def _differ(one: Theirs, here: Mapping[str, Any]) -> bool:
    """Whether the publisher has changed the text, or its headline, between the two."""
    if here["text_hash"] != one.text_hash.hex() and here["text"] != one.present.text:
        return True
    return bool(here["headline"] and one.headline) and here["headline"] != one.headline


def _newer(one: Theirs, here: Mapping[str, Any]) -> bool:
    """Whether theirs is to be the present text: a whole one before a cut one, then the newer."""
    if one.partial != here["partial"]:
        return not one.partial
    return one.present.fetched > int(here["fetched"])


def _version(one: Theirs) -> dict[str, Any]:
    fetched, title, text, blocks = one.present
    values = (
        *(title, one.author, one.lang, one.published, one.modified, fetched),
        *(one.text_hash.hex(), one.partial, one.section, one.image, one.headline, text, blocks),
    )
    return dict(zip(versions.FIELDS, values, strict=True))


def _highlights(db: sqlite3.Connection, ident: int, theirs: Sequence[str]) -> Iterator[Change]:
    ours = {}
    for one in highlights.of_article(db, ident):
        kept = highlights.stored(db, one.id) or ""
        ours[_quoted(kept)] = (one.id, kept)
    number = highlights.next_id(db)
    for kept in theirs:
        if _quoted(kept) not in ours:
            yield Change("highlight", ident, str(number), None, kept)
            number += 1
            continue
        own, before = ours[_quoted(kept)]
        mine, other = json.loads(before)["comment"], json.loads(kept)["comment"]
        if (both := side_by_side(mine, other)) != mine:
            yield Change("highlight", ident, str(own), before, highlights.commented(before, both))


def _quoted(kept: str) -> tuple[str, str, str]:
    values = json.loads(kept)
    return values["quote"], values["before"], values["after"]


def _corrections(db: sqlite3.Connection, one: Theirs) -> Iterator[tuple[str, str]]:
    for field, value in one.corrections.items():
        if field == "outlet":
            yield field, str(_outlet(db, one.outlets[value]))
        elif field in corrections.FIELDS:
            yield field, value


def _outlet(db: sqlite3.Connection, one: Outlet) -> int:
    feed = _feed(db, one.feed, one.name) if one.feed else None
    return articles.outlet(db, feed, one.name, f"https://{one.host}/" if one.host else "")


def _feed(db: sqlite3.Connection, url: str, name: str) -> int:
    """The number of a feed here; one that is unknown is remembered, and followed by nobody."""
    row = db.execute("SELECT id FROM feeds WHERE url = ?", (url,)).fetchone()
    if row is None:
        row = db.execute(
            "INSERT INTO feeds (url, name) VALUES (?, ?) RETURNING id",
            (url, name or without_login(url)),
        ).fetchone()
    return int(row[0])
