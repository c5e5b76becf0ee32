"""Briefs out of the library: the stories of a period, and what is new since the last one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.errors import UnknownArticle, UnknownStory
from digest.ingest.ports import Clock
from digest.library.describing import concepts
from digest.model import Article, Brief, BriefStory, Summary
from digest.store import briefs
from digest.store.database import Database
from digest.stories.briefs import quotes, score, standing

if TYPE_CHECKING:
    from digest.library.facade import Library
    from digest.library.values import Problem

GROUP_SECONDS = 60.0
MOST = 60  # stories in a section


class Briefs:
    """The briefs of one library."""

    def __init__(self, library: Library, database: Database, clock: Clock) -> None:
        self._library = library
        self._database = database
        self._clock = clock

    def make(
        self, query: str, since: timedelta, *, sections: Sequence[str] = (), name: str = ""
    ) -> tuple[Brief, tuple[Problem, ...]]:
        """The stories of the period that match, by section, and what is odd about the queries.

        A story stands in the first section that it matches. With a `name`, what was not there
        when the brief of this name was last delivered is new.
        """
        self._library.group(GROUP_SECONDS)
        end = self._clock()
        start = end - since
        with self._database.read() as db:
            last = briefs.delivered(db, name) if name else None
        ids, problems = self._library.matching(query)
        found, used = [], set[int]()
        for section in sections or ("",):
            inside, more = self._library.matching(section) if section else (ids, ())
            problems = (*problems, *more)
            wanted = set(ids) & set(inside)
            rows = [row for row in self._library.rows(sorted(wanted)) if start <= row.at <= end]
            free = [row for row in rows if row.id not in used]
            told = self._stories(free, (start, end), last)
            used.update(one.id for story in told for one in story.articles)
            found.append((section, tuple(told)))
        return Brief(start, end, tuple(found)), problems

    def delivered(self, name: str, brief: Brief) -> None:
        """Remember that the brief of this name was delivered."""
        with self._database.write() as db:
            briefs.remember(db, name, int(brief.end.timestamp()))

    def _stories(
        self, rows: Sequence[Summary], period: tuple[datetime, datetime], last: int | None
    ) -> list[BriefStory]:
        groups: dict[tuple[int | None, int], Summary] = {}
        for row in rows:
            groups.setdefault((row.story, 0 if row.story else row.id), row)
        found = [self._story(row, period, last) for row in groups.values()]
        ranked = sorted((one for one in found if one), key=lambda one: (-one.score, one.first))
        return ranked[:MOST]

    def _story(
        self, row: Summary, period: tuple[datetime, datetime], last: int | None
    ) -> BriefStory | None:
        members: tuple[Summary, ...] = (row,)
        if row.story is not None:
            with suppress(UnknownStory):
                members = self._library.stories.story(row.story).articles
        articles: list[Article] = []
        for one in members:
            if period[0] <= one.at <= period[1]:
                with suppress(UnknownArticle):
                    articles.append(self._library.article(one.id))
        if not articles:
            return None
        new = last is not None and all(one.fetched.timestamp() >= last for one in members)
        stands = standing(articles)
        return BriefStory(
            id=row.story,
            headline=stands.summary.title,
            headline_lang=stands.summary.lang,
            score=score(articles, new=new or members[0].at >= period[0]),
            first=members[0].id,
            articles=tuple(articles),
            quotes=quotes(articles, concepts),
            new=new,
        )
