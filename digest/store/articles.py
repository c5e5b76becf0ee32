"""Articles going in: new, changed, or there already."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from digest.blocks import to_json, to_text
from digest.model import Draft, Saved, SaveStatus
from digest.store import corrections, highlights, lines, outbox, retries, tagging, topics
from digest.store.packing import packed
from digest.store.times import to_epoch

_SPACE = re.compile(r"\s+")
_SHORT = 80


def text_hash(title: str, text: str) -> bytes:
    """SHA-256 by which the same text is known again, whatever its spaces.

    A text under 80 characters (a caption, a notice) counts with its title, since different
    articles share such.
    """
    squeezed = _squeezed(text)
    if len(squeezed) < _SHORT:
        squeezed = _squeezed(title) + "\n" + squeezed
    return hashlib.sha256(squeezed.encode("utf-8", "replace")).digest()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def keys_of(draft: Draft) -> list[str]:
    """The keys by which a draft may be known already: its address, and its feed's own id."""
    keys = [draft.url] if draft.url else []
    if draft.feed is not None and draft.guid:
        keys.append(f"{draft.feed}:{draft.guid}")
    return keys


def known(db: sqlite3.Connection, keys: Sequence[str]) -> set[str]:
    """Those of `keys` that are or were articles, or are entries whose page is tried again."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = db.execute(
            f"""SELECT key FROM known WHERE key IN ({marks}) UNION ALL SELECT feed_id || ':' || guid
            FROM page_retries WHERE feed_id || ':' || guid IN ({marks})""",
            (*part, *part),
        )
        found.update(row[0] for row in rows)
    return found


def save(db: sqlite3.Connection, draft: Draft, now: datetime) -> Saved:
    """Store a draft inside the current transaction, with its outbox entry.

    The rules, first match wins:
      1. its address or its feed's id is known: the same text under the same headline, a text
         known to be cut where the whole one is there, or a deleted article is a duplicate; another
         text or headline is a revision; what was hidden as off topic by a part of its text is a
         new article once the whole is there, to be judged by it;
      2. a live article has the same text: a duplicate, and its keys are remembered for that one,
         which gets its address where it had none (it was pasted, say);
      3. a new article.
    What is off topic becomes a new article when it comes from where everything is kept.
    """
    text = to_text(draft.blocks)
    # What is but a headline so far is told from others by its address.
    fingerprint = text_hash(draft.title, text or draft.url)
    keys = keys_of(draft)
    if not draft.partial:
        retries.drop(db, keys)
    existing = _by_key(db, keys)
    if existing is not None:
        return _again(db, existing, draft, text, fingerprint, now)
    twin = db.execute(
        "SELECT id FROM articles WHERE text_hash = ? AND deleted IS NULL ORDER BY id LIMIT 1",
        (fingerprint,),
    ).fetchone()
    if twin is not None:
        _remember(db, keys, twin[0])
        if draft.url:
            db.execute(
                "UPDATE articles SET url = ? WHERE id = ? AND url = ''", (draft.url, twin[0])
            )
        return Saved(twin[0], SaveStatus.DUPLICATE)
    if draft.topic_only and (dropped := topics.dropped_text(db, fingerprint)) is not None:
        _remember(db, keys, dropped)
        return Saved(dropped, SaveStatus.DUPLICATE)
    ident = _insert(db, draft, text, fingerprint, now)
    _remember(db, keys, ident)
    lines.note(db, [ident])
    tagging.attach(db, ident, draft.tags)
    outbox.announce(db, [ident])
    return Saved(ident, SaveStatus.NEW)


def of_address(db: sqlite3.Connection, url: str) -> int | None:
    """The article that is or was at a canonical address."""
    return _by_key(db, [url])


def _by_key(db: sqlite3.Connection, keys: Sequence[str]) -> int | None:
    for key in keys:
        row = db.execute("SELECT article_id FROM known WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return int(row[0])
    return None


def _remember(db: sqlite3.Connection, keys: Sequence[str], ident: int) -> None:
    db.executemany(
        "INSERT INTO known (key, article_id) VALUES (?, ?) ON CONFLICT (key) DO NOTHING",
        ((key, ident) for key in keys),
    )


def _again(
    db: sqlite3.Connection,
    ident: int,
    draft: Draft,
    text: str,
    fingerprint: bytes,
    now: datetime,
) -> Saved:
    """A draft of an article that is known by its address or its feed's id."""
    _remember(db, keys_of(draft), ident)
    row = db.execute(
        "SELECT text_hash, partial, deleted, headline FROM articles WHERE id = ?", (ident,)
    ).fetchone()
    cut = row is not None and draft.partial and not (row[1] and text)
    if topics.is_off_topic(db, ident):
        by_part = row[1] and not draft.partial and row[0] != fingerprint
        if by_part:
            _revise(db, ident, draft, text, fingerprint, now, title=draft.title)
            lines.note(db, [ident])
        if by_part or not draft.topic_only:
            topics.set_off_topic(db, ident, None)
            outbox.announce(db, [ident])
            return Saved(ident, SaveStatus.NEW)
    if row is None or row[2] is not None or cut:
        return Saved(ident, SaveStatus.DUPLICATE)
    renamed = bool(row[3]) and row[3] != _headline(draft)
    if not renamed and (row[0] == fingerprint or _shows(db, ident, draft)):
        _complete(db, ident, draft)
        return Saved(ident, SaveStatus.DUPLICATE)
    # The title that a feed gave stays while the page, which was asked alone, keeps its headline.
    by_page = bool(row[3]) and not renamed and draft.title == draft.headline
    _revise(db, ident, draft, text, fingerprint, now, title=None if by_page else draft.title)
    lines.note(db, [ident])
    outbox.announce(db, [ident])
    return Saved(ident, SaveStatus.UPDATED)


