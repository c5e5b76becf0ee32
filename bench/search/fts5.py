"""SQLite's FTS5, contentless, with a table of columns beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.search import tasks as rows
from bench.search.corpus import Article
from bench.search.tasks import TOP, Task
from bench.search.words import Words

BATCH = 5000  # articles in one transaction while building

_SCHEMA = """
pragma journal_mode=wal; pragma synchronous=normal;
create virtual table f using fts5(title, body, content='', tokenize='unicode61 remove_diacritics 0');
create table m(id integer primary key, lang text, feed int, date int);
create index by_date on m(date); create index by_feed on m(feed);
"""  # noqa: E501 - one statement a line


class Fts5Engine:
    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        folder.mkdir()
        with sqlite3.connect(folder / "fts5.db") as db:
            db.executescript(_SCHEMA)
            for number, article in enumerate(articles, 1):
                _insert(db, article)
                if number % BATCH == 0:
                    db.commit()
        db.execute("pragma wal_checkpoint(truncate)")
        db.close()

    def open(self, folder: Path) -> Fts5:
        return Fts5(sqlite3.connect(folder / "fts5.db"))


def _insert(db: sqlite3.Connection, article: Article) -> None:
    db.execute(
        "insert into f(rowid, title, body) values (?, ?, ?)",
        (article.id, article.title, article.body),
    )
    db.execute(
        "insert into m values (?, ?, ?, ?)", (article.id, article.lang, article.feed, article.date)
    )


class Fts5:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        db.execute("pragma synchronous=normal")

    def first(self, word: str) -> int:
        return self._task(f"select rowid from f where f match ? order by rank limit {TOP}", word)()

    def commit(self, articles: Sequence[Article]) -> None:
        for article in articles:
            _insert(self._db, article)
        self._db.commit()

    def count(self, words: Words, row: str) -> int:
        """How many articles a question matches."""
        sql = "select count(*) from f where f match ?"
        found: int = self._db.execute(sql, (_queries(words)[row],)).fetchone()[0]
        return found

    def tasks(self, words: Words, ids: Sequence[int]) -> dict[str, Task]:
        asked = _queries(words)
        ranked = f"select rowid from f where f match ? order by rank limit {TOP}"
        found = {name: self._task(ranked, text) for name, text in asked.items()}
        common = asked[rows.COMMON]
        joined = "from f join m on m.id = f.rowid where f match ?"
        found[rows.NEWEST] = self._task(
            f"select m.id {joined} order by m.date desc limit {TOP}", common
        )
        found[rows.FACET] = self._task(f"select m.feed, count(*) {joined} group by 1", common)
        self._db.execute("create temp table ids(id integer primary key)")
        self._db.executemany("insert into ids values (?)", [(number,) for number in ids])
        found[rows.FILTER] = self._task(
            "select rowid from f where f match ? and +rowid in (select id from ids) "
            f"order by rank limit {TOP}",
            common,
        )
        return found

    def _task(self, sql: str, *parameters: object) -> Task:
        return lambda: len(self._db.execute(sql, parameters).fetchall())


def _queries(words: Words) -> dict[str, str]:
    def body(*found: str, joint: str = " ") -> str:
        return "body:(" + joint.join(f'"{word}"' for word in found) + ")"

    return {
        rows.RARE: body(words.rare),
        rows.COMMON: body(words.common),
        rows.AND: body(*words.pair, joint=" AND "),
        rows.OR: body(*words.five, joint=" OR "),
        rows.PHRASE: f'body:"{" ".join(words.phrase)}"',
        rows.NEAR: f'body:NEAR("{words.pair[0]}" "{words.pair[1]}", 4)',
        rows.PREFIX: f"body:{words.prefix}*",
        rows.HAN2: body(words.han2),
        rows.HAN2_RARE: body(words.han2_rare),
        rows.HAN4: f'body:"{" ".join(words.han4)}"',
        rows.BOTH: f'"{words.common}"',
    }
