"""One event as each language reports it: who was first, what each stresses, where they differ.

Pure decisions on the reports of a story; what is said in their words comes from the index's tables
by way of `Told`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.model import Article, EntityCount, Mark, Summary
from digest.stories.briefs import leading, primary
from digest.stories.figures import Dispute, Figure, disputes

EXPECTED = ("en", "zh", "ja")
ONLY = 12  # names


class Word(NamedTuple):
    """A word of a headline: its place, and what it means, under keys that languages share."""

    start: int
    end: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """A report with what its words say.

    Attributes:
        article: the report.
        words: the content words of its headline in order.
        figures: the numbers of things in it.
    """

    article: Article
    words: tuple[Word, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report in its column.

    Attributes:
        row: the article.
        after: seconds since the story's first report.
        stressed: the parts of its headline that no other headline says.
        lead: its first sentence, as written.
    """

    row: Summary
    after: int
    stressed: tuple[Mark, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The reports in one language, the earliest first; `only` are names that no other gives."""

    lang: str
    reports: tuple[Report, ...]
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A story by language.

    Attributes:
        id: of the story.
        columns: the language that was first leads.
        missing: those of `EXPECTED` that have no report.
        disputes: figures on which reports differ.
    """

    id: int
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    disputes: tuple[Dispute, ...]

    @property
    def reports(self) -> tuple[Report, ...]:
        """All reports, column by column."""
        return tuple(one for column in self.columns for one in column.reports)


def coverage(story: int, told: Sequence[Told], name_of: Callable[[EntityCount], str]) -> Coverage:
    """A story by language.

    Args:
        story: its id.
        told: its reports, the earliest first; one at least.
        name_of: what the reader calls an entity; "" for a fixed term, which is no name.
    """
    began = told[0].article.summary.at
    by_language: dict[str, list[Told]] = {}
    for one in told:
        by_language.setdefault(primary(one.article.summary.lang), []).append(one)
    originals = [one for one in told if one.article.summary.copy_of is None] or list(told)
    columns = []
    for lang, inside in by_language.items():
        reports = []
        for one in inside:
            row = one.article.summary
            same = (one.article.id, row.copy_of)
            others = [two for two in originals if two.article.id not in same]
            after = int((row.at - began).total_seconds())
            marks = stressed(one, others) if others else ()
            reports.append(Report(row, after, marks, leading(one.article)))
        only = _only(inside, _named_beside(by_language, lang), name_of)
        columns.append(Column(lang, tuple(reports), only if len(by_language) > 1 else ()))
    found = {one.article.id: one.figures for one in originals}
    missing = tuple(lang for lang in EXPECTED if lang not in by_language)
    return Coverage(story, tuple(columns), missing, tuple(disputes(found)))


def stressed(one: Told, others: Sequence[Told]) -> tuple[Mark, ...]:
    """The parts of a headline whose words none of the others has, words side by side as one."""
    said = {key for other in others for word in other.words for key in word.keys}
    found: list[Mark] = []
    title = one.article.summary.title
    for word in one.words:
        if word.keys & said:
            continue
        if found and not title[found[-1].end : word.start].strip():
            found[-1] = Mark(found[-1].start, word.end)
        else:
            found.append(Mark(word.start, word.end))
    return tuple(found)


def _named_beside(by_language: Mapping[str, Sequence[Told]], own: str) -> frozenset[str]:
    """What the reports in other languages name."""
    return frozenset(
        entity.id
        for lang, inside in by_language.items()
        if lang != own
        for one in inside
        for entity in one.article.entities
    )


def _only(
    inside: Sequence[Told], elsewhere: frozenset[str], name_of: Callable[[EntityCount], str]
) -> tuple[str, ...]:
    """The names that stand in these reports alone, most often named first."""
    counted: dict[str, tuple[int, str]] = {}
    for one in inside:
        for entity in one.article.entities:
            if entity.id not in elsewhere and (name := name_of(entity)):
                before, _name = counted.get(entity.id, (0, ""))
                counted[entity.id] = (before + entity.count, name)
    ranked = sorted(counted.values(), key=lambda pair: -pair[0])
    return tuple(name for _count, name in ranked[:ONLY])