def _headline(draft: Draft) -> str:
    """What a change of the headline is known by: white space in it says nothing."""
    return _SPACE.sub(" ", draft.headline or draft.title).strip()


def _shows(db: sqlite3.Connection, ident: int, draft: Draft) -> bool:
    """Whether an article shows the text of a draft already, whatever repeats around it."""
    query = "SELECT text, hidden FROM contents WHERE article_id = ?"
    text, ranges = db.execute(query, (ident,)).fetchone()
    hidden = lines.hidden_in(db, ident, draft.blocks)
    new = to_text([block for at, block in enumerate(draft.blocks) if at not in hidden])
    return _squeezed(lines.shown(text, ranges)) == _squeezed(new)


def _complete(db: sqlite3.Connection, ident: int, draft: Draft) -> None:
    """Fill in the particulars that an article lacks, though its text is the same."""
    db.execute(
        """UPDATE articles SET section = coalesce(nullif(section, ''), ?1),
        image = coalesce(nullif(image, ''), ?2), headline = coalesce(nullif(headline, ''), ?3)
        WHERE id = ?4 AND '' IN (section, image, headline)""",
        (draft.section, draft.image, _headline(draft), ident),
    )


def _insert(
    db: sqlite3.Connection, draft: Draft, text: str, fingerprint: bytes, now: datetime
) -> int:
    fetched = to_epoch(now)
    published = to_epoch(draft.published)
    cursor = db.execute(
        """INSERT INTO articles (url, outlet_id, title, author, lang, published, modified,
        fetched, at, text_hash, partial, section, image, headline)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            draft.url,
            outlet(db, draft.feed, draft.outlet, draft.url),
            draft.title,
            draft.author,
            draft.lang,
            published,
            to_epoch(draft.modified),
            fetched,
            fetched if published is None else published,
            fingerprint,
            int(draft.partial),
            draft.section,
            draft.image,
            _headline(draft),
        ),
    )
    ident = int(cursor.lastrowid or 0)
    db.execute(
        "INSERT INTO contents (article_id, text, blocks) VALUES (?, ?, ?)",
        (ident, text, packed(to_json(draft.blocks))),
    )
    _keep_source(db, ident, draft, fetched)
    return ident


def _revise(
    db: sqlite3.Connection,
    ident: int,
    draft: Draft,
    text: str,
    fingerprint: bytes,
    now: datetime,
    *,
    title: str | None,
) -> None:
    """Put the new text in place and keep the old one, if any, as a revision; corrections stay.

    `title` is the new title, None where the old one stays.
    """
    db.execute(
        f"""INSERT INTO revisions (article_id, fetched, title, text, blocks)
        SELECT a.id, a.fetched, {corrections.PUBLISHED_TITLE}, c.text, c.blocks
        FROM articles a JOIN contents c ON c.article_id = a.id WHERE a.id = ? AND c.text != ''""",
        (ident,),
    )
    db.execute(
        f"{lines.REPLACE_TEXT} WHERE article_id = ?",
        (text, packed(to_json(draft.blocks)), ident),
    )
    fetched = to_epoch(now)
    db.execute(
        """UPDATE articles SET title = coalesce(?, title), author = coalesce(nullif(?, ''), author),
        lang = coalesce(nullif(?, ''), lang), published = coalesce(published, ?),
        modified = ?, fetched = ?, text_hash = ?, partial = ?,
        section = coalesce(nullif(?, ''), section), image = coalesce(nullif(?, ''), image),
        headline = ? WHERE id = ?""",
        (
            title,
            draft.author,
            draft.lang,
            to_epoch(draft.published),
            to_epoch(draft.modified),
            fetched,
            fingerprint,
            int(draft.partial),
            draft.section,
            draft.image,
            _headline(draft),
            ident,
        ),
    )
    db.execute("UPDATE articles SET at = coalesce(published, fetched) WHERE id = ?", (ident,))
    corrections.apply(db, ident)
    highlights.settle(db, ident, draft.blocks)
    _keep_source(db, ident, draft, fetched)


def outlet(db: sqlite3.Connection, feed: int | None, name: str, url: str) -> int:
    """The id of the outlet an article is from; a feed's articles bear the feed's name."""
    host = (urlsplit(url).hostname or "") if url else ""
    if feed is not None:
        row = db.execute("SELECT name FROM feeds WHERE id = ?", (feed,)).fetchone()
        name = row[0] if row is not None else name
    name = name or host
    row = db.execute(
        "SELECT id FROM outlets WHERE coalesce(feed_id, 0) = ? AND name = ? AND host = ?",
        (feed or 0, name, host),
    ).fetchone()
    if row is not None:
        return int(row[0])
    cursor = db.execute(
        "INSERT INTO outlets (feed_id, name, host) VALUES (?, ?, ?)", (feed, name, host)
    )
    return int(cursor.lastrowid or 0)


def _keep_source(db: sqlite3.Connection, ident: int, draft: Draft, fetched: int) -> None:
    if not draft.raw:
        return
    db.execute(
        """INSERT INTO sources (article_id, url, type, fetched, body) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (article_id) DO UPDATE SET url = excluded.url, type = excluded.type,
        fetched = excluded.fetched, body = excluded.body""",
        (ident, draft.raw_url, draft.raw_type, fetched, zlib.compress(draft.raw, 6)),
    )
