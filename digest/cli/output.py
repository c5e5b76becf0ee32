"""Everything the command line prints: data to stdout, talk to stderr, clean and in UTF-8.

The only module that writes to the standard streams. What it writes is free of control characters
other than its own, whatever was in an article.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from shutil import get_terminal_size
from typing import TextIO

from digest.export.forms import BYTE_ORDER_MARK, json_text
from digest.shown import unstacked, without_login

# Controls but for tab and newline (a carriage return only before a newline), DEL, C1, and the
# characters that turn the reading direction around or hide.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb]"
    "|\r(?!\n)"
)
_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def prepare_streams() -> None:
    """Make the streams present, and those that are written able to hold any text.

    A terminal of a legacy encoding keeps it, with `?` for what it lacks; everything else is UTF-8.
    A stream that was closed before the start becomes one that swallows what it is given, or gives
    nothing.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - stays open as long as the process
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123 - stays open as long as the process
        elif hasattr(stream, "reconfigure"):
            legacy = stream.isatty() and (stream.encoding or "ascii").lower() not in _ASCII
            encoding = stream.encoding if legacy else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


_ASCII = frozenset(("ascii", "us-ascii", "ansi_x3.4-1968", "646", "utf-8", "utf8"))


def clean(text: str) -> str:
    """`text` without anything that could steer a terminal; lone surrogates become U+FFFD."""
    return unstacked(_CONTROLS.sub("", text)).encode("utf-8", "replace").decode("utf-8")


def write(text: str) -> None:
    """Write data, as it is but clean; a piece that is a byte order mark alone passes."""
    sys.stdout.write(text if text == BYTE_ORDER_MARK else clean(text))


def line(text: str = "") -> None:
    """Write one line of data."""
    write(f"{text}\n")


def document(value: object) -> None:
    """Write one JSON document on a line of its own, and hand it over at once."""
    sys.stdout.write(f"{json_text(value)}\n")
    sys.stdout.flush()


def talk(text: str) -> None:
    """Tell the user something on stderr, on one line."""
    sys.stdout.flush()
    _to_stderr(f"{' '.join(clean(without_login(text)).split())}\n")


def complain(text: str) -> None:
    """Name something that went wrong, under the program's name."""
    talk(f"digest: {text}")


def shout(text: str) -> None:
    """Tell the user one line past the stream's buffer, for signal handlers."""
    with suppress(OSError):
        os.write(2, f"\n{clean(text)}\n".encode())


def paragraph(text: str) -> None:
    """Write something of several lines to stderr."""
    _to_stderr(clean(without_login(text)).rstrip("\n") + "\n")


def _to_stderr(text: str) -> None:
    """Talk that nobody can hear any more is no failure."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def on_terminal() -> bool:
    """Whether a person sits at both ends: keys in, screen out."""
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def styled() -> bool:
    """Whether stdout may carry bold and dim text (https://no-color.org)."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def columns() -> int | None:
    """The width that rows are cut to; None where stdout is no terminal and nothing is cut."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


class Rich:
    """Text put together from plain pieces and pieces that stand out."""

    def __init__(self) -> None:
        self._styled = styled()
        self._pieces: list[str] = []

    def plain(self, text: str) -> Rich:
        """Add a piece as it is."""
        self._pieces.append(clean(text))
        return self

    def bold(self, text: str) -> Rich:
        """Add a piece in bold."""
        return self._in_style(_BOLD, text)

    def dim(self, text: str) -> Rich:
        """Add a piece that stands back."""
        return self._in_style(_DIM, text)

    def end(self) -> None:
        """Write it as one line of data."""
        sys.stdout.write("".join(self._pieces) + "\n")

    def _in_style(self, style: str, text: str) -> Rich:
        cleaned = clean(text)
        self._pieces.append(f"{style}{cleaned}{_PLAIN}" if self._styled and cleaned else cleaned)
        return self


def flush() -> None:
    """Hand over everything written so far."""
    sys.stdout.flush()
    sys.stderr.flush()


def hush() -> None:
    """Hand over what can be; a stream that takes no more swallows the rest without a word."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _silence(stream)


def _silence(stream: TextIO) -> None:
    """Point a stream's handle at nothing, so that not even the interpreter's exit complains."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)


def lines(texts: Iterable[str] | Iterable[bytes]) -> None:
    """Write pieces of data one after another, each as it comes; bytes go out as they are."""
    for text in texts:
        if isinstance(text, str):
            write(text)
        else:
            sys.stdout.buffer.write(text)
