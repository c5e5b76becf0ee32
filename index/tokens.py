"""From text to terms: the one place that decides what a term is. Knows nothing of Whoosh.

A run of n Han, kana or bopomofo characters becomes n terms: the n - 1 pairs of neighbours and the
last character alone, so that a term's place in the list is its position and a phrase of pairs
means a substring. Everything else is a word between characters that are no letters or digits:

- folded (`index.fold`) and stemmed by the English Snowball stemmer;
- a possessive `'s` falls away, other apostrophes inside a word close up (Xi'an, Xian);
- single letters with full stops close up (U.S., US);
- commas inside a number close up (1,234); hyphens separate (Indo-Pacific, Indo Pacific).

A word has two forms: its stem, which is matched, and its written form (folded, unstemmed), by
which prefixes are found and exact forms rank higher.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import add

from index.fold import fold

CJK = (
    "\u3005-\u3007\u3021-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
LETTER = rf"[^\W_{CJK}]"


def _word(letter: str) -> str:
    """A word of folded text: a number with thousands, an abbreviation, or letters."""
    return (
        r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
        rf"|[a-z](?:\.[a-z])+(?!{letter})"
        rf"|{letter}+(?:'{letter}+)*)"
    )


RUN = re.compile(f"[{CJK}]+|{_word(LETTER)}")
_ASCII_RUN = re.compile(_word("[a-z0-9]"))

# A longer word is indexed by its beginning.
MAX_WORD = 64
_LONGEST_STEMMED = 32
_CACHED = 200_000  # words


def is_cjk(run: str) -> bool:
    """Whether a run that `RUN` found is one of Han, kana or bopomofo."""
    first = run[0]
    return "\u3005" <= first <= "\u9fff" or "\uf900" <= first <= "\ufaff" or first >= "\U00020000"


# A letter or digit of a word, as `is_word` tells it.
IN_WORD = "[^\\W_\u3005-\u9fff\uf900-\ufaff\U00020000-\U0010ffff]"


def is_word(char: str) -> bool:
    """Whether a character is a letter or digit of a word."""
    return char.isalnum() and not is_cjk(char)


def written_form(run: str) -> str:
    """The form of a word as folded text has it, without possessive, apostrophes and stops."""
    if not run.isalnum():
        run = run.removesuffix("'s").replace("'", "").replace(".", "").replace(",", "")
    return run[:MAX_WORD]


class _Forms(dict[str, str]):
    """Written forms and stems are worked out once for each word, and forgotten all at once."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, run: str) -> str:
        if len(self) >= _CACHED:
            self.clear()
        form = self[run] = self._make(run)
        return form


def _stem_of(run: str) -> str:
    form = written_form(run)
    if len(form) < 3 or len(form) > _LONGEST_STEMMED or not (form.isascii() and form.isalpha()):
        return form
    return str(_stemmer()(form))


@cache
def _stemmer() -> Callable[[str], str]:
    from whoosh.lang.porter2 import stem  # noqa: PLC0415 - reading a query may not need it

    return stem  # type: ignore[no-any-return]


_STEMS = _Forms(_stem_of)
_WRITTEN = _Forms(written_form)


def stem(run: str) -> str:
    """The term under which a word of folded text is matched."""
    return _STEMS[run]


def stems(found: Iterable[str]) -> Iterator[str]:
    """The terms of many words of folded text."""
    return map(_STEMS.__getitem__, found)


def run_pattern(folded: str) -> re.Pattern[str]:
    """The pattern that finds the runs of this text: `RUN`, or one that is faster on ASCII."""
    return _ASCII_RUN if folded.isascii() else RUN


def runs(folded: str) -> list[str]:
    """The runs of folded text, in order."""
    return run_pattern(folded).findall(folded)


def terms_of(found: list[str]) -> list[str]:
    """The terms of runs, one for each position."""
    terms: list[str] = []
    for run in found:
        if run < "\u3005" or not is_cjk(run):
            terms.append(_STEMS[run])
        else:
            terms += map(add, run, run[1:])
            terms.append(run[-1])
    return terms


def written_forms_of(found: list[str]) -> set[str]:
    """The distinct written forms of the words among runs."""
    return {_WRITTEN[run] for run in set(found) if run < "\u3005" or not is_cjk(run)}


def terms(text: str) -> list[str]:
    """The terms of text as written, one for each position."""
    return terms_of(runs(fold(text)))
