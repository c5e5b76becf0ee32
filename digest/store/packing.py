"""Text as it is kept in BLOB columns."""

from __future__ import annotations

import zlib


def packed(text: str) -> bytes:
    """Text as it is kept in a BLOB column."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(blob: bytes) -> str:
    """The text of a BLOB column."""
    return zlib.decompress(blob).decode("utf-8", "surrogatepass")
