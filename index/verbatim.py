"""What stands in a document to the letter, which the index knows without its text.

Most words, and most characters of Han and kana, stand somewhere as their folded form has them. So
the field `verbatim` holds only what differs: the words of title, body and note that are none of the
document's folded forms (`Taiwan`, `US`), their characters that folding changes (臺, キャ's small
ャ), and, marked, each folded form and character that stands in none of them as it is. A document
has a word to the letter if the word is in `verbatim`, or in `form` and not marked; and a character
if it is in `verbatim`, or is what it is folded to, in the text and not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from index.fold import fold, han_table
from index.tokens import IN_WORD, MAX_WORD, is_cjk

_WORD = re.compile(f"{IN_WORD}+")
_COMPOSED = re.compile("[\u3099\u309a\uff9e\uff9f]")  # with the kana before
# Where Unicode has characters that are others of Han and kana in another shape: brackets, radicals,
# all of kana with what is enclosed or squared, compatible Han and forms, half width.
_BLOCKS = (
    (0x2329, 0x232A),
    (0x2E80, 0x2FDF),
    (0x3005, 0x33FF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),
)


def words(text: str) -> list[str]:
    """The words of a text to the letter: what letters and digits stand together.

    Longer ones than the index has are left out.
    """
    return [word for word in _WORD.findall(text) if len(word) <= MAX_WORD]


@cache
def _changing() -> re.Pattern[str]:
    """Finds what may become other characters of Han or kana: of rare planes, all there is."""
    known = (char for first, last in _BLOCKS for char in map(chr, range(first, last + 1)))
    found = {*han_table(), *filter(is_changed, known)}
    common = "".join(sorted(char for char in found if char <= "\uffff"))
    return re.compile(f"[{re.escape(common)}\U00010000-\U0010ffff]")


def characters(text: str) -> set[str]:
    """The characters of Han and kana in a text."""
    return set(filter(is_cjk, text))


def is_known(text: str) -> bool:
    """Whether a text is one of its `words` or `characters`."""
    if len(text) == 1 and is_cjk(text):
        return True
    return len(text) <= MAX_WORD and _WORD.fullmatch(text) is not None


@cache
def _folded(char: str) -> str:
    return fold(char)


def is_changed(char: str) -> bool:
    """Whether folding changes a character."""
    return _folded(char) != char


def absent(form: str) -> str:
    """The mark of a folded form that stands nowhere as it is; no word begins so."""
    return f"-{form}"


def terms(texts: Iterable[str], author: str, forms: set[str]) -> list[str]:
    """What the field holds of a document of these texts, with the folded forms of all its words."""
    whole = "\n".join(texts)
    written = set(words(whole))
    changed = set() if whole.isascii() else set(_changing().findall(whole))
    changed = set(filter(is_changed, changed))
    folded = [fold(whole)] if _COMPOSED.search(whole) else map(_folded, changed)
    found = characters("".join([*folded, fold(author)]))
    missing = {char for char in found if char not in whole}
    own = written - forms | set(filter(is_cjk, changed))
    return sorted([*own, *map(absent, forms - written | missing)])
