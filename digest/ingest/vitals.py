"""What a feed's answers tell of its health, to be remembered until the next one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from digest.ingest.check import Answer
from digest.ingest.feeds.entries import Entry, ParsedFeed
from digest.model import Vitals

AHEAD = timedelta(days=1)
_FEWEST = 3
_LATEST = 50
# Entries that say they were published at the very time of the check were stamped by the server.
_STAMP = timedelta(minutes=2)


def after(before: Vitals, answer: Answer, now: datetime) -> Vitals:
    """The vitals after a check; where nothing new was seen, what is known stays."""
    if answer.feed is not None:
        return replace(observed(answer.feed, now), http=answer.http)
    if answer.error:
        return replace(before, http=answer.http, linked=answer.linked)
    return replace(before, http=answer.http, linked="")


def observed(feed: ParsedFeed, now: datetime) -> Vitals:
    """What a feed shows at `now`."""
    dates = [at for entry in feed.entries if (at := _date(entry)) is not None]
    believable = sorted((at for at in dates if at <= now + AHEAD), reverse=True)
    return Vitals(
        entries=len(feed.entries),
        newest=believable[0] if believable else None,
        interval=typical_interval(believable[:_LATEST]),
        ahead=len(dates) - len(believable),
        stamped=len(dates) >= _FEWEST and all(abs(at - now) <= _STAMP for at in dates),
        undated=len(feed.entries) - len(dates),
        remark=feed.problem,
        every=feed.every,
    )


def typical_interval(dates: Sequence[datetime]) -> float:
    """The median seconds between two entries, 0 where too few have a date; newest first."""
    once = list(dict.fromkeys(dates))
    if len(once) < _FEWEST:
        return 0.0
    return median((a - b).total_seconds() for a, b in pairwise(once))


def _date(entry: Entry) -> datetime | None:
    return entry.published or entry.updated
