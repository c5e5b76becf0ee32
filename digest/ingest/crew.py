"""The threads of a fetch: they take jobs, do them, and post what came of it. They decide nothing.

A thread holds its place on the network only while it uses it. Then it waits for a worker process;
meanwhile others download, so that neither the network nor a core is idle while there is work.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from digest.blocks import to_text
from digest.config.secrets import Secret, Secrets
from digest.config.settings import Feed
from digest.errors import ConfigError, SourceError
from digest.ingest import schedule
from digest.ingest.check import Answer, check_feed
from digest.ingest.drafts import fragment_draft
from digest.ingest.extract.values import Extracted, Hints
from digest.ingest.feeds.entries import Entry
from digest.ingest.hollow import SHORT, is_poorer
from digest.ingest.jobs import JobQueue, Ticket, host_of
from digest.ingest.net.budget import Stopped
from digest.ingest.net.client import Client
from digest.ingest.pages import Busy, Closed, download, read_page
from digest.ingest.robots import Robots
from digest.ingest.workshop import Workshop, cores
from digest.model import Draft, FeedState, PageRetry

_log = logging.getLogger("digest")

# A site that asks for more than this is not waited for: its entries keep the feed's own text.
LONGEST_PAUSE = 20.0
# Finished articles that wait for the writer; more would only fill memory.
_MAX_RESULTS = 8
_POST_SECONDS = 0.2
_JOIN_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class FeedJob:
    """Look at a feed. `number` is its place in the run."""

    number: int
    feed: Feed
    state: FeedState
    now: datetime


@dataclass(frozen=True, slots=True)
class EntryJob:
    """Make a draft of an entry.

    Attributes:
        number: the feed's place in the run.
        entry: as parsed.
        hints: what the feed says of it.
        page: whether its page is to be read first.
        feed_text: whether the feed's own text may stand in for it.
        headline: whether the entry's title alone may, where there is no text at all.
        secret: what the feed names in `secrets.toml`, "" for nothing.
        tries: how often the site has asked for patience already.
        retry: set when the page failed in an earlier run and is tried again.
        asked_for: whether a person named this very page: robots.txt does not bind it, and what
            `secrets.toml` has for its host is sent.
    """

    number: int
    entry: Entry
    hints: Hints
    page: bool
    feed_text: bool
    headline: bool = False
    secret: str = ""
    tries: int = 0
    retry: PageRetry | None = None
    asked_for: bool = False


@dataclass(frozen=True, slots=True)
class FeedAnswered:
    """What came of a `FeedJob`."""

    job: FeedJob
    answer: Answer


@dataclass(frozen=True, slots=True)
class EntryRead:
    """What came of an `EntryJob`: a draft, or none.

    `problem` is why the page could not be read, "" when it was or was not wanted; `passing` when a
    later try may do better.
    """

    job: EntryJob
    draft: Draft | None
    problem: str = ""
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Faulted:
    """A job ended in an exception nobody foresaw; it is in the log."""

    job: FeedJob | EntryJob
    words: str


Event = FeedAnswered | EntryRead | Faulted


class Crew:
    """Threads at work on a queue; start once, stop once."""

    def __init__(
        self,
        jobs: JobQueue[FeedJob | EntryJob],
        *,
        client: Client,
        workshop: Workshop,
        clock: Callable[[], datetime],
        secrets: Secrets,
    ) -> None:
        self._secrets = secrets
        self.results: queue.Queue[Event] = queue.Queue(_MAX_RESULTS)
        self._jobs = jobs
        self._client = client
        self._workshop = workshop
        self._clock = clock
        self._stop = threading.Event()
        self._robots = Robots(
            lambda url, size: client.get(
                url, max_bytes=size, cut=True, cancelled=self._stop.is_set
            ),
            client.user_agent,
        )
        self._shunned: set[str] = set()
        count = max(client.settings.concurrency, 1) + 2 * cores()
        self._threads = [
            threading.Thread(target=self._work, name=f"fetch-{number}", daemon=True)
            for number in range(count)
        ]

    def start(self) -> None:
        """Begin to take jobs."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop as soon as may be; what was not posted is lost."""
        self._stop.set()
        self._jobs.close()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)

    def _work(self) -> None:
        while (ticket := self._jobs.take()) is not None:
            with self._place(ticket) as give_back:
                try:
                    event = self._done(ticket.job, give_back)
                except Stopped as stopped:
                    if self._stop.is_set():
                        return
                    event = Faulted(ticket.job, str(stopped))  # somebody closed the tools
                except Exception as error:  # noqa: BLE001 - one job's fault must not end the others
                    _log.exception("unexpected fault while reading %s", _name(ticket.job))
                    event = Faulted(ticket.job, fault_in_words(error))
            if event is not None:
                self._post(event)

    @contextmanager
    def _place(self, ticket: Ticket[FeedJob | EntryJob]) -> Iterator[Callable[[], None]]:
        """The place on the network, given back once: when asked to, at the latest at the end."""
        held = [ticket]

        def give_back() -> None:
            if held:
                self._jobs.give_back(held.pop())

        try:
            yield give_back
        finally:
            give_back()

    def _post(self, event: Event) -> None:
        while not self._stop.is_set():
            try:
                self.results.put(event, timeout=_POST_SECONDS)
            except queue.Full:
                continue
            return

    def _done(self, job: FeedJob | EntryJob, give_back: Callable[[], None]) -> Event | None:
        """What came of the job; None when it was put back into the queue."""
        if isinstance(job, EntryJob):
            return self._entry(job, give_back)
        answer = check_feed(
            job.feed,
            job.state,
            client=self._client,
            workshop=self._workshop,
            now=job.now,
            cancelled=self._stop.is_set,
            secrets=self._secrets,
        )
        return FeedAnswered(job, answer)

    def _entry(self, job: EntryJob, give_back: Callable[[], None]) -> Event | None:
        problem, passing = "", False
        if job.page:
            try:
                return EntryRead(job, self._page(job, give_back))
            except Stopped:
                raise
            except Busy as busy:
                if self._put_back(job, busy):
                    return None
                problem, passing = str(busy), True
            except SourceError as error:
                problem, passing = str(error), not isinstance(error, Closed)
            _log.info("page %s: %s", job.entry.url, problem)
        give_back()
        if not job.feed_text:
            return EntryRead(job, None, problem, passing)
        try:
            return EntryRead(job, self._feed_text(job), problem, passing)
        except Stopped:
            raise
        except SourceError as error:
            return EntryRead(job, None, problem or str(error), passing)

    def _page(self, job: EntryJob, give_back: Callable[[], None]) -> Draft:
        url = job.entry.url
        if host_of(url) in self._shunned:
            raise SourceError("the site asks for fewer requests (HTTP 429)")
        if not job.asked_for:
            self._mind_robots(url)
        response = download(self._client, url, self._stop.is_set, self._secret(job))
        give_back()
        draft = read_page(
            response, hints=job.hints, workshop=self._workshop, cancelled=self._stop.is_set
        )
        size = len(to_text(draft.blocks))
        if size < SHORT and is_poorer(size, self._own_size(job)):
            raise SourceError("there is less on the page than in the feed")
        return draft

    def _own_size(self, job: EntryJob) -> int:
        """Characters of what there is without the page."""
        if job.retry is not None:
            return job.retry.kept or 0
        if not _markup(job.entry):
            return 0
        try:
            return len(to_text(self._feed_text(job).blocks))
        except Stopped:
            raise
        except SourceError:
            return 0

    def _mind_robots(self, url: str) -> None:
        delay = self._robots.delay(url)
        if delay:
            self._jobs.slow_down(url, delay)
        if not self._robots.allows(url):
            raise Closed("the site's robots.txt does not let programs read its pages")

    def _secret(self, job: EntryJob) -> Secret | None:
        try:
            if job.asked_for:
                return self._secrets.for_host(urlsplit(job.entry.url).hostname or "")
            return self._secrets.named(job.secret)
        except ConfigError as error:
            raise SourceError(str(error)) from error

    def _put_back(self, job: EntryJob, busy: Busy) -> bool:
        """Whether the job waits for the time that the site asked for."""
        pause = schedule.retry_after(busy.answer.headers, self._clock()).total_seconds()
        if not 0 < pause <= LONGEST_PAUSE or job.tries:
            self._shunned.add(host_of(job.entry.url))
            return False
        self._jobs.leave_alone(job.entry.url, pause)
        self._jobs.put(replace(job, tries=job.tries + 1), job.entry.url)
        return True

    def _feed_text(self, job: EntryJob) -> Draft:
        markup = _markup(job.entry)
        extracted: Extracted = self._workshop.run(
            "fragment",
            html=markup,
            url=job.entry.url,
            hints=job.hints,
            cancelled=self._stop.is_set,
        )
        return fragment_draft(extracted, job.entry, markup, hints=job.hints)


def fault_in_words(error: Exception) -> str:
    """The one line for an unexpected exception."""
    return f"an unexpected fault ({type(error).__name__}); digest.log has the details"


def _markup(entry: Entry) -> str:
    return entry.content_html or entry.summary_html


def _name(job: FeedJob | EntryJob) -> str:
    return job.feed.title if isinstance(job, FeedJob) else job.entry.url
