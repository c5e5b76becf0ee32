"""Words with fewer kana, as JMdict has them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from scripts import build_okurigana
from scripts.words.jmdict import DATA

# Where JMdict was installed; see scripts/build_okurigana.py.
SOURCES = Path(os.environ.get("DIGEST_WORDS", "/nowhere"))

FORMS = [
    (1, "取り組み", True),
    (1, "取組み", False),
    (1, "取組", False),
    (2, "手続き", True),
    (2, "手続", True),
    (3, "稀り物", False),
    (3, "稀物", False),
    (4, "後ろ", True),
    (4, "後", True),
]


def test_the_fullest_form_of_what_is_common_and_not_found_anyway_is_kept(tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / "jamdict.db")
    base.executescript(
        "CREATE TABLE Kanji (ID INTEGER PRIMARY KEY, idseq, text); CREATE TABLE KJP (kid, text);"
        "CREATE TABLE KJI (kid, text)"
    )
    for number, (entry, text, common) in enumerate(FORMS, 1):
        base.execute("INSERT INTO Kanji VALUES (?, ?, ?)", (number, entry, text))
        if common:
            base.execute("INSERT INTO KJP VALUES (?, 'ichi1')", (number,))
    base.execute("INSERT INTO KJI VALUES (3, 'irregular okurigana usage')")
    base.commit()
    base.close()
    made = build_okurigana.build(tmp_path / "jamdict.db")
    assert made == "取组\t取り组み\n取组み\t取り组み\n"


def test_the_data_file_is_what_the_script_makes() -> None:
    if not (SOURCES / DATA).exists():
        pytest.skip("JMdict is not installed: set DIGEST_WORDS to its folder")
    made = build_okurigana.build(SOURCES / DATA)
    assert made == build_okurigana.TARGET.read_text(encoding="utf-8")
