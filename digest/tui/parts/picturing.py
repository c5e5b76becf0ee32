"""Pictures of the article in the reader, shown one by one where the terminal can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.model import Article, BlockKind
from digest.tui.i18n import _
from digest.tui.rendering.article import HEAD

if TYPE_CHECKING:
    from digest.tui.screens.desk import DeskScreen


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article: its address, its caption, and the block it stands in."""

    address: str
    caption: str
    block: int


def pictures(article: Article) -> list[Picture]:
    """The pictures of an article in order; its lead picture first where the text lacks it."""
    found = [
        Picture(block.src, block.text, at)
        for at, block in enumerate(article.blocks)
        if block.kind is BlockKind.FIGURE and block.src
    ]
    if article.image and all(one.address != article.image for one in found):
        found.insert(0, Picture(article.image, "", HEAD))
    return found


class PicturingPart:
    """Opens the pictures. None is fetched before a person asks for it."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def open(self) -> None:
        """Show the picture that is nearest to the place in the reader."""
        article = self.desk.reading.in_sight()
        if article is None:
            return
        found = pictures(article)
        if not found:
            self.desk.say(_("This article has no pictures."))
            return
        from digest.tui import terminal_pictures  # noqa: PLC0415 - only when asked for

        if why := terminal_pictures.lacking(self.desk.app):
            self.desk.say(why, warning=True)
            return
        from digest.tui.screens.picture import PictureScreen  # noqa: PLC0415 - only when asked for

        top = self.desk.reader.place.block
        at = next((n for n, one in enumerate(found) if one.block >= top), len(found) - 1)
        self.desk.app.push_screen(PictureScreen(self.desk, found, at))
