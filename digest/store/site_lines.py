"""The lines of a site that are hidden: what a person sees of them, and says of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from digest.boilerplate import Count, Level, judged, lines_of
from digest.store.lines import having, note, places, rows_of, site_of, site_row, stored_of


class SiteLine(NamedTuple):
    """A line of a site as a person sees it; `kept` when they have said that it is none."""

    number: int
    site: str
    text: str
    articles: int
    kept: bool


def known(db: sqlite3.Connection, sites: Collection[str]) -> list[SiteLine]:
    """The lines of these sites that are hidden or were kept by a person, the most frequent first.

    Their numbers are good until more is learned.
    """
    rows = db.execute(
        """SELECT s.name, l.text, l.articles, l.level FROM site_lines l
        JOIN sites s ON s.id = l.site_id WHERE l.level <> 0
        AND s.name IN (SELECT value FROM json_each(?)) ORDER BY s.name, l.articles DESC, l.hash""",
        (json.dumps(list(sites)),),
    )
    return [
        SiteLine(at, site, text, articles, level < 0)
        for at, (site, text, articles, level) in enumerate(rows, 1)
    ]


def sites_of_feed(db: sqlite3.Connection, feed: int) -> list[str]:
    """The sites that the articles of a feed are from."""
    rows = db.execute(
        """SELECT DISTINCT a.url FROM articles a JOIN outlets o ON o.id = a.outlet_id
        WHERE o.feed_id = ? ORDER BY a.id DESC LIMIT 2000""",
        (feed,),
    )
    return sorted({site_of(row[0], feed) for row in rows})


def keep(db: sqlite3.Connection, site: str, keys: Collection[int], *, kept: bool) -> int:
    """Say of lines of a site that they are no boilerplate, or take that back.

    The articles that have them are noted. Returns how many lines were there.
    """
    number, total = site_row(db, site, first_time=False)
    rows = rows_of(db, number, keys)
    for key, row in rows.items():
        judgement = judged(Count(row.articles, total - row.first + 1, total), row.form)
        level = Level.KEPT if kept else max(judgement, Level.REPEATED)
        db.execute(
            "UPDATE site_lines SET level = ? WHERE site_id = ? AND hash = ?",
            (int(level), number, key),
        )
        note(db, having(db, site, row))
    return len(rows)


def keys_of(db: sqlite3.Connection, line: SiteLine) -> list[int]:
    """The keys of a line that `known` gave."""
    rows = db.execute(
        """SELECT l.hash FROM site_lines l JOIN sites s ON s.id = l.site_id
        WHERE s.name = ? AND l.text = ? AND l.level <> 0""",
        (line.site, line.text),
    )
    return [int(row[0]) for row in rows]


def keys_hidden(
    db: sqlite3.Connection, ident: int, blocks: Collection[int]
) -> tuple[str, list[int]]:
    """The site of an article, and the keys of what is hidden in it: of `blocks`, else of all."""
    stored = stored_of(db, ident)
    if stored is None or not stored.hidden:
        return "", []
    chosen = set(places(stored.hidden))
    chosen &= set(blocks) or chosen
    return stored.site, [line.key for line in lines_of(stored.blocks) if line.place in chosen]
