"""The facade's bringing-in side: feeds, files, another library."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from digest import errors
from digest.config.secrets import secrets_of
from digest.ingest.net.budget import never
from digest.ingest.ports import Cancelled, Report
from digest.library import ingesting, picturing, purging
from digest.library.companion import Told
from digest.library.facade.core import TURN_SECONDS
from digest.library.facade.reading import Reading
from digest.library.indexing import Progress
from digest.library.merging import Merger
from digest.library.values import (
    MergeReport,
)
from digest.model import AddReport, FetchReport

TIDY_SECONDS = 2.0
GROUP_SECONDS = 5.0


class Bringing(Reading):
    """What brings articles in."""

    def fetch(
        self,
        names: Sequence[str] = (),
        *,
        failed: bool = False,
        refetch: str = "",
        report: Report | None = None,
        cancelled: Cancelled | None = None,
    ) -> FetchReport:
        """Fetch the configured feeds, or those named by address, name or group.

        Args:
            names: also overrides backoff for the feeds it names.
            failed: only feeds whose last check failed.
            refetch: a query; the pages of what it matches are tried again, and no feed is.
            report: called with the progress, from the fetching threads.
            cancelled: asked often; once it is true the fetch ends with what it has.

        Raises:
            UnknownFeed: a name fits no feed.
            LibraryError: an article could not be stored.
        """
        if self._has_companion:
            what = {"names": names, "failed": failed, "refetch": refetch}
            try:
                found: FetchReport = self._apart("fetch", report, cancelled, **what)
            except errors.Cancelled:
                return FetchReport((), 0.0)
            return found
        deal = self._deal(report, cancelled)
        self._purge()
        try:
            if refetch:
                ids, _ = self.matching(refetch)
                return ingesting.refetch(deal, self.rows(ids))
            return ingesting.fetch(deal, self.feeds(), names, failed=failed)
        finally:
            self._bring_up(cancelled)

    def _apart(self, task: str, told: Told | None, cancelled: Cancelled | None, **what: Any) -> Any:
        """Bring articles in by a process of its own, which keeps the index up in our place.

        Should our thread be at it for long, the two take turns, as any two programs.

        Raises:
            Cancelled: it was stopped before it had begun.
        """
        stopped = cancelled or never
        ours = self._index_kept.acquire(timeout=TURN_SECONDS)
        try:
            return self._companion.run(
                task, told, lambda: stopped() or self._closing.is_set(), **what
            )
        finally:
            if ours:
                self._index_kept.release()
            self.meaning.look_again()

    def add(
        self,
        sources: Sequence[str],
        *,
        stdin: BinaryIO | None = None,
        title: str = "",
        date: str = "",
        lang: str = "",
        feed: str = "",
        report: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> AddReport:
        """Add files, folders, `-` (stdin) and URLs.

        Raises:
            UsageError: an option's value is none of its kind.
            LibraryError: an article could not be stored.
        """
        options = ingesting.options(title, date, lang, feed, self.zone)
        if self._has_companion and stdin is None:
            what = {"title": title, "date": date, "lang": lang, "feed": feed}
            try:
                added: AddReport = self._apart(
                    "add",
                    None if report is None else lambda told: report(*told),
                    cancelled,
                    sources=sources,
                    **what,
                )
            except errors.Cancelled:
                return AddReport()
            return added
        deal = self._deal(None, cancelled)
        try:
            return ingesting.add(deal, sources, options, stdin, report, self._noting)
        finally:
            self._bring_up(cancelled)

    def merge(
        self,
        other: Path,
        *,
        report: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> MergeReport:
        """Bring another library (its folder, or a file of it) together with this one.

        Raises:
            UsageError: it is this library.
            SourceError: there is no library.
            LibraryError: one of the two cannot be used.
        """
        merger = Merger(self._database, self._marker, self._clock, other)
        try:
            return merger.run(report, cancelled)
        finally:
            self._bring_up(cancelled)

    def picture(self, address: str, size: tuple[int, int], cancelled: Cancelled) -> bytes:
        """The picture at `address` as PNG of at most `size` (width, height) pixels.

        Raises:
            SourceError: there is none, or it is refused; the message says why.
        """
        return picturing.picture(self.config.fetch, address, size, cancelled)

    def _deal(self, report: Report | None, cancelled: Cancelled | None) -> ingesting.Deal:
        secrets = secrets_of(self.home, self.config.source)
        return ingesting.Deal(self._storage, self.config, self._clock, report, cancelled, secrets)

    def _bring_up(self, cancelled: Cancelled | None) -> None:
        """What was brought in is put to stories; without a background thread it is found, too."""
        self._settle()
        self._tidy()
        self.group(GROUP_SECONDS, cancelled or never)
        if not self._threads:
            self.meaning.finish(cancelled)

    def _purge(self) -> None:
        """Let go of what `[library]` says need not be kept longer."""
        purging.purge(self._database, self.config.library, self._clock())

    def _tidy(self) -> None:
        """Without a background thread, merge for a moment what was brought in by parts."""
        ends = time.monotonic() + TIDY_SECONDS
        if not self._threads:
            self._indexer.tidy(lambda: time.monotonic() > ends)
