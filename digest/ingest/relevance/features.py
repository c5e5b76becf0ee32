"""What the score is made of: where, how often and how an article names Taiwan and Japan.

One side is what the article is about: the one that the headline names, else the one named more
often. The features say how much there is of the other one, and of both together.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from digest.ingest.relevance import words
from digest.ingest.relevance.marks import Mark, marks
from digest.ingest.relevance.wording import wording
from digest.model import Mention

# An article says early what it is about.
MAX_TEXT = 2000
_PARTS = 6
_OTHER = {"taiwan": "japan", "japan": "taiwan"}
_FIRST_WIDE = "\u2e80"
_LIST_OF = 2  # countries beside the two that make a sentence a list of countries


class Features(NamedTuple):
    """What the score weighs; each is 0 where there is nothing of it, and most are up to 1.

    Shares are of the text's sentences unless said otherwise. Amounts are logarithms of numbers per
    1,000 characters (2,500 of Latin letters).

    Attributes:
        amount: how often the side is named that is named less.
        balance: its share of what both are named; 1 when both are named alike.
        names: how often the text names the other side, the logarithm of the number itself.
        spread: in how many sixths of the text the side stands that stands in fewer.
        title_both: the headline names both sides.
        title_rule: it has both in one word, or the time of Japan's rule.
        together: sentences that name both, and are no list of countries.
        dealings: the share that names the other side and has a word of dealings: visits, exports.
        actors: the share in which Japanese people, offices or firms act.
        rule: the share that names Japan by the time of its rule alone.
        history: the colonial government, its army, and resistance to them.
        late: where the other side is first named: 0 at the beginning, 1 at the end.
        lists: of the sentences with the other side, the share that are lists of countries.
        compared: of these, the share that compare: 比, than, ような.
        elsewhere: the share of other countries among all that is named.
        weather: typhoons and earthquakes.
        wording: what all the words of headline and text weigh together, by a table of their own.
    """

    amount: float
    balance: float
    names: float
    spread: float
    title_both: float
    title_rule: float
    together: float
    dealings: float
    actors: float
    rule: float
    history: float
    late: float
    lists: float
    compared: float
    elsewhere: float
    weather: float
    wording: float


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's marks, its features, and which sides it names."""

    title: list[Mark]
    body: list[Mark]
    features: Features | None  # None where a side is missing

    def count(self, side: str) -> int:
        """How often a side is named, in the headline and the text."""
        return sum(mark.side == side for mark in (*self.title, *self.body) if mark.counts)


def read(title: str, text: str, mentions: Sequence[Mention], side: Callable[[str], str]) -> Reading:
    """Read an article: its headline, and the beginning of its text."""
    text = text[:MAX_TEXT]
    head = marks(title, [one for one in mentions if one.in_title], side)
    body = marks(text, [m for m in mentions if not m.in_title and m.end <= len(text)], side)
    if not any(mark.side in {"taiwan", "both"} and mark.counts for mark in (*head, *body)):
        head, body = _without_republic(head), _without_republic(body)
    found = Reading(head, body, None)
    both = found.count("both")
    taiwan, japan = found.count("taiwan") + both, found.count("japan") + both
    if not (taiwan and japan):
        return found
    return Reading(head, body, _features(title, text, found, taiwan, japan))


def _without_republic(found: list[Mark]) -> list[Mark]:
    return [mark for mark in found if mark.kind != "weak"]


class _Sentence(NamedTuple):
    """What a sentence has: the other side, by more than its time; a list; a comparison."""

    both: bool
    other: bool
    rule: bool
    list: bool
    compared: bool
    dealings: bool
    actors: bool


def _features(title: str, text: str, found: Reading, taiwan: int, japan: int) -> Features:
    head = {mark.side for mark in found.title if mark.counts}
    counted = [mark for mark in found.body if mark.counts]
    topic = _topic(head, taiwan, japan)
    other = _OTHER[topic]
    sentences = [_sentence(*one, topic) for one in _sentences(text, found.body)]
    total = max(len(sentences), 1)
    named = [one for one in sentences if one.other]
    places = [mark.start for mark in counted if mark.side in {other, "both"}]
    length = max(len(text), 150) / (2500 if _narrow(text) else 1000)
    both = sum(one.both and not one.list for one in sentences)
    elsewhere = sum(mark.side == "elsewhere" for mark in found.body if mark.counts)
    less = min(taiwan, japan)
    return Features(
        amount=math.log1p(less / length) / 3,
        balance=2 * less / (taiwan + japan),
        names=math.log1p(len(places)) / 3,
        spread=_spread(text, counted),
        title_both=float("both" in head or {"taiwan", "japan"} <= head),
        title_rule=float("both" in head or any(mark.kind == "era" for mark in found.title)),
        together=math.log1p(both / max(length, 0.3)) / 2,
        dealings=sum(one.dealings for one in sentences) / total,
        actors=sum(one.actors for one in sentences) / total,
        rule=sum(one.rule for one in sentences) / total,
        history=min(1.0, words.HISTORY.count(text) / length / 8),
        late=places[0] / len(text) if places else 1.0,
        lists=sum(one.list for one in named) / max(len(named), 1),
        compared=sum(one.compared for one in named) / max(len(named), 1),
        elsewhere=elsewhere / (taiwan + japan + elsewhere),
        weather=min(1.0, words.WEATHER.count(title + text) / length / 6),
        wording=wording(title, text),
    )


def _topic(head: set[str], taiwan: int, japan: int) -> str:
    """The side that the article is about."""
    sides = head & {"taiwan", "japan"}
    if len(sides) == 1 and "both" not in head:
        return sides.pop()
    return "taiwan" if taiwan >= japan else "japan"


def _sentences(text: str, body: Sequence[Mark]) -> list[tuple[str, int, list[Mark]]]:
    """The sentences of a text, each with its place and its marks."""
    cuts = [0, *(match.start() for match in words.SENTENCE_ENDS.finditer(text)), len(text)]
    pieces = []
    at = 0
    for start, end in pairwise(cuts):
        own = at
        while at < len(body) and body[at].start < end:
            at += 1
        if end - start >= _SENTENCE:
            pieces.append((text[start:end], start, list(body[own:at])))
    return pieces


_SENTENCE = 9  # characters; what is shorter is a bullet or an initial


def _sentence(sentence: str, start: int, own: Sequence[Mark], topic: str) -> _Sentence:
    named = {mark.side for mark in own if mark.counts}
    proper = {mark.side for mark in own if mark.kind == "plain"}
    other = _OTHER[topic] in proper or "both" in proper
    rule = not other and _OTHER[topic] in named
    countries = {
        sentence[mark.start - start : mark.end - start]
        for mark in own
        if mark.side == "elsewhere" and mark.counts
    }
    return _Sentence(
        both=other and (topic in named or "both" in named),
        other=other,
        rule=rule,
        list=other and len(countries) >= _LIST_OF,
        compared=other and "both" not in named and words.COMPARED.occurs(sentence),
        dealings=(other or rule) and words.DEALINGS.occurs(sentence),
        actors=words.ACTORS.occurs(sentence),
    )


def _narrow(text: str) -> bool:
    return sum(map(_FIRST_WIDE.__gt__, text)) > len(text) / 2


def _spread(text: str, counted: Sequence[Mark]) -> float:
    size = len(text) // _PARTS + 1
    parts = {(mark.start // size, mark.side) for mark in counted}
    both = {part for part, side in parts if side == "both"}
    return (
        min(
            len({part for part, side in parts if side == wanted} | both)
            for wanted in ("taiwan", "japan")
        )
        / _PARTS
    )
