"""A desk on a small real library, and how tests wait for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerCancelled, WorkerFailed

from digest.config.settings import Config
from digest.library import Library
from digest.tui.app import DeskApp
from digest.tui.keys import key_name
from digest.tui.screens.desk import DeskScreen
from digest.tui.timing import Timing

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
AT_ONCE = Timing(
    read_after=0.001,
    preview_after=0.001,
    search_after=0.001,
    save_after=0.001,
    poll_every=0,
    warm_after=0,
)
NEVER_READ = replace(AT_ONCE, read_after=3600)

ARTICLES: Sequence[Mapping[str, object]] = (
    {
        "title": "Chip plant in Kumamoto starts its second line",
        "text": "The plant in Kumamoto began making chips on Friday.\n\n"
        "Taiwan and Japan share the cost of the semiconductor line.\n\n"
        + "\n\n".join(f"Paragraph {n} of a long report on wafers." for n in range(40)),
        "url": "https://example.org/en/1",
        "lang": "en",
        "published": "2026-11-22T01:00:00Z",
        "feed": "Island Post",
        "tags": ["chips"],
    },
    {
        "title": "台日簽署半導體合作備忘錄",
        "text": "台灣與日本週五簽署備忘錄。\n\n雙方將在熊本合作興建晶圓廠。",
        "url": "https://example.org/zh/1",
        "lang": "zh-Hant",
        "published": "2026-11-21T08:00:00Z",
        "feed": "寶島通訊",
    },
    {
        "title": "台湾と日本、半導体で覚書",
        "text": "台湾と日本は金曜日、半導体に関する覚書に署名した。\n\n"
        "「重要な一歩だ」と外相は述べた。",
        "url": "https://example.org/ja/1",
        "lang": "ja",
        "published": "2026-11-21T03:00:00Z",
        "feed": "港日報",
    },
    {
        "title": "A title with [red]markup[/red] and [@click=app.quit]a link[/]",
        "text": "Text with [b]brackets[/b] in it.",
        "url": "https://example.org/en/2",
        "lang": "en",
        "published": "2026-11-20T03:00:00Z",
        "feed": "Island Post",
    },
    {
        "title": "Ferry between Keelung and Naha sails again",
        "text": "The ferry sails twice a week.",
        "url": "https://example.org/en/3",
        "lang": "en",
        "published": "2026-11-19T03:00:00Z",
        "feed": "Harbour Weekly",
    },
)


def fill(home: Path, articles: Sequence[Mapping[str, object]] = ARTICLES) -> None:
    """Make a library in `home` with these articles, read by nobody."""
    source = home.parent / f"{home.name}.jsonl"
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with Library.open(home, Config(), clock=lambda: NOW - timedelta(hours=1)) as library:
        report = library.add([str(source)])
        assert not report.failed
        assert len(report.added) == len(articles)


class Desk:
    """A running desk, with the words that tests use."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], home: Path) -> None:
        self.app = app
        self.pilot = pilot
        self.home = home

    @property
    def screen(self) -> DeskScreen:
        return self.app.desk

    @property
    def library(self) -> Library:
        assert self.screen.work.library is not None
        return self.screen.work.library

    async def press(self, *keys: str) -> None:
        """Press keys and wait each time until everything that was set off has settled."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text into a field, as fast as a terminal sends it."""
        for sign in text:
            self.send(sign)
        await self.settle()

    def send(self, key: str) -> None:
        """Send one key: a character, or the name of a key."""
        names = {" ": "space"}
        event = (
            events.Key(names.get(key, key_name(key)), key)
            if len(key) == 1
            else events.Key(key, {"space": " ", "slash": "/"}.get(key))
        )
        self.app.post_message(event)

    async def settle(self) -> None:
        """Wait until no worker runs and no message waits."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause(0)
            running = [worker for worker in self.app.workers if not worker.is_finished]
            quiet = 0 if running else quiet + 1
            for worker in running:
                with suppress(WorkerCancelled, WorkerFailed, asyncio.CancelledError):
                    await worker.wait()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something that timers and threads lead to is so."""
        for _ in range(300):
            await self.settle()
            if condition():
                return
            await self.pilot.pause()
        raise AssertionError("it never became so")

    @property
    def titles(self) -> list[str]:
        """The titles of the list, as loaded."""
        shelf = self.screen.articles.shelf
        rows = [shelf.row(ident) for ident in shelf.ids]
        return [row.title for row in rows if row is not None]

    @property
    def toasts(self) -> list[str]:
        """What toasts have said."""
        return [note.message for note in self.app._notifications]

    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        width, height = self.app.size
        strips = self.app.screen._compositor.render_strips()
        return [strip.text.ljust(width) for strip in strips[:height]]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())


@asynccontextmanager
async def open_desk(
    home: Path,
    *,
    size: tuple[int, int] = (120, 40),
    config: Config | None = None,
    timing: Timing = AT_ONCE,
    toasts: bool = False,
) -> AsyncIterator[Desk]:
    """Run the desk on the library in `home`; `toasts` are on the screen where they are wanted."""
    settings = config or Config()
    app = DeskApp(
        lambda: Library.open(home, settings, clock=lambda: NOW),
        settings,
        now=lambda: NOW,
        timing=timing,
    )
    try:
        async with app.run_test(size=size, notifications=toasts) as pilot:
            desk = Desk(app, pilot, home)
            await desk.until(lambda: desk.app.work.library is not None)
            await desk.until(lambda: not desk.screen.listing.loading)
            await desk.settle()
            yield desk
    finally:
        app.close_library()
