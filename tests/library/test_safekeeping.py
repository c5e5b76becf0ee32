"""Backups that are made by themselves."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config.settings import Keep
from digest.errors import DiskFull
from digest.library import Library, safekeeping
from digest.store import backup, migrations, snapshot
from tests.library.conftest import CONFIG, PIECES, bring


class Days:
    """A clock that stands at noon of a day."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, days: float) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def clock() -> Days:
    return Days()


@pytest.fixture
def library(home: Path, tmp_path: Path, clock: Days) -> Iterator[Library]:
    with Library.open(home, CONFIG, clock=clock) as opened:
        bring(opened, tmp_path, PIECES)
        yield opened


def names(library: Library) -> list[str]:
    folder = library.home / "backups"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_backup_is_made_once_a_week_and_can_be_restored(
    library: Library, clock: Days, tmp_path: Path
) -> None:
    library.backups.keep()
    clock.pass_by(6)
    library.backups.keep()
    assert names(library) == []
    clock.pass_by(1)
    library.set_note(2, "熱線的號碼？")
    assert library.backups.keep() == ""
    assert library.backups.keep() == ""
    assert names(library) == ["weekly-2026-11-09.db"]
    Library.restore(library.home / "backups" / "weekly-2026-11-09.db", tmp_path / "new")
    with Library.open(tmp_path / "new", CONFIG) as restored:
        assert restored.note(2) == "熱線的號碼？"


def test_none_is_made_where_none_is_wanted(library: Library, clock: Days) -> None:
    library.backups.keep()
    library.use(replace(CONFIG, library=Keep(backups="off")))
    clock.pass_by(70)
    assert (library.backups.keep(), names(library)) == ("", [])


def test_after_a_year_the_last_four_weeks_and_one_of_each_month_stay(
    library: Library, clock: Days
) -> None:
    for _ in range(60):
        library.backups.keep()
        clock.pass_by(7)
    days = [date.fromisoformat(name[7:17]) for name in names(library)]
    assert days[-4:] == [days[-1] - timedelta(days=7 * weeks) for weeks in (3, 2, 1, 0)]
    assert len({(day.year, day.month) for day in days}) == 12
    assert len(days) == 12 + 2


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=60))
def test_thinning_out_is_stable_and_keeps_the_newest(days: list[date]) -> None:
    stay = safekeeping.kept(days)
    assert stay <= set(days)
    assert safekeeping.kept(stay) == stay
    assert set(sorted(set(days))[-4:]) <= stay
    assert len(stay) <= 4 + 12


def test_a_clock_that_goes_back_does_not_end_the_backups(library: Library, clock: Days) -> None:
    library.backups.keep()
    clock.pass_by(7)
    library.backups.keep()
    clock.pass_by(-400)
    library.backups.keep()
    clock.pass_by(1)
    library.backups.keep()
    assert names(library) == ["weekly-2025-10-05.db", "weekly-2026-11-09.db"]


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_on_a_short_disk_none_is_made_and_a_line_says_so(
    library: Library, clock: Days, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.backups.keep()
    clock.pass_by(8)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(9, 9, 100_000_000))
    told = library.backups.keep()
    assert told.startswith("no weekly backup was made: 100 MB are free")
    assert "\n" not in told
    assert library.backups.keep() == "", "it is not said again at once"
    monkeypatch.undo()
    clock.pass_by(0.1)
    assert library.backups.keep() == ""
    assert len(names(library)) == 1


def test_a_backup_that_cannot_be_written_is_said_and_tried_again(
    library: Library, clock: Days
) -> None:
    library.backups.keep()
    clock.pass_by(8)
    (library.home / "backups").write_text("in the way")
    assert library.backups.keep().startswith("no weekly backup was made: ")
    (library.home / "backups").unlink()
    clock.pass_by(0.1)
    library.backups.keep()
    assert len(names(library)) == 1


def test_what_a_copy_that_was_cut_short_has_left_goes(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "kept" / "copy.db"
    target.parent.mkdir()
    stale = target.with_name(f".copy.db.{2**22 + 1}.part")
    stale.write_bytes(b"half")
    library.backup(target)
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    (library.home / "backups").mkdir()
    left = library.home / "backups" / f".weekly.db.{2**22 + 1}.part"
    left.write_bytes(b"half")
    assert any("cut short" in one.message for one in library.doctor())
    library.doctor(repair=True)
    assert not left.exists()


def test_a_folder_that_cannot_be_made_is_said_in_one_line(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with closing(sqlite3.connect(library.home / "library.db")) as db, pytest.raises(DiskFull):
        snapshot.copy(db, tmp_path / "file" / "inside" / "copy.db")


def test_before_a_new_layout_a_backup_is_made_and_three_of_them_stay(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    migrations.migrate(path)
    newest = len(migrations.STEPS)
    steps = migrations.STEPS
    for number in range(5):
        steps = (*steps, f"CREATE TABLE more_{number} (x);", f"CREATE TABLE again_{number} (x);")
        migrations.migrate(path, steps)
    kept = sorted((tmp_path / "backups").iterdir())
    assert [one.name for one in kept] == [f"layout-{newest + 2 * n:02d}.db" for n in (2, 3, 4)]
    with closing(backup.reader(kept[-1])) as db:
        assert migrations.version_of(db) == newest + 8
