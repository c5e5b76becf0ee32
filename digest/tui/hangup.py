"""The end that comes from outside: a closed terminal window, or a signal to go.

A terminal that is gone reads as an input that has ended. A process whose session leader outlives
the terminal (`make run` does) gets no signal for it, so the input is looked at as well.
"""

from __future__ import annotations

import asyncio
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

EVERY = 1.0


def on_signal(leave: Callable[[], object]) -> None:
    """Have `leave` called when the process is asked to go, instead of being ended at once."""
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        # Windows' loops raise NotImplementedError and it has no SIGHUP; the others are raised where
        # the desk runs in a thread that is not the first, which gets no signals.
        with suppress(NotImplementedError, AttributeError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), leave)


def gone() -> bool:
    """Whether the terminal that the keys come from is there no more."""
    if not hasattr(select, "poll"):
        return False
    try:
        descriptor = sys.__stdin__.fileno() if sys.__stdin__ else -1
        look = select.poll()
        look.register(descriptor, 0)
        found = look.poll(0)
    except (OSError, ValueError):
        return False
    return any(event & (select.POLLHUP | select.POLLERR) for _descriptor, event in found)
