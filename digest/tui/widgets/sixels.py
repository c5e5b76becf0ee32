"""A picture as Sixels whose colours are right in xterm too."""

from __future__ import annotations

import re

from PIL import Image as Pixels
from textual.app import ComposeResult
from textual_image._sixel import BackgroundColor
from textual_image.widget import SixelImage, SixelOptions
from textual_image.widget.sixel import _ImageSixelImpl, _NoopRenderable

_DEFINED = re.compile(r"#(\d+);2;\d+;\d+;\d+")


class Sixels(SixelImage, Renderable=_NoopRenderable):
    """textual-image's, which takes a colour for selected once it is defined; xterm does not."""

    def compose(self) -> ComposeResult:
        """The one widget that draws."""
        yield _Drawn(self.image, self._sixel_options)


class _Drawn(_ImageSixelImpl):
    def _image_to_sixels(
        self,
        image: Pixels.Image,
        sixel_options: SixelOptions | None = None,
        background: BackgroundColor | None = None,
    ) -> str:
        made = super()._image_to_sixels(image, sixel_options, background)
        return _DEFINED.sub(r"\g<0>#\1", made)
