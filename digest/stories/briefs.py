"""Which stories a brief brings first, and which sentences stand for them. Pure decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from math import log2, sqrt
from typing import NamedTuple

from digest.model import Article, Brief, BriefStory, Quote

Concepts = Callable[[str, str], frozenset[str]]

QUOTES = 3
SENTENCES = 12  # of an article: what it reports stands at its beginning
_SHORTEST, _LONGEST = 8, 400  # characters of a sentence worth quoting
_END = re.compile("[。！？]+[」』）]*|[.!?]+[\"'”’)]*(?=\\s+|$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|Co|Corp|Inc|Ltd|Jr|Sr|Jan|Feb|Mar"
    r"|Apr|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z])\.\Z"
)
_OPEN, _CLOSE = "「『（", "」』）"


class Report(NamedTuple):
    """As much of an article as its story is ranked by.

    `story` is 0 for an article without one, `at` is in seconds since the epoch,
    `outlet` is the number of its outlet, `copy_of` the article that it is a copy of, or None.
    """

    id: int
    story: int
    at: int
    lang: str
    outlet: int
    copy_of: int | None
    starred: bool
    noted: bool
    tagged: bool
    relevance: float


def score(reports: Sequence[Report], *, new: bool) -> float:
    """How high a story ranks.

    The logarithm of its outlets (copies bring none), 1 for each further language, up to 1 for the
    relevance of its most relevant report, 0.5 when it is new, 2 for a star, 1 for a note or
    highlight, and 0.5 for a tag.
    """
    outlets = {one.outlet for one in reports if one.copy_of is None}
    languages = {primary(one.lang) for one in reports}
    relevance = max((one.relevance for one in reports), default=0.0)
    own = (
        2.0 * any(one.starred for one in reports)
        + 1.0 * any(one.noted for one in reports)
        + 0.5 * any(one.tagged for one in reports)
    )
    return round(log2(1 + len(outlets)) + len(languages) - 1 + relevance + 0.5 * new + own, 3)


def grouped(reports: Sequence[Report]) -> list[list[Report]]:
    """The reports by story, in the order of each one's first; one without a story is alone."""
    groups: dict[tuple[int, int], list[Report]] = {}
    for one in reports:
        groups.setdefault((one.story, 0 if one.story else one.id), []).append(one)
    return list(groups.values())


def standing(articles: Sequence[Article], lang: str = "") -> Article:
    """The report whose title is the headline: starred before others, originals, the earliest.

    For a reader of a language (ISO 639-1) reports in it go before all others.
    """

    def place(article: Article) -> tuple[bool, bool, bool, datetime]:
        one = article.summary
        foreign = bool(lang) and primary(one.lang) != lang
        return foreign, not one.starred, one.copy_of is not None, one.at

    return min(articles, key=place)


def headed(brief: Brief, lang: str) -> Brief:
    """The brief with each story under a headline in a language (ISO 639-1), where it has one."""

    def own(story: BriefStory) -> BriefStory:
        stands = standing(story.articles, lang).summary
        return replace(story, headline=stands.title, headline_lang=stands.lang)

    sections = tuple((section, tuple(map(own, stories))) for section, stories in brief.sections)
    return replace(brief, sections=sections)


def sentences(text: str) -> list[str]:
    """The sentences of a text in English, Chinese or Japanese, each an exact part of it."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()]
        if _ABBREVIATION.search(piece) or _inside_quotation(piece):
            continue
        found.append(piece.strip())
        start = match.end()
    found.append(text[start:].strip())
    return [one for one in found if one]


def _inside_quotation(piece: str) -> bool:
    return sum(map(piece.count, _OPEN)) > sum(map(piece.count, _CLOSE))


def quotes(articles: Sequence[Article], concepts: Concepts) -> tuple[Quote, ...]:
    """Key sentences: one for each language, or two of the only one.

    A sentence counts by how many reports share what it speaks of, and by how early it stands.
    """
    reports = [one for one in articles if one.summary.copy_of is None] or list(articles)
    shared: dict[str, int] = {}
    for one in reports:
        leading = " ".join([one.summary.title, *_leading(one)])
        for concept in concepts(leading, primary(one.summary.lang)):
            shared[concept] = shared.get(concept, 0) + 1
    best: dict[str, list[tuple[float, Quote]]] = {}
    for one in reports:
        lang = primary(one.summary.lang)
        for place, text in enumerate(_leading(one)):
            weight = _weight(concepts(text, lang), shared, place)
            best.setdefault(lang, []).append((weight, Quote(one.id, one.summary.lang, text)))
    each = 1 if len(best) > 1 else 2
    chosen: dict[str, Quote] = {}
    for ranked in best.values():
        ranked.sort(key=lambda pair: -pair[0])
        chosen.update((quote.text, quote) for _, quote in ranked[:each])
    return tuple(chosen.values())[:QUOTES]


def _weight(concepts: frozenset[str], shared: Mapping[str, int], place: int) -> float:
    common = sum(shared.get(concept, 1) - 1 for concept in concepts)
    return common / sqrt(1 + len(concepts)) + 2 / (1 + place)


def _leading(article: Article) -> list[str]:
    found: list[str] = []
    for block in article.blocks:
        if block.kind in ("paragraph", "quote"):
            found.extend(s for s in sentences(block.text) if _SHORTEST <= len(s) <= _LONGEST)
        if len(found) >= SENTENCES:
            break
    return found[:SENTENCES]


def leading(article: Article) -> str:
    """The first sentence of an article that is worth quoting, "" where there is none."""
    return next(iter(_leading(article)), "")


def primary(lang: str) -> str:
    """The primary subtag of a language tag."""
    return lang.partition("-")[0].lower()
