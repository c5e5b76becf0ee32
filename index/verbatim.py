"""Words as they stand in a document to the letter, which the index knows without its text.

Most words stand somewhere as their folded form has them. So the field `verbatim` holds only what
differs: the words of title, body and note that are none of the document's folded forms (`Taiwan`,
`US`), and, marked, each folded form that stands in none of them as it is. A document has a word to
the letter if the word is in `verbatim`, or in `form` and not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.tokens import IN_WORD, MAX_WORD

_WORD = re.compile(f"{IN_WORD}+")


def words(text: str) -> list[str]:
    """The words of a text to the letter: what letters and digits stand together.

    Longer ones than the index has are left out.
    """
    return [word for word in _WORD.findall(text) if len(word) <= MAX_WORD]


def is_word(text: str) -> bool:
    """Whether a text is one of its `words`."""
    return len(text) <= MAX_WORD and _WORD.fullmatch(text) is not None


def absent(form: str) -> str:
    """The mark of a folded form that stands nowhere as it is; no word begins so."""
    return f"-{form}"


def terms(texts: Iterable[str], forms: set[str]) -> list[str]:
    """What the field holds of a document with these texts and folded forms."""
    written = {word for text in texts for word in words(text)}
    return sorted([*(written - forms), *map(absent, forms - written)])
