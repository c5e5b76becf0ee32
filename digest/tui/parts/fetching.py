"""Fetching inside the desk: started, watched, stopped."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from digest.config.durations import parse_interval
from digest.model import FeedStatus
from digest.shown import without_login
from digest.tui.i18n import _, ngettext
from digest.tui.library_words import retold
from digest.tui.messages import FeedsChecked, FetchDue, FetchEnded, FetchMoved, FilesAdded
from digest.tui.widgets.bars import fetch_words

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.model import AddReport, FetchProgress, FetchReport
    from digest.tui.screens.desk import DeskScreen

_NAMED = 3


class FetchingPart:
    """One fetch at a time; the same key that starts it stops it."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._stop: threading.Event | None = None
        self._left = threading.Event()
        self._clock: Timer | None = None

    @property
    def running(self) -> bool:
        """Whether a fetch is on."""
        return self._stop is not None

    def all_feeds(self) -> None:
        """Fetch all feeds, or stop the fetch that is on."""
        if self.running:
            self.stop()
        else:
            self.start()

    def check(self) -> None:
        """Show how the feeds are doing."""
        self.desk.work.read(lambda library: FeedsChecked(library.checkups()), group="check")

    def show_check(self, message: FeedsChecked) -> None:
        """Open the feed doctor's screen; a feed chosen there is fetched."""
        from digest.tui.screens.checkup import CheckupScreen  # noqa: PLC0415 - only when asked for

        def done(url: str | None) -> None:
            if url is not None:
                self.start([url])

        self.desk.app.push_screen(CheckupScreen(message.infos, self.desk.now()), done)

    def keep_fetching(self) -> None:
        """Fetch as often as `[fetch] every` says, as long as the desk is open."""
        if self._clock is not None:
            self._clock.stop()
            self._clock = None
        library = self.desk.work.library
        if library is not None and library.config.fetch.every:
            self._clock = self.desk.set_interval(self.desk.timing.look_every, self._look)
            self._look()

    def _look(self) -> None:
        """Find out whether a fetch is due: another process may have fetched meanwhile."""
        now = self.desk.now()

        def job(library: Library) -> Message | None:
            every = library.config.fetch.every
            checks = [info.state.checked for info in library.feeds() if info.state.checked]
            due = bool(every) and (not checks or now - max(checks) >= parse_interval(every))
            return FetchDue() if due else None

        if not self.running:
            self.desk.work.read(job, group="due")

    def by_itself(self) -> None:
        """Fetch because it is due; a screen that is open over the desk makes no difference."""
        if not self.running and self.desk.feed_count:
            self.start()

    def this_feed(self) -> None:
        """Fetch the feed or group of the sidebar's entry, or the feed of the article."""
        entry = self.desk.sidebar.current
        if entry is not None and entry.feed:
            self.start([entry.feed])
            return
        row = self.desk.articles.shelf.row(self.desk.articles.current)
        if row is None or not row.feed:
            self.desk.say(_("Go to a feed in the sidebar first."))
        else:
            self.start([row.feed])

    def this_article(self) -> None:
        """Fetch the pages of the articles again."""
        ids = self.desk.curating.targets()
        if ids:
            self.start(refetch=" OR ".join(f"id:{ident}" for ident in ids))

    def start(self, names: Sequence[str] = (), *, refetch: str = "") -> None:
        """Start a fetch, unless one is on."""
        if self.running:
            self.desk.say(_("A fetch is on already."))
            return
        stop = self._stop = threading.Event()
        desk = self.desk

        def moved(progress: FetchProgress) -> None:
            desk.post_message(FetchMoved(progress))

        def job(library: Library) -> Message:
            try:
                report = library.fetch(names, refetch=refetch, report=moved, cancelled=stop.is_set)
            except BaseException:
                desk.call_later(self._over)
                raise
            return FetchEnded(report, stop.is_set())

        self.desk.fetch_bar.start(_("Fetching"))
        self.desk.work.read(job, group="fetch", exclusive=False)

    def stop(self) -> None:
        """Stop the fetch; what it has brought stays."""
        if self._stop is not None:
            self._stop.set()
            self.desk.fetch_bar.tell(1.0, _("Stopping"))

    def moved(self, message: FetchMoved) -> None:
        """Show how far it is."""
        if self._stop is None or self._stop.is_set():
            return
        at = message.progress
        total = max(1, at.feeds_total + at.pages_total)
        words = fetch_words(
            at.feeds_done,
            at.feeds_total,
            (at.pages_done, at.pages_total),
            at.new,
            self.desk.keyboard.first("fetch.all"),
        )
        self.desk.fetch_bar.tell((at.feeds_done + at.pages_done) / total, words)

    def ended(self, message: FetchEnded) -> None:
        """Say what came of it, and take it in."""
        self._over()
        self.desk.listing.follow()
        if self.desk.reading.article is not None:
            self.desk.reading.again()
        words = _fetched(message.report)
        if message.cancelled:
            words = _("Stopped. {words}").format(words=words)
        failed = _failed(message.report)
        self.desk.say("\n".join(part for part in (words, failed) if part), warning=bool(failed))

    def _over(self) -> None:
        self._stop = None
        self.desk.fetch_bar.stop()

    # files ----------------------------------------------------------------------------------

    def add(self, sources: Sequence[str]) -> None:
        """Add files, folders or pages; what is not in yet when the desk closes is left out."""

        def job(library: Library) -> Message:
            return FilesAdded(library.add(sources, cancelled=self._left.is_set))

        if sources:
            self.desk.say(_("Adding {what}").format(what=", ".join(sources)))
            self.desk.work.read(job, group="add", exclusive=False)

    def leave(self) -> None:
        """Stop whatever brings articles in: the desk closes."""
        self._left.set()
        self.stop()

    def added(self, message: FilesAdded) -> None:
        """Say what was added, and list it."""
        report = message.report
        self.desk.say(_added(report), warning=bool(report.failed))
        if report.added:
            self.desk.listing.follow()


def _fetched(report: FetchReport) -> str:
    new = sum(feed.new for feed in report.feeds)
    updated = sum(feed.updated for feed in report.feeds)
    if not new and not updated:
        return _("Nothing new.")
    words = ngettext("{n} new article.", "{n} new articles.", new).format(n=new) if new else ""
    if updated:
        changed = ngettext("{n} updated.", "{n} updated.", updated).format(n=updated)
        words = f"{words} {changed}".strip()
    return words


def _failed(report: FetchReport) -> str:
    failed = [feed for feed in report.feeds if feed.status in (FeedStatus.FAILED, FeedStatus.GONE)]
    if not failed:
        return ""
    if len(failed) == 1:
        return _("{name} could not be fetched: {error}").format(
            name=failed[0].name or failed[0].url, error=retold(failed[0].error)
        )
    names = ", ".join(feed.name or without_login(feed.url) for feed in failed[:_NAMED])
    more = _(" and others") if len(failed) > _NAMED else ""
    return _(
        "{n} feeds could not be fetched: {names}{more}. They are marked ! in the sidebar."
    ).format(n=len(failed), names=names, more=more)


def _added(report: AddReport) -> str:
    parts = []
    if report.added:
        n = len(report.added)
        parts.append(ngettext("{n} article added.", "{n} articles added.", n).format(n=n))
    if report.duplicates:
        parts.append(_("{n} there already.").format(n=len(report.duplicates)))
    parts += [f"{failure.source}: {retold(failure.error)}" for failure in report.failed[:_NAMED]]
    return "\n".join(parts) or _("There was nothing to add.")
