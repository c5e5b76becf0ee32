"""Sitemaps (sitemaps.org/protocol) and news sitemaps: the pages of a site that has no feed.

    bytes → unpacked → text → <urlset>: entries | <sitemapindex>: further sitemaps | a list of lines

A sitemap names every page a site ever had. What counts is what is new: of pages with a date the
last 30 days, else the newest 20; pages without a date count all, up to the limit of a feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from digest.ingest.extract.dates import date_of_address
from digest.ingest.extract.decode import decode
from digest.ingest.feeds import fields
from digest.ingest.feeds.dates import parse_date
from digest.ingest.feeds.entries import MAX_ENTRIES, MAX_NAME, Entry
from digest.ingest.net.inflate import Inflater

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ADDRESSES = 50_000  # the protocol's own limit for one file
AGE = timedelta(days=30)
FEWEST = 20
_AHEAD = timedelta(days=1)
_GZIP = b"\x1f\x8b"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]{0,2000}(?:\[.{0,200000}?\]\s*)?>", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ROOT = re.compile(r"<(?:[\w-]{1,40}:)?(urlset|sitemapindex)\b", re.IGNORECASE)
_HEAD = 5_000


@dataclass(frozen=True, slots=True)
class Part:
    """A further sitemap that an index names; `changed` when its index says so."""

    url: str
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap as read.

    Attributes:
        entries: its pages, none twice, in its order; `published` is what a news sitemap or the
            address says, `updated` the page's last change.
        parts: of an index, the sitemaps it is made of.
        problem: why it cannot be used, "" when it can.
    """

    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    problem: str = ""


def is_sitemap(text: str) -> bool:
    """Whether decoded text is an XML sitemap or an index of them."""
    return _ROOT.search(text[:_HEAD]) is not None


def parse_sitemap(
    body: bytes, *, url: str, limit: int, content_type: str = "", zone: tzinfo = UTC
) -> Sitemap:
    """The sitemap in `body`, packed with gzip or not. What is none comes back as a `problem`.

    Args:
        body: as sent.
        url: where it came from.
        limit: the largest size in bytes, once unpacked.
        content_type: as sent.
        zone: of dates without one.

    Raises:
        SourceError: it is packed and broken, or larger than `limit` once unpacked.
    """
    text = decode(_unpacked(body, limit), content_type).lstrip("\ufeff \t\r\n\0")
    if is_sitemap(text):
        return _xml(text, url, zone)
    lines = [line.strip() for line in text[: MAX_ADDRESSES * 200].split("\n")]
    addresses = [line for line in lines if fields.web_address(line)]
    if addresses and len(addresses) * 2 > sum(map(bool, lines)):
        found = (_page({"loc": line}, url, zone) for line in addresses[:MAX_ADDRESSES])
        return Sitemap(entries=_once(found))
    return Sitemap(problem="this is not a sitemap")


def _unpacked(body: bytes, limit: int) -> bytes:
    if not body.startswith(_GZIP):
        return body
    inflater = Inflater("gzip", limit)
    inflater.feed(body)
    return inflater.finish()


def _xml(text: str, url: str, zone: tzinfo) -> Sitemap:
    from lxml import etree  # noqa: PLC0415 - 40 ms, where it is used

    harmless = _DOCTYPE.sub("", _DECLARATION.sub("", _ILLEGAL.sub("", text)), count=1)
    entries: list[Entry | None] = []
    parts: list[Part] = []
    try:
        walk = etree.iterparse(
            BytesIO(harmless.encode("utf-8", "replace")),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        for _, element in walk:
            name = _local(element)
            if name not in ("url", "sitemap"):
                continue
            said = dict(_fields(element))
            if name == "url":
                entries.append(_page(said, url, zone))
            elif address := fields.web_address(said.get("loc"), url):
                parts.append(Part(address, parse_date(said.get("lastmod", ""), zone)))
            element.clear()
            if len(entries) + len(parts) >= MAX_ADDRESSES:
                break
    except etree.XMLSyntaxError:
        if not entries and not parts:
            return Sitemap(problem="the sitemap is broken: its XML is not well formed")
    return Sitemap(_once(iter(entries)), tuple({part.url: part for part in parts}.values()))


def _local(element: Any) -> str:
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def _fields(element: _Element) -> Iterator[tuple[str, str]]:
    """What an element's descendants say, by local name; `title`s of pictures are not the page's."""
    for child in element.iter():
        name = _local(child)
        parent = child.getparent()
        inside = _local(parent) if parent is not None else ""
        if child.text and (inside in ("url", "sitemap", "news") or name == "language"):
            yield name, child.text.strip()


def _page(said: dict[str, str], base: str, zone: tzinfo) -> Entry | None:
    address = fields.web_address(said.get("loc"), base)
    if not address:
        return None
    published = parse_date(said.get("publication_date", "")[:MAX_NAME], zone)
    return Entry(
        guid=fields.identity("", address),
        url=address,
        title=fields.line(said.get("title", "")),
        published=published or date_of_address(address, zone=zone),
        updated=parse_date(said.get("lastmod", "")[:MAX_NAME], zone),
        tags=fields.tags([word.strip() for word in said.get("keywords", "").split(",")]),
    )


def _once(found: Iterator[Entry | None]) -> tuple[Entry, ...]:
    """Each page once; a site's front page is no article."""
    entries = {
        entry.guid: entry
        for entry in found
        if entry is not None and urlsplit(entry.url)._replace(netloc="", scheme="").geturl() != "/"
    }
    return tuple(entries.values())


def recent(entries: tuple[Entry, ...], now: datetime) -> tuple[Entry, ...]:
    """What of a whole site's pages is news: newest first, then those without a date."""
    stamps = {entry.updated for entry in entries}
    # A site that stamps all of its pages with one time says nothing of any.
    says_when = len(stamps) > 1 or len(entries) == 1
    dated: list[tuple[datetime, Entry]] = []
    undated: list[Entry] = []
    for entry in entries:
        at = entry.published or (entry.updated if says_when else None)
        if at is not None and at <= now + _AHEAD:
            dated.append((at, entry))
        elif at is None:
            undated.append(entry)
    dated.sort(key=lambda pair: pair[0], reverse=True)
    fresh = [entry for at, entry in dated if at > now - AGE]
    kept = fresh if len(fresh) >= FEWEST else [entry for _, entry in dated[:FEWEST]]
    room = MAX_ENTRIES - len(kept[:MAX_ENTRIES])
    return (*kept[:MAX_ENTRIES], *_both_ends(undated, room))


def _both_ends(entries: list[Entry], room: int) -> list[Entry]:
    """At most `room`: sites write what is new at the beginning of the file, or at its end."""
    if len(entries) <= room:
        return entries
    half = room // 2
    return entries[:half] + (entries[len(entries) - (room - half) :] if room else [])


def newest_parts(parts: tuple[Part, ...], count: int) -> list[Part]:
    """The `count` parts of an index most likely to hold news.

    Those for news by their name, then the last changed; where no change is told, the first and the
    last of the list.
    """
    news = [part for part in parts if "news" in urlsplit(part.url).path.lower()]
    rest = [part for part in parts if part not in news]
    told = sorted(
        (part for part in rest if part.changed is not None),
        key=lambda part: part.changed or datetime.min.replace(tzinfo=UTC),
        reverse=True,
    )
    silent = [part for part in rest if part.changed is None]
    ends = [
        silent[place // 2 if place % 2 == 0 else -1 - place // 2] for place in range(len(silent))
    ]
    return (news + told + ends)[:count]
