"""The parts of an opened library, its threads, and how a change is carried out."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from digest import errors
from digest.config.settings import Config
from digest.errors import DigestError, LibraryLocked
from digest.ingest.net.budget import never
from digest.ingest.ports import Cancelled, Clock
from digest.ingest.workshop import WorkerFault
from digest.library import reprints, state, statistics
from digest.library.companion import Companion
from digest.library.faceting import Faceter
from digest.library.highlighting import Highlights
from digest.library.indexing import Indexer, Progress
from digest.library.marking import Marker
from digest.library.meaning import Meaning
from digest.library.naming import Naming
from digest.library.noting import Noting
from digest.library.repeating import Repeating
from digest.library.ruling import Rules
from digest.library.safekeeping import Safekeeper
from digest.library.searching import Searcher
from digest.library.storage import LibraryStorage
from digest.library.storying import Stories
from digest.library.values import FeedInfo
from digest.library.who import Who
from digest.store import journal, lines
from digest.store.changes import Change, do
from digest.store.database import Database
from digest.store.feeds import misnamed, rename

if TYPE_CHECKING:
    from index.engine import Engine

log = logging.getLogger("digest.library")

HEAD_START_SECONDS = 1.0
PAUSE_SECONDS = 0.5
TURN_SECONDS = 1.0
COMMAND_SECONDS = 15.0
MANY = 200  # articles to be judged, indexed or put to stories that are worth a process


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


class Core:
    """What every part of the facade stands on."""

    def __init__(
        self, home: Path, config: Config, *, background: bool = False, clock: Clock = utc_now
    ) -> None:
        self.home = home
        self.config = config
        self.on_indexing: Progress | None = None
        self.on_grouping: Progress | None = None
        self._clock = clock
        self._database = Database(home / "library.db")
        self._indexer = Indexer(self._database, home / "index")
        self._naming = Naming(home)
        self._companion = Companion(home, lambda: self.config, clock)
        self.meaning = Meaning(self._database, home, lambda: self.config.search, self._companion)
        self._indexer.on_changed = self.meaning.embedder.learn
        self._searcher = Searcher(
            self._database,
            self._engine,
            config,
            self._naming,
            self.meaning.neighbours,
            self._indexer.mended,
        )
        self._marker = Marker(self._database, self._naming)
        self._faceter = Faceter(self._database, self._engine)
        self.repeating = Repeating(self._database, self._marker, self.feeds)
        self._storage = LibraryStorage(self._database, clock, self._marker)
        self.highlights = Highlights(self._database, self._carry_out, self._settle, self._seconds)
        self._noting = Noting(self._database, self._carry_out, clock)
        self.stories = Stories(self._database, clock, self._carry_out)
        self.who = Who(home, self._database, self._naming, self._faceter, clock, lambda: self.zone)
        self.rules = Rules(self._database, self._searcher.matching, clock)
        self.backups = Safekeeper(
            self._database, clock, lambda: self.config.library.backups == "weekly"
        )
        self._closing = threading.Event()
        self._has_companion = background
        self._threads: list[threading.Thread] = []
        # Held by whoever keeps the index up in our place.
        self._index_kept = threading.Lock()
        if background:
            self.keep_indexed()
            self._begin("vectors", partial(self.meaning.keep_up, self._closing, PAUSE_SECONDS))
            self._begin("backups", partial(self.backups.keep_up, self._closing))

    def keep_indexed(self) -> None:
        """Keep the index up in a thread from now on, so that no method waits for it."""
        self._begin("indexer", self._keep_up)

    def _begin(self, name: str, job: Callable[[], None]) -> None:
        thread = threading.Thread(target=self._later, args=(job,), daemon=True, name=name)
        self._threads.append(thread)
        thread.start()

    def _later(self, job: Callable[[], None]) -> None:
        """Begin once whoever opened the library has asked for what there is."""
        if not self._closing.wait(HEAD_START_SECONDS):
            job()

    def feeds(self) -> list[FeedInfo]:
        """The configured feeds in their order, with what is remembered of them."""
        with self._database.read() as db:
            return statistics.feed_infos(db, self.config.feeds)

    def close(self) -> None:
        """Stop the background threads and let go of all files."""
        self._closing.set()
        for thread in self._threads:
            thread.join()
        self._indexer.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def now(self) -> datetime:
        """The time now, aware, by the clock that the library goes by."""
        return self._clock()

    @property
    def zone(self) -> ZoneInfo:
        """The configured time zone, in which days begin and end."""
        return ZoneInfo(self.config.search.timezone)

    def catch_up(self, report: Progress | None = None, seconds: float | None = None) -> int:
        """Bring the index up to the store; returns how many articles it took in or dropped.

        Args:
            report: called with how many are done and how many there are; `on_indexing` without.
            seconds: how long each kind of judging a whole library anew may go on.
        """
        report = report or self._tell_indexing
        self.repeating.catch_up(report, self._in_turns(seconds))
        self._marker.catch_up(report, self._in_turns(seconds))
        reprints.catch_up(self._database, self._in_turns(seconds))
        indexed = self._indexer.catch_up(report)
        self.rules.apply(self.config.rules)
        return indexed

    def group(
        self,
        seconds: float,
        cancelled: Cancelled = never,
        span: tuple[datetime, datetime] | None = None,
        report: Progress | None = None,
    ) -> None:
        """Put what has no story yet to stories, newest first, for so long at most.

        Args:
            seconds: how long; what is done by then stays, as it does once `cancelled` says so.
            cancelled: whether to stop.
            span: only what may belong to a story of that time.
            report: called with how many are done and how many there are; `on_grouping` without.
        """
        ends = time.monotonic() + seconds
        report = report or self.on_grouping

        def over() -> bool:
            return cancelled() or self._closing.is_set() or time.monotonic() > ends

        if not self._grouped_apart(over, span, report):
            self.stories.catch_up(over, span, report)

    def _grouped_apart(
        self,
        over: Cancelled,
        span: tuple[datetime, datetime] | None,
        report: Progress | None,
    ) -> bool:
        """Have a process group where that takes long; False when it is for us to do."""
        if not self._has_companion or self.stories.waiting(span) <= MANY:
            return False
        told = None if report is None else lambda now: report(*now)
        try:
            self._companion.run("group", told, over, span=span)
        except errors.Cancelled:
            return True
        except (DigestError, WorkerFault):
            log.warning("stories could not be made by another process", exc_info=True)
            return False
        return True

    def _name_feeds(self) -> None:
        """Give feeds their configured names; where somebody else writes, the next start does."""
        with self._database.read() as db:
            wrong = misnamed(db, self.config.feeds)
        if wrong:
            with suppress(LibraryLocked), self._database.write() as db:
                rename(db, wrong)

    def _seconds(self) -> int:
        return int(self._clock().timestamp())

    def _carry_out(
        self, db: sqlite3.Connection, found: Sequence[Change], label: str, *, merge_key: str = ""
    ) -> int:
        number = len({change.article for change in found})
        if found:
            now = self._seconds()
            do(db, found, now)
            words = label.replace("{}", state.counted(number))
            journal.record(db, words, found, now, merge_key=merge_key)
        return number

    def _engine(self) -> Engine:
        """The index for a search; without a background thread it is brought up to the store."""
        if not self._threads:
            with suppress(LibraryLocked):  # what is waiting will be found by a later search
                self.catch_up(seconds=TURN_SECONDS)  # somebody waits for the answer
        return self._indexer.engine()

    @property
    def indexing(self) -> tuple[int, int] | None:
        """How many of how many articles the index has taken in, while it takes in many."""
        return self._indexer.progress

    def _tell_indexing(self, done: int, total: int) -> None:
        if self.on_indexing is not None:
            self.on_indexing(done, total)

    def _in_turns(self, seconds: float | None) -> Cancelled:
        """Judging a whole library anew goes on for a moment, that new articles are soon searchable.

        Without the background thread each command that writes goes on for a while longer.
        """
        if seconds is None:
            seconds = TURN_SECONDS if self._threads else COMMAND_SECONDS
        ends = time.monotonic() + seconds
        return lambda: self._closing.is_set() or time.monotonic() > ends

    def _settle(self) -> None:
        """Without a background thread, what was changed is searchable on return."""
        if not self._threads:
            self.catch_up()

    def behind(self) -> int:
        """About how many articles wait to be judged or indexed."""
        self._indexer.engine()  # all of them do when the index is lost
        with self._database.read() as db:
            repeating = lines.waiting(db)
        return (
            self._indexer.pending()
            + self._marker.waiting()
            + repeating
            + reprints.waiting(self._database, MANY + 1)
        )

    def catch_up_whole(self, report: Progress) -> None:
        """Catch up with what waits, judging and indexing in turns, and merge the index."""
        left, before = self.behind(), None
        while left and (before is None or left < before):
            self.catch_up(report, TURN_SECONDS)
            left, before = self.behind(), left
        self._indexer.tidy(self._closing.is_set)

    def _keep_up(self) -> None:
        """The background thread: open the index, then keep it up until the library closes."""
        while True:
            with suppress(DigestError), self._index_kept:
                if not self._kept_up_apart() and self.catch_up():
                    self.meaning.look_again()
                    self._indexer.tidy(self._closing.is_set)
            if self._closing.wait(PAUSE_SECONDS):
                return

    def _kept_up_apart(self) -> bool:
        """Have a process catch up where that takes long; False when it is for us to do."""
        if not self._has_companion or self.behind() <= MANY:
            return False
        try:
            self._companion.run("catch_up", self._indexer.tell, self._closing.is_set)
        except (DigestError, WorkerFault):
            log.warning("the index could not be kept up by another process", exc_info=True)
            return False
        finally:
            self._indexer.tell(None)
            self.meaning.look_again()
        return True
