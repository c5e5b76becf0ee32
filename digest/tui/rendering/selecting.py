"""Passages of an article on the screen: what was pointed at, and what is drawn over the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.anchors import Extent
from digest.model import Block, BlockKind
from digest.tui.layout.cells import width
from digest.tui.rendering.article import Line, Page
from digest.tui.rendering.parts import Part
from digest.tui.rendering.runs import moved, unmoved

_NEAR = 40
_WORD = re.compile(
    r"[A-Za-z\u00c0-\u024f0-9]+(?:['’\-][A-Za-z\u00c0-\u024f0-9]+)*"
    r"|[\u3400-\u9fff\uf900-\ufaff々]+|[ァ-ヺー]+|[ぁ-ゖー]+"
)


class Point(NamedTuple):
    """A place in the text of an article."""

    block: int
    offset: int


class Paint(NamedTuple):
    """What is laid over `start` to `end` of a block's run."""

    start: int
    end: int
    role: str


def point_at(page: Page, line: int, cell: int) -> Point | None:
    """The place in the text that is drawn there; the nearest one beside lines of other things."""
    near = sorted(
        (
            at
            for at in range(max(0, line - 40), min(len(page.lines), line + 40))
            if page.lines[at].text
        ),
        key=lambda at: abs(at - line),
    )
    if not near:
        return None
    drawn = page.lines[near[0]]
    place = _characters(drawn, cell) if near[0] == line else (0 if near[0] > line else 1 << 20)
    end = sum(len(part.text) for part in drawn.parts) - drawn.lead
    offset = drawn.offset + max(0, min(place - drawn.lead, end))
    return Point(drawn.block, unmoved(offset, page.shifts.get(drawn.block, ((0, 0),))))


def _characters(line: Line, cell: int) -> int:
    """How many characters of a line are left of a cell."""
    count = 0
    for sign in "".join(part.text for part in line.parts):
        cell -= width(sign)
        if cell < 0:
            break
        count += 1
    return count


def between(blocks: Sequence[Block], one: Point, other: Point) -> Extent:
    """The passage between two places; rows of a table and figures are taken whole."""
    first, last = sorted((one, other))
    start = 0 if _is_whole(blocks[first.block]) else first.offset
    size = len(blocks[last.block].text)
    end = size if _is_whole(blocks[last.block]) else min(last.offset, size)
    return Extent(first.block, min(start, len(blocks[first.block].text)), last.block, end)


def word_at(blocks: Sequence[Block], point: Point) -> Extent:
    """The word around a place: letters, or signs of one script."""
    text = blocks[point.block].text
    for found in _WORD.finditer(text):
        if found.start() <= point.offset < found.end():
            return Extent(point.block, found.start(), point.block, found.end())
    return Extent(point.block, point.offset, point.block, point.offset)


def _is_whole(block: Block) -> bool:
    return block.kind in (BlockKind.ROW, BlockKind.FIGURE)


def paints(page: Page, extent: Extent, role: str) -> dict[int, Paint]:
    """What lies over each block of a passage."""
    made: dict[int, Paint] = {}
    for block in range(extent.first, extent.last + 1):
        shifts = page.shifts.get(block)
        if shifts is None:
            made[block] = Paint(0, 1 << 30, role)
            continue
        start = moved(extent.start, shifts) if block == extent.first else 0
        end = moved(extent.end, shifts, end=True) if block == extent.last else 1 << 30
        made[block] = Paint(start, end, role)
    return made


def painted(line: Line, over: Iterable[Paint]) -> list[Part]:
    """The parts of a line, divided where something is laid over its text."""
    parts = list(line.parts)
    for paint in over:
        start = paint.start - line.offset + line.lead
        end = paint.end - line.offset + line.lead
        parts = list(_divided(parts, max(line.lead, start), end, paint.role))
    return parts


def _divided(parts: Iterable[Part], start: int, end: int, role: str) -> Iterable[Part]:
    place = 0
    for part in parts:
        size = len(part.text)
        first, last = max(0, min(size, start - place)), max(0, min(size, end - place))
        place += size
        if first >= last:
            yield part
            continue
        for text, inside in (
            (part.text[:first], False),
            (part.text[first:last], True),
            (part.text[last:], False),
        ):
            if text:
                yield part._replace(
                    text=text, role=f"{part.role} {role}".strip() if inside else part.role
                )
