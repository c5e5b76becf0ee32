"""Commits and what a snapshot says of them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import columns, fields, query

from index.errors import IndexLocked
from index.segments.files import Files
from index.segments.store import Segments
from tests.index.segments.words import Pair, Words, found, schema

TALK = query.Term("body", "talk")


def document(number: int, body: str = "talk", **more: object) -> dict[str, object]:
    return {"id": number, "title": f"t{number}", "body": body, "lang": "en", **more}


@pytest.fixture
def index(tmp_path: Path) -> Segments:
    return Segments.create(tmp_path / "index", schema())


def ids(index: Segments, asked: Any = TALK) -> list[int]:
    return sorted(found(index.snapshot(), asked))


def test_a_document_replaces_the_one_with_its_id(index: Segments) -> None:
    index.commit([document(1), document(2)], [])
    index.commit([document(2, "other")], [])
    assert ids(index) == [1]
    assert ids(index, query.Every()) == [1, 2]


def test_of_one_id_in_a_commit_the_last_counts(index: Segments) -> None:
    index.commit([document(1, "talk"), document(2), document(1, "other"), document(1, "new")], [])
    assert ids(index, query.Every()) == [1, 2]
    assert ids(index, query.Term("body", "new")) == [1]
    assert ids(index) == [2]


def test_removed_documents_are_gone_and_may_come_back(index: Segments) -> None:
    index.commit([document(1), document(2)], [])
    index.commit([], [1, 99])
    assert ids(index) == [2]
    index.commit([document(2, "again")], [2])
    assert ids(index, query.Every()) == [2]


def test_many_documents_are_written_in_several_segments(
    index: Segments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.segments.buffer.MAX_BUFFERED", 10)
    index.commit((document(number % 35, f"talk w{number}") for number in range(70)), [])
    assert [leaf.segment.documents for leaf in index.snapshot().leaves] == [10] * 4
    assert ids(index) == list(range(35))
    assert ids(index, query.Term("body", "w34")) == []
    assert ids(index, query.Term("body", "w69")) == [34]


def test_a_full_pool_of_tokens_is_written_too(
    index: Segments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.segments.buffer.MAX_TOKENS", 100)
    index.commit((document(number, "talk " * 30) for number in range(1, 21)), [])
    assert len(index.snapshot().leaves) > 3
    assert ids(index) == list(range(1, 21))


def test_columns_and_their_tables_span_segments(index: Segments) -> None:
    index.commit([document(7, lang="zh", date=-5), document(8, lang=None)], [])
    index.commit([document(9, lang="en", date=1 << 40), document(3, lang="zh")], [])
    snapshot = index.snapshot()
    assert snapshot.column("id").tolist() == [7, 8, 9, 3]
    assert snapshot.column("date").tolist() == [-5, 0, 1 << 40, 0]
    table = snapshot.table("lang")
    assert [table[code] for code in snapshot.column("lang")] == ["zh", "", "en", "zh"]


def test_docnums_of_ids_are_those_alive(index: Segments) -> None:
    index.commit([document(number) for number in (5, 6, 7)], [])
    index.commit([document(6)], [7])
    snapshot = index.snapshot()
    assert snapshot.docnums([7, 6, 5, 6, 1000, -1]).tolist() == [0, 3]
    assert snapshot.docnums(np.zeros(0, np.int64)).tolist() == []
    assert snapshot.live.tolist() == [True, False, False, True]


def test_docnums_of_far_apart_ids(index: Segments) -> None:
    index.commit([document(1), document(1 << 60)], [])
    assert index.snapshot().docnums([1 << 60, 4]).tolist() == [1]


def test_terms_begin_with_a_prefix_the_most_frequent_first(index: Segments) -> None:
    index.commit([document(1, "taipei tokyo 台湾"), document(2, "tokyo 台北 talk")], [])
    index.commit([document(3, "tokyo talk talk talk")], [])
    snapshot = index.snapshot()
    assert snapshot.terms("body", "t", 10) == ["tokyo", "talk", "taipei"]
    assert snapshot.terms("body", "t", 1) == ["tokyo"]
    assert snapshot.terms("body", "台", 10) == ["台北", "台湾"]
    assert snapshot.terms("body", "x", 10) == []
    assert snapshot.terms("gaps", "", 10) == []


def test_an_empty_index_answers(index: Segments) -> None:
    snapshot = index.snapshot()
    assert snapshot.size == 0
    for asked in (TALK, query.Every(), query.Wildcard("body", "t?lk"), query.NullQuery):
        assert snapshot.match(asked).tolist() == []
    assert snapshot.column("id").tolist() == []
    assert snapshot.docnums([1]).tolist() == []


def test_a_query_on_an_unknown_field_finds_nothing(index: Segments) -> None:
    index.commit([document(1)], [])
    for asked in (
        query.Term("nowhere", "talk"),
        query.Prefix("nowhere", "t"),
        query.Phrase("nowhere", ["talk", "talk"]),
    ):
        assert ids(index, asked) == []


def test_scores_of_other_documents_are_zero(index: Segments) -> None:
    index.commit([document(1), document(2, "other"), document(3, "talk talk")], [])
    asked = query.And([TALK, query.Term("title", "t3")])
    scores = index.snapshot().score(asked, np.array([0, 1, 2]))
    assert scores[:2].tolist() == [0, 0]
    assert scores[2] > 0


def test_words_that_queries_bring_unprepared_are_answered_by_whoosh(tmp_path: Path) -> None:
    pair = Pair(tmp_path / "index")
    pair.commit([document(number, f"talk tal{number} x{number}") for number in range(1, 9)])
    pair.commit([document(3, "台湾 海峡", date=77)], [4])
    for asked in (
        query.And([query.Wildcard("body", "t?l?"), query.Every()]),
        query.AndMaybe(query.FuzzyTerm("body", "talx", 1), TALK),
        query.Or([query.TermRange("body", "tal2", "tal5"), query.Term("body", "海峡")]),
        query.NumericRange("date", 5, 100),
        query.SpanFirst(TALK, limit=0),
    ):
        ours = found(pair.ours.snapshot(), asked)
        assert ours
        assert ours.keys() == pair.expected(asked).keys(), asked


def test_frequencies_and_positions_beyond_a_byte_and_two(tmp_path: Path) -> None:
    pair = Pair(tmp_path / "index")
    long = "talk " * 70_000 + "the end " + "台湾 " * 300 + "talk x"
    pair.commit([document(1, long), document(2, "the end"), document(3, "x the end talk")])
    pair.commit([document(number, "talk x") for number in range(4, 30)], [2])
    pair.commit([document(n, long if n in (30, 40) else "talk x") for n in range(30, 41)])
    for asked in (
        query.Phrase("body", ["the", "end"]),
        query.Phrase("body", ["talk", "x"]),
        query.Phrase("body", ["talk", "the", "end", "台湾"]),
        query.Phrase("body", ["台湾", "talk", "x"]),
        query.Phrase("body", ["end", "talk"]),
        query.Term("body", "台湾"),
    ):
        assert found(pair.ours.snapshot(), asked) == pytest.approx(pair.expected(asked), abs=1e-6)


def test_a_snapshot_stays_while_others_commit_and_merge(index: Segments) -> None:
    for start in range(0, 60, 3):
        index.commit([document(number) for number in range(start, start + 3)], [])
    before = index.snapshot()
    expected = found(before, TALK)
    done = threading.Event()

    def change() -> None:
        for number in range(60):
            index.commit([document(number, "other"), document(100 + number)], [number + 1])
            index.merge_step()
        done.set()

    thread = threading.Thread(target=change)
    thread.start()
    while not done.is_set():
        assert found(before, TALK) == expected
        latest = index.snapshot()
        assert len(latest.match(query.Every())) == int(latest.live.sum())
    thread.join()
    assert found(before, TALK) == expected
    assert ids(index) == list(range(100, 160))


def test_another_opening_sees_commits(index: Segments, tmp_path: Path) -> None:
    other = Segments.open(tmp_path / "index", schema())
    before = other.snapshot()
    assert other.snapshot() is before
    index.commit([document(1)], [])
    after = other.snapshot()
    assert after.generation > before.generation
    assert after.match(TALK).tolist() == [0]
    assert before.match(TALK).tolist() == []


def test_an_index_made_anew_is_noticed(index: Segments, tmp_path: Path) -> None:
    index.commit([document(1)], [])
    again = Segments.create(tmp_path / "index", schema())
    assert ids(index) == []
    again.commit([document(2)], [])
    assert ids(index) == [2]


def test_a_writer_that_keeps_the_lock_is_reported(tmp_path: Path) -> None:
    Segments.create(tmp_path, schema())
    impatient = Segments(Files(tmp_path), schema(), timeout=0.05)
    with Files(tmp_path).locked(0), pytest.raises(IndexLocked, match="try again"):
        impatient.commit([document(1)], [])
    impatient.commit([document(1)], [])
    assert ids(impatient) == [1]


@pytest.mark.parametrize(
    "unfit",
    [
        {"body": fields.TEXT(stored=True)},
        {"body": fields.TEXT(vector=True)},
        {"body": fields.TEXT(field_boost=2.0)},
        {"price": fields.NUMERIC(float, sortable=True)},
        {"when": fields.DATETIME(sortable=True)},
        {"flag": fields.COLUMN(columns.BitColumn())},
    ],
)
def test_a_schema_that_segments_cannot_keep_is_refused(
    unfit: dict[str, Any], tmp_path: Path
) -> None:
    wanted = {"id": fields.COLUMN(columns.NumericColumn("q")), **unfit}
    with pytest.raises(ValueError, match=r"kept|stored|queries|hold"):
        Segments.create(tmp_path, fields.Schema(**wanted))


def test_a_schema_needs_ids(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="id"):
        Segments.create(tmp_path, fields.Schema(body=fields.TEXT(analyzer=Words())))


@pytest.mark.parametrize("known", [1, 16, 17, 300, 5_000])
def test_each_term_is_found_and_what_lies_between_terms_is_not(index: Segments, known: int) -> None:
    terms = [f"w{number:05}" for number in range(known)]
    index.commit([document(1, " ".join(terms))], [])
    for _ in range(2):  # asked again, they are remembered
        for term in terms[:400] + terms[-1:]:
            assert ids(index, query.Term("body", term)) == [1]
            assert ids(index, query.Term("body", f"{term}x")) == []
            assert ids(index, query.Term("body", term[1:])) == []
    assert ids(index, query.Term("body", "v")) == ids(index, query.Term("body", "x")) == []
    assert ids(index, query.Prefix("body", "w0000")) == [1]
    assert ids(index, query.Prefix("body", "w00000x")) == []
