"""Ctrl-C in the middle of a long job: the first asks it to stop, the second insists."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from digest.cli import output


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Gives a function that is true once the user asked to stop.

    The job then ends with what it has, whole; on leaving, KeyboardInterrupt is raised for the
    exit code. Outside of the main thread, where no signal arrives, nothing is changed.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def handle(_signal: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        output.shout("stopping; what is here already is kept")

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.is_set():
        raise KeyboardInterrupt
