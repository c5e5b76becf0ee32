"""Runs the real program and kills it: what was acknowledged has to be there afterwards."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from digest.config.load import load
from digest.library import Library

PROGRAM = (sys.executable, "-m", "digest")
DYING = (sys.executable, "-m", "tests.crash.dying")
ROOT = Path(__file__).parents[2]
KILLED: dict[str, int] = {}


@dataclass
class Ledger:
    """What the program has acknowledged so far, by title."""

    titles: set[str] = field(default_factory=set)
    tags: dict[str, set[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass
class Victim:
    """A library folder on which commands are run, whole or cut short."""

    home: Path
    chance: random.Random
    ledger: Ledger = field(default_factory=Ledger)
    seconds: dict[str, float] = field(default_factory=dict)
    points: dict[str, int] = field(default_factory=dict)
    turn: int = 0

    def run(self, *words: str) -> None:
        """Run a command to its end; it has to succeed. Remembers how long it took."""
        count = self.home.parent / "points"
        command = [*DYING, "0", str(count), "--home", str(self.home), *words]
        started = time.monotonic()
        done = subprocess.run(
            command, capture_output=True, check=False, env=environment(), timeout=300, cwd=ROOT
        )
        self.seconds[words[0]] = time.monotonic() - started
        assert done.returncode == 0, done.stderr.decode()
        self.points[words[0]] = int(count.read_text("ascii"))

    def kill(self, *words: str) -> bool:
        """Run a command and kill it somewhere in its usual course; True if it had ended.

        By turns at a point of its work and at a moment, which may be in the middle of a write.
        """
        self.turn += 1
        if self.turn % 3:
            point = self.chance.randint(1, max(self.points[words[0]], 1))
            command = [*DYING, str(point), os.devnull, "--home", str(self.home), *words]
            seconds = 300.0
        else:
            command = [*PROGRAM, "--home", str(self.home), *words]
            seconds = self.seconds[words[0]] * self.chance.uniform(0.25, 1.0)
        with child(command) as process:
            try:
                process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.wait(timeout=60)
            code = process.returncode
        if code == -signal.SIGKILL:
            KILLED[words[0]] = KILLED.get(words[0], 0) + 1
        else:
            assert code == 0, "it failed by itself"
        return code == 0

    @contextmanager
    def opened(self) -> Iterator[Library]:
        """The library, opened as the next start would."""
        with Library.open(self.home, load(self.home)) as library:
            yield library

    def verify(self) -> None:
        """Everything acknowledged is there and searchable, and nothing is damaged or left."""
        with closing(sqlite3.connect(self.home / "library.db", timeout=0)) as db:
            db.execute("BEGIN IMMEDIATE")  # nobody holds a lock
            db.execute("ROLLBACK")
        with self.opened() as library:
            library.catch_up()
            assert library._indexer.missing() == ([], [])
            assert library._indexer.pending() == 0
            assert [one for one in library.doctor() if one.level == "damage"] == []
            rows = library.rows(library.listing("").ids)
            by_title = {row.title: row for row in rows}
            assert set(by_title) >= self.ledger.titles
            assert len(by_title) == len(rows), "an article is there twice"
            for title in self.ledger.titles:
                ids, problems = library.matching(f'title:"{title}"')
                assert by_title[title].id in ids, f"{title} cannot be found"
                assert problems == ()
            for title, tags in self.ledger.tags.items():
                assert set(by_title[title].tags) >= tags
            for title, note in self.ledger.notes.items():
                assert library.article(by_title[title].id).note == note
                assert by_title[title].id in library.matching(f'note:"{note}"')[0]
            for title in self.chance.sample(sorted(by_title), min(len(by_title), 5)):
                words = library.article(by_title[title].id).blocks[0].text
                (number,) = re.findall(r"number (\d+) ", words)[:1]
                found = library.matching(f'body:"talks number {number} on the fishing grounds"')[0]
                assert found == [by_title[title].id], "the index holds another text"
            library.doctor(repair=True)
        assert [path for path in self.home.rglob(".*.part*") if path.is_file()] == []


def environment() -> dict[str, str]:
    """The environment of the program under test, without what would lead it elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def child(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is gone when the block ends, whatever happens in it."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        _await_group(process.pid)


def _await_group(number: int) -> None:
    """The workers of a program that was killed end by themselves."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(number, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    os.killpg(number, signal.SIGKILL)
    raise AssertionError("a worker outlives the program")
