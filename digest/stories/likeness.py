"""How likely two articles report one event: a sum of evidence, above 0 for yes.

The terms are logistic regressions, rounded, with no negative weight, over pairs of the public sets
that `bench/stories.py` names (half of them; the other half is reported). There is one for articles
of one language, one for Chinese with Japanese, which share their characters, and one for any other
two languages. `shared` terms are capped sums of the rarity of what both name. Where both articles
have a vector, its cosine counts too. A day between two articles costs `PER_DAY`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from digest.stories.window import Floats, Window

PER_DAY = 1.0
_CAP = 3.0
_HAN = ("ja", "zh")
_COSINE, _LIKE = 12.0, 0.55


class Weights(NamedTuple):
    """How much each piece of evidence counts."""

    entities: float
    shared_entities: float
    concepts: float
    words: float
    han: float
    numbers: float
    shared_numbers: float
    bias: float


ONE_LANGUAGE = Weights(4.7, 1.6, 29.0, 7.0, 0.0, 7.0, 0.1, -20.0)
HAN_LANGUAGES = Weights(4.0, 1.2, 50.0, 0.0, 40.0, 8.0, 0.3, -14.0)
LANGUAGES = Weights(2.8, 1.4, 66.0, 0.0, 0.0, 6.0, 0.6, -12.75)


def likeness(window: Window, row: int) -> Floats:
    """The score of one row of a window with every row; its own is minus infinity."""
    entities, shared_entities = window.entities.compared(row)
    concepts, _ = window.concepts.compared(row)
    words, _ = window.words.compared(row)
    han, _ = window.han.compared(row)
    numbers, shared_numbers = window.numbers.compared(row)
    table = np.array([ONE_LANGUAGE, HAN_LANGUAGES, LANGUAGES])
    weights = table[_kinds(window, row)].T
    parts = (
        entities,
        np.minimum(shared_entities, _CAP),
        concepts,
        words,
        han,
        numbers,
        np.minimum(shared_numbers, _CAP),
    )
    scores: Floats = weights[-1] + sum(
        weight * part for weight, part in zip(weights[:-1], parts, strict=True)
    )
    cosines = window.cosines(row)
    scores += np.where(np.isnan(cosines), 0.0, _COSINE * (cosines - _LIKE))
    scores -= PER_DAY * np.abs(window.days - window.days[row])
    scores[row] = -np.inf
    return scores


def _kinds(window: Window, row: int) -> Floats:
    """Which of the three weights holds for one row with every row."""
    own = window.langs[row]
    same = window.langs == own
    both = np.isin(window.langs, _HAN) if own in _HAN else np.zeros(len(window), np.bool_)
    return np.where(same, 0, np.where(both, 1, 2))
