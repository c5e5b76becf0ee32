"""Runs the real program and kills it: what was acknowledged has to be there afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from digest.config import load
from digest.library import Library

PROGRAM = (sys.executable, "-m", "digest")


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

    def run(self, *words: str) -> None:
        """Run a command to its end; it has to succeed. Remembers how long it took."""
        started = time.monotonic()
        done = subprocess.run(
            self._command(words), capture_output=True, check=False, env=environment(), timeout=120
        )
        self.seconds[words[0]] = time.monotonic() - started
        assert done.returncode == 0, done.stderr.decode()

    def kill(self, *words: str) -> bool:
        """Run a command and kill it at a moment within its usual length; True if it had ended."""
        length = self.seconds[words[0]]
        with child(self._command(words)) as process:
            try:
                process.wait(timeout=length * self.chance.uniform(0.25, 1.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            process.wait(timeout=60)
            return process.returncode == 0

    def _command(self, words: Sequence[str]) -> list[str]:
        return [*PROGRAM, "--home", str(self.home), *words]

    @contextmanager
    def opened(self) -> Iterator[Library]:
        """The library, opened as the next start would."""
        with Library.open(self.home, load(self.home)) as library:
            yield library

    def verify(self) -> None:
        """Everything acknowledged is there and searchable, and nothing is damaged."""
        with self.opened() as library:
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
        leftovers = [path.name for path in self.home.iterdir() if path.name.endswith(".part")]
        assert leftovers == []


def environment() -> dict[str, str]:
    """The environment of the program under test, without what would lead it elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def child(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is gone when the block ends, whatever happens in it."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment()
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
