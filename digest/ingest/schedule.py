"""When a feed is asked again, and what its answers make of its state. Pure: no clock, no chance.

A feed that fails waits 5 minutes, then twice as long each time up to a day, with a fifth of jitter
so that feeds which failed together do not come back together; it is never given up. A feed that
answers may ask to be left alone (`ttl`, `sy:updatePeriod`, `Cache-Control`); that is kept for up to
a day. A feed that a person names is asked all the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from digest.model import FeedState, FeedStatus

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
LONGEST_REST = timedelta(days=1)
JITTER = 0.2
# A permanent redirect is believed when it has been seen at this many checks in a row: a hotel's
# or an airport's network sends everything somewhere else for a while.
CHECKS_TO_MOVE = 3
# After this many failures in a row at a place a redirect led to, the configured one is tried.
FAILURES_TO_RETURN = 3
_PERMANENT = (301, 308)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_MAX_TAG = 1000


def resting(state: FeedState, now: datetime, *, named: bool) -> FeedStatus | None:
    """Why the feed is not to be asked now, None when it is.

    A feed that a person `named` is asked whatever its state.
    """
    if named:
        return None
    if state.gone:
        return FeedStatus.GONE
    if state.next_check is None or now >= state.next_check:
        return None
    if state.checked is not None and state.checked > now:
        return None  # the clock has gone back: what was planned by it says nothing
    return FeedStatus.BACKOFF if state.failures else FeedStatus.UNCHANGED


def place(state: FeedState, configured: str) -> str:
    """The address to ask: where it has moved to, unless that fails again and again."""
    if state.location and state.failures < FAILURES_TO_RETURN:
        return state.location
    return configured


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long a server asks to be left alone (RFC 9110 10.2.3), 0 when it does not say."""
    written = headers.get("retry-after", "").strip()
    if written.isdecimal():
        return timedelta(seconds=min(int(written), 10**7))
    try:
        return max(parsedate_to_datetime(written) - now, timedelta())
    except (ValueError, TypeError, OverflowError):
        return timedelta()


def freshness(headers: Mapping[str, str]) -> timedelta:
    """How long the answer stays good by its `Cache-Control` (RFC 9111 4.2), less its `Age`."""
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    if found is None:
        return timedelta()
    age = headers.get("age", "")
    seconds = int(found[1]) - (int(age) if age.isdecimal() and len(age) < 9 else 0)
    return timedelta(seconds=max(seconds, 0))


def permanent_place(redirects: Sequence[tuple[int, str]]) -> str:
    """Where the redirects led, if every one of them is permanent; else ""."""
    if redirects and all(status in _PERMANENT for status, _ in redirects):
        return redirects[-1][1]
    return ""


def after_success(
    state: FeedState,
    *,
    now: datetime,
    headers: Mapping[str, str],
    content_hash: str,
    every: float,
    moved_to: str,
    asked: str,
) -> FeedState:
    """The state after a check that went well.

    Args:
        state: before the check.
        now: when it was made.
        headers: of the answer; a 304 may leave validators out, which then stay as they were.
        content_hash: of the body, "" for a 304.
        every: the seconds that the feed itself asked for when it was last read.
        moved_to: what `permanent_place` says of the redirects.
        asked: the address that was asked, see `place`.
    """
    rest = min(max(timedelta(seconds=every), freshness(headers)), LONGEST_REST)
    unchanged = not content_hash
    return replace(
        _moved(state, moved_to, asked),
        etag=headers.get("etag", state.etag if unchanged else "")[:_MAX_TAG],
        last_modified=headers.get("last-modified", state.last_modified if unchanged else "")[
            :_MAX_TAG
        ],
        content_hash=content_hash or state.content_hash,
        checked=now,
        succeeded=now,
        next_check=now + rest if rest else None,
        failures=0,
        error="",
        gone=False,
    )


def _moved(state: FeedState, moved_to: str, asked: str) -> FeedState:
    if state.location and asked != state.location:
        # The place it had moved to failed for long, and the configured one answers.
        state = replace(state, location="")
    if not moved_to or moved_to == asked:
        return replace(state, moving="", moves=0)
    moves = state.moves + 1 if moved_to == state.moving else 1
    if moves >= CHECKS_TO_MOVE:
        return replace(state, location=moved_to, moving="", moves=0)
    return replace(state, moving=moved_to, moves=moves)


def after_failure(
    state: FeedState, *, now: datetime, error: str, wait: timedelta, chance: float
) -> FeedState:
    """The state after a check that failed.

    Args:
        state: before the check.
        now: when it was made.
        error: what went wrong, in words.
        wait: what the server asked for, see `retry_after`.
        chance: a random number from 0 to 1, for the jitter.
    """
    failures = state.failures + 1
    # 2**9 times 5 minutes is past a day already; the bound keeps the number small.
    doubled = FIRST_WAIT * 2 ** min(failures - 1, 9)
    jittered = min(doubled, LONGEST_WAIT) * (1 + JITTER * (2 * chance - 1))
    return replace(
        state,
        checked=now,
        next_check=now + min(max(jittered, wait), LONGEST_WAIT * (1 + JITTER)),
        failures=failures,
        error=error,
    )


def after_gone(state: FeedState, *, now: datetime, error: str) -> FeedState:
    """The state after a 410: retired, until a person names it and it answers."""
    return replace(state, checked=now, gone=True, error=error, next_check=None)
