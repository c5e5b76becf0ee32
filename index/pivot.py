"""What else the words of a query may be called: its names, and its words in a dictionary.

A group is all that stands for one name or word of the query, in other languages or forms. The
dictionary is asked for every word of two or more Han or kana characters, longest first, and for
every English word and pair or three of words, stop words left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from index.counts import OPEN
from index.dictionary.dictionary import Dictionary, Translations
from index.fold import fold
from index.names.model import Expansion
from index.names.names import Names
from index.names.spelling import is_han
from index.patterns import Term, patterns
from index.query.ast import And, Languages, Node, Words
from index.relaxed import STOP_WORDS
from index.tokens import is_cjk, runs

MAX_GROUPS = 24
MAX_FORMS = 96  # of all names, and of all words, of a query
_LONG = 300  # characters; of a longer text half as many have to do
_SENTENCE = 10  # Han characters; fewer may be a word of either language
_PHRASE = 3  # English words looked up together
_LANGUAGES = frozenset({"en", "zh", "ja"})
_HAN = frozenset({"zh", "ja"})

# The terms of one form, all of which a document has to have (see `index.bag`).
Form = tuple[str, ...]
Group = tuple[Form, ...]


def target_languages(root: Node) -> frozenset[str]:
    """The languages to which a query is restricted; all three without a restriction."""
    children = root.children if isinstance(root, And) else (root,)
    found = [frozenset(node.codes) for node in children if isinstance(node, Languages)]
    return _LANGUAGES.intersection(*found)


def by_names(
    text: str, names: Names, targets: frozenset[str], *, loosely: bool = False
) -> list[Group]:
    """A group for each name in a text, those inside a run of Han or kana too.

    `loosely` also takes what is a word or another's name as well.
    """
    found = names.in_query(text, inside_runs=True, loosely=loosely)
    wanted = ([form for one in name.expansions for form in _forms(one, targets)] for name in found)
    return _limited(wanted, _most(text))


def by_dictionary(
    text: str, dictionary: Dictionary, targets: frozenset[str], *, loosely: bool = False
) -> list[Group]:
    """A group for each word in a text that the dictionary knows.

    `loosely` also takes translations of one Han character (rice is 米), which stand in many words.
    """
    folded = fold(text)
    lang = _language(folded)
    words = dict.fromkeys(_words(folded, dictionary, lang))
    found = (dictionary.translations(word, lang if is_cjk(word) else "en") for word in words)
    wanted = (_forms(one, targets) for one in found)
    return _limited(wanted, _most(text), short=loosely)


def _forms(one: Expansion | Translations, targets: frozenset[str]) -> Iterator[str]:
    """The forms to look for in documents of these languages.

    What is written alike in Chinese and Japanese is listed in one of them only, so both count for
    either.
    """
    if not targets.isdisjoint(_HAN):
        yield from one.zh
        yield from one.ja
    if "en" in targets:
        yield from one.en


def _language(folded: str) -> str | None:
    """The language of the Han and kana in a text; None where it may be Chinese or Japanese.

    No Japanese sentence is without kana.
    """
    if any("ぁ" <= char <= "ヺ" for char in folded):
        return "ja"
    return "zh" if sum(map(is_cjk, folded)) > _SENTENCE else None


def _words(folded: str, dictionary: Dictionary, lang: str | None) -> Iterator[str]:
    for cjk, group in groupby(runs(folded), key=is_cjk):
        if cjk:
            for run in group:
                yield from dictionary.segments(run, lang)
            continue
        row = list(group)
        for size in range(_PHRASE, 0, -1):
            for at in range(len(row) - size + 1):
                words = row[at : at + size]
                if words[0] not in STOP_WORDS and words[-1] not in STOP_WORDS:
                    yield " ".join(words)


def _group(forms: Iterable[str], *, short: bool) -> Group:
    found = (patterns(Words(form)) for form in forms)
    return tuple(
        dict.fromkeys(_terms(one[0]) for one in found if one and _says(one[0], short=short))
    )


def _terms(pattern: tuple[Term, ...]) -> Form:
    texts = (term.text + OPEN if term.prefix else term.text for term in pattern)
    return tuple(dict.fromkeys(texts))


def _says(pattern: tuple[Term, ...], *, short: bool) -> bool:
    """Whether a form says enough; one character alone, which has an open end, only if `short`."""
    return all(not term.prefix or (short and is_han(term.text)) for term in pattern)


def _most(text: str) -> int:
    return MAX_FORMS if len(text) <= _LONG else MAX_FORMS // 2


def _limited(wanted: Iterable[Iterable[str]], left: int, *, short: bool = False) -> list[Group]:
    """The groups of the first `left` forms; no more are looked up than are kept."""
    kept: list[Group] = []
    for forms in wanted:
        if group := _group(forms, short=short)[:left]:
            kept.append(group)
            left -= len(group)
        if not left or len(kept) == MAX_GROUPS:
            break
    return kept
