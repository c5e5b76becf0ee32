"""Articles coming out: rows of a list, whole articles, bare texts."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from digest.blocks import from_json
from digest.errors import UnknownArticle
from digest.model import Article, Block, Revision, Summary, Version
from digest.store import corrections, entities, highlights, lines, topics
from digest.store.packing import unpacked
from digest.store.times import from_epoch

_ROW = """SELECT a.id, a.title, a.url, o.name, a.author, a.lang, a.published, a.fetched,
 r.article_id IS NOT NULL, s.article_id IS NOT NULL,
 EXISTS (SELECT 1 FROM notes n WHERE n.article_id = a.id)
 OR EXISTS (SELECT 1 FROM highlights h WHERE h.article_id = a.id),
 (SELECT json_group_array(t.name) FROM (SELECT t.name FROM article_tags x
   JOIN tags t ON t.id = x.tag_id WHERE x.article_id = a.id ORDER BY t.key) t),
 a.copy_of, (SELECT count(*) FROM articles c WHERE c.copy_of = a.id AND c.deleted IS NULL),
 a.partial, a.story_id
 FROM articles a JOIN outlets o ON o.id = a.outlet_id
 LEFT JOIN reads r ON r.article_id = a.id LEFT JOIN stars s ON s.article_id = a.id
 WHERE (a.deleted IS NULL OR a.offtopic IS NOT NULL)
 AND a.id IN (SELECT value FROM json_each(?))"""


# What a person wrote: the note, then each quote that was kept, with its comment.
_WRITTEN = """coalesce(n.text, '') || coalesce((SELECT group_concat(
  char(10) || h.quote || CASE h.comment WHEN '' THEN '' ELSE char(10) || h.comment END, '')
  FROM (SELECT quote, comment FROM highlights WHERE article_id = a.id ORDER BY paragraph, id) h
 ), '')"""
# Versions of one article that are read at once.
MAX_VERSIONS = 30


class Texts(NamedTuple):
    """What is searched of an article, as written; `note` holds the highlights too."""

    title: str
    body: str
    note: str


class Indexed(NamedTuple):
    """All that the index learns of an article; of the entities their ids, a space between two."""

    id: int
    title: str
    body: str
    note: str
    author: str
    outlet: int
    lang: str
    at: int
    entities: str


def summaries(db: sqlite3.Connection, ids: Sequence[int]) -> list[Summary]:
    """The rows of a list, in the order of `ids`; what is gone is left out."""
    found = {row[0]: _summary(row) for row in db.execute(_ROW, (json.dumps(list(ids)),))}
    return [found[one] for one in ids if one in found]


def _summary(row: tuple[object, ...]) -> Summary:
    ident, title, url, feed, author, lang, published, fetched = row[:8]
    read, starred, noted, tags, copy_of, copies, partial, story = row[8:]
    return Summary(
        id=int(str(ident)),
        title=str(title),
        url=str(url),
        feed=str(feed),
        author=str(author),
        lang=str(lang),
        published=from_epoch(published) if isinstance(published, int) else None,
        fetched=from_epoch(int(str(fetched))),
        read=bool(read),
        starred=bool(starred),
        noted=bool(noted),
        tags=tuple(json.loads(str(tags))),
        copy_of=copy_of if isinstance(copy_of, int) else None,
        copies=int(str(copies)),
        partial=bool(partial),
        story=story if isinstance(story, int) else None,
    )


def article(db: sqlite3.Connection, ident: int) -> Article:
    """A whole article.

    Raises:
        UnknownArticle: there is none with this id.
    """
    rows = summaries(db, [ident])
    if not rows:
        raise UnknownArticle(f"there is no article {ident}; 'digest search' shows the ids")
    packed, ranges, modified, section, image = db.execute(
        """SELECT c.blocks, c.hidden, a.modified, a.section, a.image FROM articles a
        JOIN contents c ON c.article_id = a.id
        WHERE a.id = ?""",
        (ident,),
    ).fetchone()
    blocks, hidden = from_json(unpacked(packed)), lines.places(ranges)
    return Article(
        summary=rows[0],
        blocks=_without(blocks, hidden),
        hidden=hidden,
        whole=blocks if hidden else (),
        modified=from_epoch(modified),
        note=note(db, ident),
        relevance=topics.relevance(db, ident),
        off_topic=topics.is_off_topic(db, ident),
        highlights=tuple(
            replace(one, paragraph=one.paragraph - bisect_left(hidden, one.paragraph))
            for one in highlights.of_article(db, ident)
        ),
        revisions=_revisions(db, ident),
        copies=tuple(
            row[0]
            for row in db.execute(
                "SELECT id FROM articles WHERE copy_of = ? AND deleted IS NULL ORDER BY id",
                (ident,),
            )
        ),
        entities=entities.counts(db, ident),
        section=section,
        image=image,
    )


def note(db: sqlite3.Connection, ident: int) -> str:
    """The note on an article, "" when there is none."""
    row = db.execute("SELECT text FROM notes WHERE article_id = ?", (ident,)).fetchone()
    return "" if row is None else str(row[0])


def _revisions(db: sqlite3.Connection, ident: int) -> tuple[Revision, ...]:
    rows = db.execute(
        "SELECT id, fetched, title FROM revisions WHERE article_id = ? ORDER BY fetched, id",
        (ident,),
    )
    return tuple(Revision(row[0], from_epoch(int(row[1])), row[2]) for row in rows)


def versions(db: sqlite3.Connection, ident: int) -> list[Version]:
    """All texts an article has had, the present one last; the last `MAX_VERSIONS` of many.

    Raises:
        UnknownArticle: there is none with this id.
    """
    rows = db.execute(
        f"""SELECT fetched, title, blocks FROM (
          SELECT a.fetched, {corrections.PUBLISHED_TITLE} AS title, c.blocks, 1 AS present, 0 AS id
          FROM articles a
          JOIN contents c ON c.article_id = a.id WHERE a.id = ?1 AND a.deleted IS NULL
          UNION ALL SELECT fetched, title, blocks, 0, id FROM revisions WHERE article_id = ?1
        ) ORDER BY present DESC, fetched DESC, id DESC LIMIT ?2""",
        (ident, MAX_VERSIONS),
    ).fetchall()
    require(db, ident)
    found = [(at, title, from_json(unpacked(packed))) for at, title, packed in rows[::-1]]
    return [
        Version(from_epoch(at), title, _without(blocks, lines.hidden_in(db, ident, blocks)))
        for at, title, blocks in found
    ]


def _without(blocks: tuple[Block, ...], hidden: Sequence[int]) -> tuple[Block, ...]:
    if not hidden:
        return blocks
    return tuple(block for at, block in enumerate(blocks) if at not in hidden)


def live(db: sqlite3.Connection, ident: int) -> bool:
    """Whether there is an article with this id."""
    query = "SELECT 1 FROM articles WHERE id = ? AND deleted IS NULL"
    return db.execute(query, (ident,)).fetchone() is not None


def require(db: sqlite3.Connection, ident: int) -> None:
    """Go on only where there is an article with this id.

    Raises:
        UnknownArticle: there is none.
    """
    if not live(db, ident):
        raise UnknownArticle(f"there is no article {ident}; 'digest search' shows the ids")


def texts(db: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Texts]:
    """Titles, texts and notes as written, by id; what is gone is left out."""
    rows = db.execute(
        f"""SELECT a.id, a.title, c.text, {_WRITTEN}, c.hidden FROM articles a
        JOIN contents c ON c.article_id = a.id LEFT JOIN notes n ON n.article_id = a.id
        WHERE (a.deleted IS NULL OR a.offtopic IS NOT NULL)
        AND a.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    return {
        ident: Texts(title, lines.shown(text, ranges), written)
        for ident, title, text, written, ranges in rows
    }


