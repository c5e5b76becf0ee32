"""Articles put to stories: new ones grouped as they come, and parted and joined by a person."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from digest.errors import UnknownStory, UsageError
from digest.ingest.ports import Clock
from digest.library.describing import describe
from digest.library.indexing import primary
from digest.model import Summary
from digest.store import reading, stories
from digest.store.changes import Change
from digest.store.database import Database
from digest.store.stories import Told

if TYPE_CHECKING:
    from digest.stories.evidence import Evidence
    from digest.stories.window import Window

CarryOut = Callable[[sqlite3.Connection, Sequence[Change], str], int]

BATCH = 60  # articles in one transaction, and compared in one window: a fetch's worth
DAYS = 4  # an event is reported within so many days
MOST = 4000  # articles that one is compared with
KEPT = timedelta(days=30)
NEAR = 600  # articles among which another story to join is looked for
_TOO_LARGE = 1 << 63  # for a number in SQLite
_MADE_AGAIN = 300  # articles whose evidence was let go, described anew for one batch


class Story(NamedTuple):
    """A story with its articles, the earliest first."""

    id: int
    articles: tuple[Summary, ...]


class Neighbour(NamedTuple):
    """A story of the same days as another: its number, first report and languages."""

    story: int
    row: Summary
    langs: tuple[str, ...]


class Stories:
    """The stories of one library. Safe to use from any thread."""

    def __init__(self, database: Database, clock: Clock, carry_out: CarryOut) -> None:
        self._database = database
        self._clock = clock
        self._carry_out = carry_out
        self._grouping = threading.Lock()

    # new articles ---------------------------------------------------------------------------

    def catch_up(
        self,
        should_stop: Callable[[], bool],
        span: tuple[datetime, datetime] | None = None,
        report: Callable[[int, int], None] | None = None,
    ) -> int:
        """Give articles without a story one; returns how many have got one.

        What came last is first. A call that is stopped leaves the rest to the next one; with a
        `span`, what may belong to a story of that time alone is looked at. `report` is told how
        many are done, and of how many.
        """
        around = _around(span) if span else None
        done, total = 0, self.waiting(span) if report else 0
        if report is not None and total:
            report(done, total)
        with self._grouping:
            while not should_stop():
                with self._database.read() as db:
                    new = stories.storyless(db, BATCH, around)
                if not new:
                    break
                self._group(new)
                done += len(new)
                if report is not None:
                    report(done, max(done, total))
        if done:
            with self._database.write() as db:
                stories.forget_before(db, int((self._clock() - KEPT).timestamp()))
        return done

    def waiting(self, span: tuple[datetime, datetime] | None = None) -> int:
        """How many articles have no story yet, of those that may belong to one of a `span`."""
        with self._database.read() as db:
            return stories.waiting(db, _around(span) if span else None)

    def _group(self, new: Sequence[Told]) -> None:
        """Group some articles and store what came of it, whole or not at all.

        What takes long, describing and comparing them, is done before anything is locked.
        """
        import numpy as np  # noqa: PLC0415 - only when there is something to group

        from digest.stories.evidence import packed  # noqa: PLC0415 - numpy
        from digest.stories.grouping import place  # noqa: PLC0415 - numpy
        from digest.stories.likeness import likeness  # noqa: PLC0415 - numpy

        originals = [one for one in new if one.copy_of is None]
        with self._database.read() as db:
            known = self._known(db, originals)
            members = [*known, *originals]
            evidence = _evidence(db, members)
        window = _window(members, evidence)
        groups = np.array([one.story for one in members], np.int64)
        scores = {row: likeness(window, row) for row in range(len(known), len(members))}
        with self._database.write() as db:
            now = int(self._clock().timestamp())
            for row, one in enumerate(originals, len(known)):
                found = place(
                    row,
                    groups,
                    lambda one: scores[one] if one in scores else likeness(window, one),
                )
                story = found.story or stories.begin(db, now)
                groups[row] = story
                for elder, younger in _joinable(db, story, found.same):
                    stories.join(db, elder, younger)
                    groups[groups == younger] = elder
                story = int(groups[row])
                stories.give(db, one.id, story)
                stories.keep(db, one.id, packed(evidence[row]))
            for one in new:
                if one.copy_of is not None:
                    story = stories.story_of(db, one.copy_of) or stories.begin(db, now)
                    stories.give(db, one.id, story)

    @staticmethod
    def _known(db: sqlite3.Connection, new: Sequence[Told]) -> list[Told]:
        if not new:
            return []
        known = stories.around(db, [one.at for one in new], days=DAYS, most=MOST)
        bare = [one.id for one in known if not one.evidence]
        passed_over = set(bare[_MADE_AGAIN:])
        return [one for one in known if one.id not in passed_over]

    # what a person does ---------------------------------------------------------------------

    def story(self, ident: int) -> Story:
        """A story with its articles.

        Raises:
            UnknownStory: there is none with this id, or none of its articles is left.
        """
        with self._database.read() as db:
            known = stories.current(db, ident) if ident < _TOO_LARGE else ident
            found = stories.articles(db, known) if ident < _TOO_LARGE else []
            if not found:
                raise UnknownStory(
                    f"there is no story {ident}; 'digest show ID --json' names an article's"
                )
            return Story(known, tuple(reading.summaries(db, found)))

    def near(self, ident: int) -> list[Neighbour]:
        """The other stories of the same days, those that name the most of the same first.

        Raises:
            UnknownStory: there is none with this id.
        """
        ident, rows = self.story(ident)
        moments = sorted(int(row.at.timestamp()) for row in rows)
        with self._database.read() as db:
            found = stories.beside(db, ident, (moments[0], moments[-1]), days=DAYS, most=NEAR)
            own = stories.named(db, [row.id for row in rows])
            names = stories.named(db, [row.id for row in found])
        wanted = {name for one in own.values() for name in one}
        groups: dict[int, list[Summary]] = {}
        for row in found:
            groups.setdefault(row.story or 0, []).append(row)
        shared = {
            story: len(wanted.intersection(*[{n for row in inside for n in names.get(row.id, ())}]))
            for story, inside in groups.items()
        }
        ordered = sorted(groups, key=lambda story: (-shared[story], -groups[story][0].id))
        return [
            Neighbour(one, groups[one][0], tuple(dict.fromkeys(row.lang for row in groups[one])))
            for one in ordered
        ]

    def split(self, ident: int, articles: Sequence[int]) -> int:
        """Part articles from their story, undoably; returns the id of the new story of them.

        Raises:
            UnknownStory: there is none with this id.
            UsageError: one of the articles is not in it, or none would be left.
        """
        ident, rows = self.story(ident)
        inside = {row.id for row in rows}
        apart = list(dict.fromkeys(articles))
        for one in apart:
            if one not in inside:
                raise UsageError(f"article {one} is not in story {ident}")
        if len(apart) == len(inside):
            raise UsageError(f"story {ident} has no other articles; leave some in it")
        with self._database.write() as db:
            story = stories.begin(db, int(self._clock().timestamp()))
            stories.claim(db, (ident, story))
            found = [Change("story", one, "", ident, story) for one in apart]
            self._carry_out(db, found, f"parted {{}} from story {ident}")
        return story

    def merge(self, ident: int, other: int) -> int:
        """Join another story's articles to this one, undoably; returns how many were joined.

        Raises:
            UnknownStory: one of them does not exist.
            UsageError: both are the same.
        """
        ident, other = self.story(ident).id, self.story(other).id
        if ident == other:
            raise UsageError("name another story to merge")
        joined = [row.id for row in self.story(other).articles]
        with self._database.write() as db:
            stories.claim(db, (ident, other))
            found = [Change("story", one, "", other, ident) for one in joined]
            return self._carry_out(db, found, f"joined {{}} of story {other} to story {ident}")


def _around(span: tuple[datetime, datetime]) -> tuple[int, int]:
    """A span in seconds, with the days on both sides in which its events are reported."""
    days = timedelta(days=DAYS)
    return int((span[0] - days).timestamp()), int((span[1] + days).timestamp())


def _joinable(db: sqlite3.Connection, story: int, same: Sequence[int]) -> list[tuple[int, int]]:
    """Which stories to join, elder and younger, where no person decided about one of them."""
    decided = stories.decided(db, (story, *same))
    free = sorted({story, *same} - decided)
    return [(free[0], younger) for younger in free[1:]] if story in free else []


def _evidence(db: sqlite3.Connection, members: Sequence[Told]) -> list[Evidence]:
    """The evidence of each: as kept, or made from its text."""
    from digest.stories.evidence import unpacked  # noqa: PLC0415 - numpy

    bare = [one.id for one in members if not one.evidence]
    texts, names = reading.texts(db, bare), stories.named(db, bare)
    found = []
    for one in members:
        if one.evidence:
            found.append(unpacked(one.evidence))
        else:
            text = texts[one.id]
            found.append(describe(text.title, text.body, primary(one.lang), names.get(one.id, {})))
    return found


def _window(members: Sequence[Told], evidence: Sequence[Evidence]) -> Window:
    from digest.stories.window import Member, Window  # noqa: PLC0415 - numpy

    rows = zip(members, evidence, strict=True)
    return Window([Member(one.id, one.at, primary(one.lang), known) for one, known in rows])
