"""How Han characters of Chinese names are read: from characters to spellings and back.

The data is `data/readings.txt`, made by `scripts/build_readings.py` of CC-CEDICT. Characters are
folded, syllables are pinyin without tones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from index.names.romanisation import spellings

_DATA = Path(__file__).resolve().parents[1] / "data" / "readings.txt"
_LONGEST = 6  # letters of a spelling
_GIVEN = 2  # syllables of a given name

# Surnames of two characters that are common enough to be looked for.
_DOUBLE = frozenset({"欧阳", "司马", "诸葛", "上官", "司徒", "夏侯", "张简", "范姜"})


class Parts(NamedTuple):
    """The characters that may be meant at each place of a name, the likelier first."""

    surname: str
    given: tuple[str, ...]


class Readings:
    """The table, from both sides."""

    def __init__(self, lines: list[str]) -> None:
        self._surnames: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self._syllables: dict[str, list[str]] = defaultdict(list)
        self._spelt: dict[str, list[str]] = defaultdict(list)
        self._family: set[str] = set()
        for line in lines:
            syllable, surnames, others = line.split("\t")
            self._surnames[syllable] = surnames
            self._others[syllable] = "".join(dict.fromkeys(others + surnames))
            self._family.update(surnames)
            for char in self._others[syllable]:
                self._syllables[char].append(syllable)
            for spelt in spellings(syllable):
                self._spelt[spelt].append(syllable)

    def is_surname(self, char: str) -> bool:
        """Whether a folded character is a surname."""
        return char in self._family

    def split(self, name: str) -> tuple[str, str] | None:
        """The surname and the given name of a folded Han name of two to four characters."""
        if not 2 <= len(name) <= 4:
            return None
        if name[:2] in _DOUBLE and len(name) > 2:
            return name[:2], name[2:]
        return (name[0], name[1:]) if name[0] in self._family and len(name) < 4 else None

    def spelt(self, char: str, *, surname: bool = False) -> list[str]:
        """How the reading of a folded character may be written."""
        syllables = self._syllables.get(char, [])
        own = [one for one in syllables if char in self._surnames[one]] if surname else []
        return list(dict.fromkeys(form for one in own or syllables for form in spellings(one)))

    def parts(self, words: list[str]) -> Iterator[Parts]:
        """What a name in Latin letters may be in Han: surname first, and surname last."""
        if not 2 <= len(words) <= 3:
            return
        seen = set()
        for family, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
            surname = self._chars(family, self._surnames)
            if not surname:
                continue
            for syllables in self._given(rest):
                given = tuple(self._chars(one, self._others) for one in syllables)
                if all(given) and (surname, given) not in seen:
                    seen.add((surname, given))
                    yield Parts(surname, given)

    def _given(self, words: list[str]) -> Iterator[tuple[str, ...]]:
        """The syllables of a given name: hyphens say where they part, or nothing does."""
        written = [part for word in words for part in word.split("-") if part]
        if len(written) == _GIVEN:
            yield tuple(written)
        elif len(written) == 1:
            word = written[0]
            for at in range(1, min(len(word), _LONGEST + 1)):
                if word[:at] in self._spelt and word[at:] in self._spelt:
                    yield word[:at], word[at:]
            if word in self._spelt:
                yield (word,)

    def _chars(self, spelt: str, table: dict[str, str]) -> str:
        """Characters by rank: the first of every syllable that is spelt so, then the second."""
        rows = (table[syllable] for syllable in self._spelt.get(spelt, ()))
        ranked = (char for rank in zip_longest(*rows, fillvalue="") for char in rank if char)
        return "".join(dict.fromkeys(ranked))


@cache
def readings() -> Readings:
    """The readings that the package ships."""
    return Readings(_DATA.read_text(encoding="utf-8").splitlines())
