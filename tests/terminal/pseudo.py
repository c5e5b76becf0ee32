"""The real program in a pseudo-terminal: what it writes, byte for byte, and the screen it makes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

SECONDS = 60.0
_GO_SECONDS = 0.002  # between two parts of what is written in one go
_AT_ONCE = 1 << 20  # bytes


class Terminal:
    """A program running on a terminal of its own.

    `answers` are what the terminal says when it is asked something, by (a part of) the question.
    """

    def __init__(
        self,
        home: Path,
        *words: str,
        columns: int = 120,
        lines: int = 40,
        program: Sequence[str] | None = None,
        environ: Mapping[str, str] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        self.received = b""
        self.heard_at = 0.0  # when the last of it came, by time.perf_counter
        self._answers = answers or {}
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DIGEST_", "TMUX", "COLORTERM", "NO_COLOR"))
        }
        self._child = subprocess.Popen(
            program or [sys.executable, "-m", "digest", "--home", str(home), *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={**environment, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environ or {})},
        )
        os.close(theirs)
        self._ours = ours

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._child.pid

    def text(self) -> str:
        """What stands on the screen, line by line."""
        buffer = self._screen.buffer
        return "\n".join(
            "".join(buffer[y][x].data for x in range(self._screen.columns)).rstrip()
            for y in range(self._screen.lines)
        )

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def interrupt(self) -> None:
        """What Ctrl-C does where the terminal is the program's own."""
        self._child.send_signal(signal.SIGINT)

    def ask_to_go(self, number: signal.Signals) -> None:
        """Send a signal."""
        self._child.send_signal(number)

    def vanish(self) -> int:
        """Close the terminal under the program; returns its exit code."""
        os.close(self._ours)
        self._ours = os.open(os.devnull, os.O_RDONLY)
        return self._child.wait(SECONDS)

    def until(self, holds: Callable[[str], bool], what: str) -> str:
        """Read until the screen is as wanted; returns it."""
        ends = time.monotonic() + SECONDS
        while not holds(self.text()):
            if not self._read(ends - time.monotonic()):
                raise AssertionError(f"never saw {what}; the screen was:\n{self.text()}")
        return self.text()

    def until_shows(self, *words: str) -> str:
        """Read until all of `words` are on the screen; returns it."""
        return self.until(lambda text: all(word in text for word in words), repr(words))

    def rest(self, seconds: float) -> None:
        """Read for so long."""
        ends = time.monotonic() + seconds
        while (left := ends - time.monotonic()) > 0:
            self._read(left)

    def to_the_end(self) -> int:
        """Read until the program has ended; returns its exit code."""
        ends = time.monotonic() + SECONDS
        while self._read(ends - time.monotonic()):
            pass
        return self._child.wait(max(ends - time.monotonic(), 1))

    def _read(self, seconds: float) -> bool:
        """Read once; False when the program has ended or the time is up."""
        if not self._is_ready(seconds):
            return False
        part = self._heard_now()
        self.received += part
        for asked, answer in self._answers.items():
            if asked in part:
                os.write(self._ours, answer)
        self._stream.feed(part)
        return bool(part)

    def _heard_now(self) -> bytes:
        """All that comes in one go: a real terminal reads faster than this one understands."""
        heard = bytearray()
        while len(heard) < _AT_ONCE:
            try:
                part = os.read(self._ours, 65536)
            except OSError:  # Linux says so when the other side has been closed
                break
            heard += part
            self.heard_at = time.perf_counter()
            if not part or not self._is_ready(_GO_SECONDS):
                break
        return bytes(heard)

    def _is_ready(self, seconds: float) -> bool:
        return seconds > 0 and bool(select.select([self._ours], [], [], seconds)[0])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._child.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        os.close(self._ours)
