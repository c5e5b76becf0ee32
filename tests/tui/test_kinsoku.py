"""Line breaking: the rules as a table, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.tui.layout.cells import width
from digest.tui.layout.kinsoku import NOT_AT_END, NOT_AT_START, wrap

TABLE = [
    # text, width, lines
    ("", 10, []),
    ("   ", 10, []),
    ("short", 10, ["short"]),
    ("two words here", 9, ["two words", "here"]),
    ("two  words", 5, ["two", "words"]),
    ("unbreakable", 5, ["unbre", "akabl", "e"]),
    ("Taiwan-Japan ties", 13, ["Taiwan-Japan", "ties"]),
    ("one—two", 5, ["one—", "two"]),
    ("臺日關係持續深化", 8, ["臺日關係", "持續深化"]),
    # a full stop, comma or closing bracket never starts a line: its neighbour comes along
    ("臺日關係。持續", 8, ["臺日關", "係。持續"]),
    ("台湾有事は、日本有事", 10, ["台湾有事", "は、日本有", "事"]),
    ("彼は「台湾」と言う", 10, ["彼は「台", "湾」と言う"]),
    # an opening bracket never ends one
    ("外務省は「重要」だと", 10, ["外務省は", "「重要」だ", "と"]),
    # small kana and the long-vowel mark
    ("半導体サプライチェーン", 16, ["半導体サプライ", "チェーン"]),
    ("ウォッチャー", 4, ["ウォ", "ッ", "チャ", "ー"]),
    # Latin words stay whole inside Han text
    ("熊本のTSMC工場", 8, ["熊本の", "TSMC工場"]),
    ("總統賴清德說 Taiwan 與日本", 12, ["總統賴清德說", "Taiwan 與日", "本"]),
    # runs of stops longer than the line are cut all the same
    ("。。。。。", 4, ["。。", "。。", "。"]),
    ("日本他說……好", 8, ["日本他", "說……好"]),
    # a sign wider than the line gets one of its own
    ("台湾", 1, ["台", "湾"]),
    # marks stay with their letter
    ("か\u3099き\u3099", 2, ["か\u3099", "き\u3099"]),
]


@pytest.mark.parametrize(("text", "columns", "lines"), TABLE)
def test_rules(text: str, columns: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, columns)] == lines


texts = st.text(
    st.one_of(
        st.sampled_from("臺灣日本、。「」（）ーっッ…‥—“”々A b,.-𠮷か゛"),
        st.characters(exclude_categories=("Cs", "Cc")),
    ),
    max_size=120,
)


@given(texts, st.integers(2, 40))
def test_nothing_but_space_is_lost(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    place = 0
    for start, end in lines:
        assert not text[place:start].strip()
        assert start < end
        place = end
    assert not text[place:].strip()


@given(texts, st.integers(2, 40))
def test_no_line_is_wider_than_allowed(text: str, columns: int) -> None:
    for start, end in wrap(text, columns):
        assert width(text[start:end]) <= columns


@given(st.text("臺灣日本語、。「」ー", max_size=60), st.integers(2, 30))
def test_a_forbidden_edge_only_inside_a_run_longer_than_the_line(text: str, columns: int) -> None:
    def bound(place: int) -> bool:
        return text[place] in NOT_AT_START or text[place - 1] in NOT_AT_END

    for start, _ in wrap(text, columns)[1:]:
        if not bound(start):
            continue
        first, last = start, start
        while first > 0 and bound(first):
            first -= 1
        while last < len(text) and bound(last):
            last += 1
        assert width(text[first:last]) > columns
