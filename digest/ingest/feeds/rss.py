"""RSS, RDF and Atom through feedparser; the one module that knows it.

feedparser gets UTF-8 with a matching declaration, so that none of its guessing is left to do, and
an in-memory file, since it opens a bare string or bytes as a file name or address. It drops
external entities and all declared ones but plain characters.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from time import struct_time
from typing import Any

import feedparser

from digest.ingest.extract.dateforms import day_of
from digest.ingest.feeds import fields
from digest.ingest.feeds.dates import parse_date
from digest.ingest.feeds.entries import MAX_NAME, Entry, ParsedFeed

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
# What XML 1.0 has no place for; one of them makes a strict parser give up.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]{0,2000}(?:\[(.{0,200000}?)\]\s*)?>", re.DOTALL)
# An entity that stands for a few plain characters, in one form or the other of quotes: one of many
# would make a long text of a short one, as often as it is named.
_PLAIN_ENTITY = re.compile(
    r"""<!ENTITY\s+(\w+)\s+(?:"([^"&<%]{0,40}|&#\w+;)"|'([^'&<%"]{0,40}|&#\w+;)')\s*>"""
)
_MAX_ENTITIES = 500
_EMAIL = re.compile(r"(?:mailto:)?[\w.+-]{1,64}@[\w.-]{1,255}", re.IGNORECASE)
_MAX_AUTHOR = 1000
_HOUR = 3600.0
# RSS 1.0's syndication module: the period, and how often within it.
_PERIODS = {
    "hourly": _HOUR,
    "daily": 24 * _HOUR,
    "weekly": 7 * 24 * _HOUR,
    "monthly": 30 * 24 * _HOUR,
    "yearly": 365 * 24 * _HOUR,
}


def parse_xml_feed(
    text: str, url: str, zone: tzinfo = UTC, headers: Mapping[str, str] | None = None
) -> ParsedFeed:
    """`text` as RSS, RDF or Atom; `url` is where it came from.

    Args:
        text: the decoded document.
        url: base of its relative links.
        zone: of dates without one.
        headers: by lower-case name; `content-location` and `content-language` count.
    """
    document = _DOCTYPE.sub(_harmless, _DECLARATION.sub("", _ILLEGAL.sub("", text)), count=1)
    body = '<?xml version="1.0" encoding="utf-8"?>\n' + document
    result = feedparser.parse(
        io.BytesIO(body.encode("utf-8", "replace")),
        response_headers={
            "content-location": url,
            **(headers or {}),
            "content-type": "application/xml; charset=utf-8",
        },
        sanitize_html=True,
        resolve_relative_uris=True,
    )
    feed = result.feed
    entries = tuple(_entry(entry, url, zone) for entry in result.entries)
    return ParsedFeed(
        title=_title(feed),
        link=fields.web_address(feed.get("link"), url),
        entries=entries,
        problem=_problem(result),
        lang=fields.line(feed.get("language"), MAX_NAME),
        every=_every(feed),
    )


def _harmless(doctype: re.Match[str]) -> str:
    """The document type with nothing left but entities for plain characters, each on its line.

    Entities made of entities multiply, and external ones reach out.
    """
    plain = _PLAIN_ENTITY.findall(doctype[1] or "")[:_MAX_ENTITIES]
    lines = "".join(f'\n<!ENTITY {name} "{one or other}">' for name, one, other in plain)
    return f"\n<!DOCTYPE feed [{lines}\n]>\n" if lines else ""


def _problem(result: Any) -> str:
    if not result.version and not result.entries:
        return "this is not a feed: it is neither RSS, Atom nor JSON Feed"
    if result.bozo and not result.entries:
        return "the feed is broken: its XML is not well formed, and no entry could be read"
    if result.bozo:
        return "the feed's XML is not well formed; what could be read was"
    return ""


def _title(holder: Mapping[str, Any]) -> str:
    detail = holder.get("title_detail") or {}
    title = holder.get("title")
    if isinstance(title, str) and detail.get("type", "text/plain") != "text/plain":
        return fields.plain(title)
    return fields.line(title)


def _entry(entry: Any, base: str, zone: tzinfo) -> Entry:
    address = _address(entry, base)
    title = _title(entry)
    summary = fields.markup(entry.get("summary"))
    content = _content(entry)
    updated = _date(entry, "updated", zone)
    published = _date(entry, "published", zone) or _date(entry, "created", zone)
    return Entry(
        guid=fields.identity(entry.get("id"), address, title, content, summary),
        url=address,
        title=title,
        author=fields.names(_authors(entry)),
        published=published or updated,
        updated=updated,
        summary_html=summary,
        content_html=content,
        tags=fields.tags([tag.get("term") for tag in entry.get("tags") or ()]),
    )


def _address(entry: Any, base: str) -> str:
    """The original address where a redirector's is given, else the link, else a link-like id."""
    for written in (entry.get("feedburner_origlink"), entry.get("link"), entry.get("id")):
        if isinstance(written, str) and (written != entry.get("id") or "://" in written):
            found = fields.web_address(written, base)
            if found:
                return found
    return ""


def _content(entry: Any) -> str:
    """The longest of the HTML or text contents; a feed may give several forms of one."""
    found = [
        part.get("value") or ""
        for part in entry.get("content") or ()
        if str(part.get("type", "")).startswith(("text/", "application/xhtml"))
    ]
    return fields.markup(max(found, key=len, default=""))


def _authors(entry: Any) -> list[str]:
    people = [person.get("name") for person in entry.get("authors") or ()]
    single = entry.get("author")
    if isinstance(single, str) and "@" in single and len(people) <= 1:
        # feedparser ends an address after four letters of its top-level domain: `.toky`.
        return [_EMAIL.sub("", single[:_MAX_AUTHOR]).strip(' \t\r\n<>(),;"')]
    written = [name for name in people if isinstance(name, str) and name]
    return written or ([single] if isinstance(single, str) else [])


def _date(entry: Any, name: str, zone: tzinfo) -> datetime | None:
    # `updated` falls back to `published` inside `get`; only what was written counts.
    written = dict.get(entry, name)
    if isinstance(written, str) and (found := parse_date(written, zone)) is not None:
        return found
    parsed = dict.get(entry, f"{name}_parsed")
    if not isinstance(parsed, struct_time):
        return None
    try:
        found = datetime(*parsed[:6], tzinfo=UTC)
    except (ValueError, TypeError):
        return None
    return found if day_of(*parsed[:3]) else None


def _every(feed: Any) -> float:
    ttl = fields.line(feed.get("ttl"), 10)
    minutes = float(ttl) if ttl.isdecimal() else 0.0
    period = _PERIODS.get(fields.line(feed.get("sy_updateperiod"), 20).lower(), 0.0)
    frequency = fields.line(feed.get("sy_updatefrequency"), 10)
    often = int(frequency) if frequency.isdecimal() and int(frequency) > 0 else 1
    return max(minutes * 60, period / often)
