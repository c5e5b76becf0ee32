"""Whether pictures can be shown here, and the widget that shows one.

textual-image asks the terminal when it is imported, and reads the answer from where the keys come
from. While the desk runs, Textual reads there; so the desk steps back for the moment of the import.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported
from textual.widget import Widget

from digest.tui.i18n import _

if TYPE_CHECKING:
    from textual_image.widget import AutoImage, SixelImage

_PART = "textual_image"
_KITTY = re.compile(r"kitty\((\d+)\.(\d+)")
_PLACES = (0, 28)  # from this kitty on pictures are put in the place of letters


def lacking(app: App[int]) -> str:
    """Why no picture can be shown, in words for a person; "" where one can."""
    if importlib.util.find_spec(_PART) is None:
        return _(
            "Pictures need an optional part: pip install 'taiwan-japan-digest[images]'. "
            "The figure's link opens in the browser."
        )
    _ask_terminal(app)
    from textual_image import renderable, widget  # noqa: PLC0415 - an optional part

    if widget.Image is widget.SixelImage:
        return ""
    if renderable.Image is not renderable.TGPImage:
        return _("This terminal shows no pictures. The figure's link opens in the browser.")
    if old := _old_kitty():
        return _(
            "Pictures need kitty {wanted} or newer; this is {version}. "
            "The figure's link opens in the browser."
        ).format(wanted=".".join(map(str, _PLACES)), version=old)
    if app.no_color or app.console.color_system != "truecolor":
        # kitty reads the number of a picture from the colour of the letters in its place.
        return _("In this terminal pictures need COLORTERM=truecolor, and no NO_COLOR.")
    return ""


def _ask_terminal(app: App[int]) -> None:
    if f"{_PART}.widget" in sys.modules:
        return
    try:
        with app.suspend():
            importlib.import_module(f"{_PART}.widget")
            _old_kitty()
    except SuspendNotSupported:  # no terminal, hence nothing to ask
        importlib.import_module(f"{_PART}.widget")


@cache
def _old_kitty() -> str:
    """The version of a kitty that takes pictures but does not put them in the place of letters.

    "" for any other terminal. Asked once, while the desk has stepped back.
    """
    from textual_image import renderable  # noqa: PLC0415 - an optional part
    from textual_image._terminal import (  # noqa: PLC0415 - an optional part
        TerminalError,
        capture_terminal_response,
    )

    answer = None
    if renderable.Image is renderable.TGPImage and sys.__stdout__ is not None:
        with (
            suppress(TerminalError, TimeoutError),
            capture_terminal_response("\x1bP>|", "\x1b\\", 0.1) as answer,
        ):
            sys.__stdout__.write("\x1b[>q")  # XTVERSION
            sys.__stdout__.flush()
    found = _KITTY.search(answer.sequence) if answer is not None else None
    if found is None or (int(found[1]), int(found[2])) >= _PLACES:
        return ""
    return f"{found[1]}.{found[2]}"


class Showing:
    """A picture's widget, as large as the picture is, or as there is room for.

    Args:
        png: the picture.
    """

    def __init__(self, png: bytes) -> None:
        from PIL import Image as Pixels  # noqa: PLC0415 - an optional part
        from textual_image.widget import (  # noqa: PLC0415 - an optional part
            Image,
            SixelImage,
            SixelOptions,
        )

        from digest.tui.widgets.sixels import Sixels  # noqa: PLC0415 - an optional part

        with Pixels.open(BytesIO(png)) as pixels:
            self._pixels = pixels.size
        self._image: AutoImage | SixelImage
        if Image is SixelImage:  # with colours chosen well, for half as much time again
            self._image = Sixels(BytesIO(png), sixel_options=SixelOptions(quantize="adaptive"))
        else:
            self._image = Image(BytesIO(png))

    @property
    def widget(self) -> Widget:
        """What is to be mounted."""
        return self._image

    def fit(self, columns: int, lines: int) -> None:
        """Take no more than this room."""
        across, down = pixels_of(1, 1)
        width, height = self._pixels
        share = min(1.0, columns * across / width, lines * down / height)
        self._image.styles.width = max(1, round(width * share / across))
        self._image.styles.height = max(1, round(height * share / down))

    def forget(self) -> None:
        """Have the terminal forget the picture."""
        self._image.image = None


def pixels_of(columns: int, lines: int) -> tuple[int, int]:
    """How many pixels so many cells have."""
    from textual_image._terminal import get_cell_size  # noqa: PLC0415 - an optional part

    cell = get_cell_size()
    return columns * cell.width, lines * cell.height
