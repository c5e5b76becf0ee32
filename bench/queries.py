"""Random and adversarial queries: nothing may be raised, and each is answered in little time.

    python -m bench.queries HOME [--count 100000] [--seed 1] [--cpu SECONDS]

HOME is a library folder with an index, merged as it is after the desk has been open for a minute.
Each query is asked as by `digest search`: parsed, ranked, a page of twenty read and its hits
marked. `--cpu` ends it after so many CPU seconds. Prints how many took longer than `LIMIT` CPU
milliseconds, the slowest, and the longest by kind. A query that was slow is asked up to `AGAIN`
times more, and the best time counts: what else the machine does shows as well. Ends with 1 when
something was raised.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from heapq import nlargest
from pathlib import Path

from bench.strange_queries import KINDS, queries
from digest.config.settings import Config
from digest.library import Library

LIMIT = 50.0
AGAIN = 3
SHOWN = 12


def main() -> int:
    """Ask all queries and print what they took."""
    options = argparse.ArgumentParser()
    options.add_argument("home", type=Path)
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cpu", type=float, default=1e9)
    given = options.parse_args()
    times: dict[str, list[tuple[float, str]]] = defaultdict(list)
    failed = 0
    with Library.open(given.home, Config()) as library:
        library.catch_up()
        library.search("warm")
        vocabulary = _words(library)
        for kind, query in queries(given.count, given.seed, vocabulary):
            if time.process_time() > given.cpu:
                break
            try:
                spent = _spent(library, query)
            except Exception as error:  # noqa: BLE001 - that nothing is raised is what is measured
                failed += 1
                print(f"RAISED {error!r} by {query!r}", file=sys.stderr)
                continue
            for _ in range(AGAIN):
                if spent > LIMIT:
                    spent = min(spent, _spent(library, query))
            times[kind].append((spent, query))
    _report(times)
    return 1 if failed else 0


def _spent(library: Library, query: str) -> float:
    started = time.process_time()
    library.search(query)
    return 1000 * (time.process_time() - started)


def _words(library: Library) -> list[str]:
    """Words and runs of real texts, for queries that find something."""
    ids = library.listing("").ids[:: max(1, len(library.listing("").ids) // 200)]
    rows = library.rows(list(ids))
    return [word for row in rows for word in row.title.split()]


def _report(times: dict[str, list[tuple[float, str]]]) -> None:
    every = sorted((one for kind in KINDS for one in times[kind]), reverse=True)
    slow = sum(1 for spent, _ in every if spent > LIMIT)
    print(
        f"{len(every):,} queries, {slow:,} over {LIMIT:.0f} ms, "
        f"median {every[len(every) // 2][0]:.1f}"
    )
    for kind in KINDS:
        found = sorted(one for one, _ in times[kind])
        if found:
            middle, high = found[len(found) // 2], found[int(len(found) * 0.999)]
            over = sum(one > LIMIT for one in found)
            print(
                f"  {kind:12} {len(found):7,} median {middle:6.1f}  "
                f"over {over:5}  99.9 % {high:6.1f}  max {found[-1]:6.1f}"
            )
    for spent, query in nlargest(SHOWN, every):
        print(f"  {spent:7.1f} ms  {len(query):5} characters  {query[:90]!r}")


if __name__ == "__main__":
    sys.exit(main())
