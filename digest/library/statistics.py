"""Numbers for the sidebar and for `digest stats`."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.config.settings import Feed
from digest.library.indexing import primary
from digest.library.values import Counts, FeedInfo, Stats
from digest.model import FeedState
from digest.store import counting, entities, feeds, tagging
from digest.store.criteria import Criterion
from digest.store.times import from_epoch

_RECENT = 20
LATELY = 1000
PEOPLE = 60


def start_of_day(now: datetime, zone: ZoneInfo) -> int:
    """When today began in `zone`, seconds since the epoch."""
    local = now.astimezone(zone)
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())


def counts(db: sqlite3.Connection, now: datetime, zone: ZoneInfo) -> Counts:
    """Everything the sidebar counts, but for the saved views."""
    totals = counting.totals(db)
    return Counts(
        all=totals.all,
        unread=totals.unread,
        today=counting.since(db, start_of_day(now, zone)),
        starred=totals.starred,
        noted=totals.noted,
        feeds=counting.by_feed(db),
        tags=tuple((name, unread, every) for _, name, _, unread, every in tagging.all_tags(db)),
        people=tuple(entities.named_lately(db, LATELY, PEOPLE)),
    )


def feed_infos(db: sqlite3.Connection, configured: tuple[Feed, ...]) -> list[FeedInfo]:
    """The configured feeds in their order, with what is remembered of them."""
    states = feeds.states(db)
    unread = counting.by_feed(db)
    newest = counting.newest_by_feed(db)
    found = []
    for feed in configured:
        state = states.get(feed.url, FeedState(0, feed.url, feed.title))
        found.append(
            FeedInfo(
                feed,
                state,
                unread=unread.get(state.id, (0, 0))[0],
                newest=from_epoch(newest.get(state.id)),
            )
        )
    return found


def checkups(
    db: sqlite3.Connection, configured: tuple[Feed, ...], *, full_text: bool
) -> list[FeedInfo]:
    """`feed_infos` with what the feed doctor wants to know besides.

    Where no full texts are wanted (`full_text` unless the feed says otherwise) cut ones are no
    finding, and none are counted.
    """
    found = []
    for info in feed_infos(db, configured):
        wanted = full_text if info.feed.full_text is None else info.feed.full_text
        recent, cut = feeds.recently_cut(db, info.state.id, _RECENT) if wanted else (0, 0)
        found.append(replace(info, recent=recent, cut=cut))
    return found


def stats(db: sqlite3.Connection, criterion: Criterion) -> Stats:
    """Numbers about what meets the criterion."""
    totals = counting.totals(db, criterion)
    first, last = counting.span(db, criterion)
    languages: Counter[str] = Counter()
    for tag, number in counting.by_language(db, criterion).items():
        languages[primary(tag)] += number
    return Stats(
        articles=totals.all,
        unread=totals.unread,
        starred=totals.starred,
        noted=totals.noted,
        tagged=totals.tagged,
        languages=dict(languages.most_common()),
        feeds=counting.by_outlet(db, criterion),
        first=from_epoch(first),
        last=from_epoch(last),
    )
