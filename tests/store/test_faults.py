from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.errors import (
    DiskFull,
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryNewer,
    SourceError,
)
from digest.store import articles, backup, database, migrations, reading, snapshot
from digest.store.database import Database
from tests.store.making import NOW, draft


def test_a_library_from_a_newer_version_is_refused_and_left_untouched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = wal")
        db.execute("CREATE TABLE future (x)")
        db.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(LibraryNewer, match="newer version"):
        migrations.migrate(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_no_database_is_named_as_damaged(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    with pytest.raises(LibraryDamaged, match="digest restore"):
        migrations.migrate(path)


def test_a_later_step_runs_once_and_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    migrations.migrate(path)
    steps = (*migrations.STEPS, "ALTER TABLE articles ADD COLUMN mood TEXT;")
    migrations.migrate(path, steps)
    migrations.migrate(path, steps)
    before = len(migrations.STEPS)
    kept = tmp_path / "backups" / f"layout-{before:02d}.db"
    with closing(sqlite3.connect(kept)) as old, closing(sqlite3.connect(path)) as new:
        assert migrations.version_of(old) == before
        assert migrations.version_of(new) == before + 1
        assert new.execute("SELECT count(mood) FROM articles").fetchone() == (0,)


def test_a_step_that_fails_leaves_the_old_shape(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    migrations.migrate(path)
    steps = (*migrations.STEPS, "CREATE TABLE half (x); CREATE TABLE half (x);")
    with pytest.raises(LibraryError):
        migrations.migrate(path, steps)
    with closing(sqlite3.connect(path)) as db:
        assert migrations.version_of(db) == len(migrations.STEPS)
        assert db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchone() is None


def test_a_locked_library_says_so_and_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.db"
    migrations.migrate(path)
    monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)
    opened = Database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked, match="in use"), opened.write() as db:
            articles.save(db, draft(), NOW)
        other.execute("ROLLBACK")
    with opened.write() as db:
        assert articles.save(db, draft(), NOW).id == 1
    opened.close()


def test_a_full_disk_says_so_and_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    migrations.migrate(path)
    opened = Database(path)
    with opened.write() as db:
        kept = articles.save(db, draft(), NOW)
    pages = opened.connection().execute("PRAGMA page_count").fetchone()[0]
    opened.connection().execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="make room"), opened.write() as db:
        for number in range(50):
            articles.save(db, draft(f"Long {number}", f"{number} " + "台灣 " * 5000), NOW)
    with opened.read() as db:
        assert reading.article(db, kept.id).summary.title == "Coast guards meet"
        assert db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    opened.close()


def test_a_backup_is_whole_and_verifies(database: Database, tmp_path: Path) -> None:
    with database.write() as db:
        articles.save(db, draft(), NOW)
    target = tmp_path / "kept" / "copy.db"
    snapshot.copy(database.connection(), target)
    backup.verify(target)
    with closing(sqlite3.connect(target)) as db:
        assert db.execute("SELECT title FROM articles").fetchone() == ("Coast guards meet",)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"SQLite format 3\0" * 9])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "backup.db"
    path.write_bytes(content)
    with pytest.raises(SourceError):
        backup.verify(path)


def test_a_damaged_backup_is_refused(database: Database, tmp_path: Path) -> None:
    with database.write() as db:
        for number in range(40):
            articles.save(db, draft(f"No. {number}", f"{number} " + "文" * 3000), NOW)
    target = tmp_path / "copy.db"
    snapshot.copy(database.connection(), target)
    content = bytearray(target.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = b"\xff" * 9000
    target.write_bytes(bytes(content))
    with pytest.raises((LibraryDamaged, SourceError)):
        backup.verify(target)
