"""Briefs out of the library: the stories of a period, and what is new since the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from digest import errors
from digest.ingest.net.budget import never
from digest.ingest.ports import Cancelled, Clock
from digest.library.describing import concepts
from digest.library.naming import Naming
from digest.model import Article, Brief, BriefStory, Gathering
from digest.store import briefs, mentions
from digest.store.database import Database
from digest.store.times import from_epoch
from digest.stories.briefs import Report, grouped, headed, quotes, score, standing
from digest.stories.drafts import Draft, from_text, to_text

if TYPE_CHECKING:
    from digest.library.facade.reading import Reading
    from digest.library.values import Problem

GROUP_SECONDS = 60.0
MOST = 60  # stories in a section
NAMES = 12  # of a story


class _Ranked(NamedTuple):
    """A story before its articles are read: its rank, its first report, those of the period."""

    score: float
    first: int
    new: bool
    reports: Sequence[Report]


class _Steps:
    """Tells how far the making of a brief is, and ends it when that is wanted."""

    def __init__(self, report: Callable[[Gathering], object] | None, cancelled: Cancelled) -> None:
        self._report = report
        self._cancelled = cancelled
        self._now = Gathering()

    def grouped(self, done: int, total: int) -> None:
        """So many articles have a story now."""
        self._tell(self._now._replace(grouped=done, to_group=total))

    def through(self, ranked: Sequence[_Ranked]) -> Iterator[_Ranked]:
        """Each of the stories in turn.

        Raises:
            Cancelled: it is to end.
        """
        self._tell(self._now._replace(to_tell=self._now.to_tell + len(ranked)))
        for one in ranked:
            if self._cancelled():
                raise errors.Cancelled("the brief was not wanted any more")
            yield one
            self._tell(self._now._replace(told=self._now.told + 1))

    def _tell(self, now: Gathering) -> None:
        self._now = now
        if self._report is not None:
            self._report(now)


class Briefs:
    """The briefs of one library."""

    def __init__(self, library: Reading, database: Database, naming: Naming, clock: Clock) -> None:
        self._library = library
        self._naming = naming
        self._database = database
        self._clock = clock

    def make(
        self,
        query: str,
        since: timedelta,
        *,
        sections: Sequence[str] = (),
        name: str = "",
        report: Callable[[Gathering], object] | None = None,
        cancelled: Cancelled = never,
    ) -> tuple[Brief, tuple[Problem, ...]]:
        """The stories of the period that match, by section, and what is odd about the queries.

        A story stands in the first section that it matches. With a `name`, what was not there
        when the brief of this name was last delivered is new. What could not be put to a story
        within `GROUP_SECONDS` stands by itself; `report` is told how far it is.

        Raises:
            Cancelled: `cancelled` said so; what was put to stories by then stays.
        """
        end = self._clock()
        start = end - since
        steps = _Steps(report, cancelled)
        self._library.group(GROUP_SECONDS, cancelled, (start, end), steps.grouped)
        with self._database.read() as db:
            last = briefs.delivered(db, name) if name else None
            newest = briefs.newest(db)
        ids, problems = self._library.matching(query)
        found, used = [], set[int]()
        for section in sections or ("",):
            inside, more = self._library.matching(section) if section else (ids, ())
            problems = (*problems, *more)
            wanted = (set(ids) & set(inside)) - used
            told = self._stories(sorted(wanted), (start, end), last, steps)
            used.update(one.id for story in told for one in story.articles)
            found.append((section, tuple(told)))
        return Brief(start, end, tuple(found), newest), problems

    def called(self, brief: Brief, lang: str) -> Brief:
        """The brief as a reader of `lang` (`en`, `zh`, `ja`) is told it.

        Stories stand under a headline, who and where under the name that they have in it, if any.
        """
        own = headed(brief, lang)
        if lang == "en":  # what names are kept in
            return own
        sections = tuple(
            (section, tuple(self._called(story, lang) for story in stories))
            for section, stories in own.sections
        )
        return replace(own, sections=sections)

    def _called(self, story: BriefStory, lang: str) -> BriefStory:
        names = tuple((one, self._naming.label(one, lang) or name) for one, name in story.names)
        return replace(story, names=names)

    def delivered(self, name: str, brief: Brief) -> None:
        """Remember that the brief of this name was delivered."""
        with self._database.write() as db:
            briefs.remember(db, name, int(brief.end.timestamp()), brief.newest)

    def last(self) -> datetime | None:
        """Up to when the last brief of any name looked, None when there was none."""
        with self._database.read() as db:
            return from_epoch(briefs.last(db))

    # drafts ---------------------------------------------------------------------------------

    def draft(self, key: str) -> Draft:
        """What a person has made of the brief under this key so far."""
        with self._database.read() as db:
            return from_text(briefs.draft(db, key))

    def keep_draft(self, key: str, draft: Draft) -> None:
        """Keep what a person makes of a brief until it is written."""
        with self._database.write() as db:
            briefs.keep_draft(db, key, "" if draft == Draft() else to_text(draft))

    def finish(self, name: str, key: str, brief: Brief) -> None:
        """A brief was written: the next one of this name begins after it, without its draft."""
        with self._database.write() as db:
            briefs.remember(db, name, int(brief.end.timestamp()), brief.newest)
            briefs.keep_draft(db, key, "")

    def _stories(
        self,
        ids: Sequence[int],
        period: tuple[datetime, datetime],
        last: int | None,
        steps: _Steps,
    ) -> list[BriefStory]:
        """The stories of these articles in the period; whole articles are read of the first alone.

        All that the many others are ranked by is a few numbers of each.
        """
        start, end = (moment.timestamp() for moment in period)
        with self._database.read() as db:
            inside = briefs.within(db, ids, start, end)
            alone = [one for one, story in inside.items() if not story]
            rows = briefs.reports(db, set(inside.values()) - {0}, alone)
        ranked = []
        for group in grouped([Report(*row) for row in rows]):
            seen = [one for one in group if start <= one.at <= end]
            begun = group[0].at >= start
            new = last is not None and all(one.id > last for one in group)
            points = score(seen, new=new or begun)
            ranked.append(_Ranked(points, group[0].id, new, seen))
        ranked.sort(key=lambda one: (-one.score, one.first))
        told = (self._story(one, last) for one in steps.through(ranked[:MOST]))
        return [one for one in told if one is not None]

    def _story(self, ranked: _Ranked, last: int | None) -> BriefStory | None:
        reports = ranked.reports
        articles: list[Article] = []
        for one in reports:
            with suppress(errors.UnknownArticle):  # deleted meanwhile
                articles.append(self._library.article(one.id))
        if not articles:
            return None
        stands = standing(articles)
        return BriefStory(
            id=reports[0].story or None,
            headline=stands.summary.title,
            headline_lang=stands.summary.lang,
            score=ranked.score,
            first=ranked.first,
            articles=tuple(articles),
            quotes=quotes(articles, concepts),
            new=ranked.new,
            names=self._names(articles),
            fresh=frozenset(one.id for one in reports if last is not None and one.id > last),
        )

    def _names(self, articles: Sequence[Article]) -> tuple[tuple[str, str], ...]:
        """Who and where: whom and what the most reports name first; terms are neither."""
        counted = Counter((one.id, one.name) for each in articles for one in each.entities)
        with self._database.read() as db:
            kinds = mentions.kinds(db, [ident for ident, _ in counted])
        found = (one for one, _ in counted.most_common() if kinds.get(one[0], ("",))[0] != "term")
        return tuple(islice(found, NAMES))
