"""What in a query may be the name of a person whom no list has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from index.dictionary.dictionary import Dictionary
from index.fold import fold
from index.names.names import Names
from index.names.readings import readings
from index.names.spelling import is_han, is_katakana

MOST = 4  # candidates of a query
_LETTER = r"[^\W\d_\u2e80-\U0003ffff]"
_LATIN_WORD = rf"{_LETTER}(?:{_LETTER}|['’.\-‐‑](?={_LETTER})|\.)*"
_CAPITAL_ROW = re.compile(rf"{_LATIN_WORD}(?: {_LATIN_WORD})+")
_KANA = "[\u30a1-\u30fa\u30fc]+"
# The parts of a foreign name are separate words of a query.
_OTHER_RUN = re.compile(f"{_KANA}(?:[・·=＝ ]{_KANA})*|[\u3400-\u9fff々\U00020000-\U0003ffff]+")
_ROW = (2, 3)  # words of a Latin name
_HAN = (2, 4)  # characters of a Han name
_KATAKANA = 4
_WORD = 2  # a shorter Han run is a word more often than a name


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name as it is written in the query; `words` of a Latin one are folded."""

    written: str
    words: tuple[str, ...] = ()

    @property
    def is_latin(self) -> bool:
        """Whether it is in Latin letters."""
        return bool(self.words)


def candidates(text: str, names: Names | None, dictionary: Dictionary | None) -> list[Candidate]:
    """The possible names in the text of a query that no list knows, in its order."""
    found = []
    for one in chain(_latin(text), _other(text)):
        known = names is not None and bool(names.expand(one.written))
        word = dictionary is not None and _is_word(one, dictionary)
        if not known and not word and one not in found:
            found.append(one)
    return found[:MOST]


def _latin(text: str) -> Iterator[Candidate]:
    for row in _CAPITAL_ROW.finditer(text):
        words = row[0].split(" ")
        if not any(map(_is_capital, words)) and len(words) <= _ROW[1] and row[0] == text.strip():
            yield _of(words)  # a name typed without capitals, alone
        capital: list[str] = []
        for word in [*words, ""]:
            if _is_capital(word):
                capital.append(word)
                continue
            if _ROW[0] <= len(capital) <= _ROW[1]:
                yield _of(capital)
            elif len(capital) > _ROW[1]:
                for at in range(len(capital) - 1):
                    if any("-" in one for one in capital[at : at + 2]):
                        yield _of(capital[at : at + 2])
            capital = []


def _of(words: list[str]) -> Candidate:
    folded = (re.sub("[‐‑]", "-", fold(word)).strip(".'-") for word in words)
    return Candidate(" ".join(words), tuple(word.replace("'", "") for word in folded if word))


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _other(text: str) -> Iterator[Candidate]:
    for run in _OTHER_RUN.finditer(text):
        written = run[0].replace(" ", "・")
        if is_katakana(written[0]):
            if len(written) >= _KATAKANA:
                yield Candidate(written)
        elif _HAN[0] <= len(written) <= _HAN[1] and all(map(is_han, written)):
            yield Candidate(written)


def _is_word(one: Candidate, dictionary: Dictionary) -> bool:
    if one.is_latin:
        return dictionary.knows(" ".join(one.words), "en")
    known = any(dictionary.knows(one.written, lang) for lang in ("zh", "ja"))
    likely = readings().split(fold(one.written)) is not None and len(one.written) > _WORD
    return known and not likely
