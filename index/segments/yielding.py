"""Long work in a thread beside others of the same process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_INTERVAL = 0.0005  # seconds


@contextmanager
def yielding() -> Iterator[None]:
    """Let go of the interpreter soon after another thread asks for it.

    By default a thread that computes keeps it for 5 ms, and one that writes a commit or answers a
    key gives it up dozens of times meanwhile and waits as long each time.
    """
    usual = sys.getswitchinterval()
    if usual <= _INTERVAL:
        yield
        return
    sys.setswitchinterval(_INTERVAL)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
