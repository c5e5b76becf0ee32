"""Makes the pictures of the README: `python -m scripts.pictures [FOLDER]`.

The sample edition is fetched into a throw-away library at a fixed time, a few articles get tags,
stars and a note, and the desk is drawn three times. The folder is docs/pictures unless named.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from digest.config.load import load
from digest.config.settings import Config
from digest.library import Library
from digest.sample.demo import settle_demo
from digest.sample.server import serving
from tests.tui.desk import NEVER_READ, NOW, Desk, open_desk
from tests.tui.drawing import normal

FOLDER: Final = Path(__file__).parents[1] / "docs" / "pictures"
NOTE: Final = "Follow up on water use in Kumamoto.\n\n水資源是關鍵。"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, the terminal, the theme, and the search or the article it shows.

    Attributes:
        name: of the file, without its ending.
        size: columns and rows.
        theme: a name of `[ui] theme`.
        search: typed into the search line, if not empty.
        opened: the title of the article to open, if not the first one.
        keys: pressed after that, for a screen over the desk.
    """

    name: str
    size: tuple[int, int]
    theme: str
    search: str = ""
    opened: str = ""
    keys: tuple[str, ...] = ()


PICTURES: Final = (
    Picture("desk-200x50", (200, 50), "paper"),
    Picture("search-120x40", (120, 40), "night", search="台灣"),
    Picture(
        "story-120x20",
        (120, 20),
        "paper",
        opened="日本食品輸台限制全面解除 福島桃子重返貨架",
        keys=("\\",),
    ),
    Picture("reader-80x24", (80, 24), "paper", opened="峰會聲明再提台海和平 外交部表示歡迎"),
)


def furnished(home: Path) -> Config:
    """Make the library in `home`, as somebody has it who has read a little; give its settings."""
    own = home / "config.toml"
    own.touch()  # settings as shipped, whoever makes the pictures
    with serving(NOW) as base:
        config = settle_demo(home, base, load(home, own))
        with Library.open(home, config, clock=lambda: NOW) as library:
            library.fetch()
            library.catch_up()
            newest, _ = library.matching("")
            library.tag(newest[:3], ["chips"])
            library.tag(newest[4:6], ["海峽", "ties"])
            library.mark(newest[2:4], "star")
            library.mark(newest[5:8], "read")
            library.set_note(newest[1], NOTE)
    return config


async def drawn(home: Path, config: Config, picture: Picture) -> str:
    """The picture of the library in `home`, as SVG."""
    settings = replace(config, ui=replace(config.ui, theme=picture.theme))
    async with open_desk(home, size=picture.size, config=settings, timing=NEVER_READ) as desk:
        desk.app.animation_level = "none"
        if picture.search:
            await desk.press("/")
            await desk.type(picture.search)
        else:
            place = desk.titles.index(picture.opened) if picture.opened else 0
            await desk.press(*"j" * place, "enter")
        await desk.until(lambda: _is_whole(desk, picture))
        await desk.press(*picture.keys)
        return normal(desk.app.export_screenshot())


def _is_whole(desk: Desk, picture: Picture) -> bool:
    """Whether the article is there, the one that was asked for if one was."""
    article = desk.screen.reading.article
    return article is not None and picture.opened in ("", article.summary.title)


def main(folder: Path) -> None:
    """Write the pictures into `folder`."""
    os.environ["COLORTERM"] = "truecolor"  # whatever terminal this is started in
    os.environ.pop("NO_COLOR", None)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="digest-pictures-") as home:
        config = furnished(Path(home))
        for picture in PICTURES:
            svg = asyncio.run(drawn(Path(home), config, picture))
            (folder / f"{picture.name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
