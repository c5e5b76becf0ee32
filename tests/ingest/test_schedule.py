from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.ingest import schedule
from digest.model import FeedState, FeedStatus

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
STATE = FeedState(1, "https://a.example/feed", "A")
MINUTE = timedelta(minutes=1)


def failed(state: FeedState, *, chance: float = 0.5, wait: timedelta = timedelta()) -> FeedState:
    return schedule.after_failure(state, now=NOW, error="down", wait=wait, chance=chance)


def succeeded(
    state: FeedState,
    *,
    headers: dict[str, str] | None = None,
    every: float = 0,
    moved_to: str = "",
    content_hash: str = "h",
) -> FeedState:
    return schedule.after_success(
        state,
        now=NOW,
        headers=headers or {},
        content_hash=content_hash,
        every=every,
        moved_to=moved_to,
        asked=schedule.place(state, state.url),
    )


def test_backoff_doubles_up_to_a_day_and_never_gives_up() -> None:
    waits = []
    state = STATE
    for _ in range(3000):
        state = failed(state)
        assert state.next_check is not None
        waits.append(state.next_check - NOW)
    assert waits[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert waits[-1] == max(waits) == timedelta(days=1)
    assert state.failures == 3000
    assert succeeded(state).failures == 0


def test_jitter_spreads_a_fifth_to_either_side() -> None:
    assert failed(STATE, chance=0).next_check == NOW + 4 * MINUTE
    assert failed(STATE, chance=1).next_check == NOW + 6 * MINUTE


def test_retry_after_wins_where_it_is_longer() -> None:
    assert failed(STATE, wait=2 * MINUTE).next_check == NOW + 5 * MINUTE
    assert failed(STATE, wait=90 * MINUTE).next_check == NOW + 90 * MINUTE
    longest = failed(STATE, wait=timedelta(days=400)).next_check
    assert longest is not None
    assert longest <= NOW + timedelta(days=2)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Sun, 22 Nov 2026 12:02:00 GMT", 120),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("9" * 400, 10**7),
        ("", 0),
    ],
)
def test_retry_after_in_both_forms(written: str, seconds: int) -> None:
    assert schedule.retry_after({"retry-after": written}, NOW).total_seconds() == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "s-maxage=9, max-age=600", "age": "200"}, 400),
        ({"cache-control": "max-age=60", "age": "200"}, 0),
        ({"cache-control": "no-cache"}, 0),
        ({}, 0),
    ],
)
def test_freshness(headers: dict[str, str], seconds: int) -> None:
    assert schedule.freshness(headers).total_seconds() == seconds


def test_a_feed_rests_as_long_as_it_asks_but_a_day_at_most() -> None:
    assert succeeded(STATE).next_check is None
    assert succeeded(STATE, every=900).next_check == NOW + 15 * MINUTE
    headers = {"cache-control": "max-age=1800"}
    assert succeeded(STATE, every=900, headers=headers).next_check == NOW + 30 * MINUTE
    assert succeeded(STATE, every=7 * 86400).next_check == NOW + 24 * 60 * MINUTE


def test_who_rests_and_why() -> None:
    later = NOW + MINUTE
    cases = [
        (STATE, None),
        (replace(STATE, next_check=NOW), None),
        (replace(STATE, next_check=later), FeedStatus.UNCHANGED),
        (replace(STATE, next_check=later, failures=1), FeedStatus.BACKOFF),
        (replace(STATE, gone=True), FeedStatus.GONE),
    ]
    for state, expected in cases:
        assert schedule.resting(state, NOW, named=False) is expected
        assert schedule.resting(state, NOW, named=True) is None


def test_validators_are_kept_over_a_304_and_replaced_by_a_200() -> None:
    first = succeeded(STATE, headers={"etag": '"1"', "last-modified": "then"})
    assert (first.etag, first.last_modified, first.content_hash) == ('"1"', "then", "h")
    kept = succeeded(first, content_hash="")
    assert (kept.etag, kept.last_modified, kept.content_hash) == ('"1"', "then", "h")
    replaced = succeeded(first, content_hash="i")
    assert (replaced.etag, replaced.last_modified, replaced.content_hash) == ("", "", "i")


@pytest.mark.parametrize(
    ("hops", "place"),
    [
        ([], ""),
        ([(301, "b")], "b"),
        ([(301, "b"), (308, "c")], "c"),
        ([(301, "b"), (302, "c")], ""),
        ([(302, "b"), (301, "c")], ""),
    ],
)
def test_only_permanent_hops_move_a_feed(hops: list[tuple[int, str]], place: str) -> None:
    assert schedule.permanent_place(hops) == place


def test_a_move_is_believed_when_it_is_seen_again_and_again() -> None:
    state = succeeded(
        succeeded(STATE, moved_to="https://b.example/"), moved_to="https://b.example/"
    )
    assert state.location == ""
    state = succeeded(state, moved_to="https://b.example/")
    assert (state.location, state.moving, state.moves) == ("https://b.example/", "", 0)
    assert schedule.place(state, STATE.url) == "https://b.example/"


def test_a_move_seen_once_is_forgotten() -> None:
    state = succeeded(STATE, moved_to="https://portal.example/")
    state = succeeded(state)
    assert (state.moving, state.moves) == ("", 0)
    state = succeeded(state, moved_to="https://b.example/")
    state = succeeded(state, moved_to="https://c.example/")
    assert (state.moving, state.moves) == ("https://c.example/", 1)


def test_a_place_that_fails_is_left_for_the_configured_one() -> None:
    state = replace(STATE, location="https://b.example/")
    for _ in range(3):
        assert schedule.place(state, STATE.url) == "https://b.example/"
        state = failed(state)
    assert schedule.place(state, STATE.url) == STATE.url
    assert succeeded(state).location == ""


def test_gone_is_remembered_until_it_answers() -> None:
    gone = schedule.after_gone(STATE, now=NOW, error="it is gone")
    assert gone.gone
    assert not succeeded(gone).gone
