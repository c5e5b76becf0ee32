from __future__ import annotations

from pathlib import Path

import pytest

from index.engine import Engine
from index.errors import IndexDamaged, SearchCancelled
from index.query.ast import Filter, Order
from tests.index.making import NOW, Desk, Library, asked, document, seconds

VISIT = document(
    1,
    "台灣總統訪問日本",
    "賴清德總統說，台灣與日本的關係日益緊密，半導體合作是重點。默想之後再談。",
    age=1,
    lang="zh",
    author="王小明",
)
PLANT = document(
    2,
    "台湾の半導体メーカーが熊本に工場",
    "頼清徳総統は歓迎した。人々は喜び、サーバーの生産も始まる。ヴェトナムにも工場がある。",
    age=2,
    lang="ja",
    author="山田太郎",
)
TRADE = document(
    3,
    "Taiwan and Japan trade talks",
    "The U.S. watched. Trading companies in the Indo-Pacific sold 1,234 chips; a trade war looms.",
    age=40,
    lang="en",
    note="Ask Yamada about Xi'an",
    author="Jane Doe",
)
SETTING = document(4, "默认设置", "公司的默认设置", age=90, lang="zh")


@pytest.fixture
def news(desk: Desk) -> Desk:
    desk.update([VISIT, PLANT, TRADE, SETTING])
    desk.library.states = {
        Filter("is", "read"): [1, 3],
        Filter("tag", "chips"): [2, 3, 99],
        Filter("feed", "cna"): [1],
    }
    return desk


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {1, 2, 3, 4}),
        ("台湾", {1, 2}),
        ("臺灣", {1, 2}),
        ("賴清德", {1, 2}),
        ("頼清徳", {1, 2}),
        ("半導體", {1, 2}),
        ("半導体", {1, 2}),
        ("默想", {1}),
        ("默认", {4}),
        ("默認", {4}),
        ("台", {1, 2}),
        ("喜", {2}),
        ("場", {2}),
        ("々は", {2}),
        ("ｻｰﾊﾞ", {2}),
        ("サーバー", {2}),
        ("人人", {2}),
        ("ベトナム", {2}),
        ("trade", {3}),
        ("trades traded", {3}),
        ("TAIWAN", {3}),
        ("Tōkyō", set()),
        ("us", {3}),
        ("U.S.", {3}),
        ("Indo-Pacific", {3}),
        ('"Indo Pacific"', {3}),
        ("1234", {3}),
        ("１，２３４", {3}),
        ("12345", set()),
        ("xian", {3}),
        ("chip*", {3}),
        ("companies*", {3}),
        ("title:trad*", {3}),
        ("title:compan*", set()),
        ("author:ja*", {3}),
        ('"trade wx"*', set()),
        ('"trade wa"*', {3}),
        ('"war trade"', set()),
        ("台灣總統", {1}),
        ("「總統、台灣」", set()),
        ("「說，台灣」", {1}),
        ("trade NEAR/0 war", {3}),
        ("war NEAR/0 trade", {3}),
        ("war NEAR/4 chips", {3}),
        ("1234 NEAR/2 war", set()),
        ("1234 NEAR/3 war", {3}),
        ("台灣 NEAR/1 日本", {1}),
        ("台灣 NEAR/0 日本", set()),
        ("日本 NEAR/1 台灣", {1}),
        ("title:trade NEAR/1 japan", {3}),
        ("=trade", {3}),
        ("=Trade", set()),
        ("=Trading", {3}),
        ('="trade war"', {3}),
        ("=台湾", {2}),
        ("=台灣", {1}),
        ("title:=台灣", {1}),
        ("note:=Yamada", {3}),
        ("author:=Jane", {3}),
        ("-=台湾", {1, 3, 4}),
        ("title:台湾", {1, 2}),
        ("body:台湾", {1}),
        ("note:yamada", {3}),
        ("yamada", {3}),
        ("author:王小明", {1}),
        ("王小明", {1}),
        ("-台湾", {3, 4}),
        ("-台湾 -trade", {4}),
        ("台湾 OR trade", {1, 2, 3}),
        ("(台湾 OR trade) -日本", {2, 3}),
        ("台湾 日本", {1}),
        ("is:read", {1, 3}),
        ("-is:read", {2, 4}),
        ("is:read 台湾", {1}),
        ("tag:chips OR feed:cna", {1, 2, 3}),
        ("tag:chips -is:read", {2}),
        ("tag:other", set()),
        ("(tag:chips OR =台灣) is:read", {1, 3}),
        ("id:3", {3}),
        ("id:3,4,77", {3, 4}),
        ("id:9223372036854775807", set()),
        ("lang:zh", {1, 4}),
        ("lang:en,ja", {2, 3}),
        ("lang:fr", set()),
        ("newer:3d", {1, 2}),
        ("older:2m", {4}),
        ("date:2026-11-20..2026-11-21", {1, 2}),
        ("after:2026-11-21 台湾", {1}),
        ("before:2026-11-21 台湾", {2}),
    ],
)
def test_what_a_query_finds(news: Desk, query: str, found: set[int]) -> None:
    assert asked(query).problems == ()
    assert news.find(query) == found
    assert set(news.order(query)) == found


def test_order_by_date(news: Desk) -> None:
    assert news.order("", Order.NEWEST) == [1, 2, 3, 4]
    assert news.order("", Order.OLDEST) == [4, 3, 2, 1]
    assert news.order("台湾 OR 默认", Order.NEWEST) == [1, 2, 4]
    assert news.order("台湾 OR 默认 sort:oldest", Order.NEWEST) == [4, 2, 1]


