"""Spellings of English that mean the same word, as alternatives for a query.

Like those of Japanese (`index.kana`) they are applied to what is asked for and never to what is
indexed. Texts are folded, and words of a hyphened text are found apart already.
"""

from __future__ import annotations

import re

MAX_ALTERNATIVES = 3

_HYPHENED = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
# Aircraft, ships and the like are written F-16, F16.
_NUMBERED = re.compile(r"\b([a-z]{1,5})([0-9]{1,4})\b")
# Electronic things are written email, e-mail.
_ELECTRONIC = re.compile(
    r"\be(mail|commerce|government|gate|invoice|learning|paper|passport|payment|sport|vehicle|visa|"
    r"voting|waste)"
)
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "mouse": "mice",
    "goose": "geese",
    "crisis": "crises",
    "thesis": "theses",
    "basis": "bases",
    "medium": "media",
    "criterion": "criteria",
    "phenomenon": "phenomena",
    "chairman": "chairmen",
    "fisherman": "fishermen",
    "policeman": "policemen",
    "serviceman": "servicemen",
    "spokesman": "spokesmen",
    "wife": "wives",
    "knife": "knives",
    "life": "lives",
    "leaf": "leaves",
    "half": "halves",
}  # fmt: skip - a table
_OTHER_NUMBER = _IRREGULAR | {plural: single for single, plural in _IRREGULAR.items()}
_WORD = re.compile("[a-z]+")


def spellings(folded: str) -> tuple[str, ...]:
    """`folded` itself and up to two other ways to write it."""
    closed = _HYPHENED.sub("", folded)
    apart = _ELECTRONIC.sub(r"e-\1", _NUMBERED.sub(r"\1-\2", folded))
    number = _WORD.sub(lambda found: _OTHER_NUMBER.get(found[0], found[0]), folded)
    return tuple(dict.fromkeys((folded, closed, apart, number)))[:MAX_ALTERNATIVES]
