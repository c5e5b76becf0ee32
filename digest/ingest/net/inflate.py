"""Bodies unpacked within a limit: a small answer may claim to be a gigabyte of zeros."""

from __future__ import annotations

import zlib

from digest.errors import SourceError

_GZIP_MAGIC = b"\x1f\x8b"
# Codings we do not offer; a body that uses one cannot be read.
_UNREADABLE = ("br", "zstd", "compress", "x-compress", "dcb", "dcz")


def size_in_words(count: int) -> str:
    """`10_000_000` as `10 MB`."""
    if count >= 1_000_000:
        return f"{count / 1_000_000:g} MB"
    return f"{count / 1000:g} kB"


class TooLarge(SourceError):
    """There are more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"larger than {size_in_words(limit)}, which is the limit ([fetch] max_bytes raises it)"
        )


class Inflater:
    """Takes a body's chunks as they came and keeps what is in them, up to `limit` bytes.

    `coding` is the `Content-Encoding`: gzip and deflate are unpacked (deflate with or without its
    zlib header, as RFC 9110 8.4.1.2 and servers differ), unknown words are taken for a mistake.
    """

    def __init__(self, coding: str, limit: int) -> None:
        names = [part.strip() for part in coding.lower().split(",") if part.strip()]
        for name in names:
            if name in _UNREADABLE:
                raise SourceError(f"the answer is packed in a way ({name}) that was not asked for")
        self._coding = next((n for n in names if n in ("gzip", "x-gzip", "deflate")), "")
        self._unpacker: zlib._Decompress | None = None
        self._limit = limit
        self._came = 0
        self._size = 0
        self._parts: list[bytes] = []

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            TooLarge: the limit is passed, before or after unpacking.
            SourceError: the packing is broken.
        """
        self._came += len(chunk)
        if self._came > self._limit:
            raise TooLarge(self._limit)
        if not chunk:
            return
        if self._coding and self._unpacker is None:
            self._begin(chunk)
        if self._coding:
            self._unpack(chunk)
        else:
            self._keep(chunk)

    def _begin(self, chunk: bytes) -> None:
        if self._coding == "deflate":
            # A zlib header is a multiple of 31 and says method 8 (RFC 1950).
            header = chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS if header else -zlib.MAX_WBITS)
        elif chunk.startswith(_GZIP_MAGIC[: len(chunk)]):
            self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        else:
            self._coding = ""  # labelled as packed, sent plain

    def _unpack(self, chunk: bytes) -> None:
        try:
            while chunk and self._unpacker is not None:
                if self._unpacker.eof and not self._another(chunk):
                    return
                self._keep(self._unpacker.decompress(chunk, self._limit - self._size + 1))
                chunk = self._unpacker.unused_data or self._unpacker.unconsumed_tail
        except zlib.error as error:
            raise SourceError("the answer is damaged: it cannot be unpacked") from error

    def _another(self, rest: bytes) -> bool:
        """Gzip may go on with another member; anything else behind the end is ignored."""
        if self._coding == "deflate" or not rest.startswith(_GZIP_MAGIC):
            return False
        self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        return True

    def _keep(self, part: bytes) -> None:
        self._parts.append(part[: self._limit - self._size])
        self._size += len(part)
        if self._size > self._limit:
            raise TooLarge(self._limit)

    def finish(self) -> bytes:
        """The whole body.

        Raises:
            SourceError: the packed stream ended before its end.
        """
        if self._unpacker is not None and not self._unpacker.eof:
            raise SourceError("the answer broke off before its end")
        return self.beginning()

    def beginning(self) -> bytes:
        """What came so far, up to the limit."""
        return b"".join(self._parts)
