"""The program is killed in the middle of its work; nothing acknowledged may be lost.

`KILLS` in the environment sets how often each command is killed; the default makes thirty in all.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import INSTALLED
from tests.crash.killing import Victim
from tests.ingest.server import NewsServer

KILLS = int(os.environ.get("KILLS", "6"))
LEAD = (
    "The ministry said on Tuesday that talks number {0} on the fishing grounds went well. "
    "第{0}次の漁業協議は順調だったと外務省が述べた。第{0}次漁業會談順利，外交部表示。"
)


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
    for kill in range(KILLS):
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
        for kill in range(KILLS):
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
        shutil.rmtree(victim.home / "vectors")
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
