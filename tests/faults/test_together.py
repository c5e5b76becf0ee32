"""Several programs on one library at once; `TOGETHER=60` lets eight work for so many seconds."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from digest.config.load import load
from digest.config.settings import Config
from digest.library import Library
from digest.store import backup
from tests.cli.program import ROOT, environment
from tests.crash.test_kills import serve
from tests.ingest.server import NewsServer

SECONDS = float(os.environ.get("TOGETHER", "0"))
ROUNDS = 3


def work(home: Path, number: int) -> None:
    """What one program does: by turns it adds, tags, notes, fetches and searches."""
    from digest.cli.app import run  # noqa: PLC0415 - in the child

    chance = random.Random(number)
    ends = time.monotonic() + SECONDS
    done = 0
    while done < ROUNDS or time.monotonic() < ends:
        source = home.parent / f"{number}-{done}.jsonl"
        title = f"Program {number} piece {done}"
        text = f"台灣與日本 {number} {done} " + " ".join(
            chance.choice(["港", "船", "chips", "漁業", "海峡"]) + str(chance.random())
            for _ in range(60)
        )
        source.write_text(json.dumps({"title": title, "text": text}) + "\n", encoding="utf-8")
        for words in (
            ("add", str(source)),
            ("tag", f"+p{number}", "--", f'title:"{title}"'),
            ("search", f'title:"{title}"', "--json"),
            ("fetch",),
        ):
            code = run(words, lambda _home, _config: 2)
            assert code == 0, (words, code)
        done += 1
    Path(home.parent / f"done-{number}").write_text(str(done))


@pytest.mark.parametrize("programs", [2, 8] if SECONDS else [3])
def test_programs_at_once_lose_nothing(tmp_path: Path, programs: int) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with NewsServer() as server:
        feed = f'[[feeds]]\nurl = "{server.url("/feed.xml")}"\nname = "Talks"\n'
        (home / "config.toml").write_text(
            f"[search]\nmeaning = false\n[fetch]\nallow_private = true\n{feed}", encoding="utf-8"
        )
        serve(server, 0, 6)
        start = (
            "import sys; from pathlib import Path; from tests.faults.test_together import work; "
        )
        children = [
            subprocess.Popen(
                [sys.executable, "-c", f"{start}work(Path({str(home)!r}), {number})"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env={**environment(home), "TOGETHER": str(SECONDS)},
                cwd=ROOT,
            )
            for number in range(programs)
        ]
        for child in children:
            _, said = child.communicate(timeout=SECONDS + 240)
            assert child.returncode == 0, said.decode()[-3000:]
    numbers = [int((tmp_path / f"done-{number}").read_text()) for number in range(programs)]
    with closing(sqlite3.connect(home / "library.db")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with Library.open(home, load(home)) as library:
        assert [one for one in library.doctor() if one.level == "damage"] == []
        titles = [row.title for row in library.rows(library.listing("").ids)]
        assert len(titles) == len(set(titles)) == sum(numbers) + 6
        assert dict(library.tags()) == {f"p{one}": count for one, count in enumerate(numbers)}
        for number, count in enumerate(numbers):
            assert len(library.matching(f'title:"program {number}" tag:p{number}')[0]) == count


def test_backups_are_whole_while_others_write(tmp_path: Path) -> None:
    home, stop = tmp_path / "home", threading.Event()

    def write() -> None:
        with Library.open(home, Config(feeds=())) as library:
            number = 0
            while not stop.is_set():
                source = tmp_path / "one.jsonl"
                piece = {"title": f"第{number}則", "text": f"台灣與日本 {number} " * 200}
                source.write_text(json.dumps(piece) + "\n", encoding="utf-8")
                library.add([str(source)])
                number += 1

    with Library.open(home, Config(feeds=())) as library:
        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(8):
                target = tmp_path / f"{number}.db"
                library.backup(target)
                backup.verify(target)
        finally:
            stop.set()
            writer.join()
        assert [one for one in library.doctor() if one.level == "damage"] == []
