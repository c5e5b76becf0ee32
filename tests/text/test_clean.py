from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import clean_code, clean_line, clean_text, scrub

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)
NASTY = st.lists(
    st.sampled_from(
        [
            *("\x1b[31m", "\x1b]0;x\x07", "\x9b", "\x00", "\x1b"),
            *("\u202e", "\u200b", "\u200d", "\ufeff", "\ud800"),
            *("\u0301", "\u3099", "\ufe0f", "か", "台", "👩", "a", "é"),
            *("\r", "\n", "\t", " ", "\u3000", "\u2028"),
        ]
    ),
    max_size=60,
).map("".join)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[31;1mred\x1b[0m title", "red title"),
        ("\x1b]0;new window title\x07news", "news"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1$r0m\x1b\\after", "after"),
        ("\x9b2Jcleared", "cleared"),
        ("a\x9d0;title\x9cb", "ab"),
        ("\x1b[?1049h\x1bcx", "x"),
        ("unfinished \x1b]0;no end", "unfinished 0;no end"),
        ("\x00nul\x07bell\x08\x7f", "nulbell"),
        ("safe\u202etxt.exe\u202c", "safetxt.exe"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200b\u200b\u200bwidth\ufeff", "zerowidth"),
        ("a\u200d\u200d\u200db", "ab"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("日本\u3000と\n台湾", "日本 と 台湾"),
        ("  many   \t spaces \r\n", "many spaces"),
        ("a\u2028b\u2029c", "a b c"),
        ("e\u0301", "é"),
        ("か\u3099", "が"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u0301lost mark", "lost mark"),
        ("tag\U000e0041\U000e0042", "tag"),
    ],
)
def test_what_steers_or_hides_goes(dirty: str, clean: str) -> None:
    assert clean_line(dirty) == clean


@pytest.mark.parametrize(
    "text",
    [
        "頼清徳総統が日本の議員と会談",
        "賴清德總統會見日本議員團：「重要的一步」",
        "Tōkyō – “quoted” … 50 % ≥ £3 (café)",
        "👩\u200d💻 ❤\ufe0f 🏳\ufe0f\u200d🌈",
        "می\u200cخواهم",
        "葛\U000e0100城市",
        "ｶﾀｶﾅ ＡＢＣ",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert clean_line(text) == text


def test_stacks_of_marks_keep_four() -> None:
    cleaned = clean_line("Z" + "\u0336\u0489" * 500 + "algo")
    assert cleaned.startswith("Z")
    assert cleaned.endswith("algo")
    assert sum(1 for char in cleaned if unicodedata.category(char) in {"Mn", "Me"}) == 4


def test_limits_hold() -> None:
    assert clean_line("題" * 10_000) == "題" * 500
    assert len(clean_line("a b " * 10_000, 7)) <= 7
    assert len(clean_text("段落\n\n" * 10_000, 100)) <= 100


def test_lines_are_kept_and_blank_ones_bounded() -> None:
    assert clean_text("　一行目 \r\n二行目\r\n\r\n\r\n\r\n三行目\x0b") == "一行目\n二行目\n\n三行目"


def test_code_keeps_its_indentation() -> None:
    assert clean_code("\nif x:\r\n\tprint('\x1b[31m')  \n\n") == "if x:\n    print('')"


@given(ANY_TEXT | NASTY)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    line = clean_line(text)
    assert clean_line(line) == line


@given(ANY_TEXT | NASTY)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    for cleaned in (clean_text(text), clean_code(text), clean_line(text), scrub(text)):
        assert all(
            char in {"\n", "\t"} or unicodedata.category(char) not in {"Cc", "Cs"}
            for char in cleaned
        )
        assert not set(cleaned) & set(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b"
        )
        cleaned.encode()


def test_the_line_ends_of_windows_stay_line_ends() -> None:
    assert scrub("one\r\ntwo\r\n\r\nthree") == "one\ntwo\n\nthree"
