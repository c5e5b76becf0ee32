"""Time from a key to its paint, idle and while a fetch is running.

    python -m bench.keys HOME [--keys 60] [--pause 0.033]

HOME is a library folder whose configuration names feeds that can be reached. The desk runs in a
pseudo-terminal; each key moves the cursor, and the time ends when the status line says so. The next
key comes then, and `--pause` seconds after the one before at the earliest, by default as fast as a
key repeats that is held down. Beside it stands what a key costs the thread that draws (Linux only),
which holds on a crowded machine too.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from pathlib import Path

from tests.terminal.pseudo import Terminal

PLACE = re.compile(r"(\d[\d,]*) of (\d[\d,]*)")


def place(text: str) -> str:
    """Where the cursor is among how many; both may grow by one where an article arrives above."""
    found = PLACE.search(text.splitlines()[-1])
    return found.group() if found else ""


def step(terminal: Terminal, key: str, pause: float) -> float:
    before = place(terminal.text())
    started = time.perf_counter()
    terminal.press(key)
    terminal.until(lambda text: place(text) not in ("", before), "the cursor move")
    took = terminal.heard_at - started
    terminal.rest(pause - took)
    return took * 1000


def spent(pid: int) -> float:
    """CPU milliseconds of a process's main thread; 0 where /proc has no such figure."""
    try:
        return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) / 1e6
    except OSError:
        return 0.0


def measure(terminal: Terminal, name: str, keys: list[str], pause: float) -> None:
    before = spent(terminal.pid)
    times = sorted(step(terminal, key, pause) for key in keys)
    cost = (spent(terminal.pid) - before) / len(keys)
    late = times[int(len(times) * 0.95) - 1]
    print(
        f"{name:24} median {statistics.median(times):6.1f} ms, 95th percentile {late:6.1f} ms, "
        f"CPU {cost:5.1f} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--pause", type=float, default=1 / 30)
    given = parser.parse_args()
    with Terminal(given.home) as terminal:
        terminal.until(lambda text: place(text) != "", "the list")
        keys = ["j", "j", "k"] * (given.keys // 3)
        measure(terminal, "idle", keys, given.pause)
        measure(terminal, "scrolling", ["j"] * given.keys, given.pause)
        measure(terminal, "to the end and back", ["G", "gg"] * (given.keys // 4), given.pause)
        terminal.press("R")
        terminal.until_shows("Fetching", "pages")
        measure(terminal, "while fetching", keys * 8, given.pause)


if __name__ == "__main__":
    main()
