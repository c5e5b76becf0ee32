"""Time from the start of the process to the first paint and to the first articles on the screen.

    python -m bench.first_paint HOME [--runs 9]

In turn with an empty Textual application in the same pseudo-terminal, so that the ratio holds
when the machine's speed drifts, and with one that has widgets of the desk's kinds in it. HOME is a
library folder. The program is compiled before, as it is at every start but a user's first.
"""

from __future__ import annotations

import argparse
import compileall
import statistics
import sys
import time
from pathlib import Path

from tests.terminal.pseudo import Terminal

ROOT = Path(__file__).parents[1]

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("Unread")
Empty().run()
"""
SAME_WIDGETS = """
from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.scroll_view import ScrollView
from textual.widgets import Input, Static
class Empty(App):
    def compose(self):
        with Horizontal():
            yield ScrollView()
            with Vertical():
                with Vertical():
                    with Horizontal():
                        yield Static("/")
                        yield Input(compact=True)
                        yield Static("")
                    yield Static("")
                yield ScrollView()
            with Horizontal():
                yield ScrollView()
        yield Static("")
        with Horizontal():
            yield Static(":")
            yield Input(compact=True)
        yield Static("Unread")
    def on_mount(self):
        for widget in self.query("Vertical > Vertical, Screen > Horizontal:last-of-type"):
            widget.display = False
Empty().run()
"""


def seconds_until(terminal: Terminal, word: str, started: float) -> float:
    terminal.until_shows(word)
    return time.perf_counter() - started


def desk(home: Path) -> tuple[float, float]:
    started = time.perf_counter()
    with Terminal(home) as terminal:
        painted = seconds_until(terminal, "help", started)
        return painted, seconds_until(terminal, "1 of ", started)


def empty(home: Path, program: str) -> float:
    started = time.perf_counter()
    with Terminal(home, program=[sys.executable, "-c", program]) as terminal:
        return seconds_until(terminal, "Unread", started)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    for folder in ("digest", "index"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    desk(given.home)
    taken = [
        (empty(given.home, EMPTY), empty(given.home, SAME_WIDGETS), *desk(given.home))
        for _ in range(given.runs)
    ]
    bare, same, painted, filled = (statistics.median(column) for column in zip(*taken, strict=True))
    print(f"empty Textual application   {bare * 1000:6.0f} ms")
    print(f"one with the same widgets   {same * 1000:6.0f} ms  {same / bare:.2f} times")
    for words, seconds in (("first paint", painted), ("articles on screen", filled)):
        print(
            f"desk, {words:20}  {seconds * 1000:6.0f} ms  {seconds / bare:.2f} times, "
            f"{seconds / same:.2f} of the same widgets"
        )


if __name__ == "__main__":
    main()
