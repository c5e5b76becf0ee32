"""What is measured in a process of its own: building, opening, committing."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.search.corpus import Article, Corpus
from bench.search.ours import Ours
from bench.search.tasks import Engine

Figures = dict[str, float]

_BATCHES = 40  # commits of 50 articles while merging goes on
_FRESH_ID = 50_000_000  # ids of articles that are added to a built index
_PATIENCE = 20_000.0  # milliseconds after which no more commits are made
_EVERY = 0.05  # seconds between two looks at the memory


def build(engine: Engine, folder: Path, corpus: Corpus) -> Figures:
    """CPU seconds without reading the articles, MB of memory at most, MB on disk."""
    with _watched() as most:
        started = time.process_time()
        engine.build(folder, corpus)
        spent = time.process_time() - started - corpus.seconds
    return {
        "seconds": spent,
        "memory": most[0],
        "resident": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": sum(path.stat().st_size for path in folder.iterdir()) / 1e6,
    }


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The most memory in MB that the process has had to itself, mapped files not counted."""
    most, done = [0.0], threading.Event()

    def look() -> None:
        while not done.wait(_EVERY):
            most[0] = max(most[0], _own_memory())

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def _own_memory() -> float:
    resident, shared = map(int, Path("/proc/self/statm").read_text("ascii").split()[1:3])
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE") / 1e6


def opening(engine: Engine, folder: Path, word: str) -> Figures:
    """CPU milliseconds from nothing open to the first answer; imports are done by now."""
    started = time.process_time()
    engine.open(folder).first(word)
    return {"ms": (time.process_time() - started) * 1000}


def commits(engine: Engine, folder: Path, copy: Path, corpus: Corpus) -> Figures:
    """CPU milliseconds of a commit of one and of fifty articles, and the longest of many.

    Where merging is apart, it goes on in a thread meanwhile, and a commit's own thread is timed.
    """
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, copy_function=os.link if folder.name == "ours" else shutil.copy2)
    opened = engine.open(copy)
    opened.first("warm")
    articles = [article._replace(id=_FRESH_ID + number) for number, article in enumerate(corpus)]
    one = [_cpu(lambda at=at: opened.commit(articles[at : at + 1])) for at in range(9)]  # type: ignore[misc]
    batches = [articles[at : at + 50] for at in range(10, 10 + 50 * 9, 50)]
    fifty = [_cpu(lambda batch=batch: opened.commit(batch)) for batch in batches]  # type: ignore[misc]
    merging = opened.index.merge_step if isinstance(opened, Ours) else None
    longest = _longest(opened.commit, articles[500:], merging)
    shutil.rmtree(copy, ignore_errors=True)  # tantivy may still be merging in it
    return {"one": statistics.median(one), "fifty": statistics.median(fifty), **longest}


def _cpu(task: Callable[[], None], clock: Callable[[], float] = time.process_time) -> float:
    started = clock()
    task()
    return (clock() - started) * 1000


def _longest(
    commit: Callable[[list[Article]], None],
    articles: list[Article],
    merging: Callable[[], bool] | None,
) -> Figures:
    done = threading.Event()

    def merge() -> None:
        while merging and not done.is_set():
            if not merging():
                done.wait(0.01)

    merger = threading.Thread(target=merge)
    merger.start()
    cpu: list[float] = []
    wall: list[float] = []
    for at in range(_BATCHES):
        if sum(wall) > _PATIENCE:
            break
        batch = articles[at * 50 : at * 50 + 50]
        started = time.perf_counter()
        cpu.append(_cpu(lambda batch=batch: commit(batch), time.thread_time))  # type: ignore[misc]
        wall.append((time.perf_counter() - started) * 1000)
    done.set()
    merger.join()
    return {"longest": max(wall), "longest_cpu": max(cpu)}
