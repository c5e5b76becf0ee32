"""Figures in three languages, and where reports disagree on them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.stories.figures import disputes, figures


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("Some 30,000 Japanese fans came.", "people", 30_000),
        ("看台上有三萬名觀眾", "people", 30_000),
        ("スタンドには３万５０００人が入り", "people", 35_000),
        ("two dozen coast guard officers", "people", 24),
        ("兩人受傷", "people", 2),
        ("a deal of NT$1.2 billion", "twd", 1.2e9),
        ("新台幣12億元", "twd", 1.2e9),
        ("1億2000万円の契約", "jpy", 1.2e8),
        ("120 million yen", "jpy", 1.2e8),
        ("US$3bn", "usd", 3e9),
        ("3割が反対", "percent", 30),
        ("三成民眾", "percent", 30),
        ("32.5 percent of them", "percent", 32.5),
        ("Fifty-six ships", "ships", 56),
        ("12機が飛来", "aircraft", 12),
        ("companies that will be here in thirty years", "years", 30),
        ("三十年後還在這裡", "years", 30),
        ("30年後もここにいる", "years", 30),
    ],
)
def test_a_figure_is_the_same_in_every_language(text: str, unit: str, value: float) -> None:
    assert [(one.unit, one.value) for one in figures(text)] == [(unit, value)]
    assert figures(text)[0].written in text.translate({ord("３"): "3"}) or "３" in text


@pytest.mark.parametrize(
    "text",
    [
        *("2026年11月に", "22年2月に再開し、24年に広げた", "in 2026", "第3次会談", "第三人稱"),
        *("七大工業國", "延長10回、4対3", "room 101", "the tenants of a house"),
    ],
)
def test_dates_ordinals_and_bare_numbers_are_none(text: str) -> None:
    assert figures(text) == []


def test_reports_differ_where_each_says_what_the_other_does_not() -> None:
    told = {
        1: figures("30,000 people came, 5 officers were hurt"),
        2: figures("3万人が入った"),
        3: figures("28,000人が入った"),
        4: figures("two ships"),
    }
    [one] = disputes(told)
    assert one.unit == "people"
    assert [(claim.written, claim.articles) for claim in one.claims] == [
        ("5 officers", (1,)),
        ("28,000人", (3,)),
        ("30,000 people", (1, 2)),
    ]


def test_a_rounded_figure_is_no_other_one_and_a_longer_report_no_other_report() -> None:
    assert disputes({1: figures("30,000 people"), 2: figures("29,874人")}) == []
    assert disputes({1: figures("20 people and 3 officers"), 2: figures("20人")}) == []
    assert disputes({1: figures("20 people"), 2: figures("23人")}) != []


@settings(deadline=None)
@given(st.text(alphabet="0123456789,.萬万億兆〇一二三十百千人年% two-millionyears$", max_size=300))
def test_no_text_raises(text: str) -> None:
    disputes({1: figures(text), 2: figures(text[::-1])})
