"""The smallest piece of a drawn line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.model import Mark
from digest.tui.layout.cells import plain, width


class Part(NamedTuple):
    """Text and the role it plays (`title`, `hit`, `tag`): widgets give each role its style.

    `hit` is the number of the hit it belongs to, from 0; -1 for other text.
    """

    text: str
    role: str = ""
    hit: int = -1


def marked(text: str, role: str, marks: Iterable[Mark], hit_role: str = "hit") -> list[Part]:
    """`text` divided at `marks`, which may overlap or lie outside; hits get `hit_role`."""
    parts: list[Part] = []
    place = 0
    for mark in sorted(marks, key=lambda mark: mark.start):
        start, end = max(place, mark.start), min(mark.end, len(text))
        if start >= end:
            continue
        if start > place:
            parts.append(Part(text[place:start], role))
        parts.append(Part(text[start:end], hit_role))
        place = end
    if place < len(text):
        parts.append(Part(text[place:], role))
    return parts


def part_at(parts: Sequence[Part], cell: int) -> int:
    """Which part of a line stands at a cell, -1 behind its end."""
    for at, part in enumerate(parts):
        cell -= width(part.text)
        if cell < 0:
            return at
    return -1


def text_of(parts: Sequence[Part]) -> str:
    """The parts' text joined, safe for the terminal."""
    return plain("".join(part.text for part in parts))
