from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

import pytest

from index.dictionary.dictionary import DATA
from index.sections import write_sections
from scripts import build_dictionary
from scripts.words import cedict
from scripts.words.glosses import clean_glosses
from scripts.words.pivot import KEPT, across, from_english, into_english, vocabulary

# Where the sources of the dictionary were installed; see scripts/build_dictionary.py.
SOURCES = Path(os.environ.get("DIGEST_WORDS", "/nowhere"))


def test_glosses_are_made_comparable() -> None:
    assert clean_glosses(["to export (goods); the export", "variant of 出口", "see 輸出"]) == [
        "export"
    ]
    assert clean_glosses(["(Tw) a pineapple, ananas", "a long gloss that explains much"]) == [
        "pineapple",
        "ananas",
    ]
    assert clean_glosses(["CL:個", "surname Lin", "!"]) == []


def test_proper_names_are_no_words(tmp_path: Path) -> None:
    source = tmp_path / "cedict.gz"
    lines = [
        "# remark",
        "關稅 关税 [guan1 shui4] /(customs) tariff/duty/",
        "林 林 [Lin2] /surname Lin/",
    ]
    with gzip.open(source, "wt", encoding="utf-8") as target:
        target.write("\n".join(lines) + "\n")
    assert cedict.read_cedict(source) == {"關稅": ["tariff", "duty"]}


def test_words_meet_through_the_glosses_they_share() -> None:
    zh = vocabulary({"鳳梨": ["pineapple"], "關稅": ["tariff", "duty"]}, {"凤梨": 4.0, "关税": 5.0})
    ja = vocabulary(
        {"パイナップル": ["pineapple"], "関税": ["tariff", "customs"], "義務": ["duty"]},
        {"パイナツプル": 4.0, "关税": 5.0, "义务": 5.0},
    )
    assert across(zh, ja) == {"凤梨": ["パイナツプル"], "关税": ["义务"]}
    assert into_english(zh)["关税"] == ["tariff", "duty"]
    assert from_english(ja, ["tariff", "duty", "nothing"]) == {"tariff": ["关税"], "duty": ["义务"]}


def test_only_the_best_are_kept() -> None:
    words = {f"詞{char}": ["word"] for char in "甲乙丙丁戊己庚"}
    common = {f"词{char}": float(place) for place, char in enumerate("甲乙丙丁戊己庚")}
    found = from_english(vocabulary(words, common), ["word"])
    assert found == {"word": ["词庚", "词己", "词戊", "词丁", "词丙"]}
    assert len(found["word"]) == KEPT


def test_the_data_file_is_what_the_script_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (SOURCES / cedict.DATA).exists():
        pytest.skip("the sources are not installed: set DIGEST_WORDS to their folder")
    monkeypatch.setattr(sys, "path", [*sys.path, str(SOURCES)])
    write_sections(tmp_path / "dictionary.bin", build_dictionary.build(SOURCES))
    assert (tmp_path / "dictionary.bin").read_bytes() == DATA.read_bytes()
