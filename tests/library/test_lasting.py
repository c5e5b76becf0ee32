"""What stays when the index, the process or the disk does not."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import LibraryNewer, SourceError, UnknownArticle, UsageError
from digest.library import Library
from tests.library.conftest import CONFIG, PIECES, bring


def found(home: Path, query: str = "台灣") -> list[int]:
    with Library.open(home, CONFIG) as library:
        return sorted(library.matching(query)[0])


@pytest.mark.parametrize("damage", ["removed", "emptied", "cut", "overwritten", "foreign"])
def test_a_lost_or_damaged_index_is_made_anew_without_a_word(
    library: Library, home: Path, damage: str
) -> None:
    library.close()
    index = home / "index"
    files = [path for path in index.rglob("*") if path.is_file()]
    match damage:
        case "removed":
            shutil.rmtree(index)
        case "emptied":
            for path in files:
                path.unlink()
        case "cut":
            largest = max(files, key=lambda path: path.stat().st_size)
            os.truncate(largest, largest.stat().st_size // 2)
        case "overwritten":
            for path in files:
                path.write_bytes(b"\x00" * 64)
        case _:
            for path in files:
                path.write_bytes(path.read_bytes()[::-1])
    assert found(home) == [1, 2, 3]


def test_an_index_of_another_library_is_not_believed(
    library: Library, home: Path, tmp_path: Path
) -> None:
    library.close()
    other = tmp_path / "other"
    with Library.open(other, CONFIG) as second:
        bring(second, tmp_path, PIECES[3:])
    shutil.rmtree(home / "index")
    shutil.copytree(other / "index", home / "index")
    assert found(home) == [1, 2, 3]


def test_what_was_stored_but_not_indexed_is_searchable_at_the_next_start(
    library: Library, home: Path
) -> None:
    library.close()
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        db.execute("UPDATE articles SET title = '漁業協議' WHERE id = 4")
        db.execute("INSERT INTO outbox (article_id) VALUES (4), (999)")
    assert found(home, "漁業") == [4]


def test_index_entries_lost_with_the_power_are_noticed(library: Library, home: Path) -> None:
    library.close()
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        db.execute("DELETE FROM outbox")
        row = db.execute("SELECT * FROM articles WHERE id = 2").fetchone()
        marks = ",".join("?" * len(row))
        db.execute(f"INSERT INTO articles VALUES ({marks})", (77, *row[1:]))
        db.execute(
            "INSERT INTO contents (article_id, text, blocks)"
            " SELECT 77, text, blocks FROM contents WHERE article_id = 2"
        )
    assert found(home) == [1, 2, 3, 77]


def test_undo_outlives_the_process(library: Library, home: Path) -> None:
    library.tag([1, 2, 3], ["morning"])
    library.close()
    with Library.open(home, CONFIG) as again:
        assert again.undo() == "tagged 3 articles +morning"
        assert again.tags() == []
        assert again.redo() == "tagged 3 articles +morning"
        assert again.tags() == [("morning", 3)]


def test_what_is_typed_into_a_note_is_one_step_and_taking_it_away_another(
    library: Library,
) -> None:
    library.set_note(1, "asked")
    for text in ("a", "ab", "abc"):
        library.set_note(1, text, typing=True)
    library.set_note(1, "", typing=True)
    left = []
    while library.undo():
        left.append(library.note(1))
    assert left == ["abc", "asked", ""]


def test_a_backup_restores_everything_and_keeps_what_it_replaces(
    library: Library, home: Path, tmp_path: Path
) -> None:
    library.set_note(2, "熱線的號碼？")
    target = tmp_path / "safe" / "library.backup"
    library.backup(target)
    library.delete([2, 3])
    library.close()
    kept = Library.restore(target, home)
    assert kept is not None
    assert found(home) == [1, 2, 3]
    with Library.open(home, CONFIG) as restored:
        assert restored.article(2).note == "熱線的號碼？"
        assert [one.level for one in restored.doctor()].count("damage") == 0
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT count(*) FROM articles WHERE deleted > 0").fetchone() == (2,)


def test_a_backup_goes_into_an_empty_folder(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "library.backup"
    library.backup(target)
    assert Library.restore(target, tmp_path / "new") is None
    assert found(tmp_path / "new") == [1, 2, 3]


def test_a_damaged_library_makes_room_for_its_backup(
    library: Library, home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "library.backup"
    library.backup(target)
    library.close()
    path = home / "library.db"
    path.write_bytes(b"\xff" * 20_000)
    kept = Library.restore(target, home)
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 20_000
    assert found(home) == [1, 2, 3]


def test_what_is_no_backup_replaces_nothing(library: Library, home: Path, tmp_path: Path) -> None:
    library.close()
    wrong = tmp_path / "wrong"
    wrong.write_text("not a backup")
    with pytest.raises(SourceError):
        Library.restore(wrong, home)
    assert found(home) == [1, 2, 3]


def test_a_newer_library_is_refused(library: Library, home: Path) -> None:
    library.close()
    with closing(sqlite3.connect(home / "library.db")) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(LibraryNewer):
        Library.open(home, CONFIG)


def test_two_instances_see_each_others_work(library: Library, home: Path) -> None:
    with Library.open(home, CONFIG) as other:
        before = other.change_token()
        library.tag([1], ["seen"])
        library.set_note(1, "hotline 熱線")
        assert other.change_token() != before
        assert other.tags() == [("seen", 1)]
        assert other.matching("note:熱線")[0] == [1]


def test_the_doctor_names_what_is_missing_and_mends_it(library: Library) -> None:
    library._indexer.engine().update([], [2])
    before = {one.what: one.level for one in library.doctor()}
    mended = {one.what: one for one in library.doctor(repair=True)}
    after = {one.what: one.level for one in library.doctor()}
    assert before["index"] == "damage"
    assert mended["index"].repaired
    assert after["index"] == "ok"
    assert sorted(library.matching("台灣")[0]) == [1, 2, 3]


def test_wrong_values_are_refused_and_nothing_changes(library: Library) -> None:
    before = library.rows([1])
    for fields in ({"date": "soon"}, {"lang": "klingon!"}, {"title": "  "}):
        with pytest.raises(UsageError):
            library.edit(1, **fields)
    with pytest.raises(UnknownArticle):
        library.set_note(99, "x")
    assert library.rows([1]) == before


def test_the_background_thread_makes_what_is_stored_searchable(
    library: Library, home: Path, tmp_path: Path
) -> None:
    library.close()
    with Library.open(home, CONFIG, background=True) as desk:
        bring(desk, tmp_path, [{"title": "鳳梨", "text": "鳳梨運往東京。" * 20}])
        waiting = desk._closing
        for _ in range(2000):
            if desk.matching("鳳梨")[0]:
                break
            waiting.wait(0.05)
        assert len(desk.matching("鳳梨")[0]) == 1


def test_the_doctor_finds_a_changed_byte_in_the_index_and_mends_it(
    library: Library, home: Path
) -> None:
    largest = max((home / "index").rglob("*"), key=lambda path: path.stat().st_size)
    with largest.open("r+b") as file:
        file.seek(largest.stat().st_size // 3)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 0xFF]))
    assert {one.what: one.level for one in library.doctor()}["index"] == "damage"
    assert {one.what: one.repaired for one in library.doctor(repair=True)}["index"]
    assert {one.what: one.level for one in library.doctor()}["index"] == "ok"
    assert sorted(library.matching("台灣")[0]) == sorted(found(home))


def test_old_downloads_are_dropped_but_not_those_of_marked_articles(
    home: Path, tmp_path: Path
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Library.open(home, replace(CONFIG, feeds=()), clock=lambda: now) as library:
        for name in ("old", "starred", "fresh"):
            if name == "fresh":
                now = datetime(2026, 2, 10, tzinfo=UTC)
            page = tmp_path / f"{name}.html"
            page.write_text(f"<h1>{name}</h1><p>{f'{name} talks in Taipei. ' * 20}</p>")
            library.add([str(page)])
        library.mark([2], "star")
        library.fetch()
    with closing(sqlite3.connect(home / "library.db")) as db:
        assert db.execute("SELECT article_id FROM sources").fetchall() == [(2,), (3,)]
