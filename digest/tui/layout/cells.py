"""Text measured and cut in terminal cells: Han and Kana take two, combining marks none."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes

from digest.tui.layout.signs import CUT

_BLANKED = dict.fromkeys(
    (
        *range(0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x2028, 0x202F),
        *range(0x2066, 0x206A),
        0xFEFF,
    ),
    " ",
)


def plain(text: str) -> str:
    """`text` with every control, line-separator and bidi-control character made a space.

    The last guard before the terminal: as long as the given text, so that places in it hold.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_BLANKED)


def width(text: str) -> int:
    """How many cells `text` takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, cells: int, mark: str = CUT) -> str:
    """The longest start of `text` that fits `cells`; one that was cut ends with `mark`."""
    if width(text) <= cells:
        return text
    room = cells - width(mark)
    if room < 0:
        return ""
    end = 0
    for start, stop, size in split_graphemes(text)[0]:
        if size > room:
            break
        room -= size
        end = max(stop, start)
    return text[:end].rstrip() + mark


def fit(text: str, cells: int, mark: str = CUT) -> str:
    """`text` cut or filled with spaces to exactly `cells`."""
    short = cut(text, cells, mark)
    return short + " " * (cells - width(short))


def fit_right(text: str, cells: int) -> str:
    """`text` cut or filled with spaces at its left to exactly `cells`."""
    short = cut(text, cells)
    return " " * (cells - width(short)) + short
