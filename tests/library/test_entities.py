"""Whom and what articles name: marked when they come in, and again when the names change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.library import Library
from digest.model import EntityCount
from digest.store import migrations
from tests.library.conftest import CONFIG, bring

VISIT = (
    {
        "title": "President Lai Ching-te receives Aso",
        "text": "Lai Ching-te thanked Taro Aso for his visit. The DPP welcomed it.",
        "lang": "en",
    },
    {"title": "賴清德接見麻生太郎", "text": "總統賴清德表示感謝。", "lang": "zh-Hant"},
    {"title": "頼清徳総統、麻生太郎氏と会談", "text": "会談は台北で開かれた。", "lang": "ja"},
    {"title": "Rain", "text": "Nothing but rain, and who would mind.", "lang": "en"},
)


def named(library: Library, ident: int) -> dict[str, int]:
    return {one.id: one.count for one in library.article(ident).entities}


@pytest.fixture
def names(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    return home / "names.toml"


def test_an_article_is_marked_with_all_it_names_in_any_language(
    library: Library, tmp_path: Path
) -> None:
    english, chinese, japanese, rain = bring(library, tmp_path, VISIT)
    assert named(library, english)["lai-ching-te"] == 2
    assert {"lai-ching-te", "taro-aso"} <= named(library, english).keys()
    assert named(library, chinese) == {"lai-ching-te": 2, "taro-aso": 1}
    assert {"lai-ching-te", "taro-aso", "taipei"} <= named(library, japanese).keys()
    assert named(library, rain) == {}


def test_the_most_often_named_comes_first_with_its_name(library: Library, tmp_path: Path) -> None:
    english, *_ = bring(library, tmp_path, VISIT)
    first = library.article(english).entities[0]
    assert first == EntityCount("lai-ching-te", "Lai Ching-te", 2)


def test_a_corrected_headline_counts(library: Library, tmp_path: Path) -> None:
    *_, rain = bring(library, tmp_path, VISIT)
    library.edit(rain, title="Rain over Yonaguni")
    assert named(library, rain) == {"yonaguni": 1}
    library.undo()
    assert named(library, rain) == {}


def test_a_changed_file_of_names_marks_articles_again(
    home: Path, names: Path, tmp_path: Path
) -> None:
    with Library.open(home, CONFIG) as library:
        *_, rain = bring(library, tmp_path, VISIT)
        names.write_text('[[names]]\nid = "rain-band"\nkind = "event"\nen = ["nothing but rain"]\n')
        assert named(library, rain) == {"rain-band": 1}  # shown at once
        library.catch_up()
    with closing(sqlite3.connect(home / "library.db")) as db:
        rows = db.execute(
            "SELECT key FROM entities WHERE id IN (SELECT entity_id FROM article_entities)"
        )
        assert "rain-band" in {key for (key,) in rows}
        names.write_text('[[names]]\nid = "rain-band"\nkind = "event"\nen = ["heavy rain"]\n')
    with Library.open(home, CONFIG) as library:
        library.catch_up()
        assert named(library, rain) == {}


def test_a_library_from_before_the_marks_is_marked_in_passing(home: Path, tmp_path: Path) -> None:
    with Library.open(home, CONFIG) as library:
        english, *_ = bring(library, tmp_path, VISIT)
    with closing(sqlite3.connect(home / "library.db")) as db:
        for table in ("article_entities", "entities", "unmarked"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM meta WHERE key LIKE 'names%'")
        db.commit()
        db.executescript(migrations.ENTITIES)
    with Library.open(home, CONFIG) as library:
        assert named(library, english)["lai-ching-te"] == 2
        library.search("rain")
        with closing(sqlite3.connect(home / "library.db")) as db:
            assert db.execute("SELECT count(*) FROM unmarked").fetchone() == (0,)
        assert named(library, english)["lai-ching-te"] == 2


def test_an_article_that_was_deleted_and_brought_back_keeps_its_marks(
    library: Library, tmp_path: Path
) -> None:
    english, *_ = bring(library, tmp_path, VISIT)
    library.delete([english])
    library.undo()
    assert named(library, english)["lai-ching-te"] == 2


def test_who_finds_whom_an_article_names_and_not_the_word(library: Library, tmp_path: Path) -> None:
    english, chinese, japanese, rain = bring(library, tmp_path, VISIT)
    health = {"title": "The WHO meets in Geneva", "text": "Delegates arrived.", "lang": "en"}
    (who,) = bring(library, tmp_path, [health])
    assert library.matching("who:lai")[0] == [english, chinese, japanese]
    assert library.matching("who:WHO")[0] == [who]
    assert rain in library.matching("who")[0]
    assert library.matching("-who:lai who:taipei")[0] == [1, 2, 3]


def test_what_follows_strict_matches_names_them_too(library: Library, tmp_path: Path) -> None:
    ids = bring(library, tmp_path, VISIT)
    page = library.search("who:lai thanked visit semiconductors")
    assert page.total == 0
    assert {result.row.id for result in page.results} <= set(ids[:3])
    assert library.search("who:lai").related == 0
