"""Text as it is kept in BLOB columns.

A library of somebody else's may claim to hold gigabytes of one letter: what is unpacked is bounded.
"""

from __future__ import annotations

import zlib

# Bytes of an article's blocks: far more than its two million characters take.
LONGEST = 100_000_000
# Of a step to undo: a change to each of some millions of articles.
LONGEST_STEP = 1_000_000_000
# Deflate saves no more than this: 258 bytes in two bits (RFC 1951, 3.2.5).
_MOST_SAVED = 1032


def packed(text: str) -> bytes:
    """Text as it is kept in a BLOB column."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(blob: bytes) -> str:
    """The text of a BLOB column.

    Raises:
        ValueError, zlib.error: it holds none.
    """
    return inflated(blob).decode("utf-8", "surrogatepass")


def inflated(blob: bytes, limit: int = LONGEST) -> bytes:
    """What was compressed.

    Raises:
        zlib.error: it was not, or is longer than `limit` bytes.
    """
    if len(blob) * _MOST_SAVED <= limit:
        return zlib.decompress(blob)
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(blob, limit)
    if not unpacker.eof:
        raise zlib.error("it is cut, or longer than anything that is stored")
    return data
