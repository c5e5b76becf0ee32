"""When the list follows what others change: at once while nobody types, and seldom else."""

from __future__ import annotations

REST_SECONDS = 1.0
# Of the time in which somebody types, following takes one part of so many …
_PARTS = 25
# … but nobody waits longer for what is new, in seconds.
LONGEST = 15.0


class Pace:
    """Times are seconds on one clock that only goes forward."""

    def __init__(self) -> None:
        self._wanted = False
        self._begun: float | None = None
        self._ended = 0.0
        self._took = 0.0

    def want(self) -> None:
        """Something has changed."""
        self._wanted = True

    def begin(self, now: float) -> None:
        """All that has changed until now is being taken in."""
        self._wanted, self._begun = False, now

    def end(self, now: float) -> None:
        """It is on the screen."""
        if self._begun is not None:
            self._took, self._ended, self._begun = now - self._begun, now, None

    def is_due(self, now: float, touched: float) -> bool:
        """Whether to take in what has changed; the last key was pressed at `touched`."""
        if not self._wanted or (self._begun is not None and now - self._begun < LONGEST):
            return False
        return now - touched >= REST_SECONDS or now - self._ended >= min(
            _PARTS * self._took, LONGEST
        )
