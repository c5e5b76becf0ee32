"""CPU time of short and long tasks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

from bench.search.tasks import Task

ROUNDS = 9
_SAMPLE = 0.002  # CPU seconds: a quicker task is run several times for one sample
_MOST = 1000  # times
_PATIENCE = 20.0  # CPU seconds after which a task is not asked again


def medians(tasks: Mapping[str, Task]) -> dict[str, float]:
    """Median CPU milliseconds of each task; they take turns, so all see the same weather."""
    repeats = {name: _repeats(task) for name, task in tasks.items()}
    samples: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            if sum(samples[name]) < _PATIENCE * 1000:
                samples[name].append(_once(task, repeats[name]))
    return {name: statistics.median(found) for name, found in samples.items()}


def _repeats(task: Task) -> int:
    task()
    spent = _once(task, 1) / 1000
    return 1 if spent >= _SAMPLE else min(_MOST, int(_SAMPLE / max(spent, 1e-6)) + 1)


def _once(task: Task, repeats: int) -> float:
    started = time.process_time()
    for _ in range(repeats):
        task()
    return (time.process_time() - started) * 1000 / repeats
