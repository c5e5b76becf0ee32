"""Build `index/data/okurigana.txt`: Japanese words that may be written with fewer kana.

Run it by hand from the top of the repository to take a newer JMdict:

    pip install --target /tmp/words jamdict-data==1.5
    .venv/bin/python -m scripts.build_okurigana /tmp/words

Two ways of writing one entry of JMdict are a pair when both have the same Han, two or more, and
the shorter one lacks hiragana that the other has (取組, 取り組み). A pair is kept when JMdict marks
one of both as common, and when texts with the longer one are not found by the shorter one anyway
(手続, 手続き). Of several longer ones the one with the most kana is kept.

Each line is a shorter and a longer form, folded, with a tab between.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

from index.fold import fold
from scripts.words.jmdict import DATA

TARGET = Path(__file__).resolve().parents[1] / "index" / "data" / "okurigana.txt"

_FORMS = """
SELECT k.idseq, k.text, EXISTS (SELECT 1 FROM KJP p WHERE p.kid = k.ID) FROM Kanji k
WHERE NOT EXISTS (SELECT 1 FROM KJI i WHERE i.kid = k.ID AND (i.text LIKE '%out-dated%'
    OR i.text LIKE '%irregular kanji%' OR i.text LIKE '%irregular kana%'))
ORDER BY k.ID"""
_WORD = re.compile("[\u3400-\u9fff々ぁ-ゖ]+")
_KANA = re.compile("[ぁ-ゖ]")


def longer_forms(forms: dict[str, bool]) -> Iterator[tuple[str, str]]:
    """Each shorter form of one entry with each longer one; `forms` says which are common."""
    for short, full in permutations(filter(_WORD.fullmatch, forms), 2):
        han = _KANA.sub("", short)
        if (
            (forms[short] or forms[full])
            and len(han) > 1
            and han == _KANA.sub("", full)
            and short not in full
            and _is_within(short, full)
        ):
            yield short, full


def _is_within(short: str, full: str) -> bool:
    """Whether all characters of `short` stand in `full` in the same order."""
    rest = iter(full)
    return all(char in rest for char in short)


def build(path: Path) -> str:
    """The table from a database of JMdict."""
    entries: dict[int, dict[str, bool]] = defaultdict(dict)
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for entry, text, common in base.execute(_FORMS):
        entries[entry][fold(text)] = bool(common) or entries[entry].get(fold(text), False)
    base.close()
    best: dict[str, str] = {}
    for forms in entries.values():
        for short, full in longer_forms(forms):
            if len(full) > len(best.get(short, "")):
                best[short] = full
    return "".join(f"{short}\t{full}\n" for short, full in sorted(best.items()))


if __name__ == "__main__":
    TARGET.write_text(build(Path(sys.argv[1]) / DATA), encoding="utf-8")
