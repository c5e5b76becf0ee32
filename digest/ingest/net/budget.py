"""How long one request may take in all, and whether a person has asked to stop.

A connection outlives the request it was opened for, so a limit cannot live in it: the request in
hand is found through a context variable, and every wait on a socket asks it first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from digest.errors import SourceError

Cancelled = Callable[[], bool]


class Stopped(SourceError):
    """A person asked to stop; nothing is wrong with the source."""


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one request.

    Attributes:
        seconds: how long it may take in all, redirects and body included.
        ends: when that is over, on the monotonic clock.
        cancelled: asked several times a second.
    """

    seconds: float
    ends: float
    cancelled: Cancelled

    def left(self) -> float:
        """The seconds that are left, more than 0.

        Raises:
            Stopped: a person asked to stop.
            SourceError: the time is over.
        """
        if self.cancelled():
            raise Stopped("stopped before it was finished")
        left = self.ends - time.monotonic()
        if left <= 0:
            raise SourceError(f"too slow: not finished after {self.seconds:g} seconds")
        return left


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def spending(seconds: float, cancelled: Cancelled) -> Iterator[Budget]:
    """Everything inside counts against one budget of `seconds`."""
    budget = Budget(seconds, time.monotonic() + seconds, cancelled)
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)


def current() -> Budget:
    """The budget of the request in hand; a day for what runs outside of any."""
    day = 86_400.0
    return _CURRENT.get() or Budget(day, time.monotonic() + day, never)
