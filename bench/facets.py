"""CPU milliseconds of each count over a result, on the index of a library.

    python -m bench.facets HOME

HOME is a library folder; its index is read and not changed. Medians of 9, after a first round that
reads the columns from the disk.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from index.engine import Engine
from index.facets import Facets

ZONE = ZoneInfo("Asia/Taipei")
ROUNDS = 9
COUNTS: dict[str, Callable[[Facets], object]] = {
    "languages": Facets.languages,
    "feeds": Facets.feeds,
    "20 entities": lambda facets: facets.entities(20),
    "histogram": lambda facets: facets.histogram(ZONE, 24),
    "months by language": lambda facets: facets.periods("month", ZONE, "lang"),
}


def main() -> None:
    """Print a line for each count, over all documents and over a tenth of them."""
    engine = Engine.open(Path(sys.argv[1]) / "index")
    every = engine.ids()
    for ids in (every, every[::10]):
        print(f"{len(ids):,} of {engine.count:,} documents")
        facets = engine.facets(ids)
        print(f"  {'documents of ids':20} {_median(partial(engine.facets, ids)):6.2f}")
        for name, count in COUNTS.items():
            print(f"  {name:20} {_median(partial(count, facets)):6.2f}")
    engine.close()


def _median(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return 1000 * statistics.median(times)


if __name__ == "__main__":
    main()
