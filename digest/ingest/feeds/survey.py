"""What an address is that somebody wants to follow: a feed, a sitemap, or a page with offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from digest.errors import SourceError
from digest.ingest.extract.decode import decode
from digest.ingest.extract.tree import parse
from digest.ingest.feeds.discovery import LinkedFeed, anchored_feeds, linked_feeds
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.feeds.parse import parse_feed
from digest.ingest.feeds.proposing import Proposal, propose
from digest.ingest.feeds.sitemap import is_sitemap

_GZIP = b"\x1f\x8b"
_PAGE = 2_000_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found at an address.

    Attributes:
        kind: `feed`, `sitemap`, or `page`, also for what is none of them.
        feed: of a feed, what it says; of a page, its title.
        linked: feeds that a page's head declares.
        anchored: feeds that its links seem to lead to.
        proposals: lists of articles on it.
    """

    kind: str
    feed: ParsedFeed
    linked: tuple[LinkedFeed, ...] = ()
    anchored: tuple[LinkedFeed, ...] = ()
    proposals: tuple[Proposal, ...] = ()


def survey(
    body: bytes,
    *,
    url: str,
    headers: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
    now: datetime | None = None,
) -> Survey:
    """Look at an answer; the arguments are those of `parse_feed`. Never raises for odd bytes."""
    headers = headers or {}
    text = decode(body, headers.get("content-type", ""))
    if body.startswith(_GZIP) or is_sitemap(text):
        return Survey("sitemap", ParsedFeed())
    feed = parse_feed(body, url=url, headers=headers, zone=zone)
    if feed.entries or not feed.problem:
        return Survey("feed", feed)
    page = text[:_PAGE]
    try:
        proposals = propose(parse(text), url=url, zone=zone, now=now)
    except SourceError:
        proposals = ()
    return Survey(
        "page",
        feed,
        tuple(linked_feeds(page, url)),
        tuple(anchored_feeds(page, url)),
        proposals,
    )
