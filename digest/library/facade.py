"""The library facade: the one object that the command line and the desk talk to."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self
from zoneinfo import ZoneInfo

from digest.config.secrets import secrets_of
from digest.config.settings import Config
from digest.errors import ConfigError, DigestError, DiskFull, LibraryLocked, UnknownArticle
from digest.ingest.ports import Cancelled, Clock, Report
from digest.library import care, editing, ingesting, purging, reprints, state, statistics
from digest.library.briefing import Briefs
from digest.library.coverage import cover
from digest.library.faceting import Faceter
from digest.library.glossing import Gloss, gloss
from digest.library.grouping import grouped
from digest.library.highlighting import Highlights
from digest.library.indexing import Indexer, Progress
from digest.library.marking import Marker
from digest.library.meaning import Meaning
from digest.library.merging import Merger
from digest.library.naming import Naming
from digest.library.noting import Noting
from digest.library.repeating import Repeating
from digest.library.ruling import Rules
from digest.library.safekeeping import Safekeeper
from digest.library.searching import Searcher
from digest.library.storage import LibraryStorage
from digest.library.storying import Stories
from digest.library.values import (
    Counts,
    FeedInfo,
    Finding,
    Group,
    Listing,
    MergeReport,
    Passages,
    Problem,
    SearchPage,
    Stats,
    Timeline,
)
from digest.library.who import Who
from digest.model import AddReport, Article, FetchReport, Mark, Summary, Version
from digest.store import entities, journal, reading, tagging
from digest.store.changes import Change, do
from digest.store.criteria import All, Everything, Is, OneOf, count
from digest.store.database import Database
from digest.store.feeds import misnamed, rename
from digest.store.migrations import migrate
from digest.stories.coverage import Coverage

if TYPE_CHECKING:
    from index.engine import Engine

PAUSE_SECONDS = 0.5
TIDY_SECONDS = 2.0
TURN_SECONDS = 1.0
COMMAND_SECONDS = 15.0
GROUP_SECONDS = 5.0


def utc_now() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


class Library:
    """One library folder, opened. Every method may be called from any thread.

    With `background`, threads of its own keep index and vectors up with the store; without, the
    methods that bring articles in return once these can be found.

    Attributes:
        home: the folder.
        config: the configuration in force.
        highlights: the quotes that a person keeps.
        on_indexing: called with how many articles are indexed and how many there are, whenever
            a method has to wait for the index.
        meaning: the vectors of the articles, and how far they are.
        stories: which articles report one event.
        briefs: the stories of a period, to hand on.
        who: people, places and organisations, over time.
        rules: the configured rules, which act on what comes in.
        backups: those that are made once a week.
        repeating: the lines that repeat across an outlet and are hidden.
    """

    def __init__(
        self, home: Path, config: Config, *, background: bool = False, clock: Clock = utc_now
    ) -> None:
        self.home = home
        self.config = config
        self.on_indexing: Progress | None = None
        self._clock = clock
        self._database = Database(home / "library.db")
        self._indexer = Indexer(self._database, home / "index")
        self._naming = Naming(home)
        self.meaning = Meaning(self._database, home, lambda: self.config.search)
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
        self.briefs = Briefs(self, self._database, clock)
        self.who = Who(home, self._database, self._naming, self._faceter, clock, lambda: self.zone)
        self.rules = Rules(self._database, self.matching, clock)
        self.backups = Safekeeper(
            self._database, clock, lambda: self.config.library.backups == "weekly"
        )
        self._closing = threading.Event()
        self._background: tuple[threading.Thread, ...] = ()
        if background:
            vectors = partial(self.meaning.keep_up, self._closing, PAUSE_SECONDS)
            copies = partial(self.backups.keep_up, self._closing)
            jobs: dict[str, Callable[[], None]] = {
                "indexer": self._keep_up,
                "vectors": vectors,
                "backups": copies,
            }
            self._background = tuple(
                threading.Thread(target=job, daemon=True, name=name) for name, job in jobs.items()
            )
        for thread in self._background:
            thread.start()

    @classmethod
    def open(
        cls, home: Path, config: Config, *, background: bool = False, clock: Clock = utc_now
    ) -> Self:
        """Open the library in the folder `home`; a new one is made where there is none.

        Raises:
            LibraryError: it is newer, locked or damaged, or the folder cannot be written.
            ConfigError: the `names.toml` in it is wrong.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskFull(
                f"the library folder {home} cannot be made ({error.strerror}); "
                "choose another with --home"
            ) from error
        migrate(home / "library.db")
        library = cls(home, config, background=background, clock=clock)
        try:
            library._naming.check()
        except ConfigError:
            library.close()
            raise
        library._name_feeds()
        return library

    def close(self) -> None:
        """Stop the background threads and let go of all files."""
        self._closing.set()
        for thread in self._background:
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

    # reading --------------------------------------------------------------------------------

    def article(self, ident: int) -> Article:
        """A whole article.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.read() as db:
            found = reading.article(db, ident)
        return self._marker.completed(found)

    def versions(self, ident: int) -> list[Version]:
        """The texts an article has had, the present one last.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.read() as db:
            return reading.versions(db, ident)

    def rows(self, ids: Sequence[int]) -> list[Summary]:
        """The rows of a list, in the order of `ids`; what is gone is left out."""
        with self._database.read() as db:
            return reading.summaries(db, ids)

    def coverage(self, story: int) -> Coverage:
        """A story by language: who was first, what each stresses, where they differ.

        Raises:
            UnknownStory: there is none with this id.
        """
        return cover(self, self._naming, story)

    def listing(
        self,
        query: str,
        *,
        order: str | None = None,
        cancelled: Cancelled | None = None,
        folded: bool = False,
    ) -> Listing:
        """Everything a query brings, in order; "" brings all articles, newest first.

        With `folded`, copies are left out where what they are copies of is there.
        """
        return self._searcher.listing(query, order=order, cancelled=cancelled, folded=folded)

    def search(
        self,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        order: str | None = None,
        facets: bool = False,
    ) -> SearchPage:
        """One page of results; `order` is relevance, newest or oldest, and `sort:` beats it.

        With `facets`, the page says what all strict matches are made of.
        """
        count = self._faceter.facets if facets else None
        return self._searcher.search(query, limit=limit, offset=offset, order=order, count=count)

    def grouped(self, ids: Sequence[int], by: str) -> tuple[list[int], list[Group]]:
        """The articles of a list in groups, `by` feed, language or story."""
        with self._database.read() as db:
            return grouped(db, ids, by)

    def matching(self, query: str) -> tuple[list[int], tuple[Problem, ...]]:
        """The ids of all articles that match strictly, and what was not understood."""
        return self._searcher.matching(query)

    def snippets(self, query: str, ids: Sequence[int]) -> dict[int, Passages]:
        """Title and best piece of text of each article, hits marked."""
        return self._searcher.passages(query, ids)

    def hits(self, query: str, texts: Sequence[str]) -> list[tuple[Mark, ...]]:
        """Where the query's words stand in each of `texts`."""
        return self._searcher.marks(query, texts)

    def counts(self, lang: str = "") -> Counts:
        """Live counts for the sidebar; with `lang` (`zh`, `ja`), names in that language too."""
        with self._database.read() as db:
            found = statistics.counts(db, self._clock(), self.zone)
            ids = entities.keys(db, (name for name, *_rest in found.people)) if lang else {}
        labels = {name: self._naming.label(ident, lang) for name, ident in ids.items()}
        views = {view.name: self._unread(view.query) for view in self.config.views}
        labels = {name: label for name, label in labels.items() if label}
        return replace(found, views=views, labels=labels)

    def gloss(self, text: str, lang: str = "") -> list[Gloss]:
        """What the words and names in `text` are in the three languages; [] for unknown ones."""
        return gloss(text, self._naming.names(), lang)

    def tags(self) -> list[tuple[str, int]]:
        """Every tag in use with its number of articles, by name."""
        with self._database.read() as db:
            return [(name, every) for _, name, _, _, every in tagging.all_tags(db)]

    def feeds(self) -> list[FeedInfo]:
        """The configured feeds in their order, with what is remembered of them."""
        with self._database.read() as db:
            return statistics.feed_infos(db, self.config.feeds)

    def checkups(self) -> list[FeedInfo]:
        """The configured feeds with all that the feed doctor (`diagnosis`) goes by."""
        with self._database.read() as db:
            return statistics.checkups(db, self.config.feeds, full_text=self.config.fetch.full_text)

    def stats(self, query: str = "", *, by: str = "", split: str = "") -> Stats:
        """Numbers about what a query matches, by day, week or month, by lang or feed."""
        ids, problems = self.matching(query) if query or by else ([], ())
        with self._database.read() as db:
            found = statistics.stats(db, OneOf(tuple(ids)) if query else Everything())
        buckets = self._faceter.buckets(ids, self.zone, by=by, split=split) if by else ()
        return replace(found, buckets=buckets, problems=problems)

    def spread(self, ids: Sequence[int]) -> tuple[Mapping[str, int], Timeline]:
        """These articles by language, and over time; quick enough for every keystroke."""
        return self._faceter.spread(ids, self.zone)

    def change_token(self) -> int:
        """A number that differs once this or another process has changed the library; cheap."""
        return self._database.version()

    # what a person does ---------------------------------------------------------------------

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> int:
        """Add and remove tags; returns how many articles changed."""
        words = " ".join([f"+{name}" for name in add] + [f"-{name}" for name in remove])
        with self._database.write() as db:
            found = state.tagging_of(db, ids, add, remove)
            return self._carry_out(db, found, f"tagged {{}} {words}")

    def mark(self, ids: Sequence[int], what: str, *, automatic: bool = False) -> int:
        """Mark articles `read`, `unread`, `star` or `unstar`; returns how many changed.

        With `automatic`, what the desk does by itself stays out of the undo journal.
        """
        with self._database.write() as db:
            found = state.marking(db, ids, what, self._seconds())
            if automatic:
                do(db, found, self._seconds())
                return len(found)
            label = {"star": "starred {}", "unstar": "unstarred {}"}.get(what)
            return self._carry_out(db, found, label or f"marked {{}} {what}")

    def set_note(self, ident: int, text: str) -> None:
        """Give an article a note; an empty one takes it away.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.write() as db:
            _require(db, ident)
            found = state.noting(db, ident, text)
            self._carry_out(db, found, f"noted article {ident}", merge_key=f"note:{ident}")
        self._settle()

    def note(self, ident: int) -> str:
        """The note on an article, "" without one."""
        with self._database.read() as db:
            return reading.note(db, ident)

    def edit(self, ident: int, **fields: str) -> None:
        """Correct `title`, `date`, `lang`, `author` or `feed`; a correction outlives re-fetching.

        Raises:
            UnknownArticle: there is none with this id.
            UsageError: a value is none of its kind.
        """
        with self._database.write() as db:
            _require(db, ident)
            stored = editing.stored_values(db, ident, fields, self.zone)
            found = state.editing(db, ident, stored)
            self._carry_out(db, found, f"corrected article {ident}")
        self._settle()

    def delete(self, ids: Sequence[int]) -> int:
        """Delete articles, undoably; returns how many."""
        with self._database.write() as db:
            found = state.deleting(db, ids, self._seconds())
            number = self._carry_out(db, found, "deleted {}")
        self._settle()
        return number

    def rescue(self, ids: Sequence[int]) -> int:
        """Keep articles that are hidden as off topic; returns how many."""
        with self._database.write() as db:
            found = state.rescuing(db, ids)
            number = self._carry_out(db, found, "rescued {}")
            reprints.fold_in_all(db, (change.article for change in found))
        self._settle()
        return number

    def undo(self) -> str | None:
        """Take back the last change; says what it was, None when there is nothing."""
        with self._database.write() as db:
            entry = journal.undo(db, self._seconds())
        self._settle()
        return None if entry is None else entry.label

    def redo(self) -> str | None:
        """Do again what was undone last; says what it was, None when there is nothing."""
        with self._database.write() as db:
            entry = journal.redo(db, self._seconds())
        self._settle()
        return None if entry is None else entry.label

    # bringing in ----------------------------------------------------------------------------

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
        deal = self._deal(report, cancelled)
        self._purge()
        try:
            if refetch:
                ids, _ = self.matching(refetch)
                return ingesting.refetch(deal, self.rows(ids))
            return ingesting.fetch(deal, self.feeds(), names, failed=failed)
        finally:
            self._bring_up(cancelled)

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
        deal = self._deal(None, cancelled)
        options = ingesting.options(title, date, lang, feed, self.zone)
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

    def catch_up(self, report: Progress | None = None) -> int:
        """Bring the index up to the store; returns how many articles it took in or dropped.

        Args:
            report: called with how many are done and how many there are; `on_indexing` without.
        """
        report = report or self._tell_indexing
        self.repeating.catch_up(report, self._in_turns())
        self._marker.catch_up(report, self._in_turns())
        reprints.catch_up(self._database, self._in_turns())
        indexed = self._indexer.catch_up(report)
        self.rules.apply(self.config.rules)
        return indexed

    def group(
        self,
        seconds: float,
        cancelled: Cancelled | None = None,
        span: tuple[datetime, datetime] | None = None,
    ) -> None:
        """Put what has no story yet to stories, newest first, for so long at most.

        With a `span`, only what may belong to a story of that time.
        """
        ends = time.monotonic() + seconds
        asked = cancelled or self._closing.is_set
        self.stories.catch_up(lambda: asked() or time.monotonic() > ends, span)

    # care -----------------------------------------------------------------------------------

    def reindex(self, report: Progress | None = None) -> int:
        """Make the index anew from the store; returns how many articles it holds."""
        self.repeating.catch_up(report)
        self._marker.catch_up(report)
        self._indexer.discard()
        self._indexer.catch_up(report)
        self._indexer.tidy(lambda: False)
        return self._indexer.engine().count

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        """Look at every part of the library; with `repair`, mend what can be derived."""
        return list(
            care.findings(self._database, self._marker, self._indexer, self.meaning, repair=repair)
        )

    def backup(self, target: Path) -> None:
        """Write a whole copy of the library to a file, even while somebody writes to it."""
        care.save_copy(self._database, target)

    @staticmethod
    def restore(source: Path, home: Path) -> Path | None:
        """Put a backup in the place of the library in `home`; returns where that was kept."""
        return care.put_copy(source, home)

    def export_path(self, name: str) -> Path:
        """A file in the library's exports folder; `name` cannot lead out of it."""
        folder = self.home / "exports"
        folder.mkdir(exist_ok=True)
        return folder / (editing.safe_name(name) or "export")

    def save_view(self, name: str, query: str) -> None:
        """Keep a search under a name, in the user's configuration file."""
        from digest.config.edit import add_view  # noqa: PLC0415 - tomlkit

        add_view(self.home, name, query, given=self.config.source)
        self.reload_config()

    def reload_config(self) -> None:
        """Read the configuration again.

        Raises:
            ConfigError: it is wrong; what was read before stays in force.
        """
        from digest.config import load  # noqa: PLC0415 - only when something was changed

        self.use(load(self.home, self.config.source))

    def use(self, config: Config) -> None:
        """Go on with another configuration."""
        self.config = config
        self._searcher.config = config
        self.meaning.look_again()
        self._name_feeds()

    # inside ---------------------------------------------------------------------------------

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

    def _unread(self, query: str) -> int:
        ids, _ = self._searcher.matching(query)
        with self._database.read() as db:
            return count(db, All((Is("unread"), OneOf(tuple(ids)))))

    def _engine(self) -> Engine:
        """The index for a search; without a background thread it is brought up to the store."""
        if not self._background:
            with suppress(LibraryLocked):  # what is waiting will be found by a later search
                self.catch_up()
        return self._indexer.engine()

    @property
    def indexing(self) -> tuple[int, int] | None:
        """How many of how many articles the index has taken in, while it takes in many."""
        return self._indexer.progress

    def _tell_indexing(self, done: int, total: int) -> None:
        if self.on_indexing is not None:
            self.on_indexing(done, total)

    def _in_turns(self) -> Cancelled:
        """Judging a whole library anew goes on for a moment, that new articles are soon searchable.

        Without the background thread each command goes on for a while longer.
        """
        seconds = TURN_SECONDS if self._background else COMMAND_SECONDS
        ends = time.monotonic() + seconds
        return lambda: self._closing.is_set() or time.monotonic() > ends

    def _settle(self) -> None:
        """Without a background thread, what was changed is searchable on return."""
        if not self._background:
            self.catch_up()

    def _deal(self, report: Report | None, cancelled: Cancelled | None) -> ingesting.Deal:
        secrets = secrets_of(self.home, self.config.source)
        return ingesting.Deal(self._storage, self.config, self._clock, report, cancelled, secrets)

    def _bring_up(self, cancelled: Cancelled | None) -> None:
        """Without a background thread, what was brought in is found and put to stories."""
        self._settle()
        self._tidy()
        if not self._background:
            self.group(GROUP_SECONDS, cancelled)
            self.meaning.finish(cancelled)

    def _purge(self) -> None:
        """Let go of what `[library]` says need not be kept longer."""
        purging.purge(self._database, self.config.library, self._clock())

    def _tidy(self) -> None:
        """Without a background thread, merge for a moment what was brought in by parts."""
        ends = time.monotonic() + TIDY_SECONDS
        if not self._background:
            self._indexer.tidy(lambda: time.monotonic() > ends)

    def _keep_up(self) -> None:
        """The background thread: open the index, then keep it up until the library closes."""
        while True:
            with suppress(DigestError):
                if self.catch_up():
                    self.meaning.look_again()
                    self._indexer.tidy(self._closing.is_set)
            if self._closing.wait(PAUSE_SECONDS):
                return


def _require(db: sqlite3.Connection, ident: int) -> None:
    if not state.live(db, [ident]):
        raise UnknownArticle(f"there is no article {ident}; 'digest search' shows the ids")
