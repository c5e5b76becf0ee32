"""Articles found by what they mean, and the vectors behind it, with the real model."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digest.config.settings import Config
from digest.library import Library
from index.meaning import encoder
from index.meaning.vectors import GENERATION

pytestmark = pytest.mark.usefixtures("with_meaning")

PIECES = (
    ("en", "Quake relief team returns home", "Rescuers who dug through collapsed homes are back."),
    ("zh-Hant", "颱風逼近 漁船回港避風", "強烈颱風接近，漁民把船開回港口，學校停課一天。"),
    ("ja", "半導体工場の地下水をめぐる説明会", "工場が使う水の量について住民に説明した。"),
    ("en", "Baseball final draws record crowd", "Fans filled the stadium for the last game."),
    ("zh-Hant", "中央銀行升息半碼", "央行決定調高利率，以抑制通貨膨脹。"),
    ("ja", "地震の救助隊が帰国", "倒壊した家屋で捜索した救助隊が空港に着いた。"),
)
QUAKE, TYPHOON, WATER, BASEBALL, RATES, RESCUE = range(1, 7)
CONFIG = Config()


def add(library: Library, folder: Path, *pieces: tuple[str, str, str]) -> list[int]:
    named = [dict(zip(("lang", "title", "text"), piece, strict=True)) for piece in pieces]
    source = folder / "pieces.jsonl"
    source.write_text("\n".join(map(json.dumps, named)), encoding="utf-8")
    return [one.id for one in library.add([str(source)]).added]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the pieces and their vectors, not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "available", lambda: True)
        with Library.open(folder / "home", CONFIG) as library:
            add(library, folder, *PIECES)
    return folder / "home"


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with Library.open(home, CONFIG) as opened:
        yield opened


def found(library: Library, query: str) -> dict[int, str]:
    return {one.row.id: one.match for one in library.search(query).results}


def whole(library: Library) -> bool:
    """Whether every article has its vector, and each is sound."""
    levels = {one.what: one.level for one in library.doctor()}
    return levels["vectors"] == "ok" and library.meaning.embedder.pending() == []


def test_a_query_finds_what_shares_no_word_with_it_in_another_language(library: Library) -> None:
    storm = found(library, "あらしで船が出られない lang:zh")
    assert next(iter(storm.items())) == (TYPHOON, "meaning")
    money = found(library, "the bank made borrowing more expensive lang:zh")
    assert next(iter(money)) == RATES
    sport = found(library, "野球の決勝戦に大勢の観客 lang:en")
    assert next(iter(sport)) == BASEBALL


def test_a_list_says_what_was_found_by_meaning(library: Library) -> None:
    listing = library.listing("あらしで船が出られない lang:zh")
    assert listing.brought[TYPHOON] == "meaning"
    assert library.listing("baseball").brought.get(BASEBALL) is None


def test_loading_the_model_is_no_part_of_the_time_of_a_search(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    loading = iter((0.0, 3600.0))
    monkeypatch.setattr(encoder, "loading_seconds", lambda: next(loading))
    assert library.search("あらしで船が出られない").took_ms < 0  # an hour of it was loading


def test_what_matches_strictly_comes_first_and_filters_hold(library: Library) -> None:
    page = library.search("baseball")
    assert page.results[0].row.id == BASEBALL
    assert (page.total, page.results[0].match) == (1, "text")
    library.mark([TYPHOON], "read")
    assert TYPHOON not in found(library, "あらしで船が出られない is:unread")
    assert TYPHOON not in found(library, "あらしで船が出られない -漁民")
    assert library.search("あらしで船が出られない", order="newest").results == ()
    assert library.matching("あらしで船が出られない")[0] == []


def test_more_like_an_article_brings_its_story_in_the_other_language(library: Library) -> None:
    near = found(library, f"like:{QUAKE}")
    assert next(iter(near.items())) == (RESCUE, "meaning")
    assert QUAKE not in near
    assert set(found(library, f"like:{QUAKE} lang:zh")) <= {TYPHOON, RATES}
    assert library.listing(f"like:{QUAKE}").ids[0] == RESCUE
    assert found(library, "like:999") == {}


def test_vectors_of_articles_are_there_for_others(library: Library) -> None:
    vectors = library.meaning.vectors_of([QUAKE, 999, RESCUE, RATES])
    assert vectors is not None
    assert vectors.shape == (4, 512)
    assert np.linalg.norm(vectors[0]) == pytest.approx(1, abs=0.01)
    assert not vectors[1].any()
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[3]


def remove_all(folder: Path) -> None:
    shutil.rmtree(folder)


def cut(folder: Path) -> None:
    path = folder / GENERATION / "codes-0"
    os.truncate(path, path.stat().st_size // 2 + 7)


def overwrite(folder: Path) -> None:
    for path in (folder / GENERATION).glob("*-0"):
        path.write_bytes(b"\x11" * path.stat().st_size)


def lose_table(folder: Path) -> None:
    (folder / GENERATION / "documents").unlink()


def garble_table(folder: Path) -> None:
    path = folder / GENERATION / "documents"
    path.write_bytes(path.read_bytes()[:40] + b"\xff" * 33)


def other_version(folder: Path) -> None:
    (folder / GENERATION).rename(folder / "use3-old")


@pytest.mark.parametrize(
    "damage", [remove_all, cut, overwrite, lose_table, garble_table, other_version]
)
def test_vectors_that_are_lost_or_damaged_are_made_anew_by_the_next_run(
    home: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(home / "vectors")
    with Library.open(home, CONFIG) as library:
        assert found(library, "baseball")[BASEBALL] == "text"
        add(library, tmp_path, ("en", "A new bridge", "It opened on Friday."))
        assert whole(library)
        assert next(iter(found(library, f"like:{QUAKE}"))) == RESCUE
    assert [path.name for path in (home / "vectors").iterdir()] == [GENERATION]


def test_the_doctor_finds_a_changed_byte_in_the_vectors_and_mends_it(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.meaning.vectors._SAMPLES", 0)  # as if it were one of many
    path = home / "vectors" / GENERATION / "codes-0"
    with path.open("r+b") as file:
        file.seek(700)
        file.write(b"\x55\x55")
    assert {one.what: one.level for one in library.doctor()}["vectors"] == "damage"
    assert {one.what: one.repaired for one in library.doctor(repair=True)}["vectors"]
    assert whole(library)


def test_a_rebuilt_index_and_a_restored_backup_keep_the_vectors(
    library: Library, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = tmp_path / "copy"
    library.backup(backup)
    library.edit(QUAKE, title="Another headline")
    encoded: list[str] = []
    encode = encoder.encode

    def noting(texts: Sequence[str]) -> encoder.Vectors:
        encoded.extend(texts)
        return encode(texts)

    monkeypatch.setattr(encoder, "encode", noting)
    library.reindex()
    library.meaning.finish()
    assert [text.partition("\n")[0] for text in encoded] == ["Another headline"]
    assert whole(library)
    library.close()
    Library.restore(backup, home)
    encoded.clear()
    with Library.open(home, CONFIG) as restored:
        restored.catch_up()
        restored.meaning.finish()
        assert encoded == []
        assert whole(restored)


def test_an_edited_a_deleted_and_a_returned_article_have_the_vector_they_should(
    library: Library,
) -> None:
    before = library.meaning.vectors_of([BASEBALL])
    library.edit(BASEBALL, title="Central bank raises interest rates", lang="en")
    library.delete([RATES])
    library.meaning.finish()
    after = library.meaning.vectors_of([BASEBALL])
    assert before is not None
    assert after is not None
    assert float(before[0] @ after[0]) < 0.9
    assert RATES not in found(library, f"like:{BASEBALL}")
    library.undo()
    assert next(iter(found(library, f"like:{BASEBALL}"))) == RATES
    assert whole(library)


def test_vectors_that_nothing_uses_are_dropped_once_they_are_most(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.library.embedding._SPARE", 0)
    with Library.open(home, CONFIG) as reader:
        assert next(iter(found(reader, f"like:{QUAKE}"))) == RESCUE
        library.delete([TYPHOON, WATER, BASEBALL, RATES])
        library.meaning.finish()
        sizes = [path.stat().st_size for path in (home / "vectors").rglob("codes-*")]
        assert sizes == [2 * 512]
        assert next(iter(found(reader, f"like:{QUAKE}"))) == RESCUE


def test_stopping_keeps_what_is_made_and_the_next_run_goes_on(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(home / "vectors")
    monkeypatch.setattr("digest.library.embedding.BATCH", 2)
    seen: list[tuple[int, int]] = []
    with Library.open(home, CONFIG) as library:
        library.meaning.on_vectors = lambda done, total: seen.append((done, total))
        assert library.meaning.finish(lambda: len(seen) == 2) == 4
        assert library.meaning.embedder.pending() == [WATER - 1, QUAKE]
        assert library.meaning.finish() == 2
        assert seen == [(0, 6), (2, 6), (0, 2), (2, 2)]
        assert whole(library)


def test_switched_off_nothing_is_made_or_found_by_meaning(home: Path, tmp_path: Path) -> None:
    shutil.rmtree(home / "vectors")
    off = replace(CONFIG, search=replace(CONFIG.search, meaning=False))
    with Library.open(home, off) as library:
        add(library, tmp_path, ("en", "A new bridge", "It opened on Friday."))
        assert not (home / "vectors").exists()
        assert "meaning" not in found(library, "あらしで船が出られない lang:zh").values()
        assert {one.what: one.level for one in library.doctor()}["meaning"] == "ok"


def test_a_page_full_of_strict_matches_needs_no_model(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(texts: object) -> None:
        raise AssertionError(texts)

    monkeypatch.setattr(encoder, "encode", refuse)
    assert len(library.search("is:unread").results) == 6
    assert library.search("baseball", limit=1).total == 1


def test_the_desk_has_vectors_made_beside_it(home: Path) -> None:
    shutil.rmtree(home / "vectors")
    with Library.open(home, CONFIG, background=True) as library:
        # Whatever else runs on the machine goes before it.
        for _ in range(3000):
            if not library.meaning.embedder.pending():
                break
            library._closing.wait(0.1)
        assert next(iter(found(library, f"like:{QUAKE}"))) == RESCUE
        assert whole(library)
