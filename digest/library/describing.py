"""Articles described for stories: names, words and figures out of the index's own tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.model import SUBJECT, Mention
from digest.stories.coverage import Word

if TYPE_CHECKING:
    from digest.stories.evidence import Evidence

LEAD = 1200  # characters of a text: what an article reports stands at its beginning
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_HAN = "\u3400"
_GLOSSES = 3


def describe(title: str, text: str, lang: str, entities: Mapping[str, int]) -> Evidence:
    """The evidence of an article.

    Args:
        title: as written.
        text: as written; its beginning counts.
        lang: the primary subtag of its language.
        entities: how often it names what, by the ids of the names.
    """
    from digest.stories.evidence import Evidence, bag  # noqa: PLC0415 - numpy
    from index.fold import fold  # noqa: PLC0415 - loads the fold table
    from index.tokens import runs, terms_of  # noqa: PLC0415 - the index's own modules

    folded = fold(f"{title}\n{text[:LEAD]}")
    found = runs(folded)
    figures = (figure.replace(",", "") for figure in _FIGURE.findall(folded))
    return Evidence(
        entities=bag(entities),
        concepts=bag(_concepts(found, lang)),
        words=bag(Counter(terms_of(found))),
        han=bag(Counter(_han_pairs(found))),
        numbers=bag(Counter(figure for figure in figures if len(figure) > 1)),
    )


def concepts(text: str, lang: str) -> frozenset[str]:
    """What a text speaks of: its words as English lemmas, and its figures of two digits or more."""
    from index.fold import fold  # noqa: PLC0415 - loads the fold table
    from index.tokens import runs  # noqa: PLC0415 - the index's own modules

    folded = fold(text)
    figures = (figure.replace(",", "") for figure in _FIGURE.findall(folded))
    return frozenset(_concepts(runs(folded), lang)) | {one for one in figures if len(one) > 1}


def words(title: str, lang: str, mentions: Sequence[Mention]) -> tuple[Word, ...]:
    """The content words of a headline in order, each under what it means.

    Args:
        title: as written; places are those in it.
        lang: the primary subtag of its language.
        mentions: the names in it, which are words of their own, the same in every language.
    """
    from index.fold import fold_with_places  # noqa: PLC0415 - loads the fold table
    from index.tokens import RUN, is_cjk  # noqa: PLC0415 - the index's own modules

    found = [
        Word(one.start, one.end, frozenset((f"#{one.entity}",)))
        for one in mentions
        if one.entity not in SUBJECT
    ]
    names = sorted(mentions, key=_start)
    edges = [0, *(edge for one in names for edge in (one.start, one.end)), len(title)]
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        folded = fold_with_places(title[begin:end])
        for run in RUN.finditer(folded.text):
            split = _cjk_words if is_cjk(run.group()) else _latin_words
            for first, last, keys in split(run.group(), lang):
                start, stop = folded.span(run.start() + first, run.start() + last)
                found.append(Word(begin + start, begin + stop, keys))
    return tuple(sorted(found, key=lambda word: word.start))


def _start(mention: Mention) -> int:
    return mention.start


def _latin_words(run: str, _lang: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    from index.relaxed import STOP_WORDS  # noqa: PLC0415 - the index's own modules

    lemma = _lemma(run)
    if not STOP_WORDS & {run, lemma}:
        yield 0, len(run), frozenset((lemma,))


def _cjk_words(run: str, lang: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    from index.dictionary.dictionary import Dictionary  # noqa: PLC0415 - loads its tables

    source = lang if lang in ("zh", "ja") else None
    at = 0
    for word in Dictionary.load().segments(run, source):
        start = run.index(word, at)
        at = start + len(word)
        pairs = {word[place : place + 2] for place in range(len(word) - 1) if word[place] >= _HAN}
        if not all("\u3041" <= sign <= "\u309f" for sign in word):  # hiragana is grammar
            yield start, at, frozenset((*_glosses(word, source), word, *pairs))


def _concepts(found: list[str], lang: str) -> Mapping[str, float]:
    """The words as English lemmas; the glosses of one word share its weight."""
    from index.dictionary.dictionary import Dictionary  # noqa: PLC0415 - loads its tables
    from index.relaxed import STOP_WORDS  # noqa: PLC0415 - the index's own modules
    from index.tokens import is_cjk  # noqa: PLC0415 - as above

    source = lang if lang in ("zh", "ja") else None
    shared: dict[str, float] = {}
    for run in found:
        words = Dictionary.load().segments(run, source) if is_cjk(run) else [run]
        for word in words:
            keys = _glosses(word, source) if is_cjk(run) else (_lemma(word),)
            for key in keys:
                if key not in STOP_WORDS:
                    shared[key] = shared.get(key, 0.0) + 1 / len(keys)
    return shared


@lru_cache(maxsize=50_000)
def _glosses(word: str, source: str | None) -> tuple[str, ...]:
    """What a Chinese or Japanese word is in English, as lemmas."""
    from index.dictionary.dictionary import Dictionary  # noqa: PLC0415 - loads its tables
    from index.fold import fold  # noqa: PLC0415 - the index's own modules

    found = Dictionary.load().translations(word, source).en[:_GLOSSES]
    return tuple(_lemma(fold(gloss)) for gloss in found)


@lru_cache(maxsize=50_000)
def _lemma(word: str) -> str:
    from index.dictionary.lemmas import lemma  # noqa: PLC0415 - the index's own modules

    return lemma(word)


def _han_pairs(found: list[str]) -> list[str]:
    return [
        run[at : at + 2]
        for run in found
        for at in range(len(run) - 1)
        if run[at] >= _HAN and run[at + 1] >= _HAN
    ]
