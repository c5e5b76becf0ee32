"""Our results are those of plain Whoosh, run to the end."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from whoosh import query as q

from index.segments.evaluate import once, phrase, score
from tests.index.segments.words import Document, Pair, found

WORDS = ["talk", "talks", "the", "台湾", "湾海", "海峡"]
LANGUAGES = ["en", "zh", "ja"]
words = st.sampled_from(WORDS)
text = st.lists(words, max_size=12).map(" ".join)
boosts = st.sampled_from([1.0, 1.0, 2.0, 0.5])

documents = st.fixed_dictionaries(
    {
        "title": st.lists(words, max_size=3).map(" ".join),
        "body": text,
        "gaps": text,
        "lang": st.sampled_from(LANGUAGES),
        "tags": st.lists(st.sampled_from(["chips", "trade", "chips"]), max_size=3).map(" ".join),
        "date": st.integers(-(1 << 40), 1 << 40),
    }
)
commits = st.lists(
    st.tuples(
        st.dictionaries(st.integers(1, 12), documents, max_size=8),
        st.lists(st.integers(1, 12), max_size=3),
    ),
    min_size=1,
    max_size=4,
)

terms = st.builds(q.Term, st.sampled_from(["title", "body", "gaps"]), words, boosts)
tags = st.builds(q.Term, st.just("tags"), st.sampled_from(["chips", "trade"]), boosts)
langs = st.builds(q.Term, st.just("lang"), st.sampled_from([*LANGUAGES, "ko"]), boosts)
phrases = st.builds(
    q.Phrase,
    st.sampled_from(["body", "gaps"]),
    st.lists(words, min_size=1, max_size=3),
    st.integers(1, 3),
    boosts,
)
body = st.builds(q.Term, st.just("body"), words)
pairs = st.builds(q.Phrase, st.just("body"), st.lists(words, min_size=2, max_size=2))
distances = {"slop": st.integers(1, 5), "ordered": st.booleans()}
near = st.builds(q.SpanNear, body | pairs, body | pairs, **distances) | st.builds(
    q.SpanNear2, st.lists(body, min_size=2, max_size=3), **distances
)
sequences = st.builds(
    q.Sequence, st.lists(body, min_size=2, max_size=4), st.integers(1, 2), st.booleans(), boosts
)
leaves = terms | tags | langs | phrases | sequences | st.builds(q.Every)


def _compounds(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(children, min_size=2, max_size=4)
    with_not = st.builds(lambda most, least: [*most, q.Not(least)], several, children)
    return (
        st.builds(q.And, several | with_not, boosts)
        | st.builds(q.Or, several, boosts)
        | st.builds(q.ConstantScoreQuery, children, boosts)
    )


plain = st.recursive(leaves, _compounds, max_leaves=6)
# Only as a whole: within an `And`, Whoosh may skip past what the optional part adds to a score.
queries = plain | st.builds(q.AndMaybe, plain, plain)
patient = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def _pair(folder: str, history: list[tuple[dict[int, Document], list[int]]]) -> Pair:
    pair = Pair(Path(folder) / "index")
    for added, removed in history:
        pair.commit([{"id": number, **document} for number, document in added.items()], removed)
    return pair


def _assert_equal(ours: dict[int, float], stock: dict[int, float]) -> None:
    assert ours == pytest.approx(stock, abs=1e-6)
    order = [number for number, _ in sorted(ours.items(), key=lambda item: -item[1])]
    ranks = [round(stock[number], 6) for number in order]
    assert ranks == sorted(ranks, reverse=True)


@patient
@given(commits, st.lists(queries, min_size=6, max_size=16), st.sampled_from([1 << 15, 5]))
def test_any_query_finds_and_scores_what_whoosh_does(
    history: list[tuple[dict[int, Document], list[int]]], asked: list[Any], at_once: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        patched.setattr(score, "_AT_ONCE", at_once)
        pair = _pair(folder, history)
        snapshot = pair.ours.snapshot()
        for query in asked:
            note(f"asked {query!r}")
            _assert_equal(found(snapshot, query), pair.expected(query))


@patient
@given(commits, st.lists(phrases | pairs, min_size=6, max_size=16), st.integers(1, 3))
def test_phrases_in_the_ways_that_are_quick_for_many_documents(
    history: list[tuple[dict[int, Document], list[int]]], asked: list[Any], early: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        pair = _pair(folder, history)
        for fewest in (1, 1 << 30):
            patched.setattr(once, "_FEWEST", fewest)
            patched.setattr(phrase, "_WORTH", 1)
            patched.setattr(phrase, "_OFTEN", 0.0)
            patched.setattr(phrase, "_EARLY", early)
            patched.setattr(phrase, "_HANDFUL", fewest)
            for query in asked:
                note(f"asked {query!r}")
                _assert_equal(found(pair.ours.snapshot(), query), pair.expected(query))


@patient
@given(commits, st.lists(near, min_size=4, max_size=10))
def test_words_near_each_other(
    history: list[tuple[dict[int, Document], list[int]]], asked: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = _pair(folder, history)
        for query in asked:
            note(f"asked {query!r}")
            _assert_equal(found(pair.ours.snapshot(), query), pair.expected(query))


@patient
@given(commits, queries, queries)
def test_where_whoosh_is_inconsistent_ours_follows_its_parts(
    history: list[tuple[dict[int, Document], list[int]]], one: Any, two: Any
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = _pair(folder, history)
        snapshot = pair.ours.snapshot()
        first, second = pair.expected(one), pair.expected(two)
        less = {number: score for number, score in first.items() if number not in second}
        _assert_equal(found(snapshot, q.AndNot(one, two)), less)
        both = {number: score for number, score in first.items() if number in second}
        _assert_equal(found(snapshot, q.Require(one, two)), both)
        best = {n: max(first.get(n, 0), second.get(n, 0)) for n in first.keys() | second.keys()}
        _assert_equal(found(snapshot, q.DisjunctionMax([one, two])), best)


@patient
@given(commits, st.sampled_from(["ta", "talk", "t", "台", "日", "x", ""]), boosts)
def test_prefixes_find_what_whoosh_does_with_one_score(
    history: list[tuple[dict[int, Document], list[int]]], prefix: str, boost: float
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = _pair(folder, history)
        query = q.Prefix("body", prefix, boost)
        wanted = pair.expected(q.Wildcard("body", prefix + "*"))
        assert found(pair.ours.snapshot(), query) == dict.fromkeys(wanted, boost)
