"""A feed, and how it is doing, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from digest.export.forms import iso
from digest.library.diagnosis import diagnose, newest_of
from digest.shown import without_login

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.config.settings import Feed
    from digest.library.values import FeedInfo


def settings_object(feed: Feed) -> dict[str, Any]:
    """A feed as it is configured, as JSON."""
    return {
        "url": feed.shown,
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
    """How a feed is doing, as JSON: the chief finding, all of them, and what they go by."""
    state, found = info.state, diagnose(info, now)
    newest, interval = newest_of(info), state.vitals.interval
    return {
        "url": info.feed.shown,
        "name": info.feed.title,
        "well": found[0].well,
        "diagnosis": found[0].code,
        "message": found[0].words,
        "findings": [
            {"diagnosis": one.code, "well": one.well, "message": one.words} for one in found
        ],
        "newest": iso(newest),
        "interval_seconds": round(interval) or None,
        "silent_times": round(_times(newest, interval, now), 1) if newest and interval else None,
        "http": state.vitals.http,
        "entries": state.vitals.entries,
        "linked": state.vitals.linked or None,
        "location": without_login(state.location) or None,
        "checked": iso(state.checked),
        "succeeded": iso(state.succeeded),
        "next_check": iso(state.next_check),
        "failures": state.failures,
        "error": state.error or None,
        "gone": state.gone,
    }


def _times(newest: datetime, interval: float, now: datetime) -> float:
    """How many usual intervals have passed since the newest entry."""
    return max((now - newest).total_seconds() / interval, 0.0)
