"""Content words in three languages, from a table made of CC-CEDICT and JMdict."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.dictionary.lemmas import lookups
from index.fold import fold
from index.sections import Rows, Sections

DATA = Path(__file__).resolve().parents[1] / "data" / "dictionary.bin"
LANGUAGES = ("en", "zh", "ja")

# No headword that is looked for in running text is longer.
_LONGEST = 10
# Translations into one language.
_KEPT = 5


class Translations(NamedTuple):
    """What a word may be in each language, commonest first, at most five of each.

    Forms that fold to the same as the word itself are left out: they are found anyway.
    """

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()


class _Words:
    """The headwords of one language: sorted folded keys and how each is written."""

    def __init__(self, sections: Sections, lang: str) -> None:
        self.keys = sections.lines(lang)
        self._written = sections.lines(f"{lang}.written")
        self._lengths: dict[str, tuple[int, ...]] = {}

    def written(self, number: int) -> str:
        """How the word of this number is written."""
        return self._written[number] or self.keys[number]

    def lengths(self, pair: str) -> tuple[int, ...]:
        """How long the headwords are that begin with these two characters, the longest first."""
        lengths = self._lengths.get(pair)
        if lengths is None:
            found, place = set(), self.keys.place(pair)
            while place < len(self.keys) and self.keys[place].startswith(pair):
                found.add(len(self.keys[place]))
                place += 1
            lengths = self._lengths[pair] = tuple(sorted(found, reverse=True))
        return lengths

    def longest(self, text: str) -> str:
        """The longest headword of two or more characters at the start of `text`, or ""."""
        for length in self.lengths(text[:2]):
            word = text[:length]
            if len(word) == length and self.keys.find(word) is not None:
                return word
        return ""


class Dictionary:
    """Translates words between English, Traditional Chinese and Japanese.

    Parts of the data are unpacked when a language is first asked for. Any thread may ask.

    Raises:
        DataDamaged: the data file of the package cannot be read.
    """

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self._words: dict[str, _Words] = {}
        self._relations: dict[str, Rows] = {}

    @staticmethod
    def load() -> Dictionary:
        """The dictionary that the package ships; loaded once in a process."""
        return _shipped()

    def translations(self, word: str, lang_from: str | None = None) -> Translations:
        """What `word`, however written, may be in the other languages.

        `lang_from` (`en`, `zh` or `ja`) says which language it is in; without it, Latin letters
        are English, and anything else is looked up in Chinese and in Japanese.
        """
        key = fold(word).strip()
        if not key:
            return Translations()
        languages = (lang_from,) if lang_from in LANGUAGES else self._guess(key)
        merged: dict[str, dict[str, None]] = {lang: {} for lang in LANGUAGES}
        for source in languages:
            for target in LANGUAGES:
                for form in self._translate(key, source, target):
                    merged[target].setdefault(form)
        return Translations(*(tuple(merged[lang])[:_KEPT] for lang in LANGUAGES))

    def knows(self, word: str, lang: str) -> bool:
        """Whether `word` is a headword of `lang`; of English also as an inflected form."""
        return self._number(fold(word), lang) is not None

    def segments(self, run: str, lang: str | None = None) -> list[str]:
        """The dictionary words in a run of Han and Kana, longest first from the left.

        Characters between words, and words of one character, are left out. The words come folded.
        `lang` is `zh` or `ja`; without it words of both count.
        """
        folded = fold(run)
        languages = (lang,) if lang in ("zh", "ja") else ("zh", "ja")
        tables = [self._headwords(one) for one in languages]
        found: list[str] = []
        start = 0
        while start < len(folded) - 1:
            text = folded[start : start + _LONGEST]
            word = max((table.longest(text) for table in tables), key=len)
            if word:
                found.append(word)
            start += len(word) or 1
        return found

    def _guess(self, key: str) -> tuple[str, ...]:
        if any(letter >= "\u3400" for letter in key):
            return ("zh", "ja")
        return ("ja",) if any(letter >= "\u3040" for letter in key) else ("en",)

    def _headwords(self, lang: str) -> _Words:
        if lang not in self._words:
            self._words[lang] = _Words(self._sections, lang)
        return self._words[lang]

    def _number(self, key: str, lang: str) -> int | None:
        words = self._headwords(lang)
        if lang != "en":
            return words.keys.find(key)
        numbers = (words.keys.find(form) for form in lookups(key))
        return next((number for number in numbers if number is not None), None)

    def _translate(self, key: str, source: str, target: str) -> list[str]:
        number = None if source == target else self._number(key, source)
        if number is None:
            return []
        name = f"{source}-{target}"
        if name not in self._relations:
            self._relations[name] = self._sections.rows(name)
        words = self._headwords(target)
        return [words.written(other) for other in self._relations[name][number]]


@cache
def _shipped() -> Dictionary:
    return Dictionary(Sections(DATA))
