"""robots.txt (RFC 9309) for pages that a feed leads to, read once per site and run.

It does not bind an address that a person typed, nor the feeds in the configuration: those are
published to be read by programs like this one.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from digest.errors import SourceError
from digest.ingest.net.budget import Stopped
from digest.ingest.net.client import Response
from digest.ingest.net.words import status_problem

_log = logging.getLogger("digest")

MAX_BYTES = 600_000  # RFC 9309 2.5: at least 500 KiB have to be read, what follows may be left
MAX_DELAY = 10.0


@dataclass(slots=True)
class _Site:
    """The rules of one site; the lock lets only the first asker read them."""

    lock: threading.Lock
    read: bool = False
    rules: Protego | None = None
    fault: str = ""


class Robots:
    """What the sites allow `user_agent`; safe to share between threads.

    Args:
        ask: reads the given number of bytes of an address.
        user_agent: as sent in requests.
    """

    def __init__(self, ask: Callable[[str, int], Response], user_agent: str) -> None:
        self._ask = ask
        self._user_agent = user_agent
        self._sites: dict[str, _Site] = {}
        self._lock = threading.Lock()

    def allows(self, url: str) -> bool:
        """Whether the site of `url` lets a program read it.

        Raises:
            SourceError: the site could not say so now.
        """
        site = self._site(url)
        if site.fault:
            raise SourceError(f"the site's robots.txt cannot be read now: {site.fault}")
        return site.rules is None or site.rules.can_fetch(url, self._user_agent)

    def delay(self, url: str) -> float:
        """Seconds the site of `url` wants between two requests, at most 10; 0 when not said."""
        rules = self._site(url).rules
        wanted = rules.crawl_delay(self._user_agent) if rules is not None else None
        return min(max(wanted or 0.0, 0.0), MAX_DELAY)

    def _site(self, url: str) -> _Site:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        with self._lock:
            site = self._sites.setdefault(origin, _Site(threading.Lock()))
        with site.lock:
            if not site.read:
                self._read(site, f"{origin}/robots.txt")
                site.read = True
        return site

    def _read(self, site: _Site, url: str) -> None:
        """RFC 9309 2.3.1: no file means no rules; a site at fault is left alone."""
        try:
            answer = self._ask(url, MAX_BYTES)
        except Stopped:
            raise
        except SourceError as error:
            _log.info("robots.txt of %s could not be read: %s", url, error)
            site.fault = str(error)
            return
        if answer.status >= 500:
            site.fault = status_problem(answer.status)
        if answer.status == 200:
            site.rules = _parsed(answer.body)


def _parsed(body: bytes) -> Protego | None:
    try:
        return Protego.parse(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
