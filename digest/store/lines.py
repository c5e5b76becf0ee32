"""Lines that repeat across a site's articles: counted as articles come in, and hidden in them.

What is stored of an article stays whole. Which of its blocks are not shown is kept beside it, and
everything that shows, searches or compares a text leaves them out (`shown`).
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.anchors import Quote, find
from digest.blocks import from_json, places_in_text
from digest.boilerplate import Count, Form, Level, Line, hidden, judged, lines_of
from digest.model import Block
from digest.store import highlights
from digest.store.packing import unpacked

# Articles of a line that are remembered, to be looked at again when it turns out to be boilerplate.
MAX_IDS = 64
# And where there were more of them, so many of the site's last articles.
MAX_AGAIN = 500
# A line that was not seen in so many articles of its site is forgotten: one that was seen a few
# times, one that is not hidden, any that no person has spoken on.
_FORGET = ((4, 100), (1 << 40, 1000))
_FORGET_HIDDEN = 3000
_PRUNE_EVERY = 25
_MAX_TEXT = 300
# Puts another text in an article's place; what was counted in it has to be counted anew.
REPLACE_TEXT = """UPDATE contents SET text = ?, blocks = ?, hidden = '',
 lined = CASE lined WHEN 0 THEN 0 ELSE 2 END"""


class _Row(NamedTuple):
    articles: int = 0
    first: int = 0
    level: Level = Level.COUNTED
    form: Form = Form.LABEL
    ids: bytes = b""
    text: str = ""


@dataclass(frozen=True)
class _Stored:
    """An article's blocks, unpacked when they are asked for, and what decides over its lines."""

    packed: bytes
    hidden: str
    lined: int
    site: str
    wanted: bool

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return from_json(unpacked(self.packed))

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.blocks)


def shown(text: str, ranges: str) -> str:
    """A text as it is shown; `ranges` says what is hidden of it."""
    if not ranges:
        return text
    pieces, end = [], 0
    for _place, start, stop in json.loads(ranges):
        pieces.append(text[end:start])
        end = stop
    return "".join([*pieces, text[end:]]).lstrip("\n")


def places(ranges: str) -> tuple[int, ...]:
    """The indexes of the blocks that are hidden."""
    return tuple(place for place, _start, _stop in json.loads(ranges)) if ranges else ()


