"""Another library brought together with this one: articles, and what a person did with them."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from digest.ingest.ports import Cancelled, Clock
from digest.library import reprints
from digest.library.marking import Marker
from digest.library.values import MergeFailure, MergeReport
from digest.store import changes, foreign, journal, lines, stories, uniting
from digest.store.changes import Change
from digest.store.database import Database
from digest.store.uniting import Times
from digest.text import clean_line

Progress = Callable[[int, int], None]

# Articles in one transaction, which keeps others from writing for some tenths of a second.
BATCH = 50


class Merger:
    """Brings one other library into this one; all of it is one step to undo."""

    def __init__(self, database: Database, marker: Marker, clock: Clock, named: Path) -> None:
        self._database = database
        self._marker = marker
        self._clock = clock
        self._named = named
        self._label = f"merged the library {clean_line(named.absolute().name, 60) or named}"
        self._step = journal.STEP + secrets.token_hex(8)
        self._new = self._changed = self._same = self._kept_away = 0
        self._failed: list[MergeFailure] = []

    def run(self, report: Progress | None, cancelled: Cancelled | None) -> MergeReport:
        """Take in all articles, a part at a time, then the stories that were made by hand.

        What was stored before an error or a stop stays, whole; the next run goes on.

        Raises:
            UsageError: the other one is this library.
            SourceError: there is no library.
            LibraryError: one of the two cannot be used.
        """
        with foreign.opened(self._named, self._database.path) as other:
            with self._database.read() as db:
                times = Times(journal.taken_off(db), journal.taken_off(other))
            total, last, done = foreign.count(other), 0, 0
            while not (cancelled and cancelled()) and (
                ids := foreign.ids_after(other, last, BATCH)
            ):
                self._take(other, ids, times)
                last, done = ids[-1], done + len(ids)
                if report is not None:
                    report(done, total)
            if not (cancelled and cancelled()):
                for members in foreign.stories_by_hand(other):
                    self._group(other, members)
        return MergeReport(
            self._new, self._changed, self._same, self._kept_away, tuple(self._failed)
        )

    def _take(self, other: sqlite3.Connection, ids: Sequence[int], times: Times) -> None:
        read = []
        for one in ids:
            try:
                read.append(foreign.article(other, one))
            except (ValueError, TypeError) as error:
                self._failed.append(MergeFailure(one, str(error)))
        with self._database.write() as db:
            done: list[Change] = []
            for theirs in read:
                done += self._article(db, theirs, times)
            self._record(db, done)

    def _article(
        self, db: sqlite3.Connection, theirs: foreign.Theirs, times: Times
    ) -> list[Change]:
        now = self._now()
        found = uniting.locate(db, theirs)
        if not found.known:
            came = uniting.bring(db, theirs, now)
            changes.do(db, [came], now)
            lines.hide(db, came.article)
            self._marker.mark(db, [came.article])
            reprints.fold_in(db, came.article)
            self._new += 1
            return [came]
        joined = uniting.joining(db, found.id, theirs, times) if found.id else None
        if joined is None:
            self._kept_away += 1
            return []
        united = list(joined)
        changes.do(db, united, now)
        if any(one.kind == "version" for one in united):
            lines.hide(db, found.id)
            self._marker.mark(db, [found.id])
            reprints.fold_in(db, found.id)
        self._changed += bool(united)
        self._same += not united
        return united

    def _group(self, other: sqlite3.Connection, members: Sequence[int]) -> None:
        """Make a story that was made by hand there one here, where nobody has decided otherwise."""
        with self._database.write() as db:
            here = []
            for one in members:
                found = uniting.locate(db, foreign.article(other, one))
                if found.id and stories.is_live(db, found.id):
                    here.append(found.id)
            before = {one: stories.story_of(db, one) for one in here}
            theirs = {one for one in before.values() if one is not None}
            if not here or stories.decided(db, theirs):
                return
            story = stories.begin(db, self._now())
            stories.claim(db, [story])
            done = [Change("story", one, "", before[one], story) for one in sorted(before)]
            changes.do(db, done, self._now())
            self._record(db, done)

    def _record(self, db: sqlite3.Connection, done: Sequence[Change]) -> None:
        if done:
            journal.record(db, self._label, done, self._now(), merge_key=self._step)

    def _now(self) -> int:
        return int(self._clock().timestamp())
