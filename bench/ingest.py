"""How fast a fetch is: real pages served on this machine, through the whole pipeline.

    python bench/ingest.py [--pages 2000] [--threads]

Prints articles per second; the bare time of trafilatura on the same pages, and how near the whole
comes to that time spread over the cores (1.0 is as fast as can be); the memory of this process and
of its workers in quarters of the run. `--threads` compares worker processes with threads.
"""

from __future__ import annotations

import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from digest.config.settings import Feed, Fetch
from digest.ingest.extract.values import Hints
from digest.ingest.pipeline import fetch
from digest.ingest.worker import answer
from digest.ingest.workshop import Workshop, cores
from digest.model import Draft, FeedState, FetchProgress, PageRetry, Saved, SaveStatus

ROOT = Path(__file__).parents[1]
PAGES = ROOT / ".." / "shared" / "data" / "pages" / "html"
PER_FEED = 500


class Counter:
    """A library that only counts."""

    def __init__(self) -> None:
        self.count = 0

    def feed_state(self, feed: Feed) -> FeedState:
        return FeedState(abs(hash(feed.url)), feed.url, feed.title)

    def save_feed_state(self, state: FeedState) -> None:
        pass

    def known(self, keys: Sequence[str]) -> set[str]:
        return set(keys[:0])

    def pages_due(self, _feed: int, _before: datetime | None) -> list[PageRetry]:
        return []

    def page_failed(self, retry: PageRetry) -> None:
        pass

    def page_read(self, key: str) -> None:
        pass

    def save(self, draft: Draft) -> Saved:
        self.count += bool(draft.blocks)
        return Saved(self.count, SaveStatus.NEW)


def pages() -> list[bytes]:
    return [gzip.decompress(path.read_bytes()) for path in sorted(PAGES.glob("*.gz"))]


def serve(count: int) -> None:
    """Be the web: print the port, then answer until standard input ends."""
    from tests.ingest.server import NewsServer  # noqa: PLC0415 - only the child serves

    found = pages()
    with NewsServer() as server:
        for start in range(0, count, PER_FEED):
            numbers = range(start, min(start + PER_FEED, count))
            for number in numbers:
                server.route(f"/p/{number}", found[number % len(found)], content_type="text/html")
            items = "".join(
                f"<item><title>Page {n}</title><link>{escape(server.url(f'/p/{n}'))}</link></item>"
                for n in numbers
            )
            body = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
            server.feed(f"/feed/{start}", body)
        print(server.port, flush=True)
        sys.stdin.read()


def resident(pid: int | str) -> float:
    """Resident memory in MB, 0 where /proc is not there."""
    try:
        pages_held = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages_held * resource.getpagesize() / 1e6


def spent(whose: int) -> float:
    """CPU seconds of this process, or of its ended children."""
    usage = resource.getrusage(whose)
    return usage.ru_utime + usage.ru_stime


def whole(count: int) -> tuple[float, tuple[float, float, float], int, list[str]]:
    """Seconds, CPU seconds, articles and lines about memory of a fetch of `count` pages.

    The CPU seconds are of this process, of its workers, and of the one that plays the web.
    """
    web = subprocess.Popen(
        [sys.executable, __file__, "--serve", "--pages", str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert web.stdin is not None
    assert web.stdout is not None
    port = int(web.stdout.readline())
    feeds = [Feed(f"http://127.0.0.1:{port}/feed/{n}") for n in range(0, count, PER_FEED)]
    storage = Counter()
    memory: list[str] = []
    with Workshop() as workshop:

        def watch(progress: FetchProgress) -> None:
            if progress.pages_done >= count * (len(memory) + 1) // 4:
                children = sum(resident(pid) for pid in workshop.pids)
                memory.append(f"{resident('self'):.0f} + {children:.0f} MB")

        started, began = time.perf_counter(), spent(resource.RUSAGE_SELF)
        settings = Fetch(allow_private=True, per_host=8)
        report = fetch(feeds, storage, settings, report=watch, workshop=workshop)
        seconds = time.perf_counter() - started
        own = spent(resource.RUSAGE_SELF) - began
    workers = spent(resource.RUSAGE_CHILDREN)
    web.stdin.close()
    web.wait()
    server = spent(resource.RUSAGE_CHILDREN) - workers
    for outcome in report.feeds:
        if outcome.error:
            print(outcome.url, outcome.error)
    return seconds, (own, workers, server), storage.count, memory


def bare(found: Sequence[bytes]) -> float:
    """Seconds that trafilatura alone takes for each of the pages once, on one core."""
    import trafilatura  # noqa: PLC0415 - not before the memory was measured

    trafilatura.extract("<p>warm</p>")
    started = time.process_time()
    for html in found:
        trafilatura.extract(html, output_format="xml", include_links=True)
    return time.process_time() - started


def bare_at_once(found: Sequence[bytes]) -> float:
    """The same while every core does it: two that share their caches are not twice one."""
    with ProcessPoolExecutor(cores()) as pool:
        return statistics.mean(pool.map(bare, [found] * cores()))


def threads_against_processes(found: Sequence[bytes]) -> None:
    hints = Hints()
    arguments: list[dict[str, Any]] = [
        {"html": html, "url": "https://x.example/a", "hints": hints} for html in found
    ]
    answer("page", dict(arguments[0]))
    for count in (1, cores()):
        started = time.perf_counter()
        with ThreadPoolExecutor(count) as pool:
            list(pool.map(lambda given: answer("page", dict(given)), arguments))
        print(f"{count} threads:   {len(found) / (time.perf_counter() - started):6.1f} pages/s")
    for count in (1, cores()):
        with Workshop(count) as workshop, ThreadPoolExecutor(2 * count) as pool:
            workshop.run("page", **arguments[0])
            started = time.perf_counter()
            list(pool.map(lambda given, at=workshop: at.run("page", **given), arguments))
            print(f"{count} processes: {len(found) / (time.perf_counter() - started):6.1f} pages/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--threads", action="store_true")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not PAGES.is_dir():
        sys.exit(f"{PAGES} is not here")
    if options.serve:
        serve(options.pages)
        return
    if options.threads:
        threads_against_processes(pages())
        return
    seconds, (own, workers, server), articles, memory = whole(options.pages)
    cpu = own + workers
    found = pages()
    floor = bare(found) / len(found) * options.pages
    at_once = bare_at_once(found) / len(found) * options.pages
    rate = articles / seconds
    print(f"pages                       {options.pages} ({len(found)} different)")
    print(f"articles                    {articles} in {seconds:.1f} s, {rate:.1f} per second")
    print(f"bare trafilatura            {floor:.1f} s on one core, {cores()} cores")
    print(f"wall time over its share    {seconds / (floor / cores()):.2f}")
    print(f"the same on all cores       {at_once:.1f} s, {seconds / (at_once / cores()):.2f}")
    print(f"CPU, main + workers         {own:.1f} + {workers:.1f} s, {cpu / floor:.2f} of bare")
    print(f"CPU of the page server      {server:.1f} s, on the same cores")
    print(f"share that is trafilatura   {floor / cpu:.0%}")
    print(f"memory, main + workers      {', '.join(memory)}")
    print(f"threads left                {threading.active_count()}")


if __name__ == "__main__":
    main()
