"""Runs the program and kills it, by itself, at a point that can be chosen: `python -m
tests.crash.dying POINT COUNT WORD…`.

Points are SQL statements, every some instructions within one, and each opening, renaming and
removing of a file. With 0 for POINT the program runs to its end and their number is written to the
file COUNT. However busy the machine, a point is at the same place of the work.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

INSTRUCTIONS = 2000
EVENTS = frozenset(["open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"])


class Points:
    """Counts points, and kills at one of them."""

    def __init__(self, last: int) -> None:
        self.count = 0
        self._last = last
        self._guard = threading.Lock()

    def passed(self, *_: Any) -> int:
        with self._guard:
            self.count += 1
            if self.count == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take note of what Python says that it does (`sys.addaudithook`)."""
        if event in EVENTS and not (event == "open" and _only_read(arguments)):
            self.passed()

    def connected(self, *given: Any, **named: Any) -> sqlite3.Connection:
        """A connection whose statements are points."""
        db: sqlite3.Connection = _connect(*given, **named)
        db.set_trace_callback(self.passed)
        db.set_progress_handler(self.passed, INSTRUCTIONS)
        return db


_connect = sqlite3.connect


def _only_read(arguments: tuple[Any, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
    return not writing and (mode is None or not set(str(mode)) & set("wax+"))


def main() -> None:
    last, count, words = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    points = Points(last)
    sys.addaudithook(points.heard)
    sqlite3.connect = points.connected  # type: ignore[assignment] # the same signature
    from digest.cli.app import run  # noqa: PLC0415 - under the hook
    from tests.crash.dying import nobody  # noqa: PLC0415 - not of __main__

    code = run(words, nobody)
    if not last:
        count.write_text(str(points.count), "ascii")
    sys.exit(code)


def nobody(_home: Path, _config: Path | None) -> int:
    """No desk is opened here."""
    return 2


if __name__ == "__main__":
    main()
