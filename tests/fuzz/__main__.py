"""`python -m tests.fuzz [MINUTES] [TARGET …]`: bends samples until the time is up, by turns.

What breaks a reader is kept, shrunk, in `tests/fuzz/found/TARGET-….bin`, where the tests read it
from then on; the exit code is 1 when there was anything.
"""

from __future__ import annotations

import hashlib
import logging
import resource
import signal
import sys
import time
import traceback
import warnings
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.bending import samples
from tests.fuzz.targets import TARGETS, Target

FOUND = Path(__file__).parent / "found"
ROUND = 150
HANGS = 60  # seconds of work
MEMORY = 4_000_000_000


class Hang(Exception):
    """One sample took far too long."""


class Run:
    """What has come of a target so far."""

    def __init__(self, name: str, target: Target) -> None:
        self.name = name
        self.tried = 0
        self.found: list[Path] = []
        self._target = target
        self._seeds = target.seeds()
        self._last = b""

    def go(self, number: int, until: float) -> None:
        """One round of samples, another for each number."""

        @hypothesis.seed(number)
        @settings(
            max_examples=ROUND,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(samples(self._seeds))
        def every(data: bytes) -> None:
            if time.monotonic() < until:
                self._try(data)

        try:
            every()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
            self._keep(error)

    def _try(self, data: bytes) -> None:
        self.tried += 1
        signal.setitimer(signal.ITIMER_PROF, HANGS)
        try:
            self._target(data)
        except BaseException:
            self._last = data
            raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _keep(self, error: Exception) -> None:
        FOUND.mkdir(exist_ok=True)
        path = FOUND / f"{self.name}-{hashlib.sha256(self._last).hexdigest()[:12]}.bin"
        path.write_bytes(self._last)
        self.found.append(path)
        traceback.print_exception(error, limit=-6)
        sys.stderr.write(f"{self.name}: kept as {path}\n")


def main() -> int:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    chosen = sys.argv[2:] or list(TARGETS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _hangs)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    runs = [Run(name, TARGETS[name]) for name in chosen]
    until, number = time.monotonic() + minutes * 60, int(time.time())
    while time.monotonic() < until:
        for run in runs:
            run.go(number, until)
            number += 1
    for run in runs:
        sys.stdout.write(f"{run.name:14} {run.tried:9,} samples, {len(run.found)} found\n")
    return 1 if any(run.found for run in runs) else 0


def _hangs(*_: object) -> None:
    raise Hang(f"more than {HANGS} s of work")


if __name__ == "__main__":
    sys.exit(main())
