"""Keys that were typed before what they are meant for has the focus.

A key that opens a field, or leaves it, is carried out in the desk's own time; a terminal may hand
over the keys behind it in the same moment (a fast hand over a slow line, a paste). They wait here:
on the desk they would be commands, and in a field that is being left they would be text.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import events

OPENING = frozenset(
    (
        *("search.open", "command.open", "view.save", "article.tag", "article.note"),
        *("article.edit", "help.open", "palette.open"),
    )
)
LEAVING = frozenset(("enter", "escape"))
SECONDS = 0.25
TURN = 0.002


class HeldKeys:
    """The keys that wait; at most as long as a field may take to open or to close."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = 0.0
        self._there: Callable[[], bool] = bool
        self._keys: list[events.Key] = []

    @property
    def waiting(self) -> bool:
        """Whether keys have to wait."""
        return self._until > 0

    def begin(self, there: Callable[[], bool]) -> None:
        """A key was pressed that moves the focus; `there` tells that it has moved."""
        self._there = there
        self._until = self._clock() + SECONDS

    def hold(self, key: events.Key) -> None:
        """Let a key wait."""
        self._keys.append(key)

    def over(self) -> bool:
        """Whether the focus has moved, or will not move any more."""
        return self._there() or self._clock() > self._until

    def take(self) -> list[events.Key]:
        """The keys that waited; none has to wait now."""
        keys, self._keys, self._until = self._keys, [], 0.0
        return keys
