"""What a feed says, cleaned and bounded, whichever dialect it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

MAX_ENTRIES = 1000
MAX_TITLE = 500
MAX_NAME = 200
MAX_GUID = 1000
MAX_URL = 4000
MAX_HTML = 1_000_000
MAX_TAGS = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        guid: the feed's id for it, else its address, else a hash of what it says; never empty.
        url: the absolute http(s) address of its page, or "".
        title: one clean line, "" when it has none.
        author: names joined with ", ".
        published: aware, in UTC; None when not said or not understood. Where a feed tells only
            the last change, that; what a sitemap tells of a page's last change is no such thing.
        updated: likewise, when the feed says it was changed.
        summary_html: the feed's summary as HTML, or "".
        content_html: the feed's full content as HTML, or "".
        tags: the feed's own categories.
    """

    guid: str
    url: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    summary_html: str = ""
    content_html: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed as read.

    Attributes:
        title: the feed's own name, one clean line.
        link: the absolute http(s) address of the site it belongs to, or "".
        entries: at most 1,000, the newest; in the feed's order.
        problem: what is wrong with it in words, "" when nothing is. With entries it is a remark;
            without, the feed cannot be used.
        lang: the language it declares, or "".
        every: the seconds it asks to be left alone between two checks, 0 when not said.
        linked: the address of the feed that a web page in its place links to, or "".
    """

    title: str = ""
    link: str = ""
    entries: tuple[Entry, ...] = ()
    problem: str = ""
    lang: str = ""
    every: float = 0.0
    linked: str = ""
