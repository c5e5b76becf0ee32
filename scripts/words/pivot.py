"""Joins two dictionaries through the English glosses they share.

A word's tie to its gloss of rank r is `1 / (1 + r / 2)`. A Chinese and a Japanese word are tied by
the sum of the products over the glosses both have, each divided by `1 + ln(1 + n)`, n being how
many words of the other language share the gloss. A candidate's tie times its commonness (Zipf
scale, 0 to 8) decides the order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from index.dictionary.lemmas import lemma
from index.fold import fold

# How many translations of one word are kept.
KEPT = 5

Ties = dict[str, float]


class Vocabulary(NamedTuple):
    """The headwords of one Asian language, by their folded form.

    Attributes:
        written: the commonest written form.
        common: how common, on the Zipf scale.
        ties: to the lemmas of their glosses.
        glosses: as in the dictionary, best first.
        by_gloss: from a lemma to the headwords tied to it.
    """

    written: dict[str, str]
    common: dict[str, float]
    ties: dict[str, Ties]
    glosses: dict[str, list[str]]
    by_gloss: dict[str, Ties]


def vocabulary(words: Mapping[str, list[str]], common: Mapping[str, float]) -> Vocabulary:
    """Group a dictionary's headwords by their folded form; `common` is by folded form too."""
    made = Vocabulary({}, {}, defaultdict(dict), defaultdict(list), defaultdict(dict))
    for word, glosses in words.items():
        key = fold(word)
        made.written.setdefault(key, word)
        made.common[key] = common.get(key, 0.0)
        for rank, gloss in enumerate(glosses):
            tie = 1 / (1 + rank / 2)
            ties = made.ties[key]
            ties[lemma(gloss)] = max(tie, ties.get(lemma(gloss), 0.0))
        made.glosses[key] += [gloss for gloss in glosses if gloss not in made.glosses[key]]
    for key, ties in made.ties.items():
        for gloss, tie in ties.items():
            made.by_gloss[gloss][key] = tie
    return made


def _best(scores: Mapping[str, float]) -> list[str]:
    """The best few; equal ones in the order of their letters."""
    ranked = sorted(scores, key=lambda word: (-round(scores[word], 6), word))
    return ranked[:KEPT]


def across(source: Vocabulary, target: Vocabulary) -> dict[str, list[str]]:
    """From each headword of `source` to headwords of `target` that are written differently."""
    found = {}
    for key, ties in source.ties.items():
        scores: dict[str, float] = defaultdict(float)
        for gloss, tie in ties.items():
            sharing = target.by_gloss.get(gloss, {})
            weight = tie / (1 + math.log(1 + len(sharing)))
            for other, other_tie in sharing.items():
                scores[other] += weight * other_tie * target.common[other]
        scores.pop(key, None)
        if scores:
            found[key] = _best(scores)
    return found


def into_english(source: Vocabulary) -> dict[str, list[str]]:
    """From each headword to its glosses; of several with one lemma only the first."""
    found = {}
    for key, glosses in source.glosses.items():
        first = {lemma(gloss): gloss for gloss in reversed(glosses)}
        ranked = sorted(first, key=lambda plain: glosses.index(first[plain]))
        found[key] = [first[plain] for plain in ranked[:KEPT]]
    return found


def from_english(target: Vocabulary, lemmas: Iterable[str]) -> dict[str, list[str]]:
    """From each lemma to the headwords that have it as a gloss."""
    return {
        plain: _best({key: tie * target.common[key] for key, tie in sharing.items()})
        for plain in lemmas
        if (sharing := target.by_gloss.get(plain))
    }
