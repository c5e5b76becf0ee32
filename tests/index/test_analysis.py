from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import FormAnalyzer, TermAnalyzer
from index.tokens import terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("台灣總統", ["台湾", "湾总", "总统", "统"]),
        ("台", ["台"]),
        ("台、湾", ["台", "湾"]),
        ("半導体メーカー", ["半导", "导体", "体メ", "メー", "ーカ", "カー", "ー"]),
        ("ﾊﾟﾅﾏ", ["パナ", "ナマ", "マ"]),
        ("TSMC台積電2奈米", ["tsmc", "台积", "积电", "电", "2", "奈米", "米"]),
        ("companies trading", ["compani", "trade"]),
        ("Japan's Japan’s states'", ["japan", "japan", "state"]),
        ("Xi'an Xian", ["xian", "xian"]),
        ("The U.S. U.S.A. R.O.C.", ["the", "us", "usa", "roc"]),
        ("U.S.-led", ["us", "led"]),
        ("Indo-Pacific", ["indo", "pacif"]),
        ("1,234 １，２３４ 1234 12,34", ["1234", "1234", "1234", "12", "34"]),
        ("3.5%", ["3", "5"]),
        ("snake_case", ["snake", "case"]),
        ("Ärzte Tōkyō", ["arzt", "tokyo"]),
        ("日本😀語", ["日本", "本", "语"]),
        ("Москва 서울", ["москва", "서울"]),
        ("", []),
        ("。、!?", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


mixed = st.text(st.sampled_from("台灣日本のカーﾊﾟ㍿½ aBc's.U,1２-–'’_😀\n臺é\u0301"), max_size=80)


@given(mixed)
def test_the_fast_way_is_what_whoosh_sees(text: str) -> None:
    tokens = [(token.text, token.pos) for token in TermAnalyzer()(text, positions=True)]
    assert [term for term, _ in tokens] == TermAnalyzer.fast_tokens(text)
    assert [position for _, position in tokens] == list(range(len(tokens)))


@given(mixed)
def test_each_token_knows_its_place_in_the_text_as_written(text: str) -> None:
    for token in TermAnalyzer()(text, positions=True, chars=True):
        assert 0 <= token.startchar < token.endchar <= len(text)
        assert token.text[0] in "".join(terms(text[token.startchar : token.endchar]))


def test_a_query_leaves_out_the_lone_end_of_a_run() -> None:
    tokens = [token.text for token in TermAnalyzer()("台灣 半導體 中", mode="query")]
    assert tokens == ["台湾", "半导", "导体", "中"]


def test_forms_are_the_distinct_words_as_written() -> None:
    forms = FormAnalyzer.fast_tokens("Trading trades: 台灣's TRADING companies, U.S. 1,234")
    assert forms == ["1234", "companies", "s", "trades", "trading", "us"]
    assert [token.text for token in FormAnalyzer()("b a b")] == ["a", "b"]
