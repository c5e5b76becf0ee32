"""How one name may be written: orders, hyphens, long vowels, dots, plurals.

A person's Latin form marks the surname by capitals, in the order that is commonest: `LAI Ching-te`,
`Sanae TAKAICHI`. A form without capitals is taken as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product

from index.fold import fold

# One sign for all that separates words, and one for the parts of a foreign name; places stay.
# Of white space all but the plain space, which is that sign.
_SPACES = re.compile(
    "[-‐‑‒–−_\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_DOTS = re.compile("[·‧•∙･=＝゠]")

# How long vowels are spelt where nobody can write a macron.
_LONG_VOWELS = {"ō": ("o", "ou", "oo", "oh"), "ū": ("u", "uu")}
# Of a form with more long vowels than these only the plain spelling is made.
_MOST_VOWELS = 4


def evened(folded: str) -> str:
    """Folded text of which hyphens are spaces and middle dots one sign; places stay."""
    return _DOTS.sub("・", _SPACES.sub(" ", folded))


def _spaced(folded: str) -> str:
    return " ".join(evened(folded).split())


@lru_cache(maxsize=4096)
def match_key(form: str) -> str:
    """The form under which a name is kept and looked for."""
    return _spaced(fold(form))


def is_latin(char: str) -> bool:
    """Whether a folded character belongs to a word that spaces delimit."""
    return char < "\u2e80" and char.isalnum()


def is_katakana(char: str) -> bool:
    """Whether `char` is katakana or its long vowel mark."""
    return "\u30a1" <= char <= "\u30fa" or char == "ー"


def is_han(char: str) -> bool:
    """Whether `char` is a Han character, one of the signs that stand for one included."""
    return "\u3400" <= char <= "\u9fff" or char in "々〇" or char >= "\U00020000"


def _is_surname(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters) and "." not in word


def _titled(word: str) -> str:
    """`O'NEIL` as O'Neil, `OU-YANG` as Ou-yang is written: Ou-Yang."""
    return "".join(
        char if place == 0 or not word[place - 1].isalpha() else char.lower()
        for place, char in enumerate(word)
    )


def orders(form: str) -> list[str]:
    """A person's Latin form in both orders, the given one first; others as they stand."""
    words = form.split()
    surname = [word for word in words if _is_surname(word)]
    given = [word for word in words if not _is_surname(word)]
    if not surname or not given:
        return [form]
    family = [_titled(word) for word in surname]
    if _is_surname(words[0]):
        return [" ".join(family + given), " ".join(given + family)]
    return [" ".join(given + family), " ".join(family + given)]


def without_macrons(form: str) -> str:
    """`Tarō Asō` as newspapers write it: Taro Aso."""
    plain = unicodedata.normalize("NFD", form).replace("\u0304", "")
    return unicodedata.normalize("NFC", plain)


def _long_vowels(form: str) -> list[str]:
    parts = re.split("([ōū])", unicodedata.normalize("NFC", form).lower())
    if not 1 < len(parts) <= 2 * _MOST_VOWELS + 1:
        return [form]
    return [
        "".join(spelt) for spelt in product(*(_LONG_VOWELS.get(part, (part,)) for part in parts))
    ]


def _latin_keys(form: str) -> set[str]:
    keys = set()
    for spelt in _long_vowels(form):
        lowered = fold(spelt)
        keys |= {
            _spaced(lowered),
            _spaced(lowered.replace("-", "")),
            _spaced(lowered.replace("'", "")),
            _spaced(lowered.replace("-", "").replace("'", "")),
        }
        if " & " in lowered:
            keys.add(_spaced(lowered.replace(" & ", " and ")))
        if lowered.startswith("the "):
            keys.add(_spaced(lowered[4:]))
    return keys


def plurals(key: str) -> set[str]:
    """The plural of a Latin key in lower case that may have one."""
    if not key[-1:].isalpha() or key.endswith("s"):
        return set()
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return {key[:-1] + "ies"}
    return {key + "es"} if key.endswith(("x", "ch", "sh")) else {key + "s"}


@lru_cache(maxsize=4096)
def keys_of(form: str, *, plural: bool = False) -> frozenset[str]:
    """All keys under which one form is found; `plural` adds the plural of an English word."""
    key = match_key(form)
    if not key:
        return frozenset()
    if not all(char < "\u2e80" for char in key):
        return frozenset({key, key.replace("・", ""), key.replace("・", " ").strip()} - {""})
    keys = _latin_keys(form)
    if plural:
        keys |= {more for one in keys for more in plurals(one)}
    return frozenset(keys - {""})


def distinct(forms: Iterable[str], but: Iterable[str] = ()) -> list[str]:
    """`forms` without those whose key is that of an earlier one or of one in `but`."""
    seen = set(but)
    kept = []
    for form in forms:
        key = match_key(form)
        if key and key not in seen:
            seen.add(key)
            kept.append(form)
    return kept
