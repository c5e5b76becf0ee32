from __future__ import annotations

import pytest

from index.dictionary.dictionary import DATA, Dictionary
from index.dictionary.lemmas import lemma, lookups
from index.fold import fold
from index.sections import Sections


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return Dictionary.load()


@pytest.mark.parametrize(
    ("word", "lang", "target", "expected"),
    [
        ("關稅", "zh", "en", "tariff"),
        ("関税", "ja", "en", "tariff"),
        ("tariff", "en", "zh", "關稅"),
        ("pineapple", "en", "ja", "パイナップル"),
        ("鳳梨", "zh", "ja", "パイナップル"),
        ("吹き替え", "ja", "zh", "配音"),
        ("earthquakes", "en", "ja", "地震"),
        ("banned", "en", "zh", "禁止"),
        ("ＳＥＭＩＣＯＮＤＵＣＴＯＲ", "en", "ja", "半導体"),
        ("水牛", "zh", "en", "water buffalo"),
    ],
)
def test_words_are_translated(
    dictionary: Dictionary, word: str, lang: str, target: str, expected: str
) -> None:
    assert expected in getattr(dictionary.translations(word, lang), target)


def test_the_language_may_be_left_out(dictionary: Dictionary) -> None:
    assert "eel" in dictionary.translations("うなぎ").en
    assert "輸出" in dictionary.translations("exports").ja
    both = dictionary.translations("手紙")  # a letter in Japanese, toilet paper in Chinese
    assert {"letter", "toilet paper"} <= set(both.en)


def test_at_most_five_forms_and_none_that_folds_to_the_word(dictionary: Dictionary) -> None:
    for word in ("地震", "半導體", "投資", "export", "手紙", "造成"):
        found = dictionary.translations(word)
        for forms in found:
            assert len(forms) <= 5
            assert len(set(forms)) == len(forms)
    assert fold("關稅") not in map(fold, dictionary.translations("關稅", "zh").ja)


@pytest.mark.parametrize("word", ["", " ", "qqqqq", "ゞゞゞ", "\0", "台" * 1000, "a" * 5000])
def test_what_is_no_word_has_no_translation(dictionary: Dictionary, word: str) -> None:
    assert dictionary.translations(word) == ((), (), ())


def test_a_run_is_split_into_its_words(dictionary: Dictionary) -> None:
    assert dictionary.segments("日本水産物の輸入停止", "ja") == [
        fold(word) for word in ("日本", "水産物", "輸入", "停止")
    ]
    assert dictionary.segments("半導體產業供應鏈", "zh") == [
        fold(word) for word in ("半導體", "產業", "供應鏈")
    ]
    assert dictionary.segments("", "zh") == []
    assert dictionary.segments("台", "zh") == []


def test_known_words_are_known_by_their_language(dictionary: Dictionary) -> None:
    assert dictionary.knows("tariffs", "en")
    assert dictionary.knows("吹き替え", "ja")
    assert not dictionary.knows("吹き替え", "zh")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tariffs", "tariff"),
        ("policies", "policy"),
        ("glasses", "glass"),
        ("status", "status"),
        ("analysis", "analysis"),
        ("high-speed trains", "high speed train"),
    ],
)
def test_plurals_and_hyphens_fall_away(word: str, expected: str) -> None:
    assert lemma(word) == expected


def test_inflections_are_tried_after_the_word_itself() -> None:
    assert lookups("fishing")[0] == "fishing"
    assert "fish" in lookups("fishing")
    assert "ban" in lookups("banned")
    assert "impose" in lookups("imposed")


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_keys_are_folded_as_texts_are(lang: str) -> None:
    keys = Sections(DATA).lines(lang)
    assert list(keys) == sorted(keys)
    assert [key for key in keys if fold(key) != key] == []


def test_the_licence_lies_beside_the_data() -> None:
    licence = DATA.with_name("dictionary.LICENSE.txt").read_text(encoding="utf-8")
    for owner in ("CC-CEDICT", "JMdict", "wordfreq", "Attribution-ShareAlike"):
        assert owner in licence
    assert DATA.stat().st_size < 3_000_000
