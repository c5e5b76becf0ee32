"""Line breaking for Latin, Chinese and Japanese text in one paragraph.

Han and Kana may break between any two signs, except where the rules of JIS X 4051 and JLREQ
("kinsoku shori") and of Chinese typesetting (CLREQ) forbid it: closing brackets, stops, commas,
small Kana, the long-vowel mark and iteration marks never start a line; opening brackets never end
one. What may not stand alone moves down together with its neighbour ("oidashi"). Latin words and
numbers break only at spaces and after dashes; one wider than the line is cut at the line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import split_graphemes

from digest.tui.layout.cells import width as cells_of

NOT_AT_START = frozenset(
    "、。，．・：；？！゛゜ヽヾゝゞ々〻ー"
    "’”）〕］｝〉》」』】〙〗〟｠»"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "‐゠–〜～‼⁇⁈⁉…‥—―％‰℃″′"
    ",.!?:;)]}%"
)
NOT_AT_END = frozenset("‘“（〔［｛〈《「『【〘〖〝｟«([{＄￥£$￡＃")
_TWINS = frozenset("…‥—―")
_EVEN_AFTER_SPACE = frozenset(sign for sign in NOT_AT_START if sign > "\u3000")

_WIDE = (
    "\u1100-\u115f\u2e80-\u2fff\u3001-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U0001f000-\U0003fffd…‥―"
)
_TOKEN = re.compile(
    rf"(?P<space>[^\S\xa0\u202f\u2007]+)"
    rf"|[{_WIDE}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\u200d\U000e0100-\U000e01ef]*"
    rf"|[^\s{_WIDE}—–]+[—–]*|[—–]+|."
)


class Slice(NamedTuple):
    """A line: `text[start:end]`, without the spaces around it."""

    start: int
    end: int


class _Chunk(NamedTuple):
    """What may not be broken: its place, its width in cells, and that of the space before it."""

    start: int
    end: int
    cells: int
    gap: int


def wrap(text: str, width: int) -> list[Slice]:
    """Break `text`, which has no line breaks in it, into lines of at most `width` cells.

    A single sign that is wider than `width` gets a line of its own. Spaces at the break belong to
    no line; nothing else is left out. Empty or blank text has no lines.
    """
    lines: list[Slice] = []
    start = end = used = 0
    for chunk in _chunks(text):
        if used and used + chunk.gap + chunk.cells <= width:
            end, used = chunk.end, used + chunk.gap + chunk.cells
            continue
        if used:
            lines.append(Slice(start, end))
        *full, last = _pieces(text, chunk, width)
        lines += [Slice(piece.start, piece.end) for piece in full]
        start, end, used = last.start, last.end, last.cells
    if end > start:
        lines.append(Slice(start, end))
    return lines


def _chunks(text: str) -> Iterator[_Chunk]:
    """Tokens, joined wherever no line may break between two of them."""
    held: _Chunk | None = None
    gap = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if match.lastgroup == "space":
            gap = cells_of(token)
            continue
        cells = cells_of(token)
        if held is None:
            held = _Chunk(match.start(), match.end(), cells, 0)
        elif _bound(text[held.end - 1], token[0], spaced=gap > 0):
            held = _Chunk(held.start, match.end(), held.cells + gap + cells, held.gap)
        else:
            yield held
            held = _Chunk(match.start(), match.end(), cells, gap)
        gap = 0
    if held is not None:
        yield held


def _bound(before: str, after: str, *, spaced: bool) -> bool:
    """Whether the line may not break between these two signs."""
    if spaced:
        return after in _EVEN_AFTER_SPACE or (before in NOT_AT_END and before > "\u3000")
    if after in NOT_AT_START or before in NOT_AT_END:
        return True
    return before == after and before in _TWINS


def _pieces(text: str, chunk: _Chunk, width: int) -> list[_Chunk]:
    """The chunk itself, or where it is wider than the line, its parts cut at the line's end."""
    if chunk.cells <= width:
        return [chunk]
    pieces: list[_Chunk] = []
    start, used = chunk.start, 0
    for first, _, cells in split_graphemes(text[chunk.start : chunk.end])[0]:
        if used and used + cells > width:
            pieces.append(_Chunk(start, chunk.start + first, used, 0))
            start, used = chunk.start + first, 0
        used += cells
    pieces.append(_Chunk(start, chunk.end, used, 0))
    return pieces
