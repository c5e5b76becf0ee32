"""A backup of somebody else's making becomes a library in which nothing steers a terminal."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from digest.anchors import Quote
from digest.config.settings import Config
from digest.library import Library

BAD = "漁業\x1b]0;PWNED\x07\x9b31m\u202e[red]x[/]\x00"
CLEAN = "漁業[red]x[/]"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ARTICLES: list[dict[str, Any]] = [
    {
        "title": "One",
        "text": "台灣與日本談漁業。",
        "url": "https://a.example/1",
        "feed": "Wire",
        "tags": ["a", "b"],
    },
    {"title": "Two", "text": "日本與台灣談半導體。", "url": "https://a.example/2", "feed": "Post"},
]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup with a bit of everything in it."""
    source, target = tmp_path / "a.jsonl", tmp_path / "backup.db"
    source.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    with Library.open(tmp_path / "theirs", Config(feeds=())) as library:
        library.add([str(source)])
        library.set_note(1, "a note\nof two lines, with \\u001b written out")
        library.highlights.keep(1, Quote("台灣與日本", "", "", 0), "a comment")
        library.edit(2, author="Somebody")
        library.backup(target)
    return target


def restored(backup: Path, home: Path) -> Library:
    Library.restore(backup, home)
    return Library.open(home, Config(feeds=()))


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names
            if name not in {"meta", "sqlite_sequence"}
        }


def test_what_was_stored_by_ourselves_is_restored_to_the_letter(
    backup: Path, tmp_path: Path
) -> None:
    Library.restore(backup, tmp_path / "home")
    assert everything(tmp_path / "home" / "library.db") == everything(backup)


def test_whatever_steers_is_gone_from_every_column(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup)) as db, db:
        columns = db.execute(
            """SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT IN ('meta', 'known')"""
        ).fetchall()
        for table, column in columns:
            with suppress(sqlite3.IntegrityError):  # what may be there once, once
                db.execute(f"UPDATE {table} SET {column} = {column} || ?", (BAD,))
        db.execute("UPDATE articles SET url = 'file:///etc/passwd' WHERE id = 2")
        blocks = json.dumps([{"kind": "paragraph", "spans": [[BAD, "javascript:alert(1)"]]}])
        db.execute("UPDATE contents SET blocks = ?", (zlib.compress(blocks.encode()),))
        steps = json.dumps([["note", 1, "", BAD, "a note"]])
        db.execute("UPDATE journal SET changes = ?", (zlib.compress(steps.encode()),))
    with restored(backup, tmp_path / "home") as library:
        library.doctor(repair=True)
        article = library.article(1)
        assert [block.text for block in article.blocks] == [CLEAN]
        assert not any(span.href for block in article.blocks for span in block.spans)
        assert library.article(2).summary.url == ""
        assert library.undo() is None
        assert [name for name, _ in library.tags()] == [f"a{CLEAN}", f"b{CLEAN}"]
    for table, rows in everything(tmp_path / "home" / "library.db").items():
        texts = [value for row in rows for value in row if isinstance(value, str)]
        assert not [text for text in texts if STEERING.search(text)] or table == "known", table


def test_what_would_be_there_twice_when_it_is_clean_stays_apart(
    backup: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(backup)) as db, db:
        db.execute("UPDATE tags SET name = 'a' || char(27), key = 'a' || char(27) WHERE name = 'b'")
    with restored(backup, tmp_path / "home") as library:
        assert library.tags() == [("a", 1), ("a", 1)]
        assert library.undo() is not None


def test_texts_that_swell_are_not_unpacked(backup: Path, tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    million = b" " * 1_000_000
    swelling = b"".join(packer.compress(million) for _ in range(300)) + packer.flush()
    nested = zlib.compress(b"[" * 100_000)
    with closing(sqlite3.connect(backup)) as db, db:
        db.execute("UPDATE contents SET blocks = ? WHERE article_id = 1", (swelling,))
        db.execute("UPDATE contents SET blocks = ? WHERE article_id = 2", (nested,))
    with Library.open(tmp_path / "other", Config(feeds=())) as library:
        report = library.merge(backup)
    assert [one.id for one in report.failed] == [1, 2]
    with restored(backup, tmp_path / "home") as library:
        assert any(one.repaired for one in library.doctor(repair=True))
        assert [block.text for block in library.article(1).blocks] == [ARTICLES[0]["text"]]
