"""What an answer holds, by the kind of source: a feed, a sitemap with its parts, a list page."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.config.secrets import Secret
from digest.config.settings import Feed
from digest.errors import SourceError
from digest.ingest.feeds.entries import Entry, ParsedFeed
from digest.ingest.feeds.sitemap import Part, Sitemap, newest_parts, recent
from digest.ingest.jobs import PAGE_DELAY
from digest.ingest.net.addresses import is_nobodys, is_own
from digest.ingest.net.budget import Cancelled, Stopped
from digest.ingest.net.client import Client, Response, with_login_of
from digest.ingest.workshop import Workshop

MAX_PARTS = 8
_KEPT_HEADERS = ("content-type", "content-language")
_SLICE = 0.1


def zone_of(lang: str, default: ZoneInfo) -> ZoneInfo:
    """Where the clocks of a feed's publisher are, as far as its language tells."""
    primary = lang.partition("-")[0].lower()
    if primary == "ja":
        return ZoneInfo("Asia/Tokyo")
    return ZoneInfo("Asia/Taipei") if primary == "zh" else default


def feed_zone(feed: Feed) -> tzinfo:
    """The zone of a feed's dates that name none; UTC unless its language tells more."""
    primary = feed.lang.partition("-")[0].lower()
    return zone_of(feed.lang, ZoneInfo("Asia/Taipei")) if primary in ("ja", "zh") else UTC


def page_zone(feed: Feed) -> ZoneInfo:
    """The zone of the dates on a site: by its language, else its country, else Taipei's."""
    host = urlsplit(feed.url).hostname or ""
    guess = "ja" if host.endswith(".jp") else "zh"
    return zone_of(feed.lang, zone_of(guess, ZoneInfo("Asia/Taipei")))


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at one source, and the tools for it."""

    feed: Feed
    client: Client
    workshop: Workshop
    now: datetime
    cancelled: Cancelled
    secret: Secret | None = None

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        """The answer at `url`, with the feed's login and secret where these are meant for it."""
        return self.client.get(
            with_login_of(self.feed.url, url),
            headers=headers,
            secret=self.secret,
            cancelled=self.cancelled,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer holds.

    Attributes:
        feed: as read; None when the bytes are those of the last time.
        content_hash: SHA-256 (hex) of what counts in it.
        whole: whether all of the source was in the one answer.
    """

    feed: ParsedFeed | None
    content_hash: str
    whole: bool = True


def read_feed(visit: Visit, response: Response, known_hash: str) -> Reading:
    """A feed; its bytes tell whether anything is new."""
    content_hash = hashlib.sha256(response.body).hexdigest()
    if content_hash == known_hash:
        return Reading(None, content_hash)
    parsed: ParsedFeed = visit.workshop.run(
        "parse",
        body=response.body,
        url=response.url,
        headers={
            name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
        },
        zone=feed_zone(visit.feed),
        cancelled=visit.cancelled,
    )
    return Reading(parsed, content_hash)


def read_listing(visit: Visit, response: Response, _known_hash: str) -> Reading:
    """A page that lists articles. Its bytes change with every visit; what it lists counts."""
    parsed: ParsedFeed = visit.workshop.run(
        "listing",
        body=response.body,
        url=response.url,
        items=visit.feed.items,
        content_type=response.content_type,
        zone=page_zone(visit.feed),
        now=visit.now,
        cancelled=visit.cancelled,
    )
    return Reading(parsed, _hash_of(parsed.entries))


def read_sitemap(visit: Visit, response: Response, _known_hash: str) -> Reading:
    """A sitemap, or of an index the parts that hold what is new.

    A part that cannot be read does not cost the others; the index fails when all of them do.
    """
    sitemap = _sitemap(visit, response)
    found = list(sitemap.entries)
    problems = [sitemap.problem] if sitemap.problem else []
    last = response.url
    for part in newest_parts(sitemap.parts, MAX_PARTS):
        try:
            _be_courteous(last, part.url, visit.cancelled)
            last = part.url
            found += _part(visit, part)
        except Stopped:
            raise
        except SourceError as error:
            problems.append(f"{part.url}: {error}")
    entries = recent(tuple({entry.guid: entry for entry in found}.values()), visit.now)
    feed = ParsedFeed(entries=entries, problem=problems[0] if problems else "")
    return Reading(feed, _hash_of(entries), whole=not sitemap.parts)


def _part(visit: Visit, part: Part) -> Iterable[Entry]:
    answer = visit.get(part.url)
    if answer.status != 200:
        raise SourceError(f"HTTP {answer.status}")
    sitemap = _sitemap(visit, answer)
    if sitemap.problem:
        raise SourceError(sitemap.problem)
    return sitemap.entries


def _sitemap(visit: Visit, response: Response) -> Sitemap:
    sitemap: Sitemap = visit.workshop.run(
        "sitemap",
        body=response.body,
        url=response.url,
        limit=visit.client.settings.max_bytes,
        content_type=response.content_type,
        zone=page_zone(visit.feed),
        cancelled=visit.cancelled,
    )
    return sitemap


def _be_courteous(last: str, following: str, cancelled: Cancelled) -> None:
    """Wait between two requests to one host, unless it is one's own."""
    host = urlsplit(following).hostname or ""
    if host != urlsplit(last).hostname or is_own(host) or is_nobodys(host):
        return
    ends = time.monotonic() + PAGE_DELAY
    while (left := ends - time.monotonic()) > 0:
        if cancelled():
            raise Stopped("stopped before it was finished")
        time.sleep(min(left, _SLICE))


def _hash_of(entries: Iterable[Entry]) -> str:
    digest = hashlib.sha256()
    for entry in entries:
        said = (entry.url, entry.title, str(entry.published), str(entry.updated))
        digest.update("\0".join(said).encode("utf-8", "replace") + b"\n")
    return digest.hexdigest()


READERS: Mapping[str, Callable[[Visit, Response, str], Reading]] = {
    "feed": read_feed,
    "sitemap": read_sitemap,
    "page": read_listing,
}
