"""Pictures of articles: fetched when they are asked for, and shown where the terminal can."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual_image.widget
from PIL import Image

from digest.config.settings import Config, Fetch
from digest.tui import terminal_pictures
from digest.tui.screens.picture import PictureScreen
from tests.ingest.server import NewsServer
from tests.tui.desk import NEVER_READ, Desk, fill, open_desk

CONFIG = Config(fetch=Fetch(allow_private=True))


@pytest.fixture
def server() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture
def pictured(server: NewsServer, tmp_path: Path) -> Path:
    """A library with an article with two figures, the second without a picture behind it."""
    sheet = io.BytesIO()
    Image.new("RGB", (400, 200), "red").save(sheet, "PNG")
    first = server.route("/first.png", sheet.getvalue(), content_type="image/png")
    second = server.url("/second.png")
    figures = "".join(
        f"<p>{'Some words of the text. ' * 20}</p>"
        f'<figure><img src="{source}"><figcaption>{caption}</figcaption></figure>'
        for source, caption in ((first, "The plant from the south"), (second, "[b]It[/b] is gone"))
    )
    home = tmp_path / "library"
    fill(home, [{"title": "Chips", "html": f"<article>{figures}</article>", "lang": "en"}])
    return home


@pytest.fixture
def sixel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with Sixel graphics, as textual-image would have found by asking it."""
    monkeypatch.setattr(textual_image.widget, "Image", textual_image.widget.SixelImage)


def sent(desk: Desk) -> str:
    strips = desk.app.screen._compositor.render_strips()
    return "".join(segment.text for strip in strips for segment in strip)


@pytest.mark.usefixtures("sixel")
async def test_a_picture_is_fetched_and_shown_when_it_is_asked_for(
    pictured: Path, server: NewsServer
) -> None:
    async with open_desk(pictured, timing=NEVER_READ, config=CONFIG) as desk:
        await desk.press("enter")
        assert "[Figure] The plant from the south" in desk.text
        assert server.requests == []
        await desk.press("P")
        await desk.until(lambda: "\x1bP0;0;0q" in sent(desk))
        assert "Picture 1 of 2" in desk.text
        assert "The plant from the south" in desk.text
        defined = re.findall(r"#(\d+);2;\d+;\d+;\d+(.{3})", sent(desk))
        assert defined
        assert all(after.startswith(f"#{colour}") for colour, after in defined)
        await desk.press("k", "j", "k", "j")
        await desk.until(lambda: "HTTP 404" in desk.text)
        assert "[b]It[/b] is gone" in desk.text
        assert "\x1bP0;0;0q" not in sent(desk)
        assert server.asked("/first.png") == 1
        await desk.press("escape")
        assert desk.app.screen is desk.screen


@pytest.mark.usefixtures("sixel")
async def test_pictures_begin_where_one_reads(pictured: Path) -> None:
    async with open_desk(pictured, size=(80, 12), timing=NEVER_READ, config=CONFIG) as desk:
        await desk.press("enter", "G", "P")
        assert isinstance(desk.app.screen, PictureScreen)
        assert "Picture 2 of 2" in desk.text


async def test_where_no_pictures_can_be_shown_none_is_fetched(
    pictured: Path, server: NewsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(pictured, timing=NEVER_READ, config=CONFIG) as desk:
        await desk.press("enter", "P")
        assert any("This terminal shows no pictures" in toast for toast in desk.toasts)
        monkeypatch.setattr(terminal_pictures, "_PART", "no_such_part")
        await desk.press("P")
        assert any("taiwan-japan-digest[images]" in toast for toast in desk.toasts)
        assert server.requests == []


async def test_an_article_without_pictures_has_none_to_show(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("enter", "P")
        assert "This article has no pictures." in desk.toasts


@pytest.mark.usefixtures("sixel")
async def test_pictures_are_those_of_the_article_on_the_screen(
    pictured: Path, server: NewsServer
) -> None:
    async with open_desk(pictured, size=(80, 24), timing=NEVER_READ, config=CONFIG) as desk:
        await desk.press("P")
        assert desk.toasts == ["Open an article first."]
        await desk.press("enter", "h", "P", "L")
        desk.screen.handing.follow_link(1)
        await desk.settle()
        assert desk.toasts == ["Open an article first."]
        assert server.requests == []
        await desk.press("enter", "P")
        assert isinstance(desk.app.screen, PictureScreen)
