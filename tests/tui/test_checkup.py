"""The feed doctor on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.config.settings import Config, Feed, Ui
from digest.library import Library
from digest.model import FeedState, Vitals
from digest.store.database import Database
from digest.store.feeds import remember, save
from digest.tui.screens.checkup import CheckupScreen
from tests.tui.desk import NOW, open_desk

FEEDS = (
    Feed("https://fine.example/feed", "Fine Wire"),
    Feed("https://frozen.example/feed", "凍結新聞"),
    Feed("https://new.example/feed", "Never Asked"),
)
CONFIG = Config(feeds=FEEDS)


def remembered(home: Path) -> None:
    """Two of the feeds have been checked: one is well, one has been silent for long."""
    with Library.open(home, CONFIG):
        pass
    database = Database(home / "library.db")
    for feed, days in zip(FEEDS[:2], (0, 90), strict=True):
        vitals = Vitals(200, entries=9, newest=NOW - timedelta(days=days), interval=86_400.0)
        with database.write() as db:
            state = remember(db, feed)
            save(db, FeedState(state.id, state.url, state.name, checked=NOW, vitals=vitals))
    database.close()


async def test_the_ailing_feed_comes_first_with_all_there_is_to_say(home: Path) -> None:
    remembered(home)
    async with open_desk(home, config=CONFIG) as desk:
        await desk.press("F")
        assert isinstance(desk.app.screen, CheckupScreen)
        assert "3 feeds   1 need a look" in desk.text
        await desk.until(lambda: "Fine Wire" in desk.text)
        assert desk.text.index("凍結新聞") < desk.text.index("Fine Wire")
        assert "90 times its usual 1 day" in " ".join(desk.text.split())
        assert "https://frozen.example/feed" in desk.text
        await desk.press("j")
        assert "https://fine.example/feed" in desk.text
        assert "newest entry just now" in desk.text
        await desk.press("escape")
        assert not isinstance(desk.app.screen, CheckupScreen)


async def test_what_ails_a_feed_is_said_in_the_language_of_the_desk(home: Path) -> None:
    remembered(home)
    async with open_desk(home, config=replace(CONFIG, ui=Ui(language="ja"))) as desk:
        await desk.press("F")
        await desk.until(lambda: "長く更新なし" in desk.text)
        assert "90日新着がありません。通常の間隔（1日）の90倍です" in "".join(desk.text.split())
        assert "未取得" in desk.text


async def test_the_command_opens_it_too(home: Path) -> None:
    remembered(home)
    async with open_desk(home, config=CONFIG) as desk:
        await desk.press(":")
        await desk.type("feeds")
        await desk.press("enter")
        assert isinstance(desk.app.screen, CheckupScreen)
