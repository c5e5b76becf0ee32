"""Files of the index that are lost, exchanged or damaged: noticed, and made anew from the store."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.library import Library
from index.engine import Engine
from tests.library.conftest import CONFIG, bring


def replaced_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


WOUNDS: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: os.truncate(path, 0),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "overwritten": lambda path: path.write_bytes(b"\xff" * path.stat().st_size),
    "a folder": replaced_by_folder,
}


def index_file(home: Path, kind: str) -> Path:
    (found,) = (home / "index").glob(kind)
    return found


@pytest.mark.parametrize("wound", WOUNDS)
@pytest.mark.parametrize("kind", ["manifest", "*.seg", "library-token", "commit.lock"])
def test_any_file_of_the_index_may_be_lost(
    library: Library, home: Path, kind: str, wound: str
) -> None:
    library.close()
    WOUNDS[wound](index_file(home, kind))
    with Library.open(home, CONFIG) as again:
        assert again.matching("台灣")[0] == [1, 2, 3]
        assert "damage" not in {one.level for one in again.doctor()}


def test_a_file_in_the_place_of_the_index_is_no_obstacle(library: Library, home: Path) -> None:
    library.close()
    shutil.rmtree(home / "index")
    (home / "index").write_text("not a folder")
    with Library.open(home, CONFIG) as again:
        assert again.matching("台灣")[0] == [1, 2, 3]


@pytest.mark.parametrize("wound", ["deleted", "emptied", "a folder"])
def test_an_index_lost_while_it_is_open_is_made_anew(
    library: Library, home: Path, wound: str
) -> None:
    WOUNDS[wound](index_file(home, "manifest"))
    assert library.matching("台灣")[0] == [1, 2, 3]
    shutil.rmtree(home / "index")
    assert library.search("台灣").total == 3
    assert library.stats("台灣", by="month").buckets == (("2026-11", "", 3),)


def test_damage_that_breaks_a_search_is_found_and_mended(library: Library, home: Path) -> None:
    library.close()
    segment = index_file(home, "*.seg")
    content = bytearray(segment.read_bytes())
    arrays = json.loads(content[content.rfind(b'{"id"') :])["arrays"]
    for name, (offset, _dtype, count, _crc) in arrays.items():
        if name.endswith(".docs"):
            content[offset : offset + 2 * count] = b"\xff" * 2 * count
    segment.write_bytes(content)
    with Library.open(home, CONFIG) as again:
        assert again.search("台灣").total == 3


def test_searches_go_on_while_the_index_is_made_anew(
    library: Library, home: Path, tmp_path: Path
) -> None:
    rain = [{"title": f"Rain {n}", "text": "Rain.", "url": f"https://r/{n}"} for n in range(1100)]
    bring(library, tmp_path, rain)
    library.close()
    shutil.rmtree(home / "index")
    under_way, searched = threading.Event(), threading.Event()

    def indexing(done: int, total: int) -> None:
        if done < total:  # the first of several batches
            under_way.set()
            searched.wait(30)

    with Library.open(home, CONFIG) as again:
        thread = threading.Thread(target=again.catch_up, args=[indexing])
        thread.start()
        try:
            assert under_way.wait(30)
            again.on_indexing = None
            found = again._indexer.engine().count
            assert 0 < found < 1104
            assert len(again.listing("is:unread").ids) == 1104
        finally:
            searched.set()
            thread.join()
        assert again.search("rain").total == 1100


def test_the_old_index_answers_while_it_is_made_anew(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.library.indexing.BATCH", 1)
    counts = []

    def look(_done: int, _total: int) -> None:
        counts.append(Engine.open(home / "index").count)

    whole = Engine.open(home / "index").count
    assert library.reindex(look) == whole
    assert counts == [whole] * whole
