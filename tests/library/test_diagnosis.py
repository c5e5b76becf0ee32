"""The feed doctor: what it says of each ailment, with its code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from digest.config.settings import Feed
from digest.library.diagnosis import FROZEN_TIMES, diagnose, habits
from digest.library.values import FeedInfo
from digest.model import FeedState, Vitals

NOW = datetime(2026, 11, 8, 12, tzinfo=UTC)
URL = "https://wire.example/feed"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def info(vitals: Vitals, recent: int = 0, cut: int = 0, **state: Any) -> FeedInfo:
    remembered = FeedState(1, URL, "Wire", checked=NOW - HOUR, vitals=vitals, **state)
    return FeedInfo(Feed(URL, "Wire"), remembered, recent=recent, cut=cut)


def chief(one: FeedInfo) -> tuple[str, bool, str]:
    found = diagnose(one, NOW)[0]
    return found.code, found.well, found.words


def failed(error: str, http: int | None, linked: str = "") -> tuple[str, bool, str]:
    return chief(info(Vitals(http=http, linked=linked), failures=2, error=error))


def test_a_healthy_feed_and_its_habits() -> None:
    one = info(Vitals(200, entries=20, newest=NOW - 2 * HOUR, interval=3 * 3600.0))
    assert chief(one) == ("well", True, "well 1 hour ago")
    assert habits(one, NOW) == ("newest entry 2 hours ago", "usually one every 3 hours")


def test_a_firewall_a_page_in_place_of_a_feed_and_broken_xml() -> None:
    code, well, words = failed("the site refuses (HTTP 403)", 403)
    assert (code, well) == ("forbidden", False)
    assert "user_agent" in words
    page = "this is a web page, not a feed; the feed it links to is https://a.example/rss"
    code, well, words = failed(page, 200, "https://a.example/rss")
    assert (code, well) == ("html", False)
    assert words.endswith("follow that: digest feeds add https://a.example/rss")
    assert failed("this is a web page, not a feed", 200)[0] == "html"
    assert failed("the feed is broken: its XML is not well formed", 200)[0] == "broken"
    assert failed("nothing on this page fits items = 'li'; look", 200)[0] == "selector"
    assert failed("wire.example does not answer", None)[0] == "failing"


def test_silence_is_measured_by_the_feeds_own_habit() -> None:
    usual = Vitals(200, newest=NOW - 40 * DAY, interval=86_400.0)
    code, well, words = chief(info(usual))
    assert (code, well) == ("frozen", False)
    assert "nothing new has come for 40 days, 40 times its usual 1 day" in words
    weekly = Vitals(200, newest=NOW - 40 * DAY, interval=7 * 86_400.0)
    assert chief(info(weekly))[:2] == ("well", True)
    # A quick feed on a long weekend is not dead.
    quick = Vitals(200, newest=NOW - 2 * DAY, interval=600.0)
    assert FROZEN_TIMES < 2 * 86_400 / 600
    assert chief(info(quick))[:2] == ("well", True)


def test_what_a_feed_that_works_lacks() -> None:
    ahead = info(Vitals(200, entries=20, newest=NOW, ahead=3))
    assert chief(ahead)[:2] == ("clock", True)
    assert "3 of its 20 entries are dated in the future" in chief(ahead)[2]
    assert chief(info(Vitals(200, entries=20, newest=NOW, stamped=True)))[0] == "clock"
    odd = "the feed's XML is not well formed; what could be read was"
    assert chief(info(Vitals(200, newest=NOW, remark=odd)))[:2] == ("broken", True)
    cut = info(Vitals(200, newest=NOW), recent=20, cut=18)
    assert chief(cut)[:2] == ("no_full_text", True)
    assert "of its last 20 articles 18 are cut" in chief(cut)[2]
    assert chief(info(Vitals(200, newest=NOW), recent=20, cut=5))[0] == "well"
    moved = info(Vitals(200, newest=NOW), location="https://new.example/")
    assert chief(moved)[:2] == ("moved", True)


def test_every_finding_is_there_and_the_chief_one_first() -> None:
    both = info(
        Vitals(200, entries=9, newest=NOW - 40 * DAY, interval=3600.0, ahead=1),
        location="https://new.example/",
    )
    assert [one.code for one in diagnose(both, NOW)] == ["frozen", "moved", "clock"]
