"""One process at a time where several would be in each other's way."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 30.0
_PAUSE = 0.02


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the one right to make something anew in `folder`, so far as the system knows locks.

    The lock is on the folder itself: nothing is left behind, and it goes with the process. Who has
    waited for long goes on: what is made under it is derived, and can be made again.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _wait(handle)
        yield
    finally:
        os.close(handle)


def _wait(handle: int) -> None:
    import fcntl  # noqa: PLC0415 - the module exists on POSIX only

    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        except OSError:
            return  # a network file system without locks
        else:
            return
