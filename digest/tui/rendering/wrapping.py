"""Text broken into lines once, however often what it stands in is drawn anew."""

from __future__ import annotations

from functools import lru_cache

from digest.tui.layout.cells import plain
from digest.tui.layout.kinsoku import Slice, wrap

_NARROWEST = 8
_KEPT = 4096  # texts


@lru_cache(maxsize=_KEPT)
def slices(text: str, cells: int) -> tuple[Slice, ...]:
    """The lines of a text, at most `cells` wide (8 at least), as places in it."""
    return tuple(wrap(text, max(_NARROWEST, cells)))


def wrapped(text: str, cells: int) -> list[str]:
    """The lines of a text, safe for the terminal."""
    shown = plain(text)
    return [shown[start:end] for start, end in slices(shown, cells)]
