"""A block's running text with its links numbered and its hits marked, ready to be wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.model import Mark, Span
from digest.tui.layout.cells import plain
from digest.tui.rendering.parts import Part


class Links:
    """The addresses of an article in the order of their numbers, which start at 1."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, href: str) -> int:
        """The number of an address; the same address keeps its number."""
        return self._numbers.setdefault(href, len(self._numbers) + 1)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)


@dataclass(frozen=True, slots=True)
class Run:
    """Text and what parts of it are.

    Attributes:
        text: without control characters, but for line feeds.
        edges: where the role changes, ascending, starting with 0.
        roles: the role from each edge on.
        hits: (start, end, number) of the hits, ascending and apart.
        shifts: (place in the spans' joined text, by how much what follows was moved), ascending.
    """

    text: str
    edges: tuple[int, ...]
    roles: tuple[str, ...]
    hits: tuple[tuple[int, int, int], ...] = ()
    shifts: tuple[tuple[int, int], ...] = ((0, 0),)

    def parts(self, start: int, end: int) -> list[Part]:
        """The parts of `text[start:end]`."""
        cuts = {start, end}
        cuts.update(edge for edge in self.edges if start < edge < end)
        for first, last, _ in self.hits:
            cuts.update(place for place in (first, last) if start < place < end)
        places = sorted(cuts)
        return [self._part(a, b) for a, b in pairwise(places)]

    def _part(self, start: int, end: int) -> Part:
        role = self.roles[bisect_right(self.edges, start) - 1]
        for first, last, number in self.hits:
            if first <= start < last:
                return Part(self.text[start:end], role, number)
        return Part(self.text[start:end], role)


def run_of(
    spans: Sequence[Span], role: str, links: Links, marks: Sequence[Mark] = (), first_hit: int = 0
) -> Run:
    """Join `spans`, with `[n]` behind each link; `marks` are places in the spans' joined text."""
    texts: list[str] = []
    edges: list[int] = []
    roles: list[str] = []
    shifts: list[tuple[int, int]] = [(0, 0)]
    source = length = 0
    for span in spans:
        pieces = [(span.text, f"{role} link" if span.href else role)]
        source += len(span.text)
        if span.href and span.text.strip():
            pieces.append((f"[{links.number(span.href)}]", f"{role} number"))
            shifts.append((source, shifts[-1][1] + len(pieces[-1][0])))
        for text, its_role in pieces:
            edges.append(length)
            roles.append(its_role)
            texts.append(text)
            length += len(text)
    joined = "\n".join(plain(line) for line in "".join(texts).split("\n"))
    return Run(
        joined,
        tuple(edges or (0,)),
        tuple(roles or (role,)),
        _moved(marks, shifts, first_hit),
        tuple(shifts),
    )


def moved(offset: int, shifts: Sequence[tuple[int, int]], *, end: bool = False) -> int:
    """Where a place in the spans' joined text is in the run; `end` for the end of something."""
    at = bisect_right(shifts, offset - end, key=lambda shift: shift[0]) - 1
    return offset + shifts[max(0, at)][1]


def unmoved(offset: int, shifts: Sequence[tuple[int, int]]) -> int:
    """Where a place in the run is in the spans' joined text; a link's number is its end."""
    for source, shift in reversed(shifts):
        if offset >= source + shift:
            return offset - shift
        before = next((by for place, by in reversed(shifts) if place < source), 0)
        if offset >= source + before:
            return source
    return offset


def _moved(
    marks: Sequence[Mark], shifts: Sequence[tuple[int, int]], first: int
) -> tuple[tuple[int, int, int], ...]:
    """The marks' places after the link numbers were put in."""
    found: list[tuple[int, int, int]] = []
    for mark in sorted(marks, key=lambda mark: mark.start):
        start, end = moved(mark.start, shifts), moved(mark.end, shifts, end=True)
        if start < end and (not found or start >= found[-1][1]):
            found.append((start, end, first + len(found)))
    return tuple(found)