def note(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Have the lines of these articles looked at, inside the current transaction."""
    db.executemany("INSERT OR IGNORE INTO unlined (article_id) VALUES (?)", ((one,) for one in ids))


def waiting(db: sqlite3.Connection) -> int:
    """How many articles wait to be looked at."""
    (number,) = db.execute("SELECT count(*) FROM unlined").fetchone()
    return int(number)


def take(db: sqlite3.Connection, limit: int) -> list[int]:
    """The next articles to be looked at, the eldest first; they wait no longer."""
    rows = db.execute("SELECT article_id FROM unlined ORDER BY article_id LIMIT ?", (limit,))
    ids = [int(row[0]) for row in rows.fetchall()]
    db.execute(
        "DELETE FROM unlined WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps(ids),),
    )
    return ids


def settle(db: sqlite3.Connection, ident: int) -> bool:
    """Count an article's lines where they are new, and hide what is known to repeat.

    It waits no longer; articles in which a line is to be hidden from now on are noted. Returns
    whether other blocks of this one are hidden than before.
    """
    stored = stored_of(db, ident)
    if stored is None:
        return False
    if stored.lined != 1 and stored.site:
        note(db, _count(db, ident, stored))
    db.execute("DELETE FROM unlined WHERE article_id = ?", (ident,))
    return _hide(db, ident, stored)


def hide(db: sqlite3.Connection, ident: int) -> bool:
    """Hide what is known to repeat, without counting; returns whether that changed anything."""
    stored = stored_of(db, ident)
    return stored is not None and _hide(db, ident, stored)


def hidden_in(db: sqlite3.Connection, ident: int, blocks: Sequence[Block]) -> tuple[int, ...]:
    """Which of `blocks`, another text of the article, would be hidden."""
    stored = stored_of(db, ident)
    if stored is None or not stored.wanted or not stored.site:
        return ()
    return _hidden(db, stored.site, blocks, lines_of(blocks), ())


def _hidden(
    db: sqlite3.Connection,
    site: str,
    blocks: Sequence[Block],
    lines: Sequence[Line],
    kept: Collection[int],
) -> tuple[int, ...]:
    levels = _levels(db, site, {line.key for line in lines})
    return hidden(blocks, lines, levels, kept=kept) if levels else ()


def stored_of(db: sqlite3.Connection, ident: int) -> _Stored | None:
    """What decides over an article's lines, None where there is no such article."""
    row = db.execute(
        """SELECT c.blocks, c.hidden, c.lined, a.url, o.feed_id, coalesce(f.boilerplate, 1)
        FROM articles a JOIN contents c ON c.article_id = a.id JOIN outlets o ON o.id = a.outlet_id
        LEFT JOIN feeds f ON f.id = o.feed_id WHERE a.id = ?""",
        (ident,),
    ).fetchone()
    if row is None:
        return None
    blob, ranges, lined, url, feed, wanted = row
    return _Stored(blob, ranges, lined, site_of(url, feed), bool(wanted))


def site_of(url: str, feed: int | None) -> str:
    """What an article's lines are counted under: its host, else its feed, "" for neither."""
    try:
        host = urlsplit(url).netloc.removeprefix("www.")
    except ValueError:
        host = ""
    return host or (f"feed:{feed}" if feed is not None else "")


def _levels(db: sqlite3.Connection, site: str, keys: Collection[int]) -> dict[int, Level]:
    rows = db.execute(
        """SELECT hash, level FROM site_lines WHERE site_id = (SELECT id FROM sites WHERE name = ?)
        AND level <> 0 AND hash IN (SELECT value FROM json_each(?))""",
        (site, json.dumps(list(keys))),
    )
    return {int(key): Level(level) for key, level in rows}


def _hide(db: sqlite3.Connection, ident: int, stored: _Stored) -> bool:
    found: tuple[int, ...] = ()
    if stored.wanted and stored.site:
        kept = _with_highlights(db, ident, stored.blocks)
        found = _hidden(db, stored.site, stored.blocks, stored.lines, kept)
    spans = places_in_text(stored.blocks) if found else []
    ranges = json.dumps([[one, *spans[one]] for one in found]) if found else ""
    if ranges == stored.hidden:
        return False
    db.execute("UPDATE contents SET hidden = ? WHERE article_id = ?", (ranges, ident))
    return True


def _with_highlights(db: sqlite3.Connection, ident: int, blocks: Sequence[Block]) -> set[int]:
    kept: set[int] = set()
    for one in highlights.of_article(db, ident):
        place = find(blocks, Quote(one.quote, one.before, one.after, one.paragraph))
        if place is not None:
            kept.update(range(place.first, place.last + 1))
    return kept


def _count(db: sqlite3.Connection, ident: int, stored: _Stored) -> list[int]:
    """Count what is new in an article; returns those in which more is to be hidden now."""
    lines = {line.key: line for line in stored.lines}
    if stored.lined:  # its publisher changed it: what was in it before has been counted
        for old in _before(db, ident):
            lines.pop(old, None)
    site, total = site_row(db, stored.site, first_time=not stored.lined)
    rows = rows_of(db, site, lines)
    again: list[int] = []
    values = []
    for key, line in lines.items():
        row = rows.get(key, _Row(first=total))
        articles = row.articles + 1
        level = row.level
        if level is not Level.KEPT:
            count = Count(articles, total - row.first + 1, total)
            level = max(level, judged(count, line.form))
        if level > row.level:
            again += having(db, stored.site, row)
        ids = row.ids if len(row.ids) >= 4 * MAX_IDS else row.ids + struct.pack("<I", ident)
        text = row.text or (_line_text(stored.blocks, line) if level is not Level.COUNTED else "")
        values.append(
            (site, key, articles, row.first, total, int(level), int(line.form), ids, text)
        )
    db.executemany(
        """INSERT INTO site_lines (site_id, hash, articles, first, last, level, form, ids, text)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site_id, hash) DO UPDATE SET
        articles = excluded.articles, last = excluded.last, level = excluded.level,
        ids = excluded.ids, text = excluded.text""",
        values,
    )
    db.execute("UPDATE contents SET lined = 1 WHERE article_id = ?", (ident,))
    if total % _PRUNE_EVERY == 0:
        _forget(db, site, total)
    return again


def _line_text(blocks: Sequence[Block], line: Line) -> str:
    return " ".join(blocks[line.place].text.split())[:_MAX_TEXT]


def _before(db: sqlite3.Connection, ident: int) -> set[int]:
    row = db.execute(
        "SELECT blocks FROM revisions WHERE article_id = ? ORDER BY id DESC LIMIT 1", (ident,)
    ).fetchone()
    return {line.key for line in lines_of(from_json(unpacked(row[0])))} if row else set()


def site_row(db: sqlite3.Connection, name: str, *, first_time: bool) -> tuple[int, int]:
    """The number of a site, and how many articles of it there are now."""
    row = db.execute(
        """INSERT INTO sites (name, articles) VALUES (?1, ?2) ON CONFLICT (name)
        DO UPDATE SET articles = articles + ?2 RETURNING id, articles""",
        (name, int(first_time)),
    ).fetchone()
    return int(row[0]), max(int(row[1]), 1)


def rows_of(db: sqlite3.Connection, site: int, keys: Collection[int]) -> Mapping[int, _Row]:
    """What was counted of these lines of a site, by their keys."""
    rows = db.execute(
        """SELECT hash, articles, first, level, form, ids, text FROM site_lines
        WHERE site_id = ? AND hash IN (SELECT value FROM json_each(?))""",
        (site, json.dumps(list(keys))),
    )
    return {
        key: _Row(articles, first, Level(level), Form(form), ids, text)
        for key, articles, first, level, form, ids, text in rows
    }


def having(db: sqlite3.Connection, site: str, row: _Row) -> list[int]:
    """The articles that have a line, so far as they are remembered."""
    if row.articles <= MAX_IDS:
        return list(struct.unpack(f"<{len(row.ids) // 4}I", row.ids))
    rows = db.execute(
        """SELECT a.id FROM articles a JOIN outlets o ON o.id = a.outlet_id
        WHERE o.host IN (?1, 'www.' || ?1) OR 'feed:' || o.feed_id = ?1
        ORDER BY a.id DESC LIMIT ?2""",
        (site, MAX_AGAIN),
    )
    return [int(one[0]) for one in rows]


def _forget(db: sqlite3.Connection, site: int, total: int) -> None:
    for fewer, unseen in _FORGET:
        db.execute(
            """DELETE FROM site_lines WHERE site_id = ? AND level = 0 AND articles < ?
            AND last < ?""",
            (site, fewer, total - unseen),
        )
    db.execute(
        "DELETE FROM site_lines WHERE site_id = ? AND level > 0 AND last < ?",
        (site, total - _FORGET_HIDDEN),
    )
