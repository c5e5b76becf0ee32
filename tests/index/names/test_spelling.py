from __future__ import annotations

import pytest

from index.names.spelling import keys_of, match_key, orders, without_macrons


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("LAI Ching-te", ["Lai Ching-te", "Ching-te Lai"]),
        ("Sanae TAKAICHI", ["Sanae Takaichi", "Takaichi Sanae"]),
        ("Jun'ichirō KOIZUMI", ["Jun'ichirō Koizumi", "Koizumi Jun'ichirō"]),
        ("William Lai", ["William Lai"]),
        ("TSMC", ["TSMC"]),
        ("J.W. Kuo", ["J.W. Kuo"]),
    ],
)
def test_capitals_mark_the_surname(form: str, expected: list[str]) -> None:
    assert orders(form) == expected


def test_long_vowels_are_found_as_they_may_be_spelt() -> None:
    keys = keys_of("Mitsuo Ōhashi")
    assert {"mitsuo ohashi", "mitsuo oohashi", "mitsuo ouhashi"} <= keys
    assert {"shohei otani", "shohei ohtani", "shouhei outani"} <= keys_of("Shōhei Ōtani")
    assert without_macrons("Jun'ichirō Ōta") == "Jun'ichiro Ota"
    assert without_macrons("パパ") == "パパ"


def test_hyphens_apostrophes_and_dots_do_not_matter() -> None:
    assert match_key("Lai Ching‐te") == match_key("lai  ching te") == "lai ching te"
    assert "lai chingte" in keys_of("Lai Ching-te")
    assert {"tsai ing wen", "ts'ai ing wen"} <= keys_of("Ts’ai Ing-wen")
    assert keys_of("J・D・バンス") >= {"j・d・バンス", "jdバンス"}


def test_plurals_are_for_common_nouns() -> None:
    assert "semiconductors" in keys_of("semiconductor", plural=True)
    assert "subsidies" in keys_of("subsidy", plural=True)
    assert "sonys" not in keys_of("Sony")
