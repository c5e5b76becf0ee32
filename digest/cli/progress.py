"""One line on stderr that says how far a long job is; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
import threading
import time
from shutil import get_terminal_size
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

from digest.cli.output import clean

if TYPE_CHECKING:
    from digest.model import FetchProgress, Gathering

_BAR = 24
_LARGE = 200
_PAUSE = 0.1  # seconds between two drawings, so that drawing costs nothing


class Progress:
    """A bar with words beside it. May be called from any thread.

    Bars take turns on one line: what the last drawing of any of them left is written over.
    """

    _width: ClassVar[int] = 0

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = sys.stderr.isatty()
        self._guard = threading.Lock()
        self._drawn_at = float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._draw("")
            self._shown = False

    def fetch(self, now: FetchProgress) -> None:
        """A fetch has come this far; feeds and pages count alike for the bar."""
        words = f"{now.feeds_done}/{now.feeds_total} feeds"
        if now.pages_total:
            words += f", {now.pages_done}/{now.pages_total} pages"
        done = now.feeds_done + now.pages_done
        self._update(done, now.feeds_total + now.pages_total, f"{words}, {now.new} new")

    def gathering(self, now: Gathering) -> None:
        """A brief has come this far; articles and stories count alike for the bar."""
        words = [f"{now.grouped:,}/{now.to_group:,} articles"] if now.to_group else []
        words += [f"{now.told:,}/{now.to_tell:,} stories"] if now.to_tell else []
        self._update(now.grouped + now.told, now.to_group + now.to_tell, ", ".join(words))

    def count(self, done: int, total: int) -> None:
        """`done` of `total` things are done; `total` is 0 while nobody knows it."""
        self._update(done, total, f"{done:,}/{total:,}" if total else f"{done:,}")

    def large(self, done: int, total: int) -> None:
        """The same, for jobs that mostly are too small to be worth a bar."""
        if total >= _LARGE:
            self.count(done, total)

    def _update(self, done: int, total: int, words: str) -> None:
        if not self._shown:
            return
        with self._guard:
            now = time.monotonic()
            if now - self._drawn_at >= _PAUSE or (total and done >= total):
                self._drawn_at = now
                self._draw(f"{self._what} {_bar(done, total)}{words}")

    def _draw(self, text: str) -> None:
        if not self._shown:
            return
        from digest.text import display_width, truncate  # noqa: PLC0415 - only when drawn

        text = truncate(clean(text), get_terminal_size().columns - 1)
        width = display_width(text)
        sys.stderr.write(f"\r{text}{' ' * (Progress._width - width)}" + ("" if text else "\r"))
        sys.stderr.flush()
        Progress._width = width


def _bar(done: int, total: int) -> str:
    if not total:
        return ""
    full = min(done * _BAR // total, _BAR)
    return f"[{'#' * full}{'-' * (_BAR - full)}] "
