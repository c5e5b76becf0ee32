"""The end that comes from outside: a closed terminal window, or a signal to go.

A terminal that is gone reads as an input that has ended. A process whose session leader outlives
the terminal (`make run` does) gets no signal for it, so the input is looked at as well.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress

from textual.app import App
from textual.drivers._writer_thread import WriterThread

EVERY = 1.0


def on_signal(leave: Callable[[], object]) -> None:
    """Have `leave` called when the process is asked to go, instead of being ended at once."""
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        # Windows' loops raise NotImplementedError and it has no SIGHUP; the others are raised where
        # the desk runs in a thread that is not the first, which gets no signals.
        with suppress(NotImplementedError, AttributeError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), leave)


def let_go(app: App[int]) -> None:
    """Read and write nowhere from now on.

    What is written to a terminal that is gone fails and ends Textual's writing thread, for
    which Textual would wait for ever: it writes anew when the kernel sends SIGCONT after SIGHUP.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    driver = app._driver  # noqa: SLF001 - Textual has no other way to its writing thread
    writer = getattr(driver, "_writer_thread", None)
    if isinstance(writer, WriterThread) and not writer.is_alive():
        anew = WriterThread(writer._file)  # noqa: SLF001 - as above
        anew.start()
        driver._writer_thread = anew  # type: ignore[union-attr] # noqa: SLF001 - as above


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
