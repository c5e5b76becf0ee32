"""A clock that goes back: nothing is lost, and nothing waits for the time it had been."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.config.settings import Config, Feed, Fetch
from digest.library import Library
from tests.ingest.server import NewsServer

LATER = datetime(2027, 3, 1, tzinfo=UTC)


def test_feeds_are_read_again_when_the_clock_has_gone_back(tmp_path: Path) -> None:
    now = LATER

    def serve(server: NewsServer, number: int) -> None:
        item = (
            f"<item><title>漁業 {number}</title><guid>{number}</guid><description>台灣與日本第"
            f"{number}次談漁業。</description></item>"
        )
        feed = f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>"
        server.route("/feed.xml", feed, content_type="application/rss+xml")

    with NewsServer() as server:
        address = server.url("/feed.xml")
        fetch = Fetch(allow_private=True, full_text=False)
        config = replace(Config(), feeds=(Feed(address, name="A"),), fetch=fetch)
        with Library.open(tmp_path / "home", config, clock=lambda: now) as library:
            for number, moment in enumerate((LATER, LATER - timedelta(days=400))):
                now = moment
                serve(server, number)
                (outcome,) = library.fetch().feeds
                assert (outcome.status.value, outcome.new) == ("ok", 1), moment
            server.route("/feed.xml", "gone wrong", status=500)
            now = LATER
            (outcome,) = library.fetch().feeds
            assert outcome.status.value == "failed"
            now = LATER - timedelta(days=300)
            serve(server, 7)
            (outcome,) = library.fetch().feeds
            assert (outcome.status.value, outcome.new) == ("ok", 1), "its rest lies in the future"


def test_what_a_person_does_stays_and_is_undone_in_order(tmp_path: Path) -> None:
    now = LATER
    source = tmp_path / "a.md"
    source.write_text("# 漁業\n\n台灣與日本談漁業。\n", encoding="utf-8")
    with Library.open(tmp_path / "home", Config(feeds=()), clock=lambda: now) as library:
        library.add([str(source)])
        library.tag([1], ["later"])
        library.set_note(1, "later")
        now -= timedelta(days=500)
        library.tag([1], ["earlier"])
        library.set_note(1, "earlier")
        library.delete([1])
        library.fetch()
        assert library.undo() == "deleted 1 article"
        assert library.undo() == "noted article 1"
        assert library.note(1) == "later"
        assert library.undo() == "tagged 1 article +earlier"
        assert library.tags() == [("later", 1)]
        assert [one for one in library.doctor() if one.level == "damage"] == []