def leads(db: sqlite3.Connection, ids: Sequence[int], length: int) -> dict[int, tuple[str, str]]:
    """Titles and the first `length` characters of texts, by id; what is gone is left out."""
    rows = db.execute(
        """SELECT a.id, a.title,
        CASE c.hidden WHEN '' THEN substr(c.text, 1, ?) ELSE c.text END, c.hidden FROM articles a
        JOIN contents c ON c.article_id = a.id
        WHERE a.deleted IS NULL AND a.id IN (SELECT value FROM json_each(?))""",
        (length, json.dumps(list(ids))),
    )
    return {
        ident: (title, lines.shown(text, ranges)[:length]) for ident, title, text, ranges in rows
    }


def indexed(db: sqlite3.Connection, ids: Sequence[int]) -> list[Indexed]:
    """What the index is to learn of those `ids` that are still there."""
    rows = db.execute(
        f"""SELECT a.id, a.title, c.text, {_WRITTEN}, a.author, a.outlet_id, a.lang, a.at,
        (SELECT coalesce(group_concat(e.key, ' '), '') FROM article_entities x
          JOIN entities e ON e.id = x.entity_id WHERE x.article_id = a.id), c.hidden
        FROM articles a JOIN contents c ON c.article_id = a.id
        LEFT JOIN notes n ON n.article_id = a.id
        WHERE a.deleted IS NULL AND a.id IN (SELECT value FROM json_each(?)) ORDER BY a.id""",
        (json.dumps(list(ids)),),
    )
    return [
        Indexed(ident, title, lines.shown(text, ranges), *rest)
        for ident, title, text, *rest, ranges in rows
    ]
