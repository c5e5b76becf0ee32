"""What is asked: words chosen by how many of a sample of articles have them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bench.search.corpus import Article

SAMPLE = 6000  # articles
_LONG = 2000  # terms; neighbours are not counted in longer articles


@dataclass(frozen=True)
class Words:
    """The words of all queries, and the ids to filter by."""

    rare: str
    common: str
    pair: tuple[str, str]
    five: list[str]
    phrase: tuple[str, str]
    prefix: str
    han2: str
    han2_rare: str
    han4: list[str]


def choose(articles: Iterable[Article]) -> Words:
    """Words by how many of the articles have them."""
    having: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    runs: Counter[tuple[str, str, str]] = Counter()
    for size, article in enumerate(articles, 1):  # noqa: B007 - how many there were
        body = article.body.split()
        having.update(set(body))
        if len(body) < _LONG:
            neighbours.update(pairwise(body))
            triples = zip(body, body[1:], body[2:], strict=False)
            runs.update(triple for triple in triples if all(map(_is_pair, triple)))

    def near(share: float, shape: str) -> list[str]:
        fit = [word for word in having if re.fullmatch(shape, word)]
        return sorted(fit, key=lambda word: (abs(having[word] - share * size), word))

    latin, han = "[a-z]{3,}", "[\u4e00-\u9fff]{2}"
    often = near(0.12, latin)
    fits = (
        pair for pair, _ in neighbours.most_common() if having[pair[0]] > size / 8 < having[pair[1]]
    )
    return Words(
        rare=near(2 / size, latin)[0],
        common=near(0.3, latin)[0],
        pair=(often[0], often[1]),
        five=[*near(0.2, latin)[:2], *near(0.04, latin)[:3]],
        phrase=next(pair for pair in fits if re.fullmatch("[a-z]{2,}", pair[0] + pair[1])),
        prefix="comp",
        han2=near(0.15, han)[0],
        han2_rare=near(0.001, han)[0],
        han4=list(runs.most_common(40)[10][0]),
    )


def _is_pair(term: str) -> bool:
    return len(term) == 2 and "\u4e00" <= term[0] <= "\u9fff"
