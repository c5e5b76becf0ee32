"""Pictures of the desk (SVG) that are the same each time, and right in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from digest.tui.layout.cells import width

CELL, SIZE = 12.2, 20  # the width of a column and the size of the font, as Rich has them
_TEXT = re.compile(
    r'<text class="([^"]*)" x="([\d.]+)" y="([\d.]+)" textLength="[\d.]+" clip-path="([^"]*)">'
    r"([^<]*)</text>"
)


def normal(svg: str) -> str:
    """The picture without what differs from one export to the next, and with fonts at hand only.

    `@font-face` rules name a server from which whoever looks at the picture would load a font. The
    lengths of texts, which Rich counts in characters, are those of their columns: a browser would
    else squeeze Chinese and Japanese into half their room.
    """
    plain = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", svg)
    return _TEXT.sub(_in_columns, re.sub(r"terminal-\d+", "terminal-0", plain))


def _in_columns(text: re.Match[str]) -> str:
    """A text as one element for each of its runs of wide and of other characters."""
    kind, x, y, clip, content = text.groups()
    at, parts = float(x), []
    for run in _runs(unescape(content)):
        if width(run) == 2 * len(run):  # each in the middle of its two columns
            starts = (at + 2 * CELL * place + CELL - SIZE / 2 for place in range(len(run)))
            place = f'x="{" ".join(f"{start:.5g}" for start in starts)}" y="{y}"'
        else:
            place = f'x="{at:.5g}" y="{y}" textLength="{width(run) * CELL:.5g}"'
        shown = escape(run, quote=False).replace("\N{NO-BREAK SPACE}", "&#160;")
        parts.append(f'<text class="{kind}" {place} clip-path="{clip}">{shown}</text>')
        at += width(run) * CELL
    return "".join(parts)


def _runs(text: str) -> Iterator[str]:
    """Pieces of a text whose characters are all of two columns, or none."""
    run = ""
    for char in text:
        if run and width(char) and (width(char) == 2) != (width(run[0]) == 2):
            yield run
            run = ""
        run += char
    yield run
