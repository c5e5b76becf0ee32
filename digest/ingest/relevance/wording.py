"""The words that an article is written in: how much they are those of articles about both.

Names say who is in an article, its other words what it is about. What each weighs stands in
`wording.txt`, fitted together with the features by `scripts/fit_relevance.py`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from pathlib import Path

_TABLE = Path(__file__).with_name("wording.txt")
# Hiragana are left out: nearly all of it is grammar.
_RUNS = re.compile(r"[a-z]{3,}|[\u30a1-\u30ff\u3400-\u9fff]+")
_AT_LEAST = 20  # terms that a text counts as having, so that a short one is not judged by two


def terms(text: str) -> set[str]:
    """Latin words in small letters, and pairs of neighbouring Han characters or katakana."""
    found: set[str] = set()
    for run in _RUNS.findall(text.lower()):
        if run.isascii():
            found.add(run)
        else:
            found.update(first + second for first, second in pairwise(run))
    return found


def size(found: Collection[str]) -> float:
    """What the weights of a text's terms are divided by: the root of how many there are."""
    return math.sqrt(len(found) + _AT_LEAST)


def wording(title: str, text: str) -> float:
    """The weights of an article's terms together; above 0 they speak for both sides."""
    found, weights = terms(f"{title} {text}"), _weights()
    # fsum, since a set has another order in each process.
    return math.fsum(weights[one] for one in found & weights.keys()) / size(found)


@cache
def _weights() -> dict[str, float]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {term: float(weight) for term, weight in pairs}
