"""Near copies: which articles may share text, and which of those that do leads the others.

Articles with nearly the same text are a group: the earliest live one leads, and `copy_of` of all
others, deleted ones too, names it. So a group is found from any member, and what is deleted and
comes back finds its place again.
"""

from __future__ import annotations

import array
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterable, Sequence

_DAY = 24 * 60 * 60
# How far apart the dates of copies may be: two days, and half a one because a date without a
# time counts as noon.
WINDOW_SECONDS = 60 * 60 * 60

# Half of what a near copy has to share, since a sketch is a sample.
MIN_SHARED = 0.3


def remember(db: sqlite3.Connection, ident: int, at: int, hashes: Sequence[int]) -> None:
    """Keep the sketch of an article (32-bit numbers), instead of an earlier one."""
    forget(db, [ident])
    day = at // _DAY
    db.executemany(
        "INSERT OR IGNORE INTO passages (day, hash, article_id) VALUES (?, ?, ?)",
        ((day, one, ident) for one in hashes),
    )
    db.execute(
        "INSERT INTO sketches (article_id, day, hashes) VALUES (?, ?, ?)",
        (ident, day, _packed(hashes)),
    )


def forget(db: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Take the sketches of articles away."""
    chosen = json.dumps(list(ids))
    rows = db.execute(
        """SELECT article_id, day, hashes FROM sketches
        WHERE article_id IN (SELECT value FROM json_each(?))""",
        (chosen,),
    ).fetchall()
    for ident, day, hashes in rows:
        db.executemany(
            "DELETE FROM passages WHERE day = ? AND hash = ? AND article_id = ?",
            ((day, one, ident) for one in _unpacked(hashes)),
        )
    db.execute(
        "DELETE FROM sketches WHERE article_id IN (SELECT value FROM json_each(?))", (chosen,)
    )


_SKETCHED = "sketched"


def unsketched(db: sqlite3.Connection, limit: int) -> list[int]:
    """Up to `limit` live articles without a sketch, from before there were any; oldest first."""
    rows = db.execute(
        """SELECT id FROM articles WHERE deleted IS NULL
        AND id NOT IN (SELECT article_id FROM sketches) ORDER BY id LIMIT ?""",
        (limit,),
    )
    return [row[0] for row in rows]


def all_sketched(db: sqlite3.Connection) -> None:
    """Keep in mind that every live article has a sketch, and that new ones get theirs."""
    db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, '1')", (_SKETCHED,))


def is_all_sketched(db: sqlite3.Connection) -> bool:
    """Whether no article waits for its sketch."""
    return db.execute("SELECT 1 FROM meta WHERE key = ?", (_SKETCHED,)).fetchone() is not None


def candidates(
    db: sqlite3.Connection, ident: int, at: int, hashes: Sequence[int], *, limit: int
) -> list[int]:
    """Live articles of the days around `at` that share most numbers of a sketch, most first.

    Those that share less of the smaller sketch than `MIN_SHARED` cannot be near copies.
    A number that more than a hundred articles of a day share is a line that an outlet puts under
    everything; it is looked at only so far.
    """
    first, last = (at - WINDOW_SECONDS) // _DAY, (at + WINDOW_SECONDS) // _DAY
    shares = db.execute(
        """SELECT (SELECT group_concat(article_id) FROM (SELECT article_id FROM passages
          WHERE day = d.value AND hash = h.value ORDER BY article_id DESC LIMIT 100)) AS found
        FROM json_each(?) d, json_each(?) h WHERE found IS NOT NULL""",
        (json.dumps(list(range(first, last + 1))), json.dumps(list(hashes))),
    )
    counts = Counter(int(one) for (found,) in shares for one in found.split(","))
    counts.pop(ident, None)
    best = sorted(counts, key=lambda one: (-counts[one], one))[: 4 * limit]
    rows = db.execute(
        """SELECT a.id, length(s.hashes) / 4 FROM articles a JOIN sketches s ON s.article_id = a.id
        WHERE a.deleted IS NULL AND abs(a.at - ?) <= ?
        AND a.id IN (SELECT value FROM json_each(?))""",
        (at, WINDOW_SECONDS, json.dumps(best)),
    )
    enough = {one for one, size in rows if counts[one] >= int(MIN_SHARED * min(size, len(hashes)))}
    return [one for one in best if one in enough][:limit]


def group(db: sqlite3.Connection, ident: int) -> list[int]:
    """All articles of the group of an article, itself and deleted ones among them; by date."""
    rows = db.execute(
        """WITH leader (id) AS (SELECT coalesce(copy_of, id) FROM articles WHERE id = ?)
        SELECT id, at FROM articles WHERE id = (SELECT id FROM leader)
        UNION SELECT id, at FROM articles WHERE copy_of = (SELECT id FROM leader)
        ORDER BY at, id""",
        (ident,),
    )
    return [row[0] for row in rows]


def together(db: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """These articles and all that are copies of the same text, each once, deleted ones too."""
    rows = db.execute(
        """WITH leaders (id) AS (SELECT DISTINCT coalesce(copy_of, id) FROM articles
          WHERE id IN (SELECT value FROM json_each(?)))
        SELECT id FROM leaders
        UNION SELECT id FROM articles WHERE copy_of IN (SELECT id FROM leaders)""",
        (json.dumps(list(ids)),),
    )
    others = sorted(row[0] for row in rows)
    return list(dict.fromkeys((*ids, *others)))


def leaders(db: sqlite3.Connection) -> dict[int, int]:
    """The leader of each live article that is a copy."""
    rows = db.execute(
        "SELECT id, copy_of FROM articles WHERE copy_of IS NOT NULL AND deleted IS NULL"
    )
    return dict(rows.fetchall())


def join(db: sqlite3.Connection, ident: int, other: int) -> None:
    """Put an article into the group of another."""
    _elect(db, [*group(db, other), ident])


def leave(db: sqlite3.Connection, ident: int) -> None:
    """Take an article out of its group."""
    rest = [one for one in group(db, ident) if one != ident]
    db.execute("UPDATE articles SET copy_of = NULL WHERE id = ?", (ident,))
    _elect(db, rest)


def elect_again(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Let the earliest live article lead each group of which one of these is a member."""
    done: set[int] = set()
    for ident in ids:
        if ident not in done:
            members = group(db, ident)
            done.update(members)
            _elect(db, members)


def _elect(db: sqlite3.Connection, members: Sequence[int]) -> None:
    if not members:
        return
    chosen = json.dumps(list(members))
    (leader,) = db.execute(
        """SELECT id FROM articles WHERE id IN (SELECT value FROM json_each(?))
        ORDER BY deleted IS NOT NULL, at, id LIMIT 1""",
        (chosen,),
    ).fetchone()
    db.execute(
        """UPDATE articles SET copy_of = nullif(?1, id)
        WHERE id IN (SELECT value FROM json_each(?2)) AND copy_of IS NOT nullif(?1, id)""",
        (leader, chosen),
    )


def _packed(hashes: Sequence[int]) -> bytes:
    numbers = array.array("I", hashes)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _unpacked(blob: bytes) -> array.array[int]:
    numbers = array.array("I", blob)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
