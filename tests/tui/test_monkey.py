"""Every key in every place, in an order nobody thought of: no crash, and always a way back."""

from __future__ import annotations

import logging
import random
import webbrowser
from pathlib import Path

import pytest
from textual import events

from digest.tui.actions import ACTIONS
from digest.tui.keys import parse
from tests.tui.desk import NEVER_READ, Desk, open_desk

SEED = 20261128
EVENTS = 120
# Those that end the desk, and what a terminal sends for them.
LEAVING = {"q", "ctrl+q", "ctrl+c"}
KEYS = sorted(
    {key for action in ACTIONS for keys in parse(action.keys) for key in keys} - LEAVING
    | {"enter", "escape", "tab", "shift+tab", "up", "down", "backspace", "space", "delete"}
    | set("1290")
    | {"台", "灣", "ｊ", "／", "「", '"', "(", "*", "p", "m", "r"}
)


def click(desk: Desk, x: int, y: int) -> None:
    """What a terminal sends for a click, whatever is there."""
    for kind in (events.MouseDown, events.MouseUp):
        event = kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False)
        desk.app.post_message(event)


async def stir(desk: Desk, chance: random.Random) -> None:
    """Send keys and clicks as fast as they come, and let the desk catch up now and then."""
    width, height = desk.app.size
    for number in range(EVENTS):
        kind = chance.random()
        if kind < 0.08:
            click(desk, chance.randrange(width), chance.randrange(height))
        elif kind < 0.12:
            await desk.pilot.resize_terminal(*chance.choice(((80, 24), (120, 40), (200, 50))))
            width, height = desk.app.size
        else:
            desk.send(chance.choice(KEYS))
        if number % 7 == 0:
            await desk.pilot.pause(0)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_no_key_in_no_place_breaks_the_desk(
    home: Path,
    size: tuple[int, int],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _address: True)
    chance = random.Random(SEED + size[0])
    async with open_desk(home, size=size, timing=NEVER_READ) as desk:
        with caplog.at_level(logging.ERROR, logger="digest"):
            await stir(desk, chance)
            await desk.settle()
        assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
        for _ in range(12):
            await desk.press("escape")
        assert desk.app.screen is desk.screen
        assert desk.screen.pane == "list", desk.text
        await desk.press("ctrl+l", "G")
        articles = desk.screen.articles
        assert articles.cursor == max(0, len(articles.shelf.ids) - 1)
