"""A feed as JSON, and how it is doing, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from digest.export.forms import iso

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.config.settings import Feed
    from digest.library.values import FeedInfo

_QUIET = timedelta(days=60)
_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}


class Condition(NamedTuple):
    """Whether a feed is well, and how it is in words."""

    well: bool
    words: str


def condition(info: FeedInfo, now: datetime) -> Condition:
    """How the feed was at its last check, seen from `now`."""
    state = info.state
    if state.gone:
        return Condition(False, "its publisher says it is gone for good; remove it")  # noqa: FBT003 - a field of a tuple
    if state.checked is None:
        return Condition(True, "never checked; 'digest fetch' does")  # noqa: FBT003 - a field of a tuple
    if state.failures:
        return Condition(False, _failing(info, now))  # noqa: FBT003 - a field of a tuple
    words = [f"well {ago(state.checked, now)}"]
    if state.location and state.location != info.feed.url:
        words.append(f"it has moved to {state.location} and is read there")
    if info.newest is not None and now - info.newest > _QUIET:
        words.append(f"but its newest article is from {ago(info.newest, now)}")
    return Condition(True, ", ".join(words))  # noqa: FBT003 - a field of a tuple


def _failing(info: FeedInfo, now: datetime) -> str:
    state = info.state
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    words = f"failed {times}: {state.error or 'no answer'}"
    if state.succeeded is not None:
        words += f"; it was well {ago(state.succeeded, now)}"
    if state.next_check is not None and state.next_check > now:
        words += f"; it rests for {_span(state.next_check - now)} more unless you name it"
    return words


def ago(moment: datetime, now: datetime) -> str:
    """`3 hours ago`."""
    return f"{_span(now - moment)} ago" if now - moment >= timedelta(minutes=1) else "just now"


def _span(length: timedelta) -> str:
    """`3 hours`: in the largest unit that fits."""
    seconds = max(int(length.total_seconds()), 60)
    for unit, size in _SECONDS.items():
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    raise AssertionError("a span of at least a minute has a unit")


def settings_object(feed: Feed) -> dict[str, Any]:
    """A feed as it is configured, as JSON."""
    return {
        "url": feed.url,
        "name": feed.title,
        "lang": feed.lang or None,
        "scope": feed.scope,
        "groups": list(feed.groups),
        "tags": list(feed.tags),
        "kind": feed.kind,
        "items": feed.items or None,
    }


def feed_object(info: FeedInfo, counts: Mapping[int, tuple[int, int]]) -> dict[str, Any]:
    """A feed as JSON: its configuration and what came through it."""
    return {
        **settings_object(info.feed),
        "articles": counts.get(info.state.id, (0, 0))[1],
        "unread": info.unread,
        "newest": iso(info.newest),
    }


def check_object(info: FeedInfo, now: datetime) -> dict[str, Any]:
    """How a feed is doing, as JSON."""
    state = info.state
    found = condition(info, now)
    return {
        "url": info.feed.url,
        "name": info.feed.title,
        "well": found.well,
        "message": found.words,
        "location": state.location or None,
        "checked": iso(state.checked),
        "succeeded": iso(state.succeeded),
        "next_check": iso(state.next_check),
        "failures": state.failures,
        "error": state.error or None,
        "gone": state.gone,
    }
