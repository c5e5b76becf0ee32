"""What the score is made of: where and how often an article names Taiwan and Japan.

Names come from the recogniser, each with the side it belongs to. Beside names there are words
that say a side, or both at once, and are no names: 台日, 訪日, 来台, the years of Japan's rule.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from digest.model import Mention

LEAD = 400
_SENTENCE_ENDS = re.compile(r"[。！？\n]|[.!?](?=\s)")

# Words that are both sides at once.
_BOTH = re.compile(
    r"[台臺]日(?!期)|日[台臺](?![灣湾])|日華(?:平和|懇|議|断)|中日和約|皇民化|征[台臺]|出兵[台臺]"
    r"|[台臺][湾灣]出兵|牡丹社事件|乙未戰爭|(?:訪日|赴日|[來来]日|駐日)[台臺]"
    r"|日本[人軍]?(?:對|対|と|與|与|和)[台臺][湾灣]|[台臺][湾灣]人?(?:對|対|と|與|与|和)日本"
    r"|(?:Taiwan|Taipei)[-–—/](?:Japan|Tokyo)|(?:Japan|Tokyo)[-–—/](?:Taiwan|Taipei)"
    r"|Taiwan(?:ese)? and Japan(?:ese)?|Japan(?:ese)? and Taiwan(?:ese)?"
    r"|(?:Taiwan(?:ese)?|Japan(?:ese)?) in (?:Japan|Taiwan)\b",
    re.IGNORECASE,
)
# Words of one side where the text is of the other side's country.
_JAPANESE = re.compile(
    r"日治|日據|日据|日本統治|日本時代|日領|殖民地?政府|[總総]督|訪日|赴日|[來来]日|駐日|旅日|在日|日[圓元]"
    r"|日軍|日兵|日警|日人|日方|日商|日企|日籍|日系|日式|日語|日文|日劇|和製|明治|大正|昭和(?!路)"
    r"|Taihoku|Governor-General|colonial (?:era|govern|author|rule|period)"
    r"|\b(?:Japan|Japanese|Tokyo|Nippon|Meiji|Taish[oō]|Sh[oō]wa|Osaka|Okinawa)\b"
)
_TAIWANESE = re.compile(
    r"訪[台臺]|赴[台臺]|[來来][台臺]|駐[台臺]|在[台臺]|[台臺][商企籍方胞]|旅[台臺]|抵[台臺]|全[台臺]|中華隊"
    r"|\b(?:Taiwan|Taiwanese|Taipei|Formosan?|Kaohsiung)\b"
)


class Side(NamedTuple):
    """A word at `place` that names `taiwan`, `japan`, `both` or another country (`elsewhere`)."""

    place: int
    side: str


class Features(NamedTuple):
    """What the score weighs, each from 0 to 1.

    Attributes:
        weaker: how often the side that is named less is named, per 1,000 characters (2,500 where
            these are narrow; 1 at 19), on a logarithmic scale.
        balance: its share of what both are named, 1 when both are named alike.
        title: 1 with both sides in the headline, .5 with one and the other in the lead.
        lead: 1 with both sides in the first 400 characters.
        near: the share of sentences with a side in them that have both.
        bond: words and names that are both sides at once, likewise (1 at 7).
        spread: in how much of the text the side stands that stands in less of it.
        elsewhere: the share of other countries among all that is named.
    """

    weaker: float
    balance: float
    title: float
    lead: float
    near: float
    bond: float
    spread: float
    elsewhere: float


def sides_of(text: str, mentions: Iterable[Mention], side: Callable[[str], str]) -> list[Side]:
    """What in a text says a side, from left to right; what names cover counts once."""
    found: list[Side] = []
    covered: list[tuple[int, int]] = []
    for one in mentions:
        if belongs := side(one.entity):
            found.append(Side(one.start, belongs))
        covered.append((one.start, one.end))
    taken = bytearray(len(text))
    for start, end in covered:
        taken[start:end] = b"\x01" * (end - start)
    for pattern, what in ((_BOTH, "both"), (_JAPANESE, "japan"), (_TAIWANESE, "taiwan")):
        for match in pattern.finditer(text):
            if what == "both" or not any(taken[match.start() : match.end()]):
                found.append(Side(match.start(), what))
                taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return sorted(found)


def features(text: str, title: Sequence[Side], body: Sequence[Side]) -> Features:
    """The features of an article, of what its headline and its text name."""
    named = [one.side for one in (*title, *body)]
    both = named.count("both")
    taiwan, japan = named.count("taiwan") + both, named.count("japan") + both
    length = max(len(text), 300) / (2500 if _narrow(text) else 1000)
    weaker = min(taiwan, japan)
    lead = {one.side for one in body if one.place < LEAD}
    head = {one.side for one in title}
    return Features(
        weaker=min(1.0, math.log1p(weaker / length) / math.log1p(20)),
        balance=2 * weaker / (taiwan + japan) if weaker else 0.0,
        title=1.0 if _has_both(head) else 0.5 if head and _has_both(head | lead) else 0.0,
        lead=float(_has_both(lead)),
        near=_near(text, body),
        bond=min(1.0, math.log1p(both / length) / math.log1p(8)),
        spread=_spread(text, body),
        elsewhere=named.count("elsewhere") / len(named) if named else 0.0,
    )


def _narrow(text: str) -> bool:
    return sum(1 for char in text[:2000] if char < "\u2e80") > len(text[:2000]) / 2


def _has_both(sides: set[str]) -> bool:
    return "both" in sides or {"taiwan", "japan"} <= sides


def _near(text: str, body: Sequence[Side]) -> float:
    """Of the sentences that name a side, the share that names both."""
    ends = [match.start() for match in _SENTENCE_ENDS.finditer(text)] + [len(text) + 1]
    sentences: dict[int, set[str]] = {}
    at = 0
    for one in body:
        while ends[at] < one.place:
            at += 1
        if one.side != "elsewhere":
            sentences.setdefault(at, set()).add(one.side)
    if not sentences:
        return 0.0
    return sum(map(_has_both, sentences.values())) / len(sentences)


_PARTS = 6


def _spread(text: str, body: Sequence[Side]) -> float:
    """In how much of the text the side stands that stands in less of it."""
    size = len(text) // _PARTS + 1
    parts = {(one.place // size, one.side) for one in body}
    both = {part for part, side in parts if side == "both"}
    return (
        min(
            len({part for part, side in parts if side == wanted} | both)
            for wanted in ("taiwan", "japan")
        )
        / _PARTS
    )
