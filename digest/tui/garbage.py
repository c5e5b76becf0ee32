"""When garbage is collected: a little at any time, all of it while nobody types.

A full collection goes through everything that is not frozen and holds Python's global lock for 25
to 75 ms while a fetch runs on a library of 100,000 articles. Left to itself it comes every few
seconds, in whatever thread has just made something, and a key waits for it.
"""

from __future__ import annotations

import gc

LOOK_SECONDS = 2.0
REST_SECONDS = 0.5
# So many collections of the middle generation make a full one worth its time …
_DUE = 10
# … and after so many it comes by itself, also where the keys never rest.
_AT_THE_LATEST = 1000


def begin() -> None:
    """Begin to collect, and leave alone for good what the start has made.

    Going through all modules and styles again and again would take a fifth of the start, and
    would hold up keys later.
    """
    gc.freeze()
    first, second, _third = gc.get_threshold()
    gc.set_threshold(first, second, _AT_THE_LATEST)
    gc.enable()


def collect(rested: float) -> None:
    """Collect all there is, if it is worth it and nothing was touched for `rested` seconds."""
    if rested >= REST_SECONDS and gc.get_count()[2] >= _DUE:
        gc.collect()
