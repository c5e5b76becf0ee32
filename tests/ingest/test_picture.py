"""Strangers' pictures: drawn again small, or refused, whatever they are made of."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.workshop import Workshop
from digest.library.picturing import picture
from tests.ingest.server import NewsServer


def made(form: str, size: tuple[int, int] = (300, 200), mode: str = "RGB", **more: object) -> bytes:
    sheet = io.BytesIO()
    Image.new(mode, size, "red").save(sheet, form, **more)
    return sheet.getvalue()


def drawn(workshop: Workshop, data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(workshop.run("picture", data=data, widest=90, highest=90)))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_is_drawn_again_as_small_as_is_wanted(workshop: Workshop, form: str) -> None:
    found = drawn(workshop, made(form))
    assert (found.format, found.size) == ("PNG", (90, 60))


def test_a_small_picture_stays_as_it_is_and_a_photograph_stands_upright(workshop: Workshop) -> None:
    assert drawn(workshop, made("PNG", (20, 10))).size == (20, 10)
    turned = Image.Exif()
    turned[0x0112] = 6  # the orientation: to be turned by a quarter
    assert drawn(workshop, made("JPEG", (20, 10), exif=turned)).size == (10, 20)


def test_what_shines_through_still_does(workshop: Workshop) -> None:
    assert drawn(workshop, made("PNG", mode="RGBA")).mode == "RGBA"


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(b"\0" * 100)
    chunks = (
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in (head, data)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="svg"),
        pytest.param(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", id="a program"),
        pytest.param(made("TIFF"), id="a rare kind"),
        pytest.param(made("JPEG")[:300], id="cut off"),
        pytest.param(claiming(60_000, 60_000), id="a bomb"),
        pytest.param(claiming(9_000, 9_000), id="too many pixels"),
    ],
)
def test_what_is_no_plain_picture_is_refused(workshop: Workshop, data: bytes) -> None:
    with pytest.raises(SourceError, match="picture"):
        drawn(workshop, data)


def test_a_picture_comes_over_the_web_by_the_rules_for_pages(
    server: NewsServer, settings: Fetch
) -> None:
    address = server.route("/p.png", made("PNG"), content_type="image/png")
    assert picture(settings, address, (90, 90), lambda: False).startswith(b"\x89PNG")
    assert "cookie" not in server.requests[0].headers
    assert "referer" not in server.requests[0].headers
    with pytest.raises(SourceError, match="404"):
        picture(settings, server.url("/none"), (90, 90), lambda: False)
    with pytest.raises(SourceError, match="allow_private"):
        picture(Fetch(), address, (90, 90), lambda: False)
    with pytest.raises(SourceError, match="only http"):
        picture(settings, "data:image/png;base64,AAAA", (90, 90), lambda: False)
