"""One look at one feed: ask, unless nothing has changed read it, and say what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from digest.config.secrets import Secrets
from digest.config.settings import Feed
from digest.errors import ConfigError, SourceError
from digest.ingest import schedule
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.net.budget import Cancelled, Stopped
from digest.ingest.net.client import Client, Response
from digest.ingest.net.words import status_problem
from digest.ingest.visit import READERS, Visit
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
        linked: the feed that a web page in its place links to, or "".
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
    linked: str = ""


def check_feed(
    feed: Feed,
    state: FeedState,
    *,
    client: Client,
    workshop: Workshop,
    now: datetime,
    cancelled: Cancelled,
    secrets: Secrets | None = None,
) -> Answer:
    """Ask for `feed` as its `state` knows it. Expected failures are values here.

    Raises:
        Stopped: `cancelled` said so.
    """
    asked = schedule.place(state, feed.url)
    try:
        secret = secrets.named(feed.secret) if secrets is not None else None
        visit = Visit(feed, client, workshop, now, cancelled, secret)
        response = visit.get(asked, _conditions(state, asked))
        return _understood(visit, state, response, asked)
    except Stopped:
        raise
    except (SourceError, ConfigError) as error:
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


def _understood(visit: Visit, state: FeedState, response: Response, asked: str) -> Answer:
    answer = Answer(
        asked,
        http=response.status,
        headers=response.headers,
        moved_to=schedule.permanent_place(response.redirects),
    )
    if response.status == _NOT_MODIFIED:
        return answer
    if response.status != 200:
        return _refused(answer, visit.now)
    reading = READERS[visit.feed.kind](visit, response, state.content_hash)
    answer = replace(answer, content_hash=reading.content_hash)
    parsed = reading.feed
    if not reading.whole:
        # One part unchanged says nothing about the others: each is asked for next time.
        answer = replace(answer, headers=_without_validators(response.headers))
    if parsed is None or reading.content_hash == state.content_hash:
        return answer
    if parsed.problem and not parsed.entries:
        return replace(answer, error=parsed.problem, linked=parsed.linked, content_hash="")
    return replace(answer, feed=parsed)


def _without_validators(headers: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in headers.items() if k not in ("etag", "last-modified")}


def _refused(answer: Answer, now: datetime) -> Answer:
    status = answer.http or 0
    return replace(
        answer,
        error=status_problem(status),
        gone=status == _GONE,
        wait=schedule.retry_after(answer.headers, now),
    )
