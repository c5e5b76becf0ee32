"""Which articles name someone or something, when, in which language, and where they are from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Namings(NamedTuple):
    """Live articles that name an entity, newest first, column by column, all of one length.

    `times` are in seconds since the epoch, `langs` BCP 47 tags or "", `outlets` numbers of the
    outlet table, `counts` how often each article names the entity.
    """

    articles: tuple[int, ...] = ()
    times: tuple[int, ...] = ()
    langs: tuple[str, ...] = ()
    outlets: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()


class Tally(NamedTuple):
    """How many live articles name an entity, and how often all of them together."""

    articles: int
    mentions: int


def namings(db: sqlite3.Connection, entity: str, within: Sequence[int] | None = None) -> Namings:
    """The live articles that name an entity, those of `within` alone."""
    condition, values = "", [entity]
    if within is not None:
        condition = " AND x.article_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(within)))
    rows = db.execute(
        f"""SELECT a.id, a.at, a.lang, a.outlet_id, x.count FROM article_entities x
        JOIN articles a ON a.id = x.article_id
        WHERE x.entity_id = (SELECT id FROM entities WHERE key = ?) AND a.deleted IS NULL
        {condition} ORDER BY a.at DESC, a.id DESC""",
        values,
    )
    return Namings(*zip(*rows, strict=True))


def tallies(db: sqlite3.Connection, entities: Iterable[str]) -> dict[str, Tally]:
    """The tally of each of these entities that a live article names."""
    rows = db.execute(
        """SELECT e.key, count(*), sum(x.count) FROM entities e
        JOIN article_entities x ON x.entity_id = e.id JOIN articles a ON a.id = x.article_id
        WHERE e.key IN (SELECT value FROM json_each(?)) AND a.deleted IS NULL GROUP BY e.id""",
        (json.dumps(list(entities)),),
    )
    return {key: Tally(int(articles), int(mentions)) for key, articles, mentions in rows}


def kinds(db: sqlite3.Connection, entities: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(kind, name) of each of these entities that was ever marked."""
    rows = db.execute(
        "SELECT key, kind, name FROM entities WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(entities)),),
    )
    return {key: (kind, name) for key, kind, name in rows}
