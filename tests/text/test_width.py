from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import cut_headline, display_width, first_sentence, truncate


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("abc", 3),
        ("台灣", 4),
        ("ｱｲ", 2),
        ("Ａ", 2),
        ("é", 1),
        ("e\u0301", 1),
        ("、", 2),
        ("한", 2),
    ],
)
def test_width_in_columns(text: str, columns: int) -> None:
    assert display_width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("台灣日本關係", 7, "台灣日…"),
        ("台灣日本關係", 6, "台灣…"),
        ("台灣", 4, "台灣"),
        ("台灣", 1, "…"),
        ("台灣", 0, ""),
        ("ab cd", 4, "ab…"),
    ],
)
def test_truncate_by_columns(text: str, columns: int, cut: str) -> None:
    assert truncate(text, columns) == cut


@given(st.text(max_size=80), st.integers(0, 60))
def test_truncated_text_fits(text: str, columns: int) -> None:
    assert display_width(truncate(text, columns)) <= columns


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One sentence. Another one.", "One sentence."),
        (
            "It happened on Dec. 23 in the U.S. Senate. Then more.",
            "It happened on Dec. 23 in the U.S. Senate.",
        ),
        ("Mr. Kishida met Gov. Koike. Both smiled.", "Mr. Kishida met Gov. Koike."),
        ("“Is it so?” he asked. Yes.", "“Is it so?” he asked."),
        ("首相は述べた。協力を続ける。", "首相は述べた。"),
        ("「重要だ。」と述べた。次。", "「重要だ。」と述べた。"),
        ("总统说！然后呢？", "总统说！"),
        ("no end here", "no end here"),
        ("first line\nsecond line", "first line"),
        ("version 2.5 of it. Next", "version 2.5 of it."),
    ],
)
def test_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_short_sentence_is_a_headline_without_its_full_stop() -> None:
    assert (
        cut_headline("首相は台湾との関係について述べた。協力を続ける。")
        == "首相は台湾との関係について述べた"
    )
    assert cut_headline("They met. They talked.") == "They met"


def test_a_long_sentence_is_cut_at_a_word() -> None:
    sentence = "The " + "ministry of foreign affairs " * 20 + "said."
    headline = cut_headline(sentence)
    assert headline.endswith("…")
    assert 90 < len(headline) <= 121
    assert sentence.startswith(headline.removesuffix("…") + " ")


def test_a_long_chinese_sentence_is_cut_at_a_character() -> None:
    headline = cut_headline("外交部今天表示臺日關係持續深化" * 20)
    assert headline.endswith("…")
    assert len(headline) == 121
