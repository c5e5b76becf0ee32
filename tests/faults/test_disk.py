"""No room and no permission: one clear line, and the library stays as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.cli.conftest import filled, plain_environment  # noqa: F401 - fixtures
from tests.cli.program import Done, Program
from tests.faults.disks import file_system, files_up_to, nearly_full, read_only

PIECE = {"title": "漁業協議", "text": "台灣與日本談漁業。" * 400, "url": "https://a.example/9"}
Shortage = Callable[[int], AbstractContextManager[None]]


def commands(folder: Path, home: Path, other: Path, backup: Path) -> list[tuple[str, ...]]:
    """Every command that writes."""
    source = folder / "piece.jsonl"
    source.write_text(json.dumps(PIECE) + "\n", encoding="utf-8")
    return [
        ("add", str(source)),
        ("tag", "+海巡", "--", "lang:en,zh,ja"),
        ("mark", "read", "--", "lang:en"),
        ("note", "1", "--text", "想一想" * 500),
        ("edit", "1", "--title", "另一個標題"),
        ("delete", "--", "id:4"),
        ("undo",),
        ("redo",),
        ("reindex",),
        ("merge", str(other)),
        ("backup", str(home / "copy.db")),
        ("export", "lang:en", "--format", "epub", "-o", str(home / "out.epub")),
        ("restore", str(backup)),
        ("fetch",),
    ]


def one_line_or_done(done: Done, words: tuple[str, ...]) -> None:
    """It did what was asked, or says in one line what is the matter; it never breaks."""
    assert done.code in {0, 1, 3}, (words, done)
    assert "Traceback" not in done.err, (words, done.err)
    if done.code == 3:
        complaints = [line for line in done.err.splitlines() if line.startswith("digest: ")]
        assert len(complaints) == 1, (words, done.err)


def state(program: Program) -> object:
    found = program.good("export", "lang:en,zh,ja", "--format", "json").json
    return [(one["id"], one["title"], one["tags"], one["read"], one["note"]) for one in found]


def go_through(
    home: Path, folder: Path, source: Path, shortage: Shortage, rooms: tuple[int, ...]
) -> None:
    """Run every command at ever more room; afterwards the library has to be whole each time."""
    program = Program(home)
    backup, other = folder / "backup.db", folder / "other"
    shutil.copytree(source, other)
    Program(other).good("note", "2", "--text", "另一台")
    program.good("backup", str(backup))
    for words in commands(folder, home, other, backup):
        for room in rooms:
            before = state(program)
            with shortage(room):
                done = program(*words)
            one_line_or_done(done, words)
            assert program.good("doctor").code == 0
            if done.code == 3 and words[0] != "merge":
                assert state(program) == before, (words, room, done.err)
        assert program(*words).code in {0, 1}, words
        assert [path.name for path in home.glob(".*part*")] == []


def test_files_that_cannot_grow(filled: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    home = tmp_path / "home"
    shutil.copytree(filled, home)
    go_through(home, tmp_path, filled, files_up_to, (0, 60_000))


def test_a_full_disk(filled: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    with file_system(tmp_path / "disk") as disk:
        home = disk / "home"
        shutil.copytree(filled, home)
        go_through(home, tmp_path, filled, lambda room: nearly_full(disk, room), (8_000, 300_000))


READING = (("search", "台灣"), ("show", "1"), ("stats",), ("export", "lang:en", "--format", "md"))


def test_a_home_that_cannot_be_written(filled: Path, tmp_path: Path) -> None:  # noqa: F811 - the fixture
    with file_system(tmp_path / "disk") as disk:
        home = disk / "home"
        shutil.copytree(filled, home)
        program = Program(home)
        before = state(program)
        with read_only(disk):
            for words in (*commands(tmp_path, home, filled, tmp_path / "none.db"), *READING):
                done = program(*words)
                assert done.code in {1, 3}, (words, done)
                assert "Traceback" not in done.err, words
                complaints = [one for one in done.err.splitlines() if one.startswith("digest: ")]
                assert len(complaints) == 1, (words, done.err)
        assert state(program) == before
        assert program.good("doctor").code == 0


def test_a_damaged_library_stays_where_it_was_when_its_backup_finds_no_room(
    filled: Path,  # noqa: F811 - the fixture
    tmp_path: Path,
) -> None:
    home, backup = tmp_path / "home", tmp_path / "backup.db"
    shutil.copytree(filled, home)
    program = Program(home)
    program.good("backup", str(backup))
    (home / "library.db").write_bytes(b"\xff" * 20_000)
    with files_up_to(30_000):
        done = program("restore", str(backup))
    assert done.code == 3, done.err
    assert (home / "library.db").read_bytes() == b"\xff" * 20_000
    program.good("restore", str(backup))
    assert program.search("台灣")
