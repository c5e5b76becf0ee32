"""Another program holds the library's lock and does not let go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from digest.store import database
from tests.cli.conftest import digest, filled, plain_environment  # noqa: F401 - fixtures
from tests.cli.program import Program
from tests.faults.test_disk import commands, state


@contextmanager
def held(home: Path) -> Iterator[None]:
    with closing(sqlite3.connect(home / "library.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)


def test_what_writes_says_so_in_a_line_and_changes_nothing(
    digest: Program,  # noqa: F811 - the fixture
    filled: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    backup = tmp_path / "backup.db"
    digest.good("backup", str(backup))
    feed = '[[feeds]]\nurl = "https://a.example/feed"\nname = "A"\n'
    (digest.home / "config.toml").write_text(feed, "utf-8")
    before = state(digest)
    writing = [
        words
        for words in commands(tmp_path, digest.home, filled, backup)
        if words[0] not in {"backup", "export", "undo", "redo", "reindex"}
    ]
    with held(digest.home):
        for words in [*writing, ("undo",)]:
            done = digest(*words)
            assert done.code == 3, (words, done)
            assert "in use by another program" in done.err, words
            assert done.err.count("\n") == 1, (words, done.err)
    assert state(digest) == before
    assert digest.good("doctor").code == 0


@pytest.mark.parametrize("named", [False, True])
def test_what_reads_goes_on(digest: Program, named: bool, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    if named:
        # A feed under another name than it had would be renamed at the start.
        feed = '[[feeds]]\nurl = "https://a.example/feed"\nname = "{}"\n'
        config = digest.home / "config.toml"
        config.write_text(feed.format("A"), "utf-8")
        with closing(sqlite3.connect(digest.home / "library.db")) as db, db:
            db.execute("INSERT INTO feeds (url, name) VALUES ('https://a.example/feed', 'A')")
        config.write_text(feed.format("B"), "utf-8")
    with held(digest.home):
        for words in (
            ("search", "台灣", "--json"),
            ("show", "1"),
            ("stats",),
            ("export", "lang:en", "--format", "json"),
            ("feeds", "list"),
            ("doctor",),
            ("backup", str(tmp_path / "copy.db")),
        ):
            done = digest(*words)
            assert done.code == 0, (words, done.err)
        assert digest.search("台灣")


def test_what_waits_for_the_index_does_not_keep_a_search_from_answering(digest: Program) -> None:  # noqa: F811 - the fixture
    with closing(sqlite3.connect(digest.home / "library.db")) as db, db:
        db.execute("INSERT INTO outbox (article_id) VALUES (1)")
    with held(digest.home):
        assert digest.search("台灣")
    assert digest.search("台灣")
