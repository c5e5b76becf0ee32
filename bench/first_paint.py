"""Time from the start of the process to the first paint and to the first articles on the screen.

    python -m bench.first_paint HOME [--runs 9]

In turn with an empty Textual application in the same pseudo-terminal, so that the ratio holds
when the machine's speed drifts. HOME is a library folder.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from tests.terminal.pseudo import Terminal

EMPTY = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Empty(App):\n"
    "    def compose(self):\n"
    "        yield Static('Unread')\n"
    "Empty().run()\n"
)


def seconds_until(terminal: Terminal, word: str, started: float) -> float:
    terminal.until_shows(word)
    return time.perf_counter() - started


def desk(home: Path) -> tuple[float, float]:
    started = time.perf_counter()
    with Terminal(home) as terminal:
        painted = seconds_until(terminal, "help", started)
        return painted, seconds_until(terminal, "1 of ", started)


def empty(home: Path) -> float:
    started = time.perf_counter()
    with Terminal(home, program=[sys.executable, "-c", EMPTY]) as terminal:
        return seconds_until(terminal, "Unread", started)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    desk(given.home), empty(given.home)
    painted, filled, bare = [], [], []
    for _ in range(given.runs):
        first, articles = desk(given.home)
        painted.append(first)
        filled.append(articles)
        bare.append(empty(given.home))
    middle = [statistics.median(figures) for figures in (bare, painted, filled)]
    print(f"empty Textual application   {middle[0] * 1000:6.0f} ms")
    print(
        f"desk, first paint           {middle[1] * 1000:6.0f} ms  {middle[1] / middle[0]:.2f} times"
    )
    print(
        f"desk, articles on screen    {middle[2] * 1000:6.0f} ms  {middle[2] / middle[0]:.2f} times"
    )


if __name__ == "__main__":
    main()
