"""What the desk looks like: a few pictures at fixed sizes, with the clock stopped.

Run with UPDATE_SNAPSHOTS=1 to make the pictures anew after a change that was meant, then look at
them before they are committed.
"""

import os
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from digest.config.settings import Config, Ui
from digest.tui.layout.cells import width
from tests.tui.desk import NEVER_READ, open_desk
from tests.tui.drawing import CELL, normal

PICTURES = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize(
    ("name", "size", "theme", "language", "keys"),
    [
        ("list-80x24-paper", (80, 24), "paper", "en", ("j", "v", "j")),
        ("reader-80x24-night", (80, 24), "night", "en", ("j", "j", "enter")),
        ("desk-120x40-paper", (120, 40), "paper", "en", ("j", "s")),
        ("desk-200x50-contrast", (200, 50), "contrast", "en", ()),
        ("tags-120x40-night", (120, 40), "night", "en", ("t",)),
        ("list-80x24-night-ja", (80, 24), "night", "ja", ("j",)),
        ("desk-200x50-paper-ja", (200, 50), "paper", "ja", ("j", "j")),
        ("tags-120x40-contrast-ja", (120, 40), "contrast", "ja", ("t",)),
        ("reader-80x24-paper-zh", (80, 24), "paper", "zh-Hant", ("j", "enter", "v")),
        ("desk-200x50-night-zh", (200, 50), "night", "zh-Hant", ("j",)),
    ],
)
async def test_pictures(
    home: Path, name: str, size: tuple[int, int], theme: str, language: str, keys: tuple[str, ...]
) -> None:
    config = Config(ui=Ui(theme=theme, language=language))
    async with open_desk(home, size=size, config=config, timing=NEVER_READ) as desk:
        desk.app.animation_level = "none"
        await desk.press(*keys)
        for field in desk.app.screen.query("Input"):
            field.cursor_blink = False  # type: ignore[attr-defined]
        await desk.until(lambda: desk.screen.reading.article is not None or size[0] < 100)
        await desk.settle()
        picture = normal(desk.app.export_screenshot())
    compare(name, picture)


@pytest.mark.parametrize(
    ("name", "size", "theme", "language", "keys"),
    [
        ("story-80x24-paper-ja", (80, 24), "paper", "ja", ("\\",)),
        ("story-120x40-night", (120, 40), "night", "en", ("\\", "left", "space")),
        ("story-120x40-paper-zh", (120, 40), "paper", "zh-Hant", ("G", "\\")),
        ("brief-80x24-paper-zh", (80, 24), "paper", "zh-Hant", ("D", "l")),
        ("brief-120x40-night", (120, 40), "night", "en", ("D", "l", "j", "x")),
    ],
)
async def test_pictures_of_stories(
    stories: Path,
    name: str,
    size: tuple[int, int],
    theme: str,
    language: str,
    keys: tuple[str, ...],
) -> None:
    config = Config(ui=Ui(theme=theme, language=language))
    async with open_desk(stories, size=size, config=config, timing=NEVER_READ) as desk:
        desk.app.animation_level = "none"
        await desk.press(*keys)
        await desk.settle()
        picture = normal(desk.app.export_screenshot())
    compare(name, picture)


def test_the_pictures_of_the_readme_give_each_character_its_columns() -> None:
    found = 0
    for path in (Path(__file__).parents[2] / "docs" / "pictures").glob("*.svg"):
        for text in ET.parse(path).iter("{http://www.w3.org/2000/svg}text"):
            content, starts = text.text or "", (text.get("x") or "").split()
            if length := text.get("textLength"):
                assert float(length) == pytest.approx(width(content) * CELL, abs=0.1), content
            elif len(starts) > 1:
                assert len(starts) == len(content)
                steps = [float(after) - float(one) for one, after in pairwise(starts)]
                assert steps == pytest.approx([2 * CELL] * len(steps), abs=0.2)
                found += 1
    assert found


def compare(name: str, picture: str) -> None:
    """Whether the desk looks as in the picture of this name."""
    path = PICTURES / f"{name}.svg"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        PICTURES.mkdir(exist_ok=True)
        path.write_text(picture, encoding="utf-8")
    assert picture == path.read_text(encoding="utf-8"), f"{name} looks different"
