"""The present text of an article and those it had, as the journal keeps and puts them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from digest.blocks import from_json
from digest.store import corrections, highlights, lines
from digest.store.packing import packed, unpacked

FIELDS = (
    "title",
    "author",
    "lang",
    "published",
    "modified",
    "fetched",
    "text_hash",
    "partial",
    "section",
    "image",
    "headline",
    "text",
    "blocks",
)
_ABSENT = b"\0"
_LENGTH = 32


class Text(NamedTuple):
    """One text of an article. `blocks` as `to_json` writes them."""

    fetched: int
    title: str
    text: str
    blocks: str


def written(values: Mapping[str, Any]) -> str:
    """What the journal keeps of a text."""
    return json.dumps(values, ensure_ascii=False)


def present(db: sqlite3.Connection, ident: int) -> dict[str, Any]:
    """The present text of an article and what goes with it (`FIELDS`)."""
    row = db.execute(
        f"""SELECT {corrections.PUBLISHED_TITLE}, a.author, a.lang, a.published, a.modified,
        a.fetched, lower(hex(a.text_hash)), a.partial, a.section, a.image, a.headline,
        c.text, c.blocks
        FROM articles a JOIN contents c ON c.article_id = a.id WHERE a.id = ?""",
        (ident,),
    ).fetchone()
    found = dict(zip(FIELDS, row, strict=True))
    return found | {"partial": bool(found["partial"]), "blocks": unpacked(row[-1])}


def put(db: sqlite3.Connection, ident: int, kept: str) -> None:
    """Make a text that `present` has given the present one; corrections stay."""
    values = json.loads(kept)
    db.execute(
        """UPDATE articles SET title = :title, author = :author, lang = :lang,
        published = :published, modified = :modified, fetched = :fetched, partial = :partial,
        text_hash = :digest, section = :section, image = :image, headline = :headline,
        at = coalesce(:published, :fetched) WHERE id = :id""",
        {**values, "digest": bytes.fromhex(values["text_hash"]), "id": ident},
    )
    db.execute(
        f"{lines.REPLACE_TEXT} WHERE article_id = ?",
        (values["text"], packed(values["blocks"]), ident),
    )
    lines.note(db, [ident])
    corrections.apply(db, ident)
    highlights.settle(db, ident, from_json(values["blocks"]))


def earlier(db: sqlite3.Connection, ident: int) -> set[tuple[str, str]]:
    """Titles and texts that an article had."""
    rows = db.execute("SELECT title, text FROM revisions WHERE article_id = ?", (ident,))
    return {(row[0], row[1]) for row in rows}


def next_id(db: sqlite3.Connection) -> int:
    """A revision's number that was never used, inside a transaction that writes."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'revisions'").fetchone()
    return 1 if row is None else int(row[0]) + 1


def add(db: sqlite3.Connection, ident: int, text: Text, number: int | None = None) -> None:
    """Keep a text that an article had."""
    db.execute(
        """INSERT INTO revisions (id, article_id, fetched, title, text, blocks)
        VALUES (?, ?, ?, ?, ?, ?)""",
        (number, ident, text.fetched, text.title, text.text, packed(text.blocks)),
    )


def put_earlier(db: sqlite3.Connection, ident: int, number: int, kept: str | None) -> None:
    """Make a revision what the journal says it was; None takes it away."""
    db.execute("DELETE FROM revisions WHERE id = ?", (number,))
    if kept is not None:
        add(db, ident, Text(**json.loads(kept)), number)


def absent(text_hash: bytes) -> bytes:
    """The fingerprint of a text that is as good as absent: nothing is a duplicate of it."""
    return text_hash if len(text_hash) > _LENGTH else _ABSENT + text_hash


def appear(db: sqlite3.Connection, ident: int, keys: Sequence[str]) -> None:
    """Let an article be here, known by these keys; not where another has come in its place."""
    chosen = json.dumps(list(keys))
    taken = db.execute(
        """SELECT 1 FROM known k JOIN articles a ON a.id = k.article_id
        WHERE a.id <> ? AND a.deleted IS NULL AND k.key IN (SELECT value FROM json_each(?))""",
        (ident, chosen),
    ).fetchone()
    (mark,) = db.execute("SELECT text_hash FROM articles WHERE id = ?", (ident,)).fetchone()
    if taken is not None or not mark.startswith(_ABSENT) or len(mark) != _LENGTH + 1:
        return
    db.execute("UPDATE articles SET deleted = NULL, text_hash = ? WHERE id = ?", (mark[1:], ident))
    db.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", ((one, ident) for one in keys))


def vanish(db: sqlite3.Connection, ident: int, keys: Sequence[str], moment: int) -> None:
    """Let an article be as good as absent since a moment: whoever brings it again brings it new."""
    (mark,) = db.execute("SELECT text_hash FROM articles WHERE id = ?", (ident,)).fetchone()
    db.execute(
        "UPDATE articles SET deleted = ?, text_hash = ? WHERE id = ?",
        (moment, absent(mark), ident),
    )
    db.execute(
        "DELETE FROM known WHERE article_id = ? AND key IN (SELECT value FROM json_each(?))",
        (ident, json.dumps(list(keys))),
    )
