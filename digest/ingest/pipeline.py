"""A fetch, from the configured feeds to stored articles.

    feeds ──► resting? ──► FeedJob ─┐                        ┌─► FeedAnswered ─► decide ─► EntryJob
              (schedule)            ├─► queue ─► crew ───────┤                               │
              ▲                     │   (jobs)   download,   └─► EntryRead ─► storage.save    │
              └── feed state ◄──────┼──────────  worker                                      │
                  outcome, report   └─────────────────────────────────────────────────────────┘

One thread, the caller's, decides and writes; the crew's threads and the worker processes do what
takes time and post what came of it. So nothing here needs a lock, and an error of the library (a
full disk) ends the run where it happens.

An article is stored when it arrives. A feed's state (its validators and content hash) is stored
when all its entries have been, so that a run which ends early, killed or cancelled, leaves the
feed to be read again, and what was stored is then known. One feed's failure, expected or not, is
that feed's outcome.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import random
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.config.secrets import Secrets
from digest.config.settings import Feed, Fetch
from digest.errors import LibraryError
from digest.ingest import retrying, schedule
from digest.ingest.canonical import canonical_url
from digest.ingest.crew import (
    Crew,
    EntryJob,
    EntryRead,
    Event,
    Faulted,
    FeedAnswered,
    FeedJob,
    fault_in_words,
)
from digest.ingest.decide import Action, Decision, candidates, decide
from digest.ingest.drafts import headline_draft, hints_for
from digest.ingest.feeds.entries import Entry, ParsedFeed
from digest.ingest.jobs import JobQueue
from digest.ingest.net.budget import never
from digest.ingest.net.client import Client
from digest.ingest.ports import Cancelled, Clock, Report, Storage
from digest.ingest.visit import zone_of
from digest.ingest.work import STOPPED, Work, verdict
from digest.ingest.workshop import Workshop
from digest.model import (
    Draft,
    FeedOutcome,
    FeedStatus,
    FetchProgress,
    FetchReport,
    SaveStatus,
)

_log = logging.getLogger("digest")

_POLL_SECONDS = 0.1
# Characters of entries that wait for their pages; no further feed is read while there are more.
_MAX_HELD = 50_000_000


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _no_report(_progress: FetchProgress) -> None:
    """Nobody watches."""


def fetch(
    feeds: Sequence[Feed],
    storage: Storage,
    settings: Fetch,
    *,
    names_given: bool = False,
    report: Report = _no_report,
    cancelled: Cancelled = never,
    clock: Clock = _utc_now,
    zone: ZoneInfo | None = None,
    client: Client | None = None,
    secrets: Secrets | None = None,
    workshop: Workshop | None = None,
    chance: Callable[[], float] = random.random,
) -> FetchReport:
    """Read `feeds` and store what is new.

    Args:
        feeds: in configuration order, which is the order of the outcomes.
        storage: where articles and feed states are kept; asked from this thread only.
        settings: `[fetch]`.
        names_given: a person named these feeds: backoff does not hold them back.
        report: called from this thread, after each article and each feed.
        cancelled: asked about ten times a second; what was stored by then stays.
        clock: the time, aware.
        zone: of dates without one where the feed's language does not tell; Taipei's by default.
        client: used when given, else made for the run and closed.
        secrets: what feeds name by `secret`.
        workshop: likewise.
        chance: random numbers from 0 to 1, for the jitter of waits.

    Raises:
        LibraryError: `storage` cannot be written; what was stored before stays.
    """
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        run = _Run(
            feeds,
            storage,
            settings,
            report=report,
            clock=clock,
            zone=zone or ZoneInfo("Asia/Taipei"),
            chance=chance,
        )
        run.set_out(named=names_given)
        if run.open:
            asker = client or stack.enter_context(Client(settings))
            helper = workshop or stack.enter_context(Workshop())
            crew = Crew(
                run.jobs, client=asker, workshop=helper, clock=clock, secrets=secrets or Secrets()
            )
            stack.callback(crew.stop)
            crew.start()
            run.follow(crew, cancelled)
        return FetchReport(run.outcomes(), time.monotonic() - started)


class _Run:
    """The one that decides and writes; every method runs in the caller's thread."""

    def __init__(
        self,
        feeds: Sequence[Feed],
        storage: Storage,
        settings: Fetch,
        *,
        report: Report,
        clock: Clock,
        zone: ZoneInfo,
        chance: Callable[[], float],
    ) -> None:
        self.jobs: JobQueue[FeedJob | EntryJob] = JobQueue(settings.concurrency, settings.per_host)
        self.open = 0
        self._feeds = feeds
        self._storage = storage
        self._settings = settings
        self._report = report
        self._clock = clock
        self._zone = zone
        self._chance = chance
        self._named = False
        self._works: list[Work] = []
        self._next: deque[Work] = deque()
        self._claimed: set[str] = set()
        self._held = 0
        self._pages_done = 0
        self._pages_total = 0

    def set_out(self, *, named: bool) -> None:
        """Give each feed its place; those that rest have their outcome at once."""
        now = self._clock()
        self._named = named
        self._works = [
            Work(number, feed, self._storage.feed_state(feed))
            for number, feed in enumerate(self._feeds)
        ]
        for work in self._works:
            rest = schedule.resting(work.state, now, named=named)
            if rest is None:
                self._next.append(work)
                self.open += 1
            else:
                error = "" if rest is FeedStatus.UNCHANGED else work.state.error
                self._conclude(work, work.ended(rest, error))

    def follow(self, crew: Crew, cancelled: Cancelled) -> None:
        """Hand out jobs and take in results until every feed has its outcome."""
        while self.open and not cancelled():
            self._hand_out()
            try:
                event = crew.results.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            self._take_in(event)

    def outcomes(self) -> tuple[FeedOutcome, ...]:
        """One outcome per feed, in order; of unfinished ones, that they were stopped."""
        return tuple(work.outcome or work.ended(FeedStatus.FAILED, STOPPED) for work in self._works)

    def _hand_out(self) -> None:
        """Ask the next feeds, unless the entries of those before them fill the memory."""
        while self._next and self._held < _MAX_HELD:
            work = self._next.popleft()
            job = FeedJob(work.number, work.feed, work.state, self._clock())
            self.jobs.put(job, schedule.place(work.state, work.feed.url), urgent=True)

    def _take_in(self, event: Event) -> None:
        work = self._works[event.job.number]
        with self._contained(work):
            match event:
                case FeedAnswered():
                    self._answered(work, event)
                case EntryRead():
                    self._read(work, event)
                case Faulted():
                    work.fault = event.words
        if isinstance(event.job, EntryJob):
            work.waiting -= 1
            self._pages_done += 1
            self._held -= _size(event.job.entry)
        if not work.waiting:
            self._finish(work)
        else:
            self._tell(None)

    @contextmanager
    def _contained(self, work: Work) -> Iterator[None]:
        """An unexpected fault inside becomes the feed's; the library's own errors go on."""
        try:
            yield
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001 - one feed's oddity must not cost the others
            _log.exception("unexpected fault with the feed %s", work.feed.title)
            work.fault = fault_in_words(error)

    def _answered(self, work: Work, event: FeedAnswered) -> None:
        work.answer = event.answer
        if event.answer.feed is not None:
            self._look_through(work, event.answer.feed, event.job.now)
        if not event.answer.error:
            self._try_again(work, event.job.now)

    def _look_through(self, work: Work, parsed: ParsedFeed, now: datetime) -> None:
        """Decide on each entry."""
        found = candidates(parsed.entries, work.state.id, canonical_url)
        known = self._storage.known([key for candidate in found for key in candidate.keys])
        decisions = decide(
            found,
            feed=work.feed,
            full_text=self._settings.full_text,
            known=known,
            claimed=self._claimed,
            last_good=work.state.succeeded,
            now=now,
        )
        for decision in decisions:
            self._carry_out(work, decision, parsed, now)

    def _carry_out(self, work: Work, decision: Decision, parsed: ParsedFeed, now: datetime) -> None:
        if decision.action is Action.DUPLICATE:
            work.duplicates += 1
        if decision.action not in (Action.PAGE, Action.FEED_TEXT):
            return
        entry = decision.candidate.entry
        page = decision.action is Action.PAGE
        job = EntryJob(
            work.number,
            entry,
            hints_for(
                entry,
                work.feed,
                title=parsed.title,
                lang=parsed.lang,
                zone=zone_of(work.feed.lang or parsed.lang, self._zone),
                now=now,
            ),
            secret=work.feed.secret,
            page=page,
            feed_text=not (page and decision.again)
            and bool(entry.content_html or entry.summary_html),
            headline=not decision.again and bool(entry.title and decision.candidate.url),
        )
        if decision.candidate.url:
            self._claimed.add(decision.candidate.url)
        self._put(work, job)

    def _put(self, work: Work, job: EntryJob) -> None:
        work.waiting += 1
        self._pages_total += 1
        self._held += _size(job.entry)
        self.jobs.put(job, job.entry.url if job.page else "")

    def _try_again(self, work: Work, now: datetime) -> None:
        """Queue the pages of the feed that failed in earlier runs and are due.

        Not when the feed itself fails: without a network no page is to use up its tries.
        """
        for retry in self._storage.pages_due(work.state.id, None if self._named else now):
            if retry.key in self._claimed:
                continue
            self._claimed.add(retry.key)
            entry = retrying.entry_of(retry)
            zone = zone_of(retry.lang, self._zone)
            hints = hints_for(
                entry, work.feed, title=retry.outlet, lang=retry.lang, zone=zone, now=now
            )
            job = EntryJob(
                work.number,
                entry,
                hints,
                page=True,
                feed_text=False,
                headline=retry.kept is None and bool(retry.title),
                secret=work.feed.secret,
                retry=retry,
            )
            self._put(work, job)

    def _read(self, work: Work, event: EntryRead) -> None:
        job, draft = event.job, event.draft
        waits = self._keep_trying(work, event)
        if draft is None and job.headline and not waits:
            draft = headline_draft(job.entry, hints=job.hints)
        if draft is None:
            if job.retry is None:
                work.unread.append(event.problem)
            return
        saved = self._storage.save(_of_feed(draft, work, job.entry))
        match saved.status:
            case SaveStatus.NEW:
                work.new += 1
            case SaveStatus.UPDATED:
                work.updated += 1
            case SaveStatus.OFF_TOPIC:
                work.off_topic += 1
            case SaveStatus.DUPLICATE:
                work.duplicates += 1

    def _keep_trying(self, work: Work, event: EntryRead) -> bool:
        """Remember a page that could not be read; before its summary is stored, lest it be lost.

        Returns whether it has failed for the first time: a short trouble, as most are, is over by
        the next try, until which an entry without a text waits.
        """
        job = event.job
        whole = event.draft is not None and not event.draft.partial
        failed = event.problem and event.passing and job.page and not whole
        if failed and (key := canonical_url(job.entry.url)):
            before = job.retry or retrying.first_failure(
                job.entry, job.hints, feed=work.state.id, key=key
            )
            self._storage.page_failed(retrying.after_failure(before, event.problem, self._clock()))
            return job.retry is None
        if job.retry is not None:
            self._storage.page_read(job.retry.key)
        return False

    def _finish(self, work: Work) -> None:
        """All of the feed's entries are stored: remember its state, say its outcome."""
        with self._contained(work):
            state, outcome = verdict(work, now=self._clock(), chance=self._chance())
            self._storage.save_feed_state(state)
        self.open -= 1
        self._conclude(work, work.ended(FeedStatus.FAILED, work.fault) if work.fault else outcome)

    def _conclude(self, work: Work, outcome: FeedOutcome) -> None:
        work.outcome = outcome
        self._tell(outcome)

    def _tell(self, outcome: FeedOutcome | None) -> None:
        self._report(
            FetchProgress(
                feeds_done=sum(1 for work in self._works if work.outcome is not None),
                feeds_total=len(self._works),
                pages_done=self._pages_done,
                pages_total=self._pages_total,
                new=sum(work.new for work in self._works),
                feed=outcome,
            )
        )


def _of_feed(draft: Draft, work: Work, entry: Entry) -> Draft:
    return replace(
        draft,
        guid=entry.guid,
        feed=work.state.id,
        tags=work.feed.tags,
        topic_only=work.feed.scope == "topic",
    )


def _size(entry: Entry) -> int:
    return len(entry.content_html) + len(entry.summary_html)
