from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.library import state
from digest.store import articles, changes, journal, reading
from digest.store.changes import Change
from digest.store.database import Database
from tests.store.making import NOW, TEXTS, draft

MINUTE = 60


@pytest.fixture
def ids(database: Database) -> list[int]:
    with database.write() as db:
        return [
            articles.save(db, draft(f"Piece {lang}", text), NOW).id for lang, text in TEXTS.items()
        ]


def do(
    database: Database, found: Sequence[Change], label: str = "did", key: str = "", at: int = 0
) -> None:
    with database.write() as db:
        changes.do(db, found, at)
        journal.record(db, label, found, at, merge_key=key)


def seen(database: Database, ids: Sequence[int]) -> list[tuple[object, ...]]:
    with database.read() as db:
        return [
            (row.read, row.starred, row.tags, reading.note(db, row.id))
            for row in reading.summaries(db, ids)
        ]


def test_marks_tags_and_notes_are_undone_and_redone_in_turn(
    database: Database, ids: list[int]
) -> None:
    before = seen(database, ids)
    with database.write() as db:
        marks = state.marking(db, ids, "read", 5)
    do(database, marks, "marked 3 articles read")
    with database.write() as db:
        tags = state.tagging_of(db, ids[:2], ["海巡", "coast guard"], [])
    do(database, tags, "tagged 2 articles +海巡")
    with database.write() as db:
        note = state.noting(db, ids[0], "熱線\nwho answers it?")
    do(database, note, "noted")
    after = seen(database, ids)
    labels = []
    for _ in range(4):
        with database.write() as db:
            entry = journal.undo(db, 9)
        labels.append(entry.label if entry else None)
    assert labels == ["noted", "tagged 2 articles +海巡", "marked 3 articles read", None]
    assert seen(database, ids) == before
    for _ in range(4):
        with database.write() as db:
            journal.redo(db, 9)
    assert seen(database, ids) == after


def test_a_bulk_change_is_undone_whole(database: Database, ids: list[int]) -> None:
    with database.write() as db:
        one = state.marking(db, ids[:1], "read", 1)
    do(database, one)
    with database.write() as db:
        rest = state.marking(db, ids, "read", 2)
    do(database, rest)
    with database.write() as db:
        journal.undo(db, 3)
    assert [row[0] for row in seen(database, ids)] == [True, False, False]


def test_what_was_undone_is_forgotten_once_something_else_is_done(
    database: Database, ids: list[int]
) -> None:
    for what in ("star", "read"):
        with database.write() as db:
            found = state.marking(db, ids, what, 1)
        do(database, found, what)
        if what == "star":
            with database.write() as db:
                journal.undo(db, 2)
    with database.write() as db:
        assert journal.redo(db, 3) is None


def test_saving_a_note_as_it_is_typed_is_one_step_to_undo(
    database: Database, ids: list[int]
) -> None:
    for number, text in enumerate(["h", "ho", "hot", "hotline"]):
        with database.write() as db:
            found = state.noting(db, ids[0], text)
        do(database, found, "noted", key=f"note:{ids[0]}", at=number)
    with database.write() as db:
        journal.undo(db, 9)
    assert seen(database, ids)[0][3] == ""


def test_a_note_taken_up_again_an_hour_later_is_a_step_of_its_own(
    database: Database, ids: list[int]
) -> None:
    for at, text in ((0, "first"), (60 * MINUTE, "second")):
        with database.write() as db:
            found = state.noting(db, ids[0], text)
        do(database, found, "noted", key=f"note:{ids[0]}", at=at)
    with database.write() as db:
        journal.undo(db, 60 * MINUTE + 1)
    assert seen(database, ids)[0][3] == "first"


def test_undoing_a_tag_leaves_other_tags_alone(database: Database, ids: list[int]) -> None:
    for name in ("chips", "港口"):
        with database.write() as db:
            found = state.tagging_of(db, ids, [name], [])
        do(database, found)
    with database.write() as db:
        found = state.tagging_of(db, ids, [], ["CHIPS"])
    do(database, found)
    assert seen(database, ids)[0][2] == ("港口",)
    with database.write() as db:
        journal.undo(db, 9)
    assert seen(database, ids)[0][2] == ("chips", "港口")


def test_nothing_changes_when_it_is_so_already(database: Database, ids: list[int]) -> None:
    with database.write() as db:
        assert state.marking(db, ids, "unread", 1) == []
        assert state.tagging_of(db, ids, [], ["chips"]) == []
        assert state.noting(db, ids[0], "   ") == []
        assert state.marking(db, [999], "read", 1) == []


def test_a_correction_is_undone_to_what_the_source_said(database: Database, ids: list[int]) -> None:
    with database.write() as db:
        found = state.editing(db, ids[0], {"title": "正確的標題", "lang": "zh-Hant"})
    do(database, found)
    with database.read() as db:
        assert reading.article(db, ids[0]).summary.title == "正確的標題"
    with database.write() as db:
        journal.undo(db, 9)
    with database.read() as db:
        row = reading.article(db, ids[0]).summary
    assert (row.title, row.lang) == ("Piece en", "")


def test_every_thread_sees_the_same_version_and_every_change_in_it(
    database: Database, ids: list[int]
) -> None:
    def version() -> int:
        with ThreadPoolExecutor(1) as other:
            return other.submit(database.version).result()

    before = database.version()
    assert version() == before
    with database.write() as db:
        changes.do(db, [Change("star", ids[0], "", None, 1)], 1)
    after = database.version()
    assert after != before
    assert version() == after
