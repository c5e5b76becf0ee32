from __future__ import annotations

from pathlib import Path

import pytest

from digest.config.settings import Config
from digest.errors import ConfigError
from digest.library import Library
from tests.library.conftest import bring

CASES: tuple[tuple[str, set[int]], ...] = (
    ("台灣", {1, 2, 3}),
    ("台湾", {1, 2, 3}),
    ("臺灣", {1, 2, 3}),
    ("Taiwan", {1, 2, 3}),
    ("title:台灣", {1, 3}),
    ("-台灣", {4}),
    ("=台灣", {2}),
    ("who:Taipei", {1, 2, 3}),
    ("who:semiconductor", {4}),
    ("trading", {1}),
    ("semiconductor", {4}),
    ("ＴＡＩＰＥＩ", {1, 2, 3}),
    ("熱線", {2}),
    ("島", {3}),
    ("semi*", {4}),
    ("coast OR 海巡", {1, 2}),
    ("coast -yonaguni", set()),
    ("lang:ja", {3}),
    ("lang:en,ja 台湾", {1, 3}),
    ("feed:herald", {1, 4}),
    ("feed:haixia.example", {2}),
    ("date:2026-11", {1, 2, 3}),
    ("before:2026-11-01", {4}),
    ("is:unread", {1, 2, 3, 4}),
    ("id:2", {2}),
    ("@sea", {1, 2}),
    ('"coast guards"', {1, 2}),
    ("=台湾", {3}),
    ("title:kumamoto", {4}),
    ("", {1, 2, 3, 4}),
)


@pytest.mark.parametrize(("query", "wanted"), CASES)
def test_a_query_matches_strictly_what_it_says(
    library: Library, query: str, wanted: set[int]
) -> None:
    ids, problems = library.matching(query)
    assert set(ids) == wanted
    assert problems == ()


def test_state_and_words_go_together(library: Library) -> None:
    library.tag([2, 3], ["海巡"])
    library.mark([3], "star")
    assert set(library.matching("台灣 tag:海巡")[0]) == {2, 3}
    assert library.matching("台灣 #海巡 is:starred")[0] == [3]
    assert library.matching("is:starred OR kumamoto")[0] == [3, 4]


def test_a_page_has_snippets_as_written_with_the_hits_marked(library: Library) -> None:
    page = library.search("台湾")
    marked = {
        one.row.id: (one.match, [one.snippet.text[at.start : at.end] for at in one.snippet.marks])
        for one in page.results
    }
    assert page.total == 3
    assert marked == {
        3: ("text", ["台湾"]),
        2: ("text", ["台灣"]),
        1: ("name", []),
    }  # stands in its title


def test_pages_follow_each_other_without_gap_or_overlap(library: Library) -> None:
    whole = [one.row.id for one in library.search("is:unread", limit=10).results]
    parts = [
        one.row.id
        for offset in (0, 2)
        for one in library.search("is:unread", limit=2, offset=offset).results
    ]
    assert parts == whole == [3, 2, 1, 4]


def test_a_pasted_headline_finds_its_article_by_a_relaxed_reading(library: Library) -> None:
    page = library.search("Coast guards of Taiwan and the Philippines agree on nothing")
    assert page.total == 0
    assert page.results[0].row.id == 1
    assert page.results[0].match == "relaxed"
    assert page.related >= 1


def test_strict_only_where_order_or_state_asks_for_it(library: Library) -> None:
    assert library.search("coast guards zebra", order="newest").related == 0
    assert library.matching("coast guards zebra")[0] == []


def test_a_note_is_found_once_it_is_written_and_no_longer_once_it_is_gone(
    library: Library,
) -> None:
    library.set_note(4, "與新竹比較 compare with Hsinchu")
    assert library.matching("note:新竹")[0] == [4]
    library.set_note(4, "")
    assert library.matching("note:新竹")[0] == []


def test_a_corrected_title_is_found_and_undone(library: Library) -> None:
    library.edit(4, title="Engineers wanted", date="2026-10-02", lang="en-GB", feed="Kyushu Desk")
    row = library.rows([4])[0]
    assert (row.title, row.feed, row.lang) == ("Engineers wanted", "Kyushu Desk", "en-GB")
    assert library.matching("title:engineers feed:kyushu date:2026-10-02 lang:en")[0] == [4]
    library.undo()
    assert library.matching("title:wanted")[0] == []
    assert library.rows([4])[0].feed == "Strait Herald"


def test_what_is_deleted_is_found_nowhere_until_it_is_undone(
    library: Library, tmp_path: Path
) -> None:
    assert library.delete([1]) == 1
    assert library.matching("coast")[0] == []
    assert library.counts().all == 3
    assert (
        bring(library, tmp_path, [{"title": "x", "text": "y", "url": "https://strait.example/1"}])
        == []
    )
    assert library.undo() == "deleted 1 article"
    assert library.matching("coast")[0] == [1]


def test_problems_are_reported_and_the_rest_is_answered(library: Library) -> None:
    page = library.search("台灣 is:purple")
    assert {one.row.id for one in page.results} >= {2, 3}
    assert page.problems[0].start == 3


def test_counts_are_live(library: Library) -> None:
    library.mark([1, 2], "read")
    library.tag([1], ["sea"])
    counts = library.counts()
    assert (counts.all, counts.unread) == (4, 2)
    assert counts.tags == (("sea", 0, 1),)
    assert counts.views == {"sea": 0}


def test_numbers_by_month_and_language(library: Library) -> None:
    stats = library.stats("", by="month", split="lang")
    assert stats.buckets == (
        ("2026-10", "en", 1),
        ("2026-11", "en", 1),
        ("2026-11", "ja", 1),
        ("2026-11", "zh", 1),
    )
    assert stats.feeds["Strait Herald"] == 2
    assert library.stats("台灣").articles == 3


def test_matches_come_in_the_order_that_the_query_asks_for(library: Library) -> None:
    assert library.matching("taipei OR kumamoto OR 台北 sort:newest")[0] == [3, 2, 1, 4]
    assert library.matching("taipei OR kumamoto OR 台北 sort:oldest")[0] == [4, 1, 2, 3]


def test_the_readers_own_names_count_at_once(library: Library) -> None:
    assert library.matching("who:hotline") == ([1], ())
    own = library.home / "names.toml"
    own.write_text('[[names]]\nen = ["hotline"]\nzh = ["熱線"]\n', encoding="utf-8")
    assert library.matching("who:hotline") == ([1, 2], ())
    assert library.matching("熱線") == ([1, 2], ())
    own.write_text("[[names]]\nzn = []\n", encoding="utf-8")
    assert library.matching("熱線") == ([1, 2], ())
    own.unlink()
    assert library.matching("熱線") == ([2], ())


def test_a_wrong_file_of_names_is_an_error_of_configuration(home: Path) -> None:
    home.mkdir()
    (home / "names.toml").write_text('\n[[names]]\nzn = ["熱線"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"names\.toml, line 2: .*did you mean zh"):
        Library.open(home, Config())
