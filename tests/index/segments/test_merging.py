"""Merging changes nothing but the number of segments."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest
from whoosh import query

from index.segments import merging
from index.segments.files import Files
from index.segments.manifest import Entry
from index.segments.merging import FAN_IN, LARGEST, choose
from index.segments.store import Segments
from index.segments.yielding import yielding
from tests.index.segments.words import Pair, found, schema

VOCABULARY = ["talk", "talks", "台湾", "湾海", "海峡", "日本", "the", "end", "é", "𠮷野"]
ASKED = [
    query.Term("body", "talk"),
    query.Term("tags", "chips"),
    query.Term("lang", "ja"),
    query.Phrase("body", ["台湾", "湾海"]),
    query.Phrase("body", ["the", "end", "talk"], slop=3),
    query.Phrase("gaps", ["talk", "talks"]),
    query.Prefix("body", "talk"),
    query.Or([query.Term("title", "𠮷野"), query.Term("body", "é")]),
]


def _documents(rng: random.Random, numbers: list[int]) -> list[dict[str, object]]:
    return [
        {
            "id": number,
            "title": " ".join(rng.choices(VOCABULARY, k=3)),
            "body": " ".join([*rng.choices(VOCABULARY, k=rng.randrange(30)), f"n{number}"]),
            "gaps": " ".join(rng.choices(VOCABULARY, k=9)),
            "lang": rng.choice(["en", "zh", "ja"]),
            "tags": rng.choice(["chips", "chips trade", ""]),
            "date": rng.randrange(1000),
        }
        for number in numbers
    ]


def _columns(index: Segments) -> list[Any]:
    snapshot = index.snapshot()
    live = snapshot.live
    table = snapshot.table("lang")
    langs = [table[code] for code in snapshot.column("lang")[live].tolist()]
    numbers = [snapshot.column(name)[live].tolist() for name in ("id", "date")]
    return sorted(zip(*numbers, langs, strict=True))


def _grown(folder: Path, rng: random.Random) -> Segments:
    index = Segments.create(folder, schema())
    for _ in range(26):
        added = rng.sample(range(1, 400), rng.randrange(1, 14))
        index.commit(_documents(rng, added), rng.sample(range(1, 400), 3))
    return index


@pytest.mark.parametrize("at_once", [(1 << 18, 1 << 13), (1 << 18, 16), (50, 1 << 13)])
def test_merging_keeps_every_answer_and_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: tuple[int, int]
) -> None:
    monkeypatch.setattr(merging, "_RANGE", at_once[0])
    monkeypatch.setattr(merging, "_TERMS", at_once[1])
    index = _grown(tmp_path / "index", random.Random(5))
    matches = [sorted(found(index.snapshot(), asked)) for asked in ASKED]
    values = _columns(index)
    steps = 0
    while index.merge_step():
        steps += 1
        index.verify()
        assert [sorted(found(index.snapshot(), asked)) for asked in ASKED] == matches
        assert _columns(index) == values
    assert steps > 2
    assert len(index.snapshot().leaves) < 2 * FAN_IN
    files = {path.name for path in (tmp_path / "index").glob("*.seg")}
    assert files == {entry.file for entry in index.snapshot().manifest.entries}


@pytest.mark.parametrize("small_ranges", [False, True])
def test_a_merged_index_scores_as_one_made_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_ranges: bool
) -> None:
    if small_ranges:
        monkeypatch.setattr("index.segments.merging._RANGE", 7)
        monkeypatch.setattr("index.segments.merging._BLOCK", 11)
    rng = random.Random(8)
    first = Segments.create(tmp_path / "index", schema())
    documents = _documents(rng, list(range(1, 90)))
    for start in range(0, len(documents), 10):
        first.commit(documents[start : start + 10], [])
    first.commit([], [5, 17, 44])
    while first.merge_step():
        pass
    # Segments in which something is dead keep counting it; what lives alone must be left.
    monkeypatch.setattr("index.segments.merging._SPARSE", 1.1)
    for _ in first.snapshot().leaves:
        first.merge_step()
    assert first.snapshot().live.all()
    once = Pair(tmp_path / "other")
    once.commit([item for item in documents if item["id"] not in (5, 17, 44)])
    for asked in ASKED[:6]:
        assert found(first.snapshot(), asked) == pytest.approx(once.expected(asked), abs=1e-6)


def test_what_is_deleted_during_a_merge_stays_deleted(tmp_path: Path) -> None:
    rng = random.Random(2)
    folder = tmp_path / "index"
    index, other = Segments.create(folder, schema()), Segments.open(folder, schema())
    for start in range(0, 80, 10):
        index.commit(_documents(rng, list(range(start + 1, start + 11))), [])
    index.commit([], [3, 44])

    class Busy(Files):
        """The folder of a merge into whose last moment a commit falls."""

        def locked(self, timeout: float) -> Any:
            other.commit(_documents(rng, [7, 100]), [1, 2, 12])
            return super().locked(timeout)

    merger = Segments(Busy(folder), schema())
    assert merger.merge_step()
    alive = sorted(found(index.snapshot(), query.Every()))
    assert alive == sorted({*range(1, 81), 100} - {1, 2, 3, 12, 44})
    assert len(index.snapshot().leaves) == 2


def test_nothing_to_merge(tmp_path: Path) -> None:
    index = Segments.create(tmp_path, schema())
    assert not index.merge_step()
    index.commit(_documents(random.Random(1), [1, 2, 3]), [])
    assert not index.merge_step()


def test_an_index_is_merged_by_one_process_at_a_time(tmp_path: Path) -> None:
    index = _grown(tmp_path, random.Random(3))
    with index._files.merging() as alone:
        assert alone
        assert not index.merge_step()
    assert index.merge_step()


def test_other_threads_get_the_interpreter_sooner_only_for_a_while() -> None:
    usual = sys.getswitchinterval()
    with yielding():
        assert sys.getswitchinterval() < usual
        with yielding():
            pass
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == usual


def _entries(*alive: int) -> list[Entry]:
    return [Entry(f"{place:016x}", 0, count) for place, count in enumerate(alive)]


def test_few_segments_are_left_alone() -> None:
    assert choose(_entries(*[10] * (FAN_IN - 1))) == []
    assert choose(_entries(10, 100, 1000, 10_000, 30_000, 1, 5, 70)) == []


def test_a_full_tier_is_merged() -> None:
    assert choose(_entries(*[10] * FAN_IN)) == list(range(FAN_IN))
    assert choose(_entries(4000, *[10] * 5, 30_000, *[12] * 4)) == [1, 2, 3, 4, 5, 7, 8, 9, 10]


def test_merged_segments_stay_bounded() -> None:
    sizes = [9000 + place for place in range(12)]
    chosen = choose(_entries(*sizes))
    assert 2 <= len(chosen) <= 10
    assert sum(sizes[place] for place in chosen) <= LARGEST
    assert choose(_entries(*[30_000] * 20)) == []
    assert choose(_entries(*[8400] * 4, 26_000)) == [0, 1, 2, 3]
