"""What is the matter with a feed, in words, from what is remembered of its checks. Pure.

Each finding has a code for programs and words for people. The first is the chief one: what keeps
the feed from bringing anything, else what makes it bring less than it could, else that it is well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from digest.library.values import FeedInfo
from digest.shown import without_login

# Silence of so many times the usual interval, and at least so long, is no pause any more.
FROZEN_TIMES = 10
_FROZEN_LEAST = timedelta(days=3)
_QUIET = timedelta(days=60)
_REFUSED = (401, 402, 403, 406, 451)
_FEWEST_ARTICLES = 5
_CUT_SHARE = 0.8
_SECONDS = {"day": 86_400, "hour": 3_600, "minute": 60}
# Words by which a parser's complaint is known.
_BROKEN = ("not well formed", "broken in a way")
_NO_FEED = "web page"


class Finding(NamedTuple):
    """One thing about a feed.

    Attributes:
        code: `well`, `never`, `gone`, `moved`, `forbidden`, `html`, `frozen`, `broken`, `clock`,
            `no_full_text`, `selector` or `failing`.
        well: whether the feed brings what it should all the same.
        parts: the same for people, with what to do about it; sentences that can be said one by one.
    """

    code: str
    well: bool
    parts: tuple[str, ...]

    @property
    def words(self) -> str:
        """The parts in one sentence."""
        return (", " if self.well else "; ").join(self.parts)


def diagnose(info: FeedInfo, now: datetime) -> tuple[Finding, ...]:
    """Everything that is to be said of a feed, the chief finding first; never empty."""
    state = info.state
    if state.gone:
        told = "its publisher says it is gone for good; remove it"
        return (Finding("gone", well=False, parts=(told,)),)
    if state.checked is None:
        return (Finding("never", well=True, parts=("never checked; 'digest fetch' does",)),)
    if state.failures:
        return (_failing(info, now), *_moved(info))
    found = [*_frozen(info, now), *_remarks(info)]
    if not found or found[0].well:
        parts = (f"well {ago(state.checked, now)}", *(part for one in found for part in one.parts))
        code = found[0].code if found else "well"
        return (Finding(code, well=True, parts=parts), *found[1:])
    return tuple(found)


def _failing(info: FeedInfo, now: datetime) -> Finding:
    state = info.state
    code, advice = _ailment(info)
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    parts = [f"failed {times}: {state.error or 'no answer'}", *advice]
    if state.succeeded is not None:
        parts.append(f"it was well {ago(state.succeeded, now)}")
    if state.next_check is not None and state.next_check > now:
        parts.append(f"it rests for {span(state.next_check - now)} more unless you name it")
    return Finding(code, well=False, parts=tuple(parts))


def _ailment(info: FeedInfo) -> tuple[str, Sequence[str]]:
    """What kind of failure it is, and what more to say of it."""
    vitals, error = info.state.vitals, info.state.error
    if _NO_FEED in error and vitals.http == 200:
        if vitals.linked:
            return "html", [f"follow that: digest feeds add {vitals.linked}"]
        return "html", ["a firewall may have sent it, or the feed has moved: look at the site"]
    if vitals.http in _REFUSED:
        advice = "try its address in a browser, a secret, or another [fetch] user_agent"
        return "forbidden", [advice]
    if "items =" in error:
        return "selector", []
    if any(words in error for words in _BROKEN):
        return "broken", ["tell its publisher"]
    return "failing", []


def _frozen(info: FeedInfo, now: datetime) -> Iterator[Finding]:
    newest, interval = newest_of(info), info.state.vitals.interval
    if newest is None:
        return
    silence = now - newest
    times = silence.total_seconds() / interval if interval else 0.0
    if times >= FROZEN_TIMES and silence > _FROZEN_LEAST:
        words = (
            f"it answers, but nothing new has come for {span(silence)}, {times:,.0f} times its "
            f"usual {span(timedelta(seconds=interval))}; it may be dead: look at its site"
        )
        yield Finding("frozen", well=False, parts=(words,))
    elif not interval and silence > _QUIET:
        words = f"but its newest article is from {ago(newest, now)}"
        yield Finding("frozen", well=True, parts=(words,))


def _remarks(info: FeedInfo) -> Iterator[Finding]:
    vitals = info.state.vitals
    yield from _moved(info)
    if any(words in vitals.remark for words in _BROKEN):
        yield Finding("broken", well=True, parts=(vitals.remark,))
    if vitals.ahead:
        words = f"{vitals.ahead} of its {vitals.entries} entries are dated in the future"
        yield Finding("clock", well=True, parts=(words,))
    elif vitals.stamped:
        words = "all of its entries bear the time of the check, so their order says nothing"
        yield Finding("clock", well=True, parts=(words,))
    if info.recent >= _FEWEST_ARTICLES and info.cut >= info.recent * _CUT_SHARE:
        words = f"of its last {info.recent} articles {info.cut} are cut: it gives no full text"
        yield Finding("no_full_text", well=True, parts=(words,))


def _moved(info: FeedInfo) -> Iterator[Finding]:
    location = info.state.location
    if location and location != info.feed.url:
        words = f"it has moved to {without_login(location)} and is read there"
        yield Finding("moved", well=True, parts=(words,))


def newest_of(info: FeedInfo) -> datetime | None:
    """The date of the feed's newest entry, else of the newest article that came through it."""
    return info.state.vitals.newest or info.newest


def habits(info: FeedInfo, now: datetime) -> tuple[str, ...]:
    """`newest entry 2 hours ago` and `usually one every 3 hours`, what is known of these."""
    newest, interval = newest_of(info), info.state.vitals.interval
    parts = [f"newest entry {ago(newest, now)}"] if newest is not None else []
    parts += [f"usually one every {span(timedelta(seconds=interval))}"] if interval else []
    return tuple(parts)


def ago(moment: datetime, now: datetime) -> str:
    """`3 hours ago`."""
    return f"{span(now - moment)} ago" if now - moment >= timedelta(minutes=1) else "just now"


def span(length: timedelta) -> str:
    """`3 hours`: in the largest unit that fits."""
    seconds = max(int(length.total_seconds()), 60)
    for unit, size in _SECONDS.items():
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    raise AssertionError("a span of at least a minute has a unit")
