"""Articles brought in: ingest run on the library's storage."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.config.secrets import Secret, Secrets
from digest.config.settings import Config
from digest.errors import ConfigError, SourceError
from digest.ingest.ports import Cancelled, Clock, Report
from digest.library.choosing import chosen
from digest.library.editing import language, moment
from digest.library.indexing import Progress
from digest.library.noting import Noting
from digest.library.storage import LibraryStorage
from digest.library.values import FeedInfo
from digest.model import (
    Added,
    AddFailure,
    AddReport,
    AlreadyThere,
    Draft,
    FeedOutcome,
    FeedStatus,
    FetchProgress,
    FetchReport,
    Saved,
    SaveStatus,
    Summary,
)
from digest.notefiles import Written

if TYPE_CHECKING:
    from digest.ingest.net.client import Client
    from digest.ingest.sources.kinds import Kind
    from digest.ingest.sources.options import AddOptions, Reading
    from digest.ingest.workshop import Workshop

_log = logging.getLogger("digest")

BATCH = 200
BATCH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Deal:
    """What every way of bringing articles in works with."""

    storage: LibraryStorage
    config: Config
    clock: Clock
    report: Report | None
    cancelled: Cancelled | None
    secrets: Secrets = field(default_factory=Secrets)

    @property
    def zone(self) -> ZoneInfo:
        """The configured time zone."""
        return ZoneInfo(self.config.search.timezone)

    def stopped(self) -> bool:
        """Whether somebody asked to stop."""
        return self.cancelled is not None and self.cancelled()


def unwatched(_progress: FetchProgress) -> None:
    """Nobody watches."""


def fetch(
    deal: Deal, infos: Sequence[FeedInfo], names: Sequence[str], *, failed: bool
) -> FetchReport:
    """Fetch the chosen feeds.

    Raises:
        UnknownFeed: a name fits no feed.
        LibraryError: an article could not be stored.
    """
    from digest.ingest import pipeline  # noqa: PLC0415 - feedparser, httpx2

    return pipeline.fetch(
        chosen(infos, names, failed=failed),
        deal.storage,
        deal.config.fetch,
        names_given=bool(names) or failed,
        report=deal.report or unwatched,
        cancelled=deal.stopped,
        clock=deal.clock,
        zone=deal.zone,
        secrets=deal.secrets,
    )


def options(title: str, date: str, lang: str, feed: str, zone: ZoneInfo) -> AddOptions:
    """What a person says about the sources to add.

    Raises:
        UsageError: a value is none of its kind.
    """
    from digest.ingest.sources.options import AddOptions  # noqa: PLC0415 - extraction's modules

    return AddOptions(
        title=title,
        date=moment(date, zone) if date else None,
        lang=language(lang) if lang else "",
        feed=feed,
    )


def add(
    deal: Deal,
    sources: Sequence[str],
    given: AddOptions,
    stdin: BinaryIO | None,
    report: Progress | None,
    noting: Noting,
) -> AddReport:
    """Add every source; what fails is reported and does not stop the rest.

    Files of notes (`digest.notefiles`) go to the articles that they are on.

    Raises:
        LibraryError: an article could not be stored.
    """
    taken = Taken(deal.storage, noting)
    for number, (source, draft) in enumerate(_drafts(deal, sources, given, stdin), 1):
        taken.take(source, draft)
        if report is not None:
            report(number, 0)
        if deal.stopped():
            break
    return taken.report()


class Taken:
    """What `add` has taken in, stored a few at a time: a disk is slow to promise, not to write."""

    def __init__(self, storage: LibraryStorage, noting: Noting) -> None:
        self._storage = storage
        self._noting = noting
        self._waiting: list[tuple[str, Draft]] = []
        self._since = time.monotonic()
        self._added: list[Added] = []
        self._duplicates: list[AlreadyThere] = []
        self._failed: list[AddFailure] = []
        self._noted: list[int] = []

    def take(self, source: str, draft: Draft | SourceError) -> None:
        """Take in what one source gave."""
        if isinstance(draft, SourceError):
            self._failed.append(AddFailure(source, str(draft)))
            return
        if draft.written is not None:
            self._take_note(source, draft, draft.written)
            return
        self._waiting.append((source, draft))
        if len(self._waiting) >= BATCH or time.monotonic() - self._since > BATCH_SECONDS:
            self._store()

    def _take_note(self, source: str, draft: Draft, written: Written) -> None:
        """Take over a note; where its article is not there, what the file has of it is stored."""
        self._store()
        ident = self._noting.article_of(written)
        if ident is None:
            self._waiting.append((source, draft))
            ident = self._store()[0].id
        else:
            self._duplicates.append(AlreadyThere(ident, source))
        if self._noting.bring_in(ident, written):
            self._noted.append(ident)

    def report(self) -> AddReport:
        """Everything stored, in the order it was taken."""
        self._store()
        return AddReport(
            tuple(self._added), tuple(self._duplicates), tuple(self._failed), tuple(self._noted)
        )

    def _store(self) -> list[Saved]:
        saved = self._storage.save_all([draft for _, draft in self._waiting])
        for (source, draft), (ident, status) in zip(self._waiting, saved, strict=True):
            if status is SaveStatus.NEW:
                self._added.append(Added(ident, draft.title, source))
            else:
                self._duplicates.append(AlreadyThere(ident, source))
        self._waiting.clear()
        self._since = time.monotonic()
        return saved


def _drafts(
    deal: Deal, sources: Sequence[str], given: AddOptions, stdin: BinaryIO | None
) -> Iterator[tuple[str, Draft | SourceError]]:
    from digest.ingest.sources.read import drafts  # noqa: PLC0415 - extraction's modules

    with PageFetcher(deal) as fetcher:
        for source in sources:
            yield from drafts(
                source,
                given,
                fetch_page=fetcher.draft,
                apart=fetcher.file,
                stdin=stdin,
                clock=deal.clock,
                zone=deal.zone,
            )


@contextmanager
def _contained(name: str) -> Iterator[None]:
    """A fault that nobody foresaw fails one source, and does not cost the others."""
    from digest.ingest.workshop import WorkerFault  # noqa: PLC0415 - only when something is read

    try:
        yield
    except WorkerFault as fault:
        from digest.ingest.crew import fault_in_words  # noqa: PLC0415 - httpx2

        _log.exception("unexpected fault while reading %s", name)
        raise SourceError(fault_in_words(fault)) from fault


class PageFetcher:
    """Downloads and cleans single pages a person asked for; client and workers on first use."""

    def __init__(self, deal: Deal) -> None:
        self._deal = deal
        self._open = ExitStack()
        self._client: Client | None = None
        self._workshop: Workshop | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def draft(self, url: str) -> Draft:
        """The article at `url`.

        Raises:
            SourceError: it cannot be reached or has no text in it.
        """
        from digest.ingest.extract.values import Hints  # noqa: PLC0415 - only when something is read
        from digest.ingest.pages import fetch_page  # noqa: PLC0415 - httpx2

        deal = self._deal
        with _contained(url):
            return fetch_page(
                url,
                deal.config.fetch,
                secret=self._secret(url),
                hints=Hints(zone=deal.zone, now=deal.clock()),
                cancelled=deal.stopped,
                client=self._asker(),
                workshop=self._helper(),
            )

    def file(self, kind: Kind, data: bytes, reading: Reading) -> Draft:
        """What is in a file, read where it can take neither the time nor the memory of all.

        Raises:
            SourceError: it cannot be read.
        """
        with _contained(reading.name):
            draft: Draft = self._helper().run(
                "file", kind=kind, data=data, reading=reading, cancelled=self._deal.stopped
            )
        return draft

    def _secret(self, url: str) -> Secret | None:
        """What a person's subscription needs: they asked for the page themselves.

        Raises:
            SourceError: the secrets are refused.
        """
        try:
            return self._deal.secrets.for_host(urlsplit(url).hostname or "")
        except ConfigError as error:
            raise SourceError(str(error)) from error
        except ValueError:
            return None

    def _asker(self) -> Client:
        if self._client is None:
            from digest.ingest.net.client import Client  # noqa: PLC0415 - httpx2

            self._client = self._open.enter_context(Client(self._deal.config.fetch))
        return self._client

    def _helper(self) -> Workshop:
        if self._workshop is None:
            from digest.ingest.workshop import Workshop  # noqa: PLC0415 - only when something is read

            self._workshop = self._open.enter_context(Workshop(1))
        return self._workshop


def refetch(deal: Deal, rows: Sequence[Summary]) -> FetchReport:
    """Try the pages of these articles again; one outcome, for them all, per outlet.

    Raises:
        LibraryError: an article could not be stored.
    """
    from digest.ingest.extract.values import Hints  # noqa: PLC0415 - only when something is read
    from digest.ingest.rereading import read_again  # noqa: PLC0415 - httpx2

    started = time.monotonic()
    outcomes: dict[str, FeedOutcome] = {}
    for row in rows:
        outcomes.setdefault(row.feed, FeedOutcome(row.url, row.feed, FeedStatus.OK))
        if not row.url:
            outcomes[row.feed] = _counted(outcomes[row.feed], SaveStatus.DUPLICATE)
    pages = [row for row in rows if row.url]
    found = read_again(
        [row.url for row in pages],
        Hints(zone=deal.zone, now=deal.clock()),
        deal.config.fetch,
        clock=deal.clock,
        secrets=deal.secrets,
        cancelled=deal.stopped,
    )
    for done, (number, result) in enumerate(found, 1):
        row = pages[number]
        if isinstance(result, SourceError):
            failed = replace(outcomes[row.feed], status=FeedStatus.FAILED, error=str(result))
            outcomes[row.feed] = failed
        else:
            saved = deal.storage.save(replace(result, url=row.url))
            outcomes[row.feed] = _counted(outcomes[row.feed], saved.status)
        if deal.report is not None:
            deal.report(FetchProgress(0, 0, done, len(pages)))
    return FetchReport(tuple(outcomes.values()), round(time.monotonic() - started, 3))


def _counted(outcome: FeedOutcome, status: SaveStatus) -> FeedOutcome:
    """The outcome with one more page in it."""
    if status is SaveStatus.UPDATED:
        return replace(outcome, updated=outcome.updated + 1)
    return replace(outcome, duplicates=outcome.duplicates + 1)
