"""The score: the features weighed, squeezed between 0 and 1, and said in words.

Without both sides it is 0. Else it is a logistic regression whose weights, in `weights.txt`, were
fitted to labelled articles by `scripts/fit_relevance.py`: an article counts as on topic from one
half upwards. The reasons given are the features that move this article's score most, measured from
what is usual among articles that name both sides.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from digest.ingest.relevance.features import Features, Reading, read
from digest.model import Mention, Relevance

ON_TOPIC = 0.5
# Raised by hand when articles get other scores than before: those of a library are judged again.
JUDGEMENT = 4

_TABLE = Path(__file__).with_name("weights.txt")
_REASONS = 4
_WORTH_SAYING = 0.2  # of the logarithm of the odds

# What a feature says where it speaks for the article, and where it speaks against it.
WORDS = {
    "amount": ("both are named often", "one of the two is named seldom"),
    "balance": ("both are named alike", "one is named far more than the other"),
    "names": ("the other side is named many times", "the other side is named once or twice"),
    "spread": ("both stand all through the text", "one stands in a small part of the text"),
    "title_both": ("both in the title", ""),
    "title_rule": ("the title has the two in one", ""),
    "together": ("both in the same sentences", "hardly ever both in one sentence"),
    "dealings": ("words of dealings between them", "no words of dealings between them"),
    "actors": ("Japanese people or offices act in it", "no Japanese person or office acts in it"),
    "rule": ("", "Japan is there as the time of its rule only"),
    "history": ("Japan's government of Taiwan, or resistance to it", ""),
    "late": ("both from the beginning", "one comes in late"),
    "lists": ("", "named in lists of countries"),
    "compared": ("", "one is there for comparison"),
    "elsewhere": ("", "other countries are named more"),
    "weather": ("", "about a typhoon or an earthquake"),
    "wording": ("worded like articles about both", "not worded like articles about both"),
}


class Weights(NamedTuple):
    """The fitted table: what each feature weighs, what is usual, and what all begins from."""

    weights: Features
    usual: Features
    start: float


@cache
def shipped() -> Weights:
    """The weights of the package."""
    table: dict[str, tuple[float, float]] = {}
    for line in _TABLE.read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            name, weight, usual = line.split()
            table[name] = (float(weight), float(usual))
    start, _ = table.pop("start")
    return Weights(
        Features(**{name: weight for name, (weight, _) in table.items()}),
        Features(**{name: usual for name, (_, usual) in table.items()}),
        start,
    )


def relevance(
    title: str, text: str, mentions: Sequence[Mention], side: Callable[[str], str]
) -> Relevance:
    """How much an article concerns Taiwan and Japan together.

    Args:
        title: the headline.
        text: the article as plain text.
        mentions: the names in both.
        side: the side an entity belongs to: `taiwan`, `japan`, `both`, `elsewhere` or "".
    """
    found = read(title, text, mentions, side)
    if found.features is None:
        return Relevance(0.0, (_missing(found),))
    table = shipped()
    odds = table.start + sum(map(math.prod, zip(found.features, table.weights, strict=True)))
    return Relevance(round(1 / (1 + math.exp(-odds)), 3), tuple(_why(found, table)))


def _missing(found: Reading) -> str:
    if found.count("taiwan"):
        return "names Taiwan, not Japan"
    return "names Japan, not Taiwan" if found.count("japan") else "names neither Taiwan nor Japan"


def _why(found: Reading, table: Weights) -> list[str]:
    counts = [f"{name} {found.count(name.lower())}" for name in ("Taiwan", "Japan")]
    if both := found.count("both"):
        counts.append(f"both in one word {both}")
    words = [f"named: {', '.join(counts)}"]
    moved = {
        name: weight * (value - usual)
        for name, weight, value, usual in zip(
            Features._fields, table.weights, found.features or (), table.usual, strict=True
        )
    }
    said = [
        WORDS[name][moved[name] < 0]
        for name in sorted(moved, key=lambda name: -abs(moved[name]))
        if abs(moved[name]) >= _WORTH_SAYING
    ]
    return words + [one for one in said if one][:_REASONS]
