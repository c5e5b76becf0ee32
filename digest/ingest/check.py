"""One look at one feed: ask, unless nothing has changed read it, and say what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from digest.config.settings import Feed
from digest.errors import SourceError
from digest.ingest import schedule
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.net.budget import Cancelled, Stopped
from digest.ingest.net.client import Client, Response
from digest.ingest.net.words import status_problem
from digest.ingest.workshop import Workshop
from digest.model import FeedState

_GONE = 410
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Answer:
    """What a feed answered.

    Attributes:
        http: the status, None when there was no answer.
        feed: its entries; None when nothing changed or it failed.
        error: what went wrong in words, "" when nothing did.
        gone: it answered 410.
        wait: how long the server asked to be left alone.
        headers: of the answer.
        content_hash: SHA-256 (hex) of the body, "" when there was none.
        moved_to: where permanent redirects led, or "".
        asked: the address that was asked.
    """

    asked: str
    http: int | None = None
    feed: ParsedFeed | None = None
    error: str = ""
    gone: bool = False
    wait: timedelta = timedelta()
    headers: Mapping[str, str] = field(default_factory=dict)
    content_hash: str = ""
    moved_to: str = ""


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


def check_feed(
    feed: Feed,
    state: FeedState,
    *,
    client: Client,
    workshop: Workshop,
    now: datetime,
    cancelled: Cancelled,
) -> Answer:
    """Ask for `feed` as its `state` knows it. Expected failures are values here.

    Raises:
        Stopped: `cancelled` said so.
    """
    asked = schedule.place(state, feed.url)
    if feed.kind != "feed":
        return Answer(asked, error=f'kind = "{feed.kind}" is not read; only "feed" is')
    try:
        response = client.get(asked, headers=_conditions(state, asked), cancelled=cancelled)
        return _understood(feed, state, response, asked, workshop, now, cancelled)
    except Stopped:
        raise
    except SourceError as error:
        return Answer(asked, error=str(error))


def _conditions(state: FeedState, asked: str) -> dict[str, str]:
    """Ask only for what is new; validators belong to the place that gave them."""
    conditions = {}
    if asked == (state.location or asked) and not state.gone:
        if state.etag:
            conditions["if-none-match"] = state.etag
        if state.last_modified:
            conditions["if-modified-since"] = state.last_modified
    return conditions


def _understood(
    feed: Feed,
    state: FeedState,
    response: Response,
    asked: str,
    workshop: Workshop,
    now: datetime,
    cancelled: Cancelled,
) -> Answer:
    answer = Answer(
        asked,
        http=response.status,
        headers=response.headers,
        moved_to=schedule.permanent_place(response.redirects),
    )
    if response.status == _NOT_MODIFIED:
        return answer
    if response.status != 200:
        return _refused(answer, now)
    content_hash = hashlib.sha256(response.body).hexdigest()
    if content_hash == state.content_hash:
        return replace(answer, content_hash=content_hash)
    parsed: ParsedFeed = workshop.run(
        "parse",
        body=response.body,
        url=response.url,
        headers={
            name: response.headers[name]
            for name in ("content-type", "content-language")
            if name in response.headers
        },
        zone=feed_zone(feed),
        cancelled=cancelled,
    )
    if parsed.problem and not parsed.entries:
        return replace(answer, error=parsed.problem)
    return replace(answer, feed=parsed, content_hash=content_hash)


def _refused(answer: Answer, now: datetime) -> Answer:
    status = answer.http or 0
    return replace(
        answer,
        error=status_problem(status),
        gone=status == _GONE,
        wait=schedule.retry_after(answer.headers, now),
    )
