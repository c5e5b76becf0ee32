"""Which articles name someone or something, when, in which language, and where they are from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Naming(NamedTuple):
    """A live article that names an entity.

    `at` is in seconds since the epoch, `lang` a BCP 47 tag or "", `outlet` a number of the outlet
    table, `times` how often it names the entity.
    """

    article: int
    at: int
    lang: str
    outlet: int
    times: int


class Tally(NamedTuple):
    """How many live articles name an entity, and how often all of them together."""

    articles: int
    mentions: int


def namings(
    db: sqlite3.Connection, entity: str, within: Sequence[int] | None = None
) -> list[Naming]:
    """The live articles that name an entity, those of `within` alone, in no order."""
    condition, values = "", [entity]
    if within is not None:
        condition = " AND x.article_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(within)))
    rows = db.execute(
        f"""SELECT a.id, a.at, a.lang, a.outlet_id, x.count FROM article_entities x
        JOIN articles a ON a.id = x.article_id
        WHERE x.entity_id = (SELECT id FROM entities WHERE key = ?) AND a.deleted IS NULL
        {condition}""",
        values,
    )
    return list(map(Naming._make, rows))


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
