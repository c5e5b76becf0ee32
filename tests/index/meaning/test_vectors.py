from __future__ import annotations

import multiprocessing
from pathlib import Path

import numpy as np
import pytest

from index.meaning import nearest as search
from index.meaning.encoder import DIMENSIONS, Vectors
from index.meaning.nearest import nearest
from index.meaning.records import key_of
from index.meaning.vectors import GENERATION, VectorStore


def unit(count: int, seed: int = 1) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    lengths: Vectors = np.linalg.norm(found, axis=1)[:, None]
    return found / lengths


def test_a_vector_comes_back_by_its_key_nearly_as_it_was(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    vectors = unit(20)
    store.add(range(100, 120), vectors)
    rows = VectorStore(tmp_path).rows(np.array([119, 5, 100], np.uint64))
    assert rows.tolist() == [19, -1, 0]
    assert np.abs(store.current().vectors(rows[[0, 2]]) - vectors[[19, 0]]).max() < 0.002


def test_a_key_is_kept_once(tmp_path: Path) -> None:
    store = VectorStore(tmp_path)
    store.add([1, 2, 1], unit(3))
    store.add([2, 3], unit(2))
    assert len(store) == 3
    assert sorted(store.rows(np.array([1, 2, 3], np.uint64)).tolist()) == [0, 1, 2]


def test_another_instance_sees_what_was_appended(tmp_path: Path) -> None:
    reader = VectorStore(tmp_path)
    assert len(reader) == 0
    VectorStore(tmp_path).add([7], unit(1))
    assert reader.rows(np.array([7], np.uint64)).tolist() == [0]


def test_what_a_crash_left_behind_is_not_read_and_is_written_over(tmp_path: Path) -> None:
    VectorStore(tmp_path).add([1, 2], unit(2))
    with (tmp_path / GENERATION / "codes-0").open("ab") as file:
        file.write(b"half a record")
    store = VectorStore(tmp_path)
    assert len(store) == 2
    vectors = unit(2, seed=9)
    store.add([3, 4], vectors)
    rows = store.rows(np.array([3, 4], np.uint64))
    assert np.abs(store.current().vectors(rows) - vectors).max() < 0.002


def _add(folder: Path, start: int) -> None:
    store = VectorStore(folder)
    for key in range(start, start + 30):
        store.add([key], unit(1, seed=key))


def test_processes_append_side_by_side(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=_add, args=(tmp_path, start)) for start in (0, 20)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
        assert child.exitcode == 0
    store = VectorStore(tmp_path)
    rows = store.rows(np.arange(50, dtype=np.uint64))
    assert len(store) == 50
    wanted = np.concatenate([unit(1, seed=key) for key in range(50)])
    assert np.abs(store.current().vectors(rows) - wanted).max() < 0.002


@pytest.mark.parametrize("limited", [False, True])
def test_the_nearest_are_those_of_an_exhaustive_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, limited: bool
) -> None:
    if limited:
        monkeypatch.setattr(search, "CANDIDATES", 150)
    vectors = unit(600)
    store = VectorStore(tmp_path)
    store.add(range(600), vectors)
    rows = np.arange(600)
    rows[::7] = -1
    query = unit(1, seed=5)[0] * 0.3 + vectors[302]
    query /= np.linalg.norm(query)
    places, scores = nearest(store.current(), query, rows, 5)
    exact = vectors @ query
    exact[::7] = -1
    assert places[0] == 302
    assert scores[0] == pytest.approx(float(exact[302]), abs=0.003)
    if not limited:
        assert set(places.tolist()) == set(np.argsort(-exact)[:5].tolist())


def test_nothing_is_near_where_there_is_nothing(tmp_path: Path) -> None:
    places, scores = nearest(VectorStore(tmp_path).current(), unit(1)[0], np.full(9, -1), 3)
    assert (len(places), len(scores)) == (0, 0)


def test_keys_differ_with_the_text() -> None:
    assert key_of("台灣") == key_of("台灣")
    assert len({key_of(text) for text in ("台灣", "台湾", "\ud800", "")}) == 4
