"""Where a text says Taiwan, Japan, both at once, or somebody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from digest.ingest.relevance import words
from digest.ingest.relevance.patterns import Pattern
from digest.model import Mention

Side = Literal["taiwan", "japan", "both", "elsewhere"]
# `era` is the time of Japan's rule; `weak` is China's Republic, which may be Taiwan; a `media` is
# named as a source.
Kind = Literal["plain", "era", "weak", "media"]


class Mark(NamedTuple):
    """A word of a text, from `start` to `end`, that names a side."""

    start: int
    end: int
    side: str
    kind: Kind = "plain"

    @property
    def counts(self) -> bool:
        """Whether it is a side of its own: not a source, nor what may be one."""
        return self.kind in {"plain", "era"}


class _Taken:
    """The marks of a text, each place taken once: what comes first goes first."""

    def __init__(self, length: int) -> None:
        self._taken = bytearray(length)
        self.marks: list[Mark] = []

    def take(self, start: int, end: int, side: str = "", kind: Kind = "plain") -> None:
        if self._taken.find(1, start, end) < 0:
            self._taken[start:end] = b"\x01" * (end - start)
            if side:
                self.marks.append(Mark(start, end, side, kind))

    def take_all(self, pattern: Pattern, text: str, side: str = "", kind: Kind = "plain") -> None:
        for match in pattern.finditer(text):
            self.take(match.start(), match.end(), side, kind)


def marks(text: str, mentions: Iterable[Mention], side: Callable[[str], str]) -> list[Mark]:
    """The marks of a text, from left to right.

    Args:
        text: the headline, or the text.
        mentions: the names in it.
        side: the side an entity belongs to: one of `Side`, or "".
    """
    found = _Taken(len(text))
    if words.CITED.occurs(text):
        found.take_all(words.SOURCES, text)
    found.take_all(words.NEITHER, text)
    for shows, pattern in ((words.IN_TOKYO, words.TAITO), (words.IN_TAIPEI, words.SANCHONG)):
        if shows.occurs(text):
            found.take_all(pattern, text)
    found.take_all(words.MEDIA, text, "elsewhere", "media")
    found.take_all(words.ERA, text, "japan", "era")
    for mention in mentions:
        if belongs := side(mention.entity):
            written = text[mention.start : mention.end]
            if words.DISPUTED.begins(written) or words.BOTH.is_all(written):
                belongs = "both"
            found.take(mention.start, mention.end, belongs, _kind(mention.entity, written))
    found.take_all(words.BOTH, text, "both")
    found.take_all(words.REPUBLIC, text, "taiwan", "weak")
    found.take_all(words.JAPANESE, text, "japan")
    found.take_all(words.TAIWANESE, text, "taiwan")
    found.take_all(words.ELSEWHERE, text, "elsewhere")
    return sorted(found.marks)


def _kind(entity: str, written: str) -> Kind:
    if entity in words.MEDIA_NAMES:
        return "media"
    if entity in words.ERA_NAMES:
        return "era"
    return "weak" if entity in words.REPUBLIC_NAMES or words.REPUBLIC.begins(written) else "plain"
