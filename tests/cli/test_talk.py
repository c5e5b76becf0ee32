from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from digest.cli.rows import badge, padded
from digest.config.settings import Feed
from digest.library.diagnosis import ago, diagnose
from digest.library.values import FeedInfo
from digest.model import FeedState
from digest.text import display_width
from tests.cli.program import Program

NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
URL = "https://wire.example/feed"


def _words(newest: datetime | None = None, **state: object) -> tuple[bool, str]:
    remembered = FeedState(1, URL, "Wire", **state)  # type: ignore[arg-type]
    chief = diagnose(FeedInfo(Feed(URL, "Wire"), remembered, newest=newest), NOW)[0]
    return chief.well, chief.words


def test_a_feed_in_words() -> None:
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert _words() == (True, "never checked; 'digest fetch' does")
    assert _words(checked=NOW - hour) == (True, "well 1 hour ago")
    assert _words(checked=NOW, location="https://new.example/") == (
        True,
        "well just now, it has moved to https://new.example/ and is read there",
    )
    assert _words(newest=NOW - 90 * day, checked=NOW - 2 * day) == (
        True,
        "well 2 days ago, but its newest article is from 90 days ago",
    )
    assert _words(checked=NOW, gone=True)[0] is False
    failing = _words(
        checked=NOW,
        failures=3,
        error="no answer within 30 s",
        succeeded=NOW - 5 * day,
        next_check=NOW + timedelta(minutes=40),
    )
    rests = "it rests for 40 minutes more unless you name it"
    assert failing == (
        False,
        f"failed 3 times in a row: no answer within 30 s; it was well 5 days ago; {rests}",
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (60, "1 minute ago"), (7_200, "2 hours ago"), (86_400, "1 day ago")],
)
def test_how_long_ago(seconds: int, words: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("lang", "sign"),
    [
        ("en-GB", "EN"),
        ("zh-Hant", "繁"),
        ("zh_TW", "繁"),
        ("zh-Hans", "简"),
        ("zh", "中"),
        ("ja", "日"),
        ("ko", "KO"),
        ("", "  "),
    ],
)
def test_every_language_badge_is_two_columns(lang: str, sign: str) -> None:
    assert badge(lang) == sign
    assert display_width(badge(lang)) == 2


@pytest.mark.parametrize("text", ["", "短", "中央通訊社臺北總社國際新聞中心", "Focus Taiwan (CNA)"])
def test_cells_are_as_wide_as_they_should_be(text: str) -> None:
    assert display_width(padded(text, 9)) == 9


def test_progress_is_drawn_on_a_terminal_alone(digest: Program) -> None:
    quiet = digest.good("reindex")
    assert "\r" not in quiet.err
    drawn = digest("reindex", terminal=True)
    assert re.search(r"\rindexing \[#+-*\] 4/4", drawn.err)
    assert drawn.err.endswith("\r4 articles are in the index\n")
    assert drawn.out == ""


def test_wide_tables_are_cut_at_the_edge_of_the_screen(
    digest: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    listed = digest("feeds", "list", terminal=True)
    assert all(
        display_width(re.sub(r"\x1b\[\d*m", "", line)) <= 50 for line in listed.out.splitlines()
    )
    assert max(map(len, digest.good("feeds", "list").lines)) > 50
