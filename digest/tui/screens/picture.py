"""Pictures of an article, one at a time, with their captions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import get_current_worker

from digest.errors import SourceError
from digest.tui.i18n import _
from digest.tui.layout.cells import plain
from digest.tui.library_words import retold
from digest.tui.parts.handing import open_address
from digest.tui.parts.picturing import Picture
from digest.tui.rendering.parts import Part
from digest.tui.rendering.wrapping import wrapped
from digest.tui.screen_keys import PICTURE, ScreenKey, bindings
from digest.tui.screens.view import View
from digest.tui.terminal_pictures import Showing, pixels_of

if TYPE_CHECKING:
    from digest.library import Library
    from digest.tui.screens.desk import DeskScreen

MOST = 2000  # pixels on a side; more than a terminal has room for would be sent for nothing
KEPT = 8
_CAPTION_LINES = 3


@dataclass
class PictureRead(Message):
    """A picture as PNG; without one, why."""

    address: str
    png: bytes
    why: str = ""


class PictureScreen(View[None]):
    """Fetches and shows a picture; the others when it is gone on to them.

    Args:
        desk: the desk below.
        pictures: of the article; one at least.
        at: the one to begin with.
    """

    KEYS: ClassVar[Sequence[ScreenKey]] = PICTURE
    BINDINGS: ClassVar[list[BindingType]] = bindings(PICTURE)

    def __init__(self, desk: DeskScreen, pictures: Sequence[Picture], at: int) -> None:
        super().__init__(desk)
        self._pictures = pictures
        self._at = at
        self._left = threading.Event()
        self._read: dict[str, PictureRead] = {}
        self._shown: Showing | None = None

    def compose(self) -> ComposeResult:
        """The picture over its caption."""
        yield Container(id="picture")
        yield from super().compose()

    def on_mount(self) -> None:
        """Begin with the first."""
        self.call_after_refresh(self._go)

    def on_unmount(self) -> None:
        """Fetch nothing more."""
        self._left.set()

    @property
    def _picture(self) -> Picture:
        return self._pictures[self._at]

    @property
    def _room(self) -> Container:
        return self.get_widget_by_id("picture", Container)

    def action_move(self, step: int) -> None:
        """Go to the next picture, or the one before."""
        at = self._at + step
        if 0 <= at < len(self._pictures):
            self._at = at
            self._go()

    def action_browse(self) -> None:
        """Open the picture in the browser."""
        address = self._picture.address
        self.work.read(lambda _library: open_address(address), group="browse")

    def action_leave(self) -> None:
        """Back."""
        self._clear()
        self.dismiss(None)

    # fetching -------------------------------------------------------------------------------

    def _go(self) -> None:
        self._clear()
        known = self._read.get(self._picture.address)
        if known is not None:
            self._show(known)
        else:
            self._fetch(self._picture.address)
        self.draw()

    def _fetch(self, address: str) -> None:
        room = self._room.size
        across, down = pixels_of(room.width, room.height)
        size, left = (min(MOST, across), min(MOST, down)), self._left

        def job(library: Library) -> Message:
            worker = get_current_worker()
            try:
                png = library.picture(address, size, lambda: left.is_set() or worker.is_cancelled)
            except SourceError as error:
                return PictureRead(address, b"", retold(str(error)))
            return PictureRead(address, png)

        self.work.read(job, group="picture", to=self)

    @on(PictureRead)
    def _picture_read(self, message: PictureRead) -> None:
        while len(self._read) >= KEPT:
            del self._read[next(iter(self._read))]
        if message.png:
            self._read[message.address] = message
        if message.address == self._picture.address:
            self._show(message)
            self.draw(message)

    def _show(self, read: PictureRead) -> None:
        if read.png:
            self._shown = Showing(read.png)
            self._fit()
            self._room.mount(self._shown.widget)

    def _clear(self) -> None:
        if self._shown is not None:
            self._shown.forget()
            self._shown.widget.remove()
            self._shown = None

    # drawing --------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Give the picture the room there is."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._shown is not None:
            self._shown.fit(*self._room.size)

    def draw(self, read: PictureRead | None = None) -> None:
        """Draw the caption, and what is going on."""
        caption = wrapped(self._picture.caption, self.columns - 2)[: _CAPTION_LINES - 1]
        lines = [[Part(f" {line}", "figure")] for line in caption]
        host = urlsplit(self._picture.address).hostname or ""
        if read is not None and read.why:
            lines.append([Part(f" {plain(read.why)}", "warning")])
        elif self._shown is None:
            told = _("Fetching the picture from {host}").format(host=host)
            lines.append([Part(f" {plain(told)}", "about")])
        self.lines.show(lines)
        place = _("Picture {n} of {total}").format(n=self._at + 1, total=len(self._pictures))
        self.say_at_foot(place, host)
