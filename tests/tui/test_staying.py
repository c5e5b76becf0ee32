"""What the desk does by itself and what it remembers: fetching, alerts, sizes, searches, places."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from digest.config.durations import parse_interval
from digest.config.settings import Config, Feed, Fetch, View
from digest.tui.memory import FILE, Memory, recall
from digest.tui.messages import Counted
from digest.tui.parts.alerting import notifier
from tests.ingest.server import NewsServer
from tests.tui.desk import AT_ONCE, NEVER_READ, open_desk

RSS = (
    "<rss version='2.0'><channel><title>Wire</title><item><title>Wafers for Kumamoto</title>"
    "<link>https://example.org/w</link><description>{text}</description></item></channel></rss>"
)


async def test_the_desk_fetches_by_itself_and_a_view_tells_of_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.tui.parts.alerting.notifier", lambda _words: ())
    with NewsServer() as server:
        text = "Wafers leave Hsinchu for Kumamoto. " * 20
        server.route("/f", RSS.format(text=text).encode(), content_type="application/rss+xml")
        config = Config(
            fetch=Fetch(every="30m", allow_private=True, full_text=False),
            feeds=(Feed(server.url("/f"), name="Wire"),),
            views=(View("Wafers", "title:wafers", alert=True),),
        )
        async with open_desk(home, config=config, timing=NEVER_READ, size=(160, 40)) as desk:
            await desk.until(lambda: "Wafers: 1 new article" in desk.toasts)
            entry = next(one for one in desk.screen.sidebar.entries if one.title == "Wafers")
            assert entry.alert
            assert entry.count == 1


async def test_a_view_tells_of_what_it_finds_a_moment_after_it_was_stored(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.tui.parts.alerting.notifier", lambda _words: ())
    views = (View("Wafers", "title:wafers", alert=True),)
    async with open_desk(home, config=Config(views=views), timing=NEVER_READ) as desk:
        counts = desk.library.counts()

        async def count(every: int, found: int, *, findable: bool) -> None:
            now = replace(counts, all=counts.all + every, views={"Wafers": found})
            desk.screen.post_message(Counted(now, (), views, findable))
            await desk.settle()

        await count(1, 0, findable=False)  # stored, and not in the index yet
        assert desk.toasts == []
        await count(1, 1, findable=True)
        assert desk.toasts == ["Wafers: 1 new article"]
        await count(1, 2, findable=True)  # somebody has marked one as unread
        assert desk.toasts == ["Wafers: 1 new article"]


async def test_without_every_nothing_is_fetched_by_itself(home: Path) -> None:
    config = Config(feeds=(Feed("http://127.0.0.1:9/f", name="Wire"),))
    timing = replace(AT_ONCE, look_every=0.01)
    async with open_desk(home, config=config, timing=timing) as desk:
        await desk.settle()
        assert not desk.screen.fetching.running
        assert desk.toasts == []


def test_an_interval_has_minutes_and_an_end() -> None:
    assert parse_interval("30m").total_seconds() == 1800
    assert parse_interval("2h").total_seconds() == 7200
    for wrong in ("1m", "0h", "soon", ""):
        with pytest.raises(ValueError, match="must be"):
            parse_interval(wrong)


def test_a_notification_is_words_and_never_options() -> None:
    command = notifier("--help; $(id)")
    if command and "notify-send" in command[0]:
        assert command[-1] == "--help; $(id)"
        assert "--" in command[:-2]
    else:
        assert command == () or command[-1] == "--help; $(id)"


# what is remembered -----------------------------------------------------------------------------


async def test_sizes_searches_and_places_are_as_they_were_left(home: Path) -> None:
    async with open_desk(home, size=(160, 20), timing=NEVER_READ) as desk:
        before = desk.screen.articles.size.width
        await desk.press("<", "<", "b", "enter", "space", "space")
        place = desk.screen.reader.place
        assert place.block > 0
        await desk.press("escape", "/")
        await desk.type("ferry naha")
        await desk.press("enter", "escape")
        desk.screen.coming.remember()
    async with open_desk(home, size=(160, 20), timing=NEVER_READ) as desk:
        assert not desk.screen.sidebar.display
        assert desk.screen.articles.size.width < before
        await desk.press("enter")
        assert desk.screen.reader.place == place
        await desk.press("escape", "/")
        await desk.until(lambda: "ferry naha" in desk.text)
        await desk.press("tab")
        assert desk.screen.search_bar.text.strip() == "ferry naha"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"share": 3, "searches": 5, "places": {"1": "x"}, "sidebar": 1}', "[" * 9999],
)
def test_a_damaged_memory_is_no_trouble(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert recall(tmp_path) == Memory()


def test_a_search_is_remembered_once_and_newest_first(tmp_path: Path) -> None:
    memory = Memory()
    for query in ("a", "b", " a ", ""):
        memory.searched(query)
    memory.save(tmp_path)
    assert recall(tmp_path).searches == ["a", "b"]
    assert json.loads((tmp_path / FILE).read_text())["share"] == 0


# people and places ------------------------------------------------------------------------------


async def test_the_sidebar_lists_whom_the_newest_articles_name(home: Path) -> None:
    async with open_desk(home, size=(160, 60), timing=NEVER_READ) as desk:
        await desk.until(lambda: "People and places" in desk.text)
        entries = {one.title: one for one in desk.screen.sidebar.entries}
        assert entries["Kumamoto"].query == "who:Kumamoto"
        assert entries["Taiwan"].count == 3
        await desk.press("/")
        await desk.type("who:kum")
        await desk.until(lambda: "who:Kumamoto" in desk.text)
