"""Quotes that a person kept, with their comments and what stood around them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from digest.anchors import Quote, find
from digest.model import Block, Highlight
from digest.text import scrub

_FIELDS = "quote, before, after, comment, paragraph, created"


def of_article(db: sqlite3.Connection, article: int) -> tuple[Highlight, ...]:
    """The highlights of an article in the order of its text."""
    rows = db.execute(
        """SELECT id, quote, comment, paragraph, before, after FROM highlights
        WHERE article_id = ? ORDER BY paragraph, id""",
        (article,),
    )
    return tuple(Highlight(*row) for row in rows)


def article_of(db: sqlite3.Connection, ident: int) -> int | None:
    """The article a highlight is in, None when there is no such highlight."""
    row = db.execute("SELECT article_id FROM highlights WHERE id = ?", (ident,)).fetchone()
    return None if row is None else int(row[0])


def next_id(db: sqlite3.Connection) -> int:
    """An id that was never used, inside a transaction that writes."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'highlights'").fetchone()
    return 1 if row is None else int(row[0]) + 1


def written(quote: Quote, comment: str, created: int) -> str:
    """A highlight, cleaned, as the journal keeps it."""
    texts = map(scrub, (quote.text, quote.before, quote.after, comment))
    values = (*texts, quote.paragraph, created)
    return json.dumps(dict(zip(_FIELDS.split(", "), values, strict=True)), ensure_ascii=False)


def stored(db: sqlite3.Connection, ident: int) -> str | None:
    """A highlight of the library as the journal keeps it, None when there is none."""
    row = db.execute(f"SELECT {_FIELDS} FROM highlights WHERE id = ?", (ident,)).fetchone()
    if row is None:
        return None
    return json.dumps(dict(zip(_FIELDS.split(", "), row, strict=True)), ensure_ascii=False)


def commented(kept: str, comment: str) -> str:
    """The same highlight with another comment."""
    return json.dumps({**json.loads(kept), "comment": scrub(comment)}, ensure_ascii=False)


def put(db: sqlite3.Connection, article: int, ident: int, kept: str | None) -> None:
    """Make a highlight what the journal says it was; None takes it away."""
    db.execute("DELETE FROM highlights WHERE id = ?", (ident,))
    if kept is None:
        return
    values = json.loads(kept)
    db.execute(
        f"""INSERT INTO highlights (id, article_id, {_FIELDS})
        VALUES (:id, :article, :quote, :before, :after, :comment, :paragraph, :created)""",
        {"id": ident, "article": article, **values},
    )


def settle(db: sqlite3.Connection, article: int, blocks: Sequence[Block]) -> None:
    """Find every quote's paragraph in a new text of the article; one that is gone keeps its own."""
    for one in of_article(db, article):
        place = find(blocks, Quote(one.quote, one.before, one.after, one.paragraph))
        if place is not None and place.first != one.paragraph:
            db.execute("UPDATE highlights SET paragraph = ? WHERE id = ?", (place.first, one.id))
