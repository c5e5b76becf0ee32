"""The score: the features weighed, squeezed between 0 and 1, and said in words.

Without both sides it is 0. Else it is a logistic regression whose weights were fitted to labelled
articles, each held to the sign that it has to have (`make bench-relevance`): an article counts as
on topic from one half upwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from digest.ingest.relevance.features import Features, Side, features, sides_of
from digest.model import Mention, Relevance

ON_TOPIC = 0.5
# A score is of this much of a text: an article says early what it is about.
MAX_TEXT = 8000

WEIGHTS = Features(
    weaker=2.1,
    balance=1.6,
    title=1.2,
    lead=1.1,
    near=1.3,
    bond=1.2,
    spread=1.7,
    elsewhere=-0.9,
)
BIAS = -5.0


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
    text = text[:MAX_TEXT]
    head = sides_of(title, [one for one in mentions if one.in_title], side)
    body = sides_of(
        text, [one for one in mentions if not one.in_title and one.end <= len(text)], side
    )
    found = features(text, head, body)
    if not found.weaker:
        return Relevance(0.0, (_missing([*head, *body]),))
    weighed = BIAS + sum(map(math.prod, zip(found, WEIGHTS, strict=True)))
    return Relevance(round(1 / (1 + math.exp(-weighed)), 3), tuple(_why(found, head, body)))


def _missing(named: Sequence[Side]) -> str:
    sides = {one.side for one in named}
    if "taiwan" in sides:
        return "names Taiwan, not Japan"
    return "names Japan, not Taiwan" if "japan" in sides else "names neither Taiwan nor Japan"


def _why(found: Features, head: Sequence[Side], body: Sequence[Side]) -> list[str]:
    named = [one.side for one in (*head, *body)]
    words = [f"Taiwan named {named.count('taiwan')} times, Japan {named.count('japan')} times"]
    if both := named.count("both"):
        words.append(f"{both} words for the two together")
    if found.title == 1:
        words.append("both in the title")
    if found.lead:
        words.append("both in the first lines")
    words.append(f"both in {found.near:.0%} of the sentences with either")
    words.append(f"both through {found.spread:.0%} of the text")
    if found.elsewhere:
        words.append(f"{found.elsewhere:.0%} of the names are of other countries")
    return words
