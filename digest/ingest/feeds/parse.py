"""A feed from the bytes a server sent, whatever they turn out to be.

    bytes → text (declared or shown by the bytes) → JSON? web page? else XML → newest entries

Nothing a server sends raises here: what is no feed comes back as a `problem` in words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from digest.ingest.extract.decode import decode
from digest.ingest.feeds import fields
from digest.ingest.feeds.discovery import linked_feeds
from digest.ingest.feeds.entries import MAX_ENTRIES, Entry, ParsedFeed
from digest.ingest.feeds.jsonfeed import parse_json_feed
from digest.ingest.feeds.rss import parse_xml_feed

_log = logging.getLogger("digest")

_HEAD = 100_000
_FIRST_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)
_DOCTYPE_HTML = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^>]{0,500}>(.{0,1000}?)</title>", re.IGNORECASE | re.DOTALL)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def parse_feed(
    body: bytes,
    *,
    url: str,
    headers: Mapping[str, str] | None = None,
    zone: tzinfo = UTC,
) -> ParsedFeed:
    """The feed in `body`.

    Args:
        body: as sent, unpacked.
        url: where it came from; the base of relative links.
        headers: of the answer, by lower-case name.
        zone: of dates without one.
    """
    headers = headers or {}
    text = decode(body, headers.get("content-type", "")).lstrip("\ufeff \t\r\n\0")
    if not text.strip():
        return ParsedFeed(problem="the answer is empty")
    if text.startswith(("{", "[")):
        return _newest(parse_json_feed(text, url, zone))
    if (page := _web_page(text, url)) is not None:
        return page
    return _newest(_xml(text, url, zone, headers))


def _xml(text: str, url: str, zone: tzinfo, headers: Mapping[str, str]) -> ParsedFeed:
    start = _FEED_ROOT.search(text, 0, _HEAD)
    if start is not None and not text.startswith("<"):
        text = text[start.start() :]  # a server's warning printed before the feed
    try:
        return parse_xml_feed(text, url, zone, headers)
    except Exception:  # noqa: BLE001 - feedparser's own faults on odd input are many and unlisted
        _log.warning("feedparser failed on %s", url, exc_info=True)
        return ParsedFeed(problem="the feed is broken in a way that cannot be read")


def _web_page(text: str, url: str) -> ParsedFeed | None:
    """What to say when a server sent a web page in place of a feed, else None."""
    head = _COMMENTS.sub("", text[:_HEAD])
    first = _FIRST_ELEMENT.search(head)
    if not _DOCTYPE_HTML.match(head) and (first is None or first[1].lower() != "html"):
        return None
    if first is not None and _FEED_ROOT.match(head, first.start()):
        return None
    title = _TITLE.search(head)
    named = fields.plain(title[1]) if title else ""
    found = linked_feeds(head, url)
    if not found:
        return ParsedFeed(title=named, problem="this is a web page, not a feed")
    words = f"this is a web page, not a feed; the feed it links to is {found[0].url}"
    return ParsedFeed(title=named, problem=words, linked=found[0].url)


def _newest(feed: ParsedFeed) -> ParsedFeed:
    """The feed with each entry once, and at most the 1,000 newest, in the feed's order."""
    entries = list({entry.guid: entry for entry in reversed(feed.entries)}.values())[::-1]
    if len(entries) > MAX_ENTRIES:
        # Entries without a date keep their place: feeds put what is new first.
        by_age = sorted(range(len(entries)), key=lambda place: (_age_key(entries[place]), place))
        entries = [entries[place] for place in sorted(by_age[:MAX_ENTRIES])]
    return replace(feed, entries=tuple(entries))


def _age_key(entry: Entry) -> float:
    return -(entry.published or entry.updated or _LONG_AGO).timestamp()
