"""What a search costs a user: parse to finished page, snippets included, in a library folder.

    python -m bench.library_search HOME [--runs 15]

Median CPU milliseconds of one warm process, a page of twenty, for each kind of query; then the
memory of the process. HOME is best a copy: the library is opened as by any command.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from pathlib import Path

from digest.config.load import load
from digest.library import Library

QUERIES = (
    ("word, common", "trade"),
    ("word, rare", "opec"),
    ("two words", "trade tariff"),
    ("either", "trade OR tariff OR yen"),
    ("phrase", '"oil price"'),
    ("beginning", "semi*"),
    ("two Han characters", "台灣"),
    ("four Han characters", "行政機關"),
    ("one Han character", "台"),
    ("kana", "スマートフォン"),
    ("without", "台 -日本"),
    ("exact form", "=Japan"),
    ("state and word", "台灣 is:unread"),
    ("state alone", "is:unread"),
    ("nothing strict, relaxed", "sea lanes of the strait in winter"),
    ("newest first", "trade sort:newest"),
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--runs", type=int, default=15)
    given = parser.parse_args()
    with Library.open(given.home, load(given.home)) as library:
        articles = library.counts().all
        print(f"{articles:,} articles")
        for name, query in QUERIES:
            page = library.search(query)
            times = []
            for _ in range(given.runs):
                started = time.process_time()
                page = library.search(query)
                times.append((time.process_time() - started) * 1000)
            print(
                f"{name:26} {query:36} {page.total:7,} hits {page.related:4} related"
                f" {statistics.median(times):7.1f} ms"
            )
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
