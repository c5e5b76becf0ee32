"""The doctor finds and names each damage, mends what can be derived and says what cannot."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import digest, filled, plain_environment  # noqa: F401 - fixtures
from tests.cli.program import Program


def changed(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        for statement in statements:
            db.execute(statement)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def largest(folder: Path) -> Path:
    files = (path for path in folder.rglob("*") if path.is_file())
    return max(files, key=lambda path: path.stat().st_size)


def overwritten(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


MENDED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "structure": ("texts", lambda home: changed(home, "UPDATE contents SET blocks = x'00ff'")),
    "no list": ("texts", lambda home: changed(home, "UPDATE contents SET blocks = 'plain'")),
    "text": (
        "texts",
        lambda home: changed(
            home,
            "INSERT INTO revisions (article_id, fetched, title, text, blocks)"
            " SELECT article_id, 1, 't', text, blocks FROM contents WHERE article_id = 1",
            "DELETE FROM contents WHERE article_id = 1",
        ),
    ),
    "journal": ("undo", lambda home: changed(home, "UPDATE journal SET changes = x'00'")),
}  # fmt: skip


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_derived_is_named_and_mended(digest: Program, name: str) -> None:  # noqa: F811
    what, damage = MENDED[name]
    digest.good("tag", "+海", "--", "台灣")
    damage(digest.home)
    before = digest("doctor", "--json")
    assert before.code == 1
    assert what in {one["what"] for one in before.json["findings"] if one["level"] == "damage"}
    assert f"digest: {what}: " in before.err
    mended = digest.good("doctor", "--repair", "--json").json
    assert [one["what"] for one in mended["findings"] if one["repaired"]] == [what]
    assert digest.good("doctor", "--json").json["healthy"]
    assert digest.search("台灣")
    for ident in (1, 2, 3, 4):
        assert digest.good("show", str(ident)).out.strip()
    digest.good("undo")


def test_what_cannot_be_derived_is_said(digest: Program) -> None:  # noqa: F811 - the fixture
    changed(digest.home, "DELETE FROM contents WHERE article_id = 3")
    for words in (("doctor",), ("doctor", "--repair")):
        done = digest(*words)
        assert done.code == 1
        assert "1 articles have no text (3), which nothing here can give back" in done.err


@pytest.mark.parametrize("wound", [cut, overwritten, Path.unlink])
def test_each_file_of_the_index_may_be_lost(
    digest: Program,  # noqa: F811 - the fixture
    wound: Callable[[Path], object],
) -> None:
    names = [path.name for path in sorted((digest.home / "index").rglob("*")) if path.is_file()]
    assert len(names) >= 3
    for name in names:
        kept = digest.home.with_name("kept")
        shutil.copytree(digest.home, kept)
        (path,) = digest.home.glob(f"index/**/{name}")
        wound(path)
        found = digest("doctor", "--repair")
        assert found.code == 0, (name, found.err)
        assert digest.good("doctor", "--json").json["healthy"]
        assert digest.search("台灣"), name
        shutil.rmtree(digest.home)
        kept.rename(digest.home)


def test_a_broken_backup_is_remarked_on(digest: Program) -> None:  # noqa: F811 - the fixture
    target = digest.home / "backups" / "weekly-2026-11-09.db"
    digest.good("backup", str(target))
    assert "the last one is weekly-2026-11-09.db" in digest.good("doctor").out
    cut(target)
    assert "remove it" in digest.good("doctor").out


def test_a_damaged_library_is_named_with_what_to_do(digest: Program) -> None:  # noqa: F811
    with closing(sqlite3.connect(digest.home / "library.db")) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE articles SET outlet_id = 999 WHERE id = 1")
        db.commit()
    done = digest("doctor")
    assert done.code == 1
    assert "points to nothing in outlets" in done.err
    assert "digest restore FILE" in done.err
