"""The program is killed in the middle of its work; nothing acknowledged may be lost.

`KILLS` in the environment sets how often each command is killed; the default makes thirty in
all. With `KILLS_FILE` the numbers are added to that file.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.store import backup
from digest.store.migrations import APPLICATION_ID, STEPS
from tests.conftest import INSTALLED
from tests.crash.killing import KILLED, Victim
from tests.ingest.server import NewsServer

KILLS = int(os.environ.get("KILLS", "4"))
LEAD = (
    "The ministry said on Tuesday that talks number {0} on the fishing grounds went well. "
    "第{0}次の漁業協議は順調だったと外務省が述べた。第{0}次漁業會談順利，外交部表示。"
)


@pytest.fixture(scope="module", autouse=True)
def _told() -> Iterator[None]:
    yield
    if place := os.environ.get("KILLS_FILE"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.writelines(f"{name} {count}\n" for name, count in sorted(KILLED.items()))


@pytest.fixture
def victim(tmp_path: Path) -> Victim:
    home = tmp_path / "home"
    home.mkdir()
    # Loading the model takes longer than all the rest.
    (home / "config.toml").write_text("[search]\nmeaning = false\n", encoding="utf-8")
    return Victim(home, random.Random(20261108))


def lines(start: int, count: int) -> str:
    return "".join(
        json.dumps({"title": f"Talks {n}", "text": LEAD.format(n), "url": f"https://a.example/{n}"})
        + "\n"
        for n in range(start, start + count)
    )


def add(victim: Victim, tmp_path: Path, start: int, count: int) -> None:
    source = tmp_path / f"{start}.jsonl"
    source.write_text(lines(start, count), encoding="utf-8")
    victim.run("add", str(source))
    victim.ledger.titles.update(f"Talks {n}" for n in range(start, start + count))


def test_add_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 60)
    for kill in range(KILLS + 1):
        start = 1000 * (kill + 1)
        source = tmp_path / f"{start}.jsonl"
        source.write_text(lines(start, 60), encoding="utf-8")
        if victim.kill("add", str(source)):
            victim.ledger.titles.update(f"Talks {n}" for n in range(start, start + 60))
        victim.verify()


def test_fetch_is_killed(victim: Victim, tmp_path: Path) -> None:
    with NewsServer() as server:
        config = victim.home / "config.toml"
        feed = f'[[feeds]]\nurl = "{server.url("/feed.xml")}"\nname = "Talks"\n'
        config.write_text(
            f"[search]\nmeaning = false\n[fetch]\nallow_private = true\n{feed}", encoding="utf-8"
        )
        serve(server, 0, 12)
        victim.run("fetch")
        victim.ledger.titles.update(f"Talks {n}" for n in range(12))
        for kill in range(KILLS + 1):
            start = 1000 * (kill + 1)
            serve(server, start, 12)
            if victim.kill("fetch", "Talks"):
                victim.ledger.titles.update(f"Talks {n}" for n in range(start, start + 12))
            victim.verify()
        victim.run("fetch", "Talks")
        victim.ledger.titles.update(f"Talks {n}" for n in range(start, start + 12))
        victim.verify()


def serve(server: NewsServer, start: int, count: int) -> None:
    items = []
    for n in range(start, start + count):
        body = f"<h1>Talks {n}</h1>" + f"<p>{LEAD.format(n)}</p>" * 4
        server.route(
            f"/{n}.html",
            f"<html><title>Talks {n}</title><body><article>{body}</article></body></html>",
            content_type="text/html; charset=utf-8",
        )
        items.append(
            f"<item><title>Talks {n}</title><link>{server.url(f'/{n}.html')}</link></item>"
        )
    server.route(
        "/feed.xml",
        f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>",
        content_type="application/rss+xml; charset=utf-8",
    )


def test_tag_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 200)
    victim.run("tag", "+first", "--", "talks")
    every = victim.ledger.titles
    victim.ledger.tags = {title: {"first"} for title in every}
    for kill in range(KILLS):
        name = f"漁業{kill}"
        if victim.kill("tag", f"+{name}", "--", "talks"):
            for title in every:
                victim.ledger.tags[title].add(name)
        with victim.opened() as library:
            tagged = dict(library.tags()).get(name, 0)
        assert tagged in {0, len(every)}, "a bulk change was stored in part"
        victim.verify()


def test_note_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 10)
    victim.run("note", "1", "--text", "first thoughts")
    victim.ledger.notes["Talks 0"] = "first thoughts"
    for kill in range(KILLS):
        text = f"漁業協議 thoughts {kill}"
        if victim.kill("note", "1", "--text", text):
            victim.ledger.notes["Talks 0"] = text
        else:
            with victim.opened() as library:
                found = library.article(1).note
            assert found in {victim.ledger.notes["Talks 0"], text}
            victim.ledger.notes["Talks 0"] = found
        victim.verify()


def test_the_making_of_vectors_is_killed(victim: Victim, tmp_path: Path) -> None:
    if not INSTALLED:
        pytest.skip("finding by meaning is not installed: pip install '.[meaning]'")
    add(victim, tmp_path, 0, 150)
    (victim.home / "config.toml").unlink()
    add(victim, tmp_path, 900, 1)
    one = tmp_path / "900.jsonl"
    for _ in range(KILLS // 2):
        shutil.rmtree(victim.home / "vectors", ignore_errors=True)
        victim.kill("add", str(one))
        victim.verify()
    victim.run("add", str(one))
    with victim.opened() as library:
        assert library.meaning.embedder.pending() == []
        assert library.meaning.embedder.wrong() == 0


def test_reindex_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 300)
    victim.run("reindex")
    for _ in range(KILLS):
        victim.kill("reindex")
        victim.verify()


def test_backup_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 200)
    target = tmp_path / "kept" / "copy.db"
    victim.run("backup", str(target))
    for _ in range(KILLS):
        target.unlink(missing_ok=True)
        done = victim.kill("backup", str(target))
        assert target.exists() >= done
        if target.exists():
            verify_backup(target)
        victim.verify()
    victim.run("backup", str(target))
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]


def test_restore_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 150)
    less = tmp_path / "less.db"
    victim.run("backup", str(less))
    first = set(victim.ledger.titles)
    add(victim, tmp_path, 500, 30)
    more = tmp_path / "more.db"
    victim.run("backup", str(more))
    every = set(victim.ledger.titles)
    victim.run("restore", str(less))
    victim.ledger.titles = first
    for turn in range(KILLS):
        victim.kill("restore", str(less if turn % 2 else more))
        with victim.opened() as library:
            assert len(library.listing("").ids) in {len(first), len(every)}
        victim.verify()
    for kept in victim.home.glob("library.before-restore-*"):
        if not kept.name.endswith(("-wal", "-shm")):
            verify_backup(kept)


def test_migration_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 100)
    victim.run("note", "1", "--text", "第一 thoughts")
    victim.ledger.notes["Talks 0"] = "第一 thoughts"
    older = tmp_path / "older.db"
    age(victim.home / "library.db")
    shutil.copy(victim.home / "library.db", older)
    victim.run("stats")
    for _ in range(KILLS):
        for path in victim.home.glob("library.db*"):
            path.unlink()
        shutil.rmtree(victim.home / "backups", ignore_errors=True)
        shutil.copy(older, victim.home / "library.db")
        victim.kill("stats")
        victim.verify()
        for kept in (victim.home / "backups").glob("*.db"):
            verify_backup(kept)


def age(path: Path) -> None:
    """Make a library one of its first layout, with all that this one can hold."""
    old = path.with_name("aged.db")
    with closing(sqlite3.connect(old, isolation_level=None)) as db:
        db.executescript(STEPS[0])
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")
        db.execute("ATTACH ? AS new", (str(path),))
        tables = db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        db.execute("BEGIN")
        for (table,) in tables:
            columns = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
            named = ", ".join(columns)
            db.execute(f"DELETE FROM main.{table}")
            db.execute(f"INSERT INTO main.{table} ({named}) SELECT {named} FROM new.{table}")
        db.execute("COMMIT")
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    old.replace(path)


def test_merge_is_killed(victim: Victim, tmp_path: Path) -> None:
    add(victim, tmp_path, 0, 30)
    other = Victim(tmp_path / "other", victim.chance)
    other.home.mkdir()
    shutil.copy(victim.home / "config.toml", other.home)
    add(other, tmp_path, 20, 80)
    other.run("note", "1", "--text", "另一台電腦")
    copy = tmp_path / "before"
    victim.run("merge", str(other.home))
    victim.run("undo")
    shutil.copytree(victim.home, copy)
    for _ in range(KILLS):
        shutil.rmtree(victim.home)
        shutil.copytree(copy, victim.home)
        if not victim.kill("merge", str(other.home)):
            victim.verify()
            victim.run("merge", str(other.home))
        before, victim.ledger.titles = victim.ledger.titles, {f"Talks {n}" for n in range(100)}
        victim.ledger.notes = {"Talks 20": "另一台電腦"}
        victim.verify()
        victim.ledger.titles, victim.ledger.notes = before, {}
    other.verify()


def verify_backup(path: Path) -> None:
    backup.verify(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
