"""The feeds that a web page names: in its head, and by links that look like one."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from digest.ingest.feeds import fields

_MAX_FOUND = 20
_LINK = re.compile(r"<link\b[^<>]{0,2000}>", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b([^<>]{0,2000})>(.{0,300}?)</a>", re.IGNORECASE | re.DOTALL)
_FEED_TYPE = re.compile(
    r"application/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml|x-rss\+xml)|text/rss", re.IGNORECASE
)
_ALTERNATE = re.compile(r"""\brel\s*=\s*["']?[^"'>]{0,100}\balternate\b""", re.IGNORECASE)
_REL_FEED = re.compile(r"""\brel\s*=\s*["']?(?:alternate\s+)?feed\b""", re.IGNORECASE)
_BASE = re.compile(r"<base\b[^<>]{0,2000}>", re.IGNORECASE)
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_TITLE = re.compile(r"""\btitle\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
# Comments on articles are no articles.
_COMMENTS = re.compile(r"comments?(?:[/_.\s-]|$)|コメント|迴響|留言", re.IGNORECASE)
_FEED_PATH = re.compile(
    r"(?:^|[/_.-])(?:rss2?|atom|rdf|feeds?|index)(?:\d{0,3})\.(?:xml|rdf|aspx?|php|json)$"
    r"|\.(?:rss|rdf|atom)$|/(?:rss2?|atom|feed)/?$|(?:rss|opendata)[\w-]*\.(?:aspx|ashx|xml)$",
    re.IGNORECASE,
)
_SERVICES = ("feeds.feedburner.com", "feeds2.feedburner.com")
# Other readers' own addresses: links to subscribe there are no feeds.
_READERS = ("feedly.com", "inoreader.com", "netvibes.com", "newsblur.com", "theoldreader.com")


class LinkedFeed(NamedTuple):
    """A feed that a page names: its absolute address, and its title or ""."""

    url: str
    title: str


def linked_feeds(html: str, url: str) -> list[LinkedFeed]:
    """The feeds that a page's head declares, comments' feeds last.

    A link without the type of a feed counts where its relation or its address is one's.
    """
    found = []
    base = _base(html, url)
    for link in _LINK.findall(html):
        if (address := _address(link, base)) and _names_a_feed(link, address):
            title = _TITLE.search(link)
            words = fields.plain(title[1] or title[2] or title[3] or "") if title else ""
            found.append(LinkedFeed(address, words))
    return _sorted(found)


def anchored_feeds(html: str, url: str) -> list[LinkedFeed]:
    """The feeds that a page's links seem to lead to, by their addresses."""
    found = []
    base = _base(html, url)
    for attributes, words in _ANCHOR.findall(html):
        address = _address(attributes, base)
        if address and _looks_like_one(address):
            found.append(LinkedFeed(address, fields.plain(words)))
    return _sorted(found)


def guesses(url: str) -> list[str]:
    """Where a site's feed is by custom, for the address of its front page; else nothing."""
    parts = urlsplit(url)
    if parts.path.strip("/") or parts.query:
        return []
    paths = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "index.rdf")
    return [f"{parts.scheme}://{parts.netloc}/{path}" for path in paths]


def _base(html: str, url: str) -> str:
    """What relative links on the page are relative to."""
    written = _BASE.search(html)
    return (_address(written[0], url) if written else "") or url


def _names_a_feed(link: str, address: str) -> bool:
    if _FEED_TYPE.search(link) or _REL_FEED.search(link):
        return True
    return bool(_ALTERNATE.search(link)) and _looks_like_one(address)


def _looks_like_one(address: str) -> bool:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    return host not in _READERS and (host in _SERVICES or _FEED_PATH.search(parts.path) is not None)


def _address(attributes: str, base: str) -> str:
    href = _HREF.search(attributes)
    if href is None:
        return ""
    return fields.web_address(unescape(href[1] or href[2] or href[3] or ""), base)


def _sorted(found: list[LinkedFeed]) -> list[LinkedFeed]:
    once = list({one.url: one for one in reversed(found)}.values())[::-1]
    once.sort(key=lambda one: bool(_COMMENTS.search(f"{one.url} {one.title}")))
    return once[:_MAX_FOUND]
