"""What else the words of a query may be called: its names, and its words in a dictionary.

A group is all that stands for one name or word of the query, in other languages or forms. The
dictionary is asked for every word of two or more Han or kana characters, longest first, and for
every English word and pair or three of words, stop words left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from index.dictionary import Dictionary
from index.fold import fold
from index.names import Names
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

# The terms of one form, all of which a document has to have.
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
    wanted = (
        [
            form
            for one in name.expansions
            for lang, forms in (("zh", one.zh), ("ja", one.ja), ("en", one.en))
            if lang in targets
            for form in forms
        ]
        for name in names.in_query(text, inside_runs=True, loosely=loosely)
    )
    return _limited(wanted, _most(text))


def by_dictionary(text: str, dictionary: Dictionary, targets: frozenset[str]) -> list[Group]:
    """A group for each word in a text that the dictionary knows."""
    folded = fold(text)
    lang = _language(folded)
    words = dict.fromkeys(_words(folded, dictionary, lang))
    found = (dictionary.translations(word, lang if is_cjk(word) else "en") for word in words)
    wanted = (
        [form for target in sorted(targets) for form in getattr(one, target)] for one in found
    )
    return _limited(wanted, _most(text))


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


def _group(forms: list[str]) -> Group:
    found = (patterns(Words(form)) for form in forms)
    return tuple(dict.fromkeys(_terms(one[0]) for one in found if one and _whole(one[0])))


def _terms(pattern: tuple[Term, ...]) -> Form:
    return tuple(dict.fromkeys(term.text for term in pattern))


def _whole(pattern: tuple[Term, ...]) -> bool:
    """Whether a form has no open end: one Han character alone says too little."""
    return not any(term.prefix for term in pattern)


def _most(text: str) -> int:
    return MAX_FORMS if len(text) <= _LONG else MAX_FORMS // 2


def _limited(wanted: Iterable[list[str]], left: int) -> list[Group]:
    """The groups of the first `left` forms; no more are looked up than are kept."""
    kept: list[Group] = []
    for forms in wanted:
        if group := _group(forms)[:left]:
            kept.append(group)
            left -= len(group)
        if not left or len(kept) == MAX_GROUPS:
            break
    return kept
