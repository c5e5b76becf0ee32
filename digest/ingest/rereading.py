"""Pages read again that a person chose: many at a time, each host with the usual courtesy.

They run through the queue and the crew of a fetch. A person asked for these very pages, which
robots.txt does not bind; the pauses and the connections per host are those of a fetch.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digest.config.secrets import Secrets
from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.crew import Crew, EntryJob, EntryRead, Event, Faulted, FeedJob
from digest.ingest.extract.values import Hints
from digest.ingest.feeds.entries import Entry
from digest.ingest.jobs import JobQueue
from digest.ingest.net.budget import never
from digest.ingest.net.client import Client
from digest.ingest.ports import Cancelled, Clock
from digest.ingest.workshop import Workshop
from digest.model import Draft

_POLL_SECONDS = 0.1
# Pages that wait in the queue at a time: their addresses are small, and any host may be slow.
_MAX_QUEUED = 2_000


class Reread(NamedTuple):
    """What came of the page with this number: its article, or why there is none."""

    number: int
    result: Draft | SourceError


def read_again(
    urls: Sequence[str],
    hints: Hints,
    settings: Fetch,
    *,
    clock: Clock,
    secrets: Secrets,
    cancelled: Cancelled = never,
) -> Iterator[Reread]:
    """The articles at these addresses, in the order in which they come.

    Once `cancelled` says so, nothing more comes.
    """
    jobs: JobQueue[FeedJob | EntryJob] = JobQueue(settings.concurrency, settings.per_host)
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(Client(settings))
        workshop = stack.enter_context(Workshop())
        crew = Crew(jobs, client=client, workshop=workshop, clock=clock, secrets=secrets)
        stack.callback(crew.stop)
        crew.start()
        waiting = iter(enumerate(urls))
        open_jobs = 0
        while not cancelled():
            for number, url in waiting:
                jobs.put(_job(number, url, hints), url)
                open_jobs += 1
                if open_jobs >= _MAX_QUEUED:
                    break
            if not open_jobs:
                return
            try:
                event = crew.results.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                continue
            open_jobs -= 1
            yield Reread(event.job.number, _result(event))


def _job(number: int, url: str, hints: Hints) -> EntryJob:
    entry = Entry(guid=url, url=url)
    return EntryJob(number, entry, hints, page=True, feed_text=False, asked_for=True)


def _result(event: Event) -> Draft | SourceError:
    match event:
        case EntryRead(draft=draft, problem=problem):
            return draft or SourceError(problem)
        case Faulted(words=words):
            return SourceError(words)
        case _:
            return SourceError("this is no page")
