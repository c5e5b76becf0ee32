"""Which of the configured feeds a person means."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from digest.config.settings import Feed
from digest.errors import UnknownFeed
from digest.library.values import FeedInfo


def chosen(infos: Sequence[FeedInfo], names: Sequence[str], *, failed: bool) -> list[Feed]:
    """The feeds named by address, name or group, in configuration order; all without names.

    Args:
        infos: the configured feeds.
        names: what was typed.
        failed: keep only those whose last check failed.

    Raises:
        UnknownFeed: a name fits no feed; the message suggests the nearest.
    """
    wanted = {info.feed.url for name in names for info in named(infos, name)}
    return [
        info.feed
        for info in infos
        if (not names or info.feed.url in wanted) and (not failed or info.state.failures)
    ]


def named(infos: Sequence[FeedInfo], name: str) -> list[FeedInfo]:
    """The feeds with this address, name or group.

    Raises:
        UnknownFeed: the name fits no feed; the message suggests the nearest.
    """
    key = name.strip().casefold()
    found = [info for info in infos if key in _names(info.feed)]
    if not found:
        raise UnknownFeed(
            f"no feed is called {name!r}{_nearest(infos, key)}; see 'digest feeds list'"
        )
    return found


def _names(feed: Feed) -> set[str]:
    return {feed.url.casefold(), feed.name.casefold(), *(group.casefold() for group in feed.groups)}


def _nearest(infos: Sequence[FeedInfo], key: str) -> str:
    written = {one: one for info in infos for one in _names(info.feed) if one}
    near = difflib.get_close_matches(key, written, n=1)
    return f" (did you mean {near[0]!r}?)" if near else ""
