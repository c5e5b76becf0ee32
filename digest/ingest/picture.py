"""A stranger's picture, drawn again small and plain; in a worker process, within its limits."""

from __future__ import annotations

import io

from digest.errors import SourceError

# What news sites send. Pillow's other readers are old, rare, or start programs.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
# A few kilobytes can claim to be gigabytes of pixels.
MOST_PIXELS = 50_000_000


def redrawn(data: bytes, widest: int, highest: int) -> bytes:
    """The picture (of a moving one the first) as PNG, scaled down to at most this many pixels.

    Raises:
        SourceError: it is none, or too large.
    """
    try:
        return _drawn(data, widest, highest)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # a decoder raises whatever it stumbles over
        raise SourceError("what is there is no picture that can be shown") from error


def _drawn(data: bytes, widest: int, highest: int) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - an optional part, loaded where it runs

    sheet = io.BytesIO()
    with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            raise SourceError("the picture is too large")
        found.thumbnail((widest, highest))
        upright = ImageOps.exif_transpose(found)
        drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        drawn.save(sheet, "PNG", compress_level=1)
    return sheet.getvalue()
