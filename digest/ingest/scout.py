"""What there is to follow at an address that a person names: a feed, a sitemap, a list of links.

address → a feed? take it
        → a sitemap? take it
        → a page: the feeds its head names, that its links lead to, that a front page has by
          custom; the first that reads well is taken
        → else the lists of articles on it are proposed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from digest.config.secrets import Secret
from digest.config.settings import Feed
from digest.errors import SourceError
from digest.ingest.feeds.discovery import LinkedFeed, guesses
from digest.ingest.feeds.entries import Entry, ParsedFeed
from digest.ingest.feeds.proposing import Proposal
from digest.ingest.feeds.survey import Survey
from digest.ingest.net.budget import Cancelled, Stopped
from digest.ingest.net.client import Client, Response
from digest.ingest.net.words import status_problem
from digest.ingest.visit import READERS, Visit, page_zone, read_feed
from digest.ingest.workshop import Workshop

_MAX_TRIED = 7


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found at an address.

    Attributes:
        feed: what to add, None where a person has to choose: `proposals` then, or nothing.
        entries: what it would bring now.
        others: further feeds that the page names.
        proposals: lists of articles on a page without a feed, the likeliest first.
        remark: what is odd about it, "" when nothing is.
        title: what the page calls itself.
    """

    feed: Feed | None
    entries: tuple[Entry, ...] = ()
    others: tuple[LinkedFeed, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    remark: str = ""
    title: str = ""


class Scout:
    """Looks at addresses; the tools stay their owner's."""

    def __init__(
        self,
        client: Client,
        workshop: Workshop,
        *,
        now: datetime,
        cancelled: Cancelled,
        secret: Secret | None = None,
    ) -> None:
        self._client = client
        self._workshop = workshop
        self._now = now
        self._cancelled = cancelled
        self._secret = secret

    def discover(self, feed: Feed) -> Discovery:
        """What to add for `feed`, of which little more than the address may be known.

        Raises:
            Stopped: the person asked to stop.
            SourceError: nothing can be read there.
        """
        response = self._asked(feed.url)
        found: Survey = self._workshop.run(
            "survey",
            body=response.body,
            url=response.url,
            headers=_headers(response),
            zone=page_zone(feed),
            now=self._now,
            cancelled=self._cancelled,
        )
        if found.kind == "feed":
            return Discovery(
                _named(feed, found.feed), found.feed.entries, remark=found.feed.problem
            )
        if found.kind == "sitemap":
            return self._tried(replace(feed, kind="sitemap"), response)
        linked = self._first_feed(feed, (*found.linked, *found.anchored))
        if linked is None:
            linked = self._first_feed(feed, [LinkedFeed(url, "") for url in guesses(response.url)])
        return linked or Discovery(
            None, proposals=found.proposals, remark=found.feed.problem, title=found.feed.title
        )

    def try_out(self, feed: Feed) -> Discovery:
        """What `feed`, of a kind that the person named, would bring.

        Raises:
            Stopped: the person asked to stop.
            SourceError: nothing can be read there.
        """
        return self._tried(feed, self._asked(feed.url))

    def _asked(self, url: str) -> Response:
        response = self._client.get(url, secret=self._secret, cancelled=self._cancelled)
        if response.status != 200:
            raise SourceError(status_problem(response.status))
        return response

    def _tried(self, feed: Feed, response: Response) -> Discovery:
        parsed = READERS[feed.kind](self._visit(feed), response, "").feed
        if parsed is None or (parsed.problem and not parsed.entries):
            return Discovery(None, remark=parsed.problem if parsed else "there is nothing in it")
        return Discovery(_named(feed, parsed), parsed.entries, remark=parsed.problem)

    def _first_feed(self, feed: Feed, linked: Iterable[LinkedFeed]) -> Discovery | None:
        """The first of the feeds that reads well, the others beside it."""
        candidates = list(linked)
        for candidate in candidates[:_MAX_TRIED]:
            try:
                response = self._asked(candidate.url)
                parsed = read_feed(self._visit(feed), response, "").feed
            except Stopped:
                raise
            except SourceError:
                continue
            if parsed is not None and not (parsed.problem and not parsed.entries):
                found = replace(_named(feed, parsed), url=candidate.url, kind="feed")
                others = tuple(one for one in candidates if one != candidate and one.title)
                return Discovery(found, parsed.entries, others, remark=parsed.problem)
        return None

    def _visit(self, feed: Feed) -> Visit:
        return Visit(feed, self._client, self._workshop, self._now, self._cancelled, self._secret)


def _headers(response: Response) -> dict[str, str]:
    names = ("content-type", "content-language")
    return {name: response.headers[name] for name in names if name in response.headers}


def _named(feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed with the name it gives itself, where the person gave none."""
    return replace(feed, name=feed.name or parsed.title)
