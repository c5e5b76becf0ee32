"""Memory for the arrays of a query."""

from __future__ import annotations

from functools import cache

import numpy as np

_KEPT = 8 << 20  # bytes


@cache
def keep_freed() -> None:
    """Let the C library keep memory that arrays give back, for those of the next query.

    The GNU C library maps every array from 128 KiB on anew and unmaps it when it is freed; the
    first touch of each page then costs more than the arithmetic on it. The library takes the
    largest such piece that was freed for the size from which on it maps, and lets its heap keep
    twice as much (mallopt(3), M_MMAP_THRESHOLD). So one piece is taken and freed, untouched; other
    libraries, which know no such rule, are left as they are.
    """
    np.empty(_KEPT, np.uint8)