def test_without_text_relevance_is_the_order_of_dates(news: Desk) -> None:
    ranking = news.rank("-lang:en")
    assert ranking.ids.tolist() == [1, 2, 4]
    assert ranking.scores.tolist() == [0, 0, 0]


def test_equal_dates_go_by_id(desk: Desk) -> None:
    desk.update([document(id_, "same") for id_ in (2, 9, 5)])
    assert desk.order("same", Order.NEWEST) == [9, 5, 2]
    assert desk.order("same", Order.OLDEST) == [2, 5, 9]
    assert desk.order("same") == [9, 5, 2]


def test_a_document_replaces_the_one_with_its_id(news: Desk) -> None:
    news.update([document(1, "Quite another title")])
    assert news.find("台湾") == {2}
    assert news.find("another") == {1}
    assert news.engine.count == 4


def test_of_several_documents_with_one_id_the_last_counts(desk: Desk) -> None:
    desk.update([document(1, "first"), document(2, "other"), document(1, "second")])
    assert desk.find("first") == set()
    assert desk.find("second") == {1}
    assert desk.engine.count == 2


def test_an_update_again_changes_nothing(news: Desk) -> None:
    before = news.rank("台湾 OR trade")
    news.update([VISIT, PLANT], remove=[77])
    after = news.rank("台湾 OR trade")
    assert after.ids.tolist() == before.ids.tolist()
    assert news.engine.count == 4


def test_removed_documents_are_gone(news: Desk) -> None:
    news.update(remove=[1, 3])
    assert news.find("台湾 OR trade") == {2}
    assert news.find("-xyz") == {2, 4}
    assert news.find("id:1,2") == {2}
    assert sorted(news.engine.ids().tolist()) == [2, 4]


def test_ids_and_dates_go_together(news: Desk) -> None:
    news.update(remove=[2])
    dates = dict(zip(news.engine.ids().tolist(), news.engine.dates().tolist(), strict=True))
    assert dates == {one.id: one.date for one in (VISIT, TRADE, SETTING)}
    assert max(dates.values()) < NOW.timestamp()
    assert min(dates.values()) > seconds(2026, 8, 1)


def test_what_another_engine_commits_is_found(news: Desk, tmp_path: Path) -> None:
    other = Engine.open(tmp_path / "index")
    other.update([document(5, "Okinawa ferry")])
    assert news.find("okinawa") == {5}
    other.update([], [5])
    assert news.find("okinawa") == set()
    other.close()


def test_merging_changes_no_answer(desk: Desk) -> None:
    for id_ in range(1, 40):
        desk.update([document(id_, f"Report {id_ % 7}", f"台湾 number {id_}", age=id_)])
    desk.update(remove=[3, 4])
    before = [desk.rank(query).ids.tolist() for query in ("report", "台湾 3", "number NEAR/2 台湾")]
    desk.engine.merge(lambda: False)
    after = [desk.rank(query).ids.tolist() for query in ("report", "台湾 3", "number NEAR/2 台湾")]
    assert after == before
    assert len(before[0]) == 37


def test_merging_stops_when_told(desk: Desk) -> None:
    asked_to_stop = []

    def stop() -> bool:
        asked_to_stop.append(True)
        return True

    desk.update([document(1, "one")])
    desk.engine.merge(stop)
    assert asked_to_stop == [True]


def test_a_cancelled_search_raises(news: Desk) -> None:
    library = Library()
    with pytest.raises(SearchCancelled):
        news.engine.rank(
            asked("is:read 台湾"),
            order=Order.RELEVANCE,
            state=library,
            texts=library,
            now=0,
            cancelled=lambda: True,
        )


def test_an_exact_form_is_looked_for_only_in_what_else_fits(news: Desk) -> None:
    assert news.find("is:read =台灣") == {1}
    assert news.library.read == [1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("=trade", {3}),
        ("=Trade", set()),
        ("=Taiwan OR =ask", {3}),
        ("-=Trading", {1, 2, 4}),
        ("=Jane", set()),
        ('="Trade war"', set()),
        ("=灣", {1}),
        ("=湾", {2}),
        ("=认", {4}),
        ("=認", set()),
        ("=山", set()),  # 山田 is but the author of another
        ("=ヴ", {2}),
    ],
)
def test_of_a_word_to_the_letter_no_text_is_read(news: Desk, query: str, found: set[int]) -> None:
    assert news.find(query) == found
    assert news.library.read == []


def test_a_search_that_runs_out_of_time_for_exact_forms_says_so(
    news: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert news.rank("=台灣").problems == ()
    monkeypatch.setattr("index.engine.EXACT_SECONDS", -1.0)
    cut = news.rank("=台灣")
    assert len(cut.ids) == 0
    [problem] = cut.problems
    assert "exact form" in problem.message
    assert (problem.start, problem.end) == (0, len("=台灣"))
    assert news.find("=台灣") == {1}


def test_a_missing_folder_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged):
        Engine.open(tmp_path / "nowhere")


def test_an_index_of_another_version_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Engine.create(tmp_path).close()
    monkeypatch.setattr("index.schema.ANALYSIS", 0)
    with pytest.raises(IndexDamaged):
        Engine.open(tmp_path)


def test_a_truncated_index_is_damage_and_can_be_made_anew(news: Desk, tmp_path: Path) -> None:
    news.engine.close()
    for file in (tmp_path / "index").glob("*.seg"):
        file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(IndexDamaged):
        Engine.open(tmp_path / "index")
    again = Engine.create(tmp_path / "index")
    assert again.count == 0
    again.close()
