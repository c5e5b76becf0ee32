from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.fold import fold, fold_with_places, han_table


@pytest.mark.parametrize(
    "forms",
    [
        "台臺",
        "湾灣",
        "頼賴赖",
        "徳德",
        "経經经",
        "国國",
        "学學",
        "氷冰",
        "髙高",
        "邉邊辺边",
        "﨑崎",
        "斎齋斋",
        "沢澤泽",
        "浜濱濵滨",
        "広廣广",
        "駅驛驿",
        "円圓圆",
        "連聯連联",
        "著着",
        "説說说",
        "内內",
        "戸戶户",
        "緒绪",
        "鉱礦矿",
        "闘鬥斗",
        "塩鹽盐",
        "𠮷吉",
    ],
)
def test_variants_of_one_character_fold_to_one_form(forms: str) -> None:
    assert len({fold(char) for char in forms}) == 1


@pytest.mark.parametrize("apart", ["予豫", "弁辨", "弁辯", "干予", "默黑", "想相", "日曰", "沪濾"])
def test_different_characters_stay_apart(apart: str) -> None:
    assert fold(apart[0]) != fold(apart[1])


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Tōkyō", "tokyo"),
        ("TOKYO", "tokyo"),
        ("ＴＳＭＣ　２奈米", "tsmc 2奈米"),
        ("ｱｼﾞｱ", "アジア"),
        ("ﾊﾟﾅﾏ", "パナマ"),
        ("キャノン", "キヤノン"),
        ("ひらがな", "ひらがな"),
        ("Straße", "strasse"),
        ("naïve Łódź Ærø", "naive lodz aero"),
        ("cafe\u0301", "cafe"),
        ("か\u3099", "が"),
        ("㍿", "株式会社"),
        ("㎞", "km"),
        ("so\u00adft", "soft"),
        ("台\u200b灣", "台湾"),
        ("a\u202eb", "ab"),
        ("葛\U000e0100", "葛"),
        ("人々…", "人々…"),
        ("Xi’an", "xi'an"),
        ("TSMC™", "tsmc"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_the_table_is_idempotent_and_of_single_characters() -> None:
    table = han_table()
    assert len(table) > 4000
    assert all(len(source) == len(target) == 1 for source, target in table.items())
    assert not set(table.values()) & set(table)


def test_every_character_folds_to_something_that_folds_to_itself() -> None:
    codes = (*range(0x10000), *range(0x1D400, 0x1F300), *range(0x2F800, 0x2FA20))
    assigned = (chr(code) for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Co"))
    folded = {fold(char) for char in assigned}
    assert [text for text in folded if fold(text) != text] == []


text = st.text(
    st.one_of(
        st.characters(max_codepoint=sys.maxunicode),
        st.sampled_from("台臺ｱﾊﾟﾞ㍿½㎞ﬀßİé\u0301\u3099\u200b\ud800々ヴ한ᄒ"),
    ),
    max_size=300,
)


@given(text)
@example("ﾊﾟ" * 150)
@example("\u0301" * 3 + "e\u0301")
@example("台灣㍿" * 100)
def test_places_lead_back_to_what_was_folded(written: str) -> None:
    folded = fold_with_places(written)
    assert folded.text == fold(written)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    assert all(0 <= start < end <= len(written) for start, end in spans)
    assert spans == sorted(spans)
    for at, (start, end) in enumerate(spans):
        assert folded.text[at] in fold(written[start:end])


@given(text, text)
def test_long_text_folds_like_its_parts(some: str, other: str) -> None:
    joint = " " * 200
    assert fold(some + joint + "x" + other) == fold(some) + joint + fold("x" + other)
