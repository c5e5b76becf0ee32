"""Briefs: the stories of a period, to hand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from digest.model.articles import Article


class Gathering(NamedTuple):
    """How far the making of a brief is; a total is 0 while it is not known.

    Articles are put to stories first (`grouped` of `to_group`), then stories are read (`told` of
    `to_tell`).
    """

    grouped: int = 0
    to_group: int = 0
    told: int = 0
    to_tell: int = 0


class Quote(NamedTuple):
    """A sentence of an article exactly as it stands there; `lang` is a BCP 47 tag."""

    article: int
    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class BriefStory:
    """One story of a brief.

    Attributes:
        id: the story's id, None where its article has none yet.
        headline: the title, as written, of the report that stands for it.
        headline_lang: the BCP 47 tag of that report.
        score: its rank; more is earlier.
        first: the id of the earliest report.
        articles: its reports in the period, the earliest first.
        quotes: its key sentences.
        new: True when nothing of it was there at the last brief of this name.
        fresh: the ids of those reports that were not there at the last brief of this name.
        names: who and where, as (id, name): what the most reports name comes first.
        comment: what a person wrote on it for this brief.
    """

    id: int | None
    headline: str
    headline_lang: str
    score: float
    first: int
    articles: tuple[Article, ...]
    quotes: tuple[Quote, ...]
    new: bool = False
    fresh: frozenset[int] = frozenset()
    names: tuple[tuple[str, str], ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The stories of a period, by section.

    `sections` pairs a heading ("" for none) with its stories; `newest` is the highest id of an
    article when the brief was made.
    """

    start: datetime
    end: datetime
    sections: tuple[tuple[str, tuple[BriefStory, ...]], ...]
    newest: int = 0

    @property
    def stories(self) -> tuple[BriefStory, ...]:
        """All stories in order."""
        return tuple(story for _, stories in self.sections for story in stories)
