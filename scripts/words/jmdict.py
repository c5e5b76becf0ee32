"""Reads JMdict as the package `jamdict-data` ships it: an SQLite database."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from scripts.words.glosses import clean_glosses

DATA = Path("jamdict_data") / "jamdict.db"

_KANJI = """
SELECT k.idseq, k.text, EXISTS (SELECT 1 FROM KJP p WHERE p.kid = k.ID) FROM Kanji k
WHERE NOT EXISTS (SELECT 1 FROM KJI i WHERE i.kid = k.ID AND (i.text LIKE '%outdated%'
    OR i.text LIKE '%irregular%' OR i.text LIKE '%rare%'))
ORDER BY k.ID"""
_KANA = """
SELECT k.idseq, k.text, EXISTS (SELECT 1 FROM KNP p WHERE p.kid = k.ID) FROM Kana k ORDER BY k.ID"""
_GLOSSES = """
SELECT s.idseq, g.text FROM Sense s JOIN SenseGloss g ON g.sid = s.ID
WHERE g.lang = 'eng' ORDER BY s.ID, g.rowid"""
_USUALLY_KANA = """
SELECT DISTINCT s.idseq FROM Sense s JOIN misc m ON m.sid = s.ID
WHERE m.text LIKE '%kana alone%'"""
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class Japanese(NamedTuple):
    """Headwords with their glosses, best first, and those that JMdict marks as common."""

    words: dict[str, list[str]]
    common: set[str]


def _grouped(rows: Iterable[tuple[int, str, int]]) -> dict[int, list[tuple[str, bool]]]:
    groups: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for entry, text, common in rows:
        groups[entry].append((text, bool(common)))
    return groups


def read_jmdict(path: Path) -> Japanese:
    """All headwords; the kana of a word only where it is written so."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    kanji, kana = _grouped(base.execute(_KANJI)), _grouped(base.execute(_KANA))
    in_kana = {entry for (entry,) in base.execute(_USUALLY_KANA)}
    meanings: dict[int, list[str]] = defaultdict(list)
    for entry, gloss in base.execute(_GLOSSES):
        meanings[entry].append(gloss)
    base.close()
    result = Japanese({}, set())
    for entry, written in meanings.items():
        forms = list(kanji[entry])
        if not forms or entry in in_kana:
            forms += kana[entry]
        _take(result, forms, clean_glosses(written))
    return result


def _take(result: Japanese, forms: list[tuple[str, bool]], glosses: list[str]) -> None:
    """Add one entry of JMdict under all its forms."""
    for form, common in forms:
        if glosses and _JAPANESE.search(form):
            known = result.words.setdefault(form, [])
            known += [gloss for gloss in glosses if gloss not in known]
            if common:
                result.common.add(form)
