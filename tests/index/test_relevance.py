from __future__ import annotations

import pytest

from index.names.names import Names
from index.query.ast import Filter, Order
from tests.index.making import Desk, document


def test_titles_count_double(desk: Desk) -> None:
    desk.update([document(1, "Ferry report", "nothing"), document(2, "nothing", "Ferry report")])
    assert desk.order("ferry") == [1, 2]


def test_the_written_form_ranks_above_other_forms_of_the_stem(desk: Desk) -> None:
    desk.update([document(1, "trading day"), document(2, "trade day"), document(3, "traded day")])
    assert desk.order("trading")[0] == 1
    assert desk.order("trade")[0] == 2
    assert desk.order("traded")[0] == 3


def test_what_is_new_ranks_a_little_higher(desk: Desk) -> None:
    desk.update(
        [
            document(1, "Ferry strike", "ferry ferry ferry", age=400),
            document(2, "Ferry strike", "ferry ferry fare", age=0),
        ]
    )
    old_and_new = desk.rank("ferry", recency=0.0)
    fresh_first = desk.rank("ferry", recency=0.5)
    assert old_and_new.ids.tolist() == [1, 2]
    assert fresh_first.ids.tolist() == [2, 1]
    assert old_and_new.scores[0] > old_and_new.scores[1] > 0


def test_a_long_article_about_a_name_comes_before_a_note_that_has_it_once(
    desk: Desk,
) -> None:
    desk.names = Names.load()
    talks = "議員昨天在台北談到海上交通、漁業與觀光，會後一起用餐。" * 8
    about = f"賴清德昨天見了來訪的議員。{talks}" * 4
    notes = [
        document(number, "短訊", "賴清德出席，會後沒有說明，各界都在等待下一步的消息。", lang="zh")
        for number in range(2, 12)
    ]
    desk.update([document(1, "訪問", about, lang="zh"), *notes])
    for query in ("賴清德", "Lai Ching-te"):
        assert desk.order(query)[0] == 1


def test_two_words_of_three_come_before_one_of_them_many_times(desk: Desk) -> None:
    rest = "They met on the second day and went on until it was late. "
    others = [document(number, "Elsewhere", rest) for number in range(3, 30)]
    once = f"The quake left many survivors. {rest * 2}"
    often = f"A quake, another quake, and one more quake: quake after quake. {rest}"
    desk.update([document(1, "Yesterday", often), document(2, "Today", once), *others])
    desk.update([document(30, "Elsewhere", f"{rest * 6} Survivors.")])
    ranking = desk.rank("palu quake survivors", relaxed=True)
    assert ranking.strict == 0
    assert ranking.ids.tolist() == [2, 1, 30]


QUESTIONS = [
    ("台湾の半導体工場はどこに建てられますか", 1),
    ("which port will the ferries from Keelung sail to?", 2),
    ("石垣島と基隆を結ぶフェリーの就航はいつですか", 3),
    ("台灣石斑魚何時可以重新出口到日本市場", 4),
]


@pytest.fixture
def stories(desk: Desk) -> Desk:
    desk.update(
        [
            document(1, "熊本に半導体の新工場", "台湾の企業が第二工場を建てる。", lang="ja"),
            document(2, "Keelung ferry to Ishigaki", "A port for the ferry is ready.", lang="en"),
            document(3, "石垣と基隆にフェリー", "就航は来年の春になる。", lang="ja"),
            document(4, "石斑魚出口", "農業部說，石斑魚可望出口到日本。", lang="zh"),
            document(5, "Weather", "Rain is likely which will be fine.", lang="en"),
        ]
    )
    desk.library.states = {Filter("is", "read"): [1, 2, 3]}
    return desk


@pytest.mark.parametrize(("question", "best"), QUESTIONS)
def test_a_whole_question_finds_its_article(stories: Desk, question: str, best: int) -> None:
    ranking = stories.rank(question, relaxed=True)
    assert ranking.strict == 0
    assert ranking.hits(0, 1)[0].id == best
    assert {hit.match for hit in ranking.hits(0, 10)} == {"relaxed"}
    assert stories.find(question) == set()


def test_strict_matches_come_first(stories: Desk) -> None:
    ranking = stories.rank("石斑魚 出口 -weather", relaxed=True)
    hits = ranking.hits(0, 10)
    assert [(hit.id, hit.match) for hit in hits][:1] == [(4, "text")]
    ranking = stories.rank("ferry rain", relaxed=True)
    assert ranking.strict == 0
    assert {hit.id for hit in ranking.hits(0, 10)} == {2, 5}


def test_conditions_hold_for_related_documents_too(stories: Desk) -> None:
    assert {hit.id for hit in stories.rank("is:read ferry rain", relaxed=True).hits(0, 9)} == {2}
    assert {hit.id for hit in stories.rank("lang:ja 石垣島 工場", relaxed=True).hits(0, 9)} == {
        1,
        3,
    }
    assert {hit.id for hit in stories.rank("ferry rain -likely", relaxed=True).hits(0, 9)} == {2}


@pytest.mark.parametrize("query", ["ferry rain sort:newest", "ferry =rain", "is:read", "xyzzy"])
def test_where_only_strict_matches_count(stories: Desk, query: str) -> None:
    ranking = stories.rank(query, relaxed=True)
    assert len(ranking.ids) == ranking.strict


def test_no_related_documents_in_an_order_by_date(stories: Desk) -> None:
    ranking = stories.rank("ferry rain", order=Order.NEWEST, relaxed=True)
    assert len(ranking.ids) == 0


def test_a_full_page_needs_no_related_documents(stories: Desk) -> None:
    alone = stories.rank("ferry OR フェリー keelung", relaxed=True, page=1)
    assert alone.strict >= 1
    assert len(alone.ids) == alone.strict


def test_passages_of_a_ranking(stories: Desk) -> None:
    assert stories.shown("台湾の半導体工場", 1) == (
        "熊本に[[半導体]]の新[[工場]]",
        "[[台湾]]の企業が第二[[工場]]を建てる。",
    )
    assert stories.shown("ferries", 2)[0] == "Keelung [[ferry]] to Ishigaki"
