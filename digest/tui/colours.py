"""Whether the terminal has colours at all. How many it has, Rich finds out by itself."""

from __future__ import annotations

from collections.abc import Mapping

_WITHOUT = ("dumb", "unknown")
_OUT = 1


def none_here(environ: Mapping[str, str]) -> bool:
    """Whether no colours are to be sent to the terminal that `environ` describes.

    `NO_COLOR` says so (https://no-color.org), or the terminal's own name, or its description in
    terminfo; one that is not described is taken for one with colours. A set `COLORTERM` stands for
    what the description does not know, and a browser (`digest serve`) needs none.
    """
    if environ.get("NO_COLOR"):
        return True
    if "TEXTUAL_COLOR_SYSTEM" in environ:
        return False
    name = environ.get("TERM", "")
    if name in _WITHOUT:
        return True
    return not ("color" in name or environ.get("COLORTERM")) and _described_without(name)


def _described_without(name: str) -> bool:
    try:
        import curses  # noqa: PLC0415 - not on Windows, and not for the common names
    except ImportError:
        return False
    try:
        curses.setupterm(name, _OUT)
    except curses.error:
        return False
    return curses.tigetnum("colors") <= 0
