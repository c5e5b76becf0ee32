"""What is remembered of feeds, and of pages to be tried again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class FeedStatus(StrEnum):
    """What one check of a feed came to."""

    OK = "ok"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    BACKOFF = "backoff"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the last answers of a feed showed of its health.

    Attributes:
        http: the status of the last answer, None when there was none.
        entries: how many entries it held when it was last read.
        newest: the date of the newest of them that can be believed.
        interval: the median seconds between two entries, 0 when unknown.
        ahead: how many are dated more than a day in the future.
        stamped: whether all bear the time of the check itself.
        undated: how many have no date.
        remark: what is odd about how it is written, "" when nothing is.
        linked: the feed that a web page in its place links to, or "".
        every: after how many seconds it asks to be read again, 0 when it does not.
    """

    http: int | None = None
    entries: int = 0
    newest: datetime | None = None
    interval: float = 0.0
    ahead: int = 0
    stamped: bool = False
    undated: int = 0
    remark: str = ""
    linked: str = ""
    every: float = 0.0


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the library remembers of a feed between two checks.

    Attributes:
        id: the feed's id in the library.
        url: the address in the configuration, by which the feed is known.
        name: the name in the configuration.
        location: where it is really fetched from, after permanent redirects.
        etag: the last `ETag`.
        last_modified: the last `Last-Modified`.
        content_hash: SHA-256 (hex) of the last body.
        checked: when it was last tried.
        succeeded: when it last answered well.
        next_check: not to be tried before this, unless a person names it.
        failures: how many times in a row it has failed.
        error: what went wrong last, "" when nothing did.
        gone: True once it has answered 410.
        articles: how many articles came through it.
        moving: where its permanent redirects led at the last check, "" when they led nowhere new.
        moves: how many checks in a row have led to `moving`.
        vitals: what its last answers showed.
    """

    id: int
    url: str
    name: str
    location: str = ""
    etag: str = ""
    last_modified: str = ""
    content_hash: str = ""
    checked: datetime | None = None
    succeeded: datetime | None = None
    next_check: datetime | None = None
    failures: int = 0
    error: str = ""
    gone: bool = False
    articles: int = 0
    moving: str = ""
    moves: int = 0
    vitals: Vitals = field(default_factory=Vitals)


@dataclass(frozen=True, slots=True)
class PageRetry:
    """A page that could not be read, and what its feed said of it.

    Attributes:
        key: its canonical address.
        url: its address as the feed has it.
        feed: the id of the feed it came through.
        guid, title, author, published, updated: of the feed's entry.
        lang, outlet: of the feed.
        tries: how often it has failed.
        due: when it is tried again, None for never.
        error: what went wrong last.
        kept: characters of the article that stands in for it meanwhile, None without one.
    """

    key: str
    url: str
    feed: int
    guid: str
    title: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    lang: str = ""
    outlet: str = ""
    tries: int = 0
    due: datetime | None = None
    error: str = ""
    kept: int | None = None
