from __future__ import annotations

import pytest

from index.names.names import Names
from index.query.ast import Filter, Named, Node, Order, Words
from index.widen import MAX_FORMS, literal, widened
from tests.index.making import Desk, asked, document
from tests.index.scan import matches

NAMES = Names.load()
PRESIDENT = [
    document(1, "總統賴清德抵達", "賴清德今天訪問。", lang="zh"),
    document(2, "頼清徳総統が到着", "頼清徳氏は今日訪れた。", lang="ja"),
    document(3, "President arrives", "Lai Ching-te landed today.", lang="en"),
    document(4, "A visit", "Ching-te Lai was there.", lang="en"),
    document(5, "Another visit", "William Lai was there too.", lang="en"),
    document(6, "Rain", "Nothing but rain.", lang="en"),
]
TERMS = [
    document(11, "半導體與台灣海峽", lang="zh"),
    document(12, "半導体と台湾海峡", lang="ja"),
    document(13, "Semiconductors cross the Taiwan Strait", lang="en"),
]


@pytest.fixture
def news(desk: Desk) -> Desk:
    desk.names = NAMES
    desk.update([*PRESIDENT, *TERMS])
    return desk


@pytest.mark.parametrize(
    "query",
    [
        "Lai Ching-te",
        '"Lai Ching-te"',
        "Ching-te Lai",
        "lai ching-te",
        "ＬＡＩ Ching-te",
        "William Lai",
        "賴清德",
        "頼清徳",
        "「頼清徳」",
        "who:lai",
        "who:賴清德",
        "who:頼清徳",
        'who:"William Lai"',
    ],
)
def test_a_name_is_found_in_all_its_forms(news: Desk, query: str) -> None:
    assert news.find(query) == {1, 2, 3, 4, 5}
    assert set(news.order(query)) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    "query",
    ["半導體", "半導体", "semiconductor", "台灣海峽", "台湾海峡", "Taiwan Strait", "taiwan strait"],
)
def test_terms_of_the_subject_are_names(news: Desk, query: str) -> None:
    assert news.find(query) == {11, 12, 13}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("=賴清德", {1}),
        ('="William Lai"', {5}),
        ("賴清德*", {1, 2}),
        ("頼清徳総統", {2}),
        ("賴清德 NEAR/9 訪問", {1}),
        ("Lai", {3, 4, 5}),
        ("title:賴清德", {1, 2}),
        ("title:(Lai Ching-te) OR rain", {1, 2, 6}),
        ("賴清德 -visit", {1, 2, 3}),
        ("-賴清德", {6, 11, 12, 13}),
        ("visit Lai Ching-te", {4, 5}),
        ("visit AND Lai Ching-te AND semiconductors", set()),
        ("William Lai's", {1, 2, 3, 4, 5}),
        ("lang:ja 賴清德", {2}),
        ("is:read William Lai", {1, 4}),
        ("Lai lang:en Ching-te", {3, 4}),
        ("rain OR 賴清德 lang:zh", {1, 6}),
    ],
)
def test_where_a_name_is_a_name(news: Desk, query: str, found: set[int]) -> None:
    news.library.states = {Filter("is", "read"): [1, 4, 6]}
    assert news.find(query) == found
    ranking = news.rank(query, relaxed=True)
    assert set(ranking.ids[: ranking.strict].tolist()) == found
    root = widened(asked(query), NAMES).root
    every = {one.id: one for one in (*PRESIDENT, *TERMS)}
    read = {Filter("is", "read"): [1, 4, 6]}
    assert {id_ for id_, one in every.items() if matches(root, one, read)} == found


def test_what_only_another_form_brings_is_marked_and_counts_and_follows(news: Desk) -> None:
    ranking = news.rank("William Lai")
    hits = ranking.hits(0, 20)
    assert ranking.strict == 5
    assert (hits[0].id, hits[0].match) == (5, "text")
    assert {hit.match for hit in hits[1:]} == {"name"}
    assert all(hit.score <= 0.9 * hits[0].score for hit in hits[1:])
    assert ranking.matches == tuple(hit.match for hit in hits)


def test_marks_in_an_order_by_date_and_with_a_written_form(news: Desk) -> None:
    ranking = news.rank("William Lai =visit", order=Order.NEWEST)
    assert {hit.id: hit.match for hit in ranking.hits(0, 9)} == {5: "text", 4: "name"}


@pytest.mark.parametrize(
    ("query", "id_", "title", "body"),
    [
        ("William Lai", 1, "總統[[賴清德]]抵達", "[[賴清德]]今天訪問。"),
        ("賴清德", 5, "Another visit", "[[William Lai]] was there too."),
        ("Taiwan Strait", 12, "半導体と[[台湾海峡]]", ""),
        ("半導體", 13, "[[Semiconductors]] cross the Taiwan Strait", ""),
        ("title:半導體", 13, "[[Semiconductors]] cross the Taiwan Strait", ""),
    ],
)
def test_other_forms_are_marked_as_written(
    news: Desk, query: str, id_: int, title: str, body: str
) -> None:
    assert news.shown(query, id_) == (title, body)


def test_the_tree_as_written_can_be_had_again() -> None:
    for source in ("Lai Ching-te rain", "-賴清德 OR (title:半導體 -rain)", "rain", "is:read"):
        plain = asked(source)
        assert literal(widened(plain, NAMES).root) == plain.root


def names_of(node: Node) -> list[Named]:
    match node:
        case Named():
            return [node]
        case Words() | Filter():
            return []
    children = getattr(node, "children", None) or (getattr(node, "child", None),)
    return [name for child in children if child is not None for name in names_of(child)]


def test_all_names_of_a_query_share_a_budget() -> None:
    places = "Japan Taiwan China Korea Russia Vietnam India France Germany Tokyo Taipei Osaka TSMC"
    found = names_of(widened(asked(f"{places} who:lin who:林 who:lee who:wang"), NAMES).root)
    assert sum(len(name.others) for name in found) == MAX_FORMS
    assert len(found) > 12


@pytest.mark.parametrize(
    "source", ["a " * 1000, "台" * 2000, "who:" + "林" * 500, "Lai " * 300, '"' + "日本 " * 300]
)
def test_long_queries_are_widened_too(source: str) -> None:
    plain = asked(source)
    assert literal(widened(plain, NAMES).root) == literal(plain.root) or "who" in source


def test_words_without_a_name_stay_the_same() -> None:
    plain = asked("quite ordinary (words OR things) lang:en -others")
    assert widened(plain, NAMES) == plain


def test_a_ship_with_a_short_name_is_found_where_it_stands_as_one(desk: Desk) -> None:
    desk.names = NAMES
    desk.update(
        [
            document(1, "護衛艦「かが」が寄港", lang="ja"),
            document(2, "JS Kaga calls at Keelung", lang="en"),
            document(3, "加賀號護衛艦通過海峽", lang="zh"),
            document(4, "何かが違うと思う人が多い。", lang="ja"),
        ]
    )
    for query in ("護衛艦かが", "護衛艦「かが」", "護衛艦 かが", "JS Kaga", "加賀號"):
        assert desk.find(query) == {1, 2, 3}, query
    assert desk.find("かが") == {1, 4}
    assert [entity.id for entity in NAMES.lookup("かが")] == ["js-kaga"]
    found = NAMES.entities("護衛艦「かが」が寄港", "何かが違うと思う人が多い。")
    assert found == {"js-kaga": 1}
