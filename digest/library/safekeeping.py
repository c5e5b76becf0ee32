"""Backups that the program makes by itself, once a week, thinned out as they grow old.

They are made beside other work and never before it: at the end of a `fetch`, and by the desk when
it has been open for a while.
"""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from digest.errors import LibraryError
from digest.ingest.ports import Clock
from digest.store import snapshot
from digest.store.database import Database

log = logging.getLogger("digest.safekeeping")

EVERY = timedelta(days=7)
AGAIN = timedelta(hours=1)
WEEKLY, MONTHLY = 4, 12
SPARE_BYTES = 200_000_000
FIRST_SECONDS, PAUSE_SECONDS = 60.0, 3600.0
_KEY = "backup_at"
_NAME = re.compile(r"weekly-(\d{4}-\d\d-\d\d)\.db")


class Safekeeper:
    """Makes the weekly backups of one library. Safe to use from any thread."""

    def __init__(self, database: Database, clock: Clock, wanted: Callable[[], bool]) -> None:
        self.folder = database.path.parent / "backups"
        self._database = database
        self._clock = clock
        self._wanted = wanted

    def keep(self) -> str:
        """Make a backup when one is due; returns why there is none though it is due, else "".

        A new library's first one is due a week after its beginning.
        """
        if not self._wanted() or not self._is_due():
            return ""
        needed, free = self._needed(), shutil.disk_usage(self._database.path.parent).free
        if free < needed:
            return (
                f"no weekly backup was made: {free // 1_000_000:,} MB are free, and "
                f"{needed // 1_000_000:,} MB are needed; make room, or set backups = "
                '"off" in [library]'
            )
        today = self._clock().date()
        try:
            with self._database.using() as db:
                snapshot.copy(db, self.folder / f"weekly-{today.isoformat()}.db")
            self._claim(self._now())
        except LibraryError as error:
            return f"no weekly backup was made: {error}"
        self._thin()
        return ""

    def keep_up(self, closing: threading.Event) -> None:
        """Make them for as long as the library is open, in a thread of its own."""
        pause = FIRST_SECONDS
        while not closing.wait(pause):
            pause = PAUSE_SECONDS
            try:
                if told := self.keep():
                    log.warning(told)
            except LibraryError as error:
                log.warning("no weekly backup was made: %s", error)

    def latest(self) -> date | None:
        """The day of the last weekly backup, None when there is none."""
        return max(dated(self.folder), default=None)

    def _is_due(self) -> bool:
        """Whether it is time; then nobody else is told so for an hour.

        A time that lies ahead of the clock counts as none.
        """
        now = self._now()
        with self._database.read() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
        at = now + 1 if row is None else int(row[0])
        if row is not None and at <= now < at + EVERY.total_seconds():
            return False
        if row is None:
            self._claim(now)
            return False
        self._claim(now - int((EVERY - AGAIN).total_seconds()))
        return True

    def _claim(self, at: int) -> None:
        with self._database.write() as db:
            db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_KEY, str(at)))

    def _needed(self) -> int:
        return self._database.path.stat().st_size + SPARE_BYTES

    def _thin(self) -> None:
        there = dated(self.folder)
        for day in set(there) - kept(there):
            (self.folder / f"weekly-{day.isoformat()}.db").unlink(missing_ok=True)

    def _now(self) -> int:
        return int(self._clock().timestamp())


def dated(folder: Path) -> list[date]:
    """The days of which there are weekly backups."""
    found = []
    for path in folder.glob("weekly-*.db"):
        if (match := _NAME.fullmatch(path.name)) is not None:
            try:
                found.append(date.fromisoformat(match[1]))
            except ValueError:
                continue
    return found


def kept(days: Iterable[date]) -> set[date]:
    """Those that stay: the last four, and the last of each of twelve months. Pure."""
    newest_first = sorted(set(days), reverse=True)
    months: dict[tuple[int, int], date] = {}
    for day in newest_first:
        months.setdefault((day.year, day.month), day)
    return set(newest_first[:WEEKLY]) | set(list(months.values())[:MONTHLY])
