"""Whether pictures can be shown here, and the widget that shows one.

textual-image asks the terminal when it is imported, and reads the answer from where the keys come
from. While the desk runs, Textual reads there; so the desk steps back for the moment of the import.
"""

from __future__ import annotations

import importlib.util
import sys
from io import BytesIO
from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported
from textual.widget import Widget

from digest.tui.i18n import _

if TYPE_CHECKING:
    from textual_image.widget import AutoImage, SixelImage

_PART = "textual_image"


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
    except SuspendNotSupported:  # no terminal, hence nothing to ask
        importlib.import_module(f"{_PART}.widget")


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

        with Pixels.open(BytesIO(png)) as pixels:
            self._pixels = pixels.size
        self._image: AutoImage | SixelImage
        if Image is SixelImage:  # with colours chosen well, for half as much time again
            self._image = SixelImage(BytesIO(png), sixel_options=SixelOptions(quantize="adaptive"))
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
