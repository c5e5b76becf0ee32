"""The engine finds exactly what reading every document finds, through any history of updates."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.engine import Engine
from index.model import Document
from index.query.ast import (
    And,
    Dates,
    Everything,
    Filter,
    Languages,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Order,
    Query,
    Words,
)
from tests.index.making import Desk
from tests.index.scan import matches

PIECES = ("台灣", "台湾", "臺", "日", "の", "trade", "Trading", "chips", " U.S. ", "1,234", "㍿")
SIGNS = (" ", "、")


def written(least: int, most: int) -> st.SearchStrategy[str]:
    found = st.lists(st.sampled_from((*PIECES, *SIGNS)), min_size=least, max_size=most)
    return found.map("".join)


documents = st.builds(
    Document,
    id=st.integers(1, 12),
    title=written(1, 4),
    body=written(8, 24),
    note=written(0, 2),
    author=written(0, 2),
    lang=st.sampled_from(["en", "zh", "ja", ""]),
    date=st.integers(0, 9),
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
fields = st.sampled_from(["", "", "", "title", "body", "note", "author"])
spoken = st.builds(Words, texts, fields)
starting = st.builds(
    Words, st.sampled_from(["tr", "tradi", "ch", "台", "日の"]), st.just(""), prefix=st.just(True)
)
as_written = (
    *("台湾", "trade", "Trading", "chips", "U.S.", "1,234", "chips trade", "日trade"),
    *("日", "の", "灣", "湾", "臺", "台", "㍿", "株", "式会"),
)
forms = st.builds(
    Words, st.sampled_from(as_written), st.sampled_from(["", "", "title"]), exact=st.just(True)
)
sides = st.sampled_from(["台湾", "日", "の", "日の", "trade", "chips", "株式", "1234 日"])
nearness = st.tuples(sides, sides, st.sampled_from(["", "body"]), st.integers(0, 3)).map(
    lambda found: Near(Words(found[0], found[2]), Words(found[1], found[2]), found[3])
)
STATES = {Filter("is", "read"): [1, 2, 3, 5, 8], Filter("tag", "x"): [2, 4, 12, 40]}
conditions: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from([*STATES, Filter("is", "starred"), Filter("id", "3")]),
    st.sampled_from([Languages(("en", "ja")), Dates(2, 7), Dates(None, 4), Dates(5, None)]),
    st.sampled_from([Everything(), Nothing()]),
)
trees: st.SearchStrategy[Node] = st.recursive(
    st.one_of(spoken, spoken, starting, forms, nearness, conditions),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda found: And(tuple(found))),
        st.lists(inner, min_size=1, max_size=3).map(lambda found: Or(tuple(found))),
        inner.map(Not),
    ),
    max_leaves=6,
)
updates = st.tuples(
    st.lists(documents, min_size=2, max_size=4), st.lists(st.integers(1, 12), max_size=2)
)


def corrected(states: dict[Filter, list[int]]) -> dict[Filter, list[int]]:
    """The states with the one condition that the engine answers by itself."""
    return states | {Filter("id", "3"): [3]}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(updates, min_size=1, max_size=3), st.lists(trees, min_size=4, max_size=8))
def test_the_index_equals_a_scan(
    history: list[tuple[list[Document], list[int]]], asked: list[Node]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Engine.create(Path(folder)))
        desk.library.states = STATES
        for add, remove in history:
            desk.update(add, [id_ for id_ in remove if id_ not in {one.id for one in add}])
        for root in asked:
            expected = {
                one.id
                for one in desk.library.documents.values()
                if matches(root, one, corrected(STATES))
            }
            query = Query("", root)
            found = desk.engine.matching(query, state=desk.library, texts=desk.library)
            assert set(found.tolist()) == expected
            ranking = desk.engine.rank(
                query, order=Order.RELEVANCE, state=desk.library, texts=desk.library, now=0
            )
            assert sorted(ranking.ids.tolist()) == sorted(expected)
            assert sorted(ranking.scores.tolist(), reverse=True) == ranking.scores.tolist()
        desk.engine.close()
