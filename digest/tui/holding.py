"""Keys that were typed before what they are meant for has the focus.

A key that opens a field, or leaves it, is carried out in the desk's own time; a terminal may hand
over the keys behind it in the same moment (a fast hand over a slow line, a paste). They wait here:
on the desk they would be commands, and in a field that is being left they would be text.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events

OPENING = frozenset(
    (
        *("search.open", "command.open", "view.save", "article.tag", "article.note"),
        *("article.edit", "help.open", "palette.open"),
    )
)
LEAVING = frozenset(("enter", "escape"))
# A focus moves within five turns of the event loop; on a crowded machine these only take longer.
TURNS = 25
TURN_SECONDS = 0.002


class HeldKeys:
    """The keys that wait; at most as long as a field may take to open or to close."""

    def __init__(self) -> None:
        self._turns = 0
        self._there: Callable[[], bool] = bool
        self._keys: list[events.Key] = []

    @property
    def waiting(self) -> bool:
        """Whether keys have to wait."""
        return self._turns > 0

    def begin(self, there: Callable[[], bool]) -> None:
        """A key was pressed that moves the focus; `there` tells that it has moved."""
        self._there = there
        self._turns = TURNS

    def hold(self, key: events.Key) -> None:
        """Let a key wait."""
        self._keys.append(key)

    def over(self) -> bool:
        """Whether the focus has moved, or will not move any more; asked once a turn."""
        self._turns = max(1, self._turns - 1)
        return self._there() or self._turns == 1

    def take(self) -> list[events.Key]:
        """The keys that waited; none has to wait now."""
        keys, self._keys, self._turns = self._keys, [], 0
        return keys
