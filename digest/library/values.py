"""What the library answers with: pages of results, counts, statistics, findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from digest.config.settings import Feed
from digest.model import EntityCount, FeedState, Snippet, Summary


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a query that was not understood; `start` and `end` are places in the query."""

    message: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a page of search results.

    Attributes:
        row: the article.
        score: its BM25F score with recency; 0.0 where the order is by date.
        match: `text`, `name`, `dictionary`, `relaxed` or `meaning`.
        snippet: the best piece of its text, as written.
    """

    row: Summary
    score: float
    match: str
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many articles there are in each of some periods in a row, empty ones included.

    Attributes:
        period: `day`, `week`, `month` or `year`.
        start: the first day of the first period, an ISO date; "" without articles.
    """

    period: str
    start: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What the strict matches of a query are made of.

    Attributes:
        articles: how many there are.
        languages: articles by ISO 639-1 code, most first.
        feeds: articles by outlet name, most first.
        months: articles by month (`2026-03`), in order of time, empty ones left out.
        entities: whom and what most articles name, with the number of articles, most first.
        tags: articles by tag, most first.
        timeline: their course.
    """

    articles: int
    languages: Mapping[str, int]
    feeds: Mapping[str, int]
    months: Mapping[str, int]
    entities: tuple[EntityCount, ...]
    tags: Mapping[str, int]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of search results.

    Attributes:
        query: as written.
        total: how many articles match strictly.
        related: how many more may follow them.
        took_ms: milliseconds from parsing to finished results, snippets included.
        problems: what was not understood.
        results: strict ones first, then related ones.
        facets: what all strict matches are made of, where it was asked for.
    """

    query: str
    total: int
    related: int
    took_ms: float
    problems: tuple[Problem, ...]
    results: tuple[Result, ...]
    facets: Facets | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Every article a query brings, in order, for a list that draws what is visible.

    Attributes:
        ids: strict matches in order, then related ones.
        strict: how many of `ids` match strictly.
        searched: whether the query had words in it, so that there are snippets to show.
        suggestion: where little was found, the query in a spelling that finds more; else "".
        brought: of each related article what brought it: `dictionary`, `relaxed` or `meaning`.
    """

    query: str
    ids: Sequence[int]
    strict: int
    searched: bool
    problems: tuple[Problem, ...]
    took_ms: float
    suggestion: str = ""
    brought: Mapping[int, str] = field(default_factory=dict)


class Passages(NamedTuple):
    """An article's title, and the best piece of its text, with hits marked."""

    title: Snippet
    body: Snippet


@dataclass(frozen=True, slots=True)
class Counts:
    """Live counts for the sidebar.

    Attributes:
        views: unread articles by the name of the saved view.
        feeds: (unread, all) by feed id.
        tags: (tag, unread, all) by name.
        people: (name, kind, unread, all) of those whom the newest articles name most.
        labels: their names in the language that was asked for, where they have one.
    """

    all: int = 0
    unread: int = 0
    today: int = 0
    starred: int = 0
    noted: int = 0
    views: Mapping[str, int] = field(default_factory=dict)
    feeds: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    tags: tuple[tuple[str, int, int], ...] = ()
    people: tuple[tuple[str, str, int, int], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """A configured feed, what is remembered of it, and its counts.

    `recent` and `cut` are there for the feed doctor alone: how many of the feed's last articles
    were looked at, and how many of these are known to be cut.
    """

    feed: Feed
    state: FeedState
    unread: int = 0
    newest: datetime | None = None
    recent: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers about the library, or about what a query matches.

    Attributes:
        buckets: (period, series, count) in order of time; the period is an ISO day, an ISO week
            (`2026-W03`) or a month (`2026-03`); the series is "" without a split.
    """

    articles: int
    unread: int
    starred: int
    noted: int
    tagged: int
    languages: Mapping[str, int]
    feeds: Mapping[str, int]
    first: datetime | None
    last: datetime | None
    buckets: tuple[tuple[str, str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing `doctor` looked at.

    Attributes:
        level: `ok`, `remark` or `damage`.
        what: the part of the library, in a word or two.
        message: what was found and what to do.
        repaired: True when it was damage and has been mended.
    """

    level: str
    what: str
    message: str
    repaired: bool = False


class MergeFailure(NamedTuple):
    """An article of another library that could not be read; `id` is its number there."""

    id: int
    error: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What came of another library.

    Attributes:
        new: articles that were not here.
        changed: articles that were, and to which something was added.
        same: articles to which there was nothing to add.
        kept_away: articles that were deleted here, and stay so.
        failed: what could not be read.
    """

    new: int
    changed: int
    same: int
    kept_away: int
    failed: tuple[MergeFailure, ...]


class Group(NamedTuple):
    """Articles that belong together: from which index on, under which name, and how many.

    The name is an outlet's, a language's ISO 639-1 code or a story's headline; "" of what has none,
    and of the articles that no other one in the list shares a story with.
    """

    start: int
    name: str
    size: int
