"""Any string at all is a query: nothing raises, and what is reported lies within it."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query.ast import And, Near, Node, Not, Or, Query, Words
from index.query.atoms import MAX_LEAVES, MAX_PROBLEMS
from index.query.names import FIELDS
from tests.index.making import asked

SAVED = {"x": "@y @y OR a", "y": "(@x | b) @z @z @z", "z": "tag:(a b) @x"} | {
    f"s{n}": f"@s{n + 1} @s{n + 1} a{n} (" for n in range(60)
}
pieces = st.sampled_from(
    [
        *"\"'()[]{}<>*?~^|&!=#@-:,.、。：（）＂－＃＊｜「」『』“”　\t\n\0\ud800\udfff😀0aのｱ臺",
        " ",
        " ",
    ]
    + ["OR", "AND", "NOT", "NEAR/3", "NEAR/99999", "TO", "@x", "@s0", "a" * 70, "台灣", "2026-08"]
    + [f"{name}:" for name in FIELDS]
)
anything = st.one_of(
    st.text(st.characters(max_codepoint=sys.maxunicode), max_size=200),
    st.lists(pieces, max_size=80).map("".join),
    st.lists(pieces, max_size=40).map(" ".join),
)


def leaves(node: Node) -> int:
    match node:
        case And(children) | Or(children):
            return sum(map(leaves, children))
        case Not(child):
            return leaves(child)
        case _:
            return 1


def depth(node: Node) -> int:
    match node:
        case And(children) | Or(children):
            return 1 + max(map(depth, children))
        case Not(child):
            return 1 + depth(child)
        case _:
            return 1


def check(query: Query, source: str) -> None:
    assert query.source == source
    assert len(query.problems) <= MAX_PROBLEMS
    for problem in query.problems:
        assert 0 <= problem.start <= problem.end <= len(source)
        assert problem.message.strip()
    places = [problem.start for problem in query.problems]
    assert places == sorted(places)
    assert leaves(query.root) <= MAX_LEAVES
    assert depth(query.root) < 200
    for words in texts(query.root):
        assert words.text.strip()
        words.text.encode("utf-8")


def texts(node: Node) -> list[Words]:
    match node:
        case Words():
            return [node]
        case Near(left, right):
            return [left, right]
        case And(children) | Or(children):
            return [words for child in children for words in texts(child)]
        case Not(child):
            return texts(child)
        case _:
            return []


@given(anything)
def test_any_string(source: str) -> None:
    check(asked(source, SAVED), source)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        ")" * 10_000,
        "(a OR " * 5_000,
        "-" * 9_999 + "a",
        "NOT " * 5_000 + "a",
        '"' * 10_001,
        "「" * 10_000,
        "a NEAR/3 " * 2_000,
        "a" * 1_000_000,
        "台" * 1_000_000,
        "a " * 500_000,
        ":" * 5_000,
        ",台" * 5_000,
        "date:" * 2_000,
        "@" * 5_000,
        "@x " * 2_000,
        "@s0 " * 2_000,
        "*" * 5_000,
        "\ud800" * 5_000,
        "\0" * 5_000,
        "title:" * 2_000 + "a",
        "=" * 5_000 + "a",
    ],
    ids=lambda source: repr(source[:8]),
)
def test_huge_and_hostile_strings(source: str) -> None:
    query = asked(source, SAVED)
    check(query, source)
    assert query.problems or len(source) <= 2_000


def test_the_rest_of_a_long_query_still_counts_up_to_a_limit() -> None:
    query = asked("ab " * 40 + " ".join(f"w{number}" for number in range(200)))
    assert leaves(query.root) <= MAX_LEAVES
    assert any("first" in problem.message for problem in query.problems)
