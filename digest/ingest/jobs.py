"""Who may ask which host when: a queue that hands out only what courtesy allows now.

Feeds come before pages, and hosts take turns, so that the network has something to do as long as
any host may be asked. A host has at most `per_host` connections, a pause between two pages, and is
left alone for as long as it asks.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from digest.ingest.net.addresses import is_nobodys, is_own

# Seconds between the starts of two page requests to one host. One's own machine needs no pause,
# nor does a name that is reserved for examples and tests: there is no stranger's server behind it.
PAGE_DELAY = 0.5

Job = TypeVar("Job")


def host_of(url: str) -> str:
    """The host and port that courtesy is owed to."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Ticket(Generic[Job]):
    """A job that may be done now; give the ticket back when the network is done with it.

    `host` is "" for a job that needs no network.
    """

    job: Job
    host: str


class JobQueue(Generic[Job]):
    """Jobs by host; safe to share between threads.

    Args:
        concurrency: at most this many tickets with a host are out at a time.
        per_host: at most this many for one host.
        delay: seconds between two paced jobs of one host.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        concurrency: int,
        per_host: int,
        *,
        delay: float = PAGE_DELAY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._concurrency = max(concurrency, 1)
        self._per_host = max(per_host, 1)
        self._delay = delay
        self._clock = clock
        self._changed = threading.Condition()
        self._urgent: dict[str, deque[Job]] = {}
        self._paced: dict[str, deque[Job]] = {}
        self._out: Counter[str] = Counter()
        self._not_before: dict[str, float] = {}
        self._own_delay: dict[str, float] = {}
        self._closed = False

    def put(self, job: Job, url: str, *, urgent: bool = False) -> None:
        """Queue a job that will ask `url`, "" when it asks nobody; urgent ones are not paced."""
        host = host_of(url)
        with self._changed:
            lane = self._urgent if urgent or not host else self._paced
            lane.setdefault(host, deque()).append(job)
            self._changed.notify()

    def slow_down(self, url: str, seconds: float) -> None:
        """Keep at least this delay between two pages of the host of `url`."""
        with self._changed:
            self._own_delay[host_of(url)] = seconds

    def leave_alone(self, url: str, seconds: float) -> None:
        """Start nothing at the host of `url` for so long."""
        host = host_of(url)
        with self._changed:
            until = self._clock() + seconds
            self._not_before[host] = max(self._not_before.get(host, 0.0), until)

    def take(self) -> Ticket[Job] | None:
        """Wait for a job that may be done now; None when the queue is closed."""
        with self._changed:
            while not self._closed:
                ticket = self.poll()
                if ticket is not None:
                    return ticket
                self._changed.wait(self._until_next())
            return None

    def poll(self) -> Ticket[Job] | None:
        """A job that may be done now, None when there is none at this moment."""
        with self._changed:
            for lane in (self._urgent, self._paced):
                for host in lane:
                    if self._ready(host, paced=lane is self._paced):
                        return self._handed(lane, host)
            return None

    def _ready(self, host: str, *, paced: bool) -> bool:
        if not host:
            return True
        if self._out.total() >= self._concurrency or self._out[host] >= self._per_host:
            return False
        return not paced or self._not_before.get(host, 0.0) <= self._clock()

    def _handed(self, lane: dict[str, deque[Job]], host: str) -> Ticket[Job]:
        jobs = lane.pop(host)
        job = jobs.popleft()
        if jobs:
            lane[host] = jobs  # at the end: the next host's turn comes first
        if host:
            self._out[host] += 1
        if lane is self._paced:
            self._not_before[host] = max(
                self._not_before.get(host, 0.0), self._clock() + self._delay_of(host)
            )
        return Ticket(job, host)

    def _delay_of(self, host: str) -> float:
        name = urlsplit(f"//{host}").hostname or ""
        usual = 0.0 if is_own(name) or is_nobodys(name) else self._delay
        return max(usual, self._own_delay.get(host, 0.0))

    def _until_next(self) -> float | None:
        """Seconds until a paced job may start by time alone, None when only a change helps."""
        if not self._paced:
            return None
        now = self._clock()
        waits = [self._not_before.get(host, 0.0) - now for host in self._paced]
        ahead = [wait for wait in waits if wait > 0]
        return min(ahead) if ahead else None

    def give_back(self, ticket: Ticket[Job]) -> None:
        """The network is done with the ticket's job."""
        if not ticket.host:
            return
        with self._changed:
            self._out[ticket.host] -= 1
            if self._out[ticket.host] <= 0:
                del self._out[ticket.host]
            self._changed.notify_all()

    def close(self) -> None:
        """Hand out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
