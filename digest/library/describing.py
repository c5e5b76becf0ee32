"""Articles described for stories: names, words and figures out of the index's own tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

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


def _concepts(found: list[str], lang: str) -> Mapping[str, float]:
    """The words as English lemmas; the glosses of one word share its weight."""
    from index.dictionary import Dictionary  # noqa: PLC0415 - loads its tables
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
    from index.dictionary import Dictionary  # noqa: PLC0415 - loads its tables
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
