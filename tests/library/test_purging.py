"""What a person deletes comes back until `[library] keep_deleted` has passed, and never after."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.config.settings import Config, Keep
from digest.errors import UnknownArticle
from digest.library import Library
from tests.library.conftest import PIECES, bring

CONFIG = Config(feeds=(), library=Keep(keep_raw="30d", keep_deleted="10d"))


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(home: Path, tmp_path: Path, clock: Clock) -> Iterator[Library]:
    with Library.open(home, CONFIG, clock=clock) as opened:
        bring(opened, tmp_path, PIECES)
        yield opened


def after(library: Library, clock: Clock, days: float) -> None:
    """So many days pass, and the feeds are fetched."""
    clock.now += timedelta(days=days)
    library.fetch()


def test_a_deleted_article_comes_back_while_it_is_kept(library: Library, clock: Clock) -> None:
    library.set_note(2, "熱線的號碼？")
    library.delete([2])
    after(library, clock, 9)
    assert library.undo() == "deleted 1 article"
    assert library.article(2).note == "熱線的號碼？"
    assert 2 in library.matching("熱線")[0]
    after(library, clock, 30)
    assert library.article(2).summary.title == "台日海巡設立熱線"


def test_a_deleted_article_is_gone_for_good_after_that(
    library: Library, clock: Clock, home: Path, tmp_path: Path
) -> None:
    library.set_note(2, "熱線的號碼？")
    library.tag([1, 2], ["sea"])
    library.delete([2])
    after(library, clock, 11)
    with pytest.raises(UnknownArticle):
        library.article(2)
    assert library.undo() == "tagged 2 articles +sea"
    assert library.undo() is None
    assert library.redo() == "tagged 2 articles +sea"
    assert library.rows([1])[0].tags == ("sea",)
    assert all(one.level != "damage" for one in library.doctor())
    with closing(sqlite3.connect(home / "library.db")) as db:
        for table in ("contents", "notes", "article_tags"):
            query = f"SELECT count(*) FROM {table} WHERE article_id = 2"
            assert db.execute(query).fetchone() == (0,), table


def test_what_is_gone_for_good_is_not_brought_back_by_its_address(
    library: Library, clock: Clock, tmp_path: Path
) -> None:
    library.delete([2])
    after(library, clock, 11)
    assert bring(library, tmp_path, [PIECES[1]]) == []
    assert bring(library, tmp_path, [{"title": "New", "text": "Something else. " * 9}]) == [5]


def test_the_copies_of_what_is_gone_fold_under_the_earliest_that_stays(
    library: Library, clock: Clock, home: Path
) -> None:
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        db.execute("UPDATE articles SET copy_of = 1 WHERE id IN (2, 3)")
    library.delete([1])
    after(library, clock, 11)
    assert [(row.id, row.copy_of) for row in library.rows([2, 3])] == [(2, None), (3, 2)]


def test_many_at_once_go_in_several_steps(library: Library, clock: Clock, tmp_path: Path) -> None:
    many = [{"title": f"Note {n}", "text": f"What was said on day {n}."} for n in range(1100)]
    ids = bring(library, tmp_path, many)
    library.delete(ids)
    after(library, clock, 11)
    assert library.rows(ids) == []
    assert library.undo() is None
    assert len(library.rows([1, 2, 3, 4])) == 4
