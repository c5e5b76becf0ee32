"""A process beside the desk for what computes for long, so that no key waits for Python's lock.

It is started for one task (`companion_process`), tells how far it is, and ends with it. Nothing
that was stored is lost when it is killed at any moment. The end of its input asks it to stop, so
it outlives nobody.

It gets its task as one frame, and answers with frames, each a pickled `(kind, value)`: BEGUN, as
many of MOVED and LOGGED as there is to tell, then one that is the task's result, refusal or fault.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from digest import errors
from digest.config.settings import Config
from digest.ingest.net.budget import never
from digest.ingest.ports import Cancelled, Clock
from digest.ingest.worker import DONE, FAILED, REFUSED, read_frame, write_frame
from digest.ingest.workshop import WorkerFault

BEGUN, MOVED, LOGGED = "begun", "moved", "logged"
PATIENCE_SECONDS = 10.0  # for a task that was asked to stop
_LOOK_SECONDS = 0.1
_LONGEST_SECONDS = PATIENCE_SECONDS + 2.0
# The child finds our modules where we found them.
_START = (
    "import sys; sys.path[:] = {path!r}; from digest.library.companion_process import main; main()"
)

Told = Callable[[Any], None]


class Companion:
    """Starts processes for one library. Safe to use from any thread.

    Args:
        home: the library's folder.
        config: gives the configuration in force.
        clock: the library's, which goes on in the process.
    """

    def __init__(self, home: Path, config: Callable[[], Config], clock: Clock) -> None:
        self._home = home
        self._config = config
        self._clock = clock

    def run(
        self, task: str, told: Told | None = None, cancelled: Cancelled = never, **arguments: Any
    ) -> Any:
        """The result of one of `companion_process.TASKS`; what it tells goes to `told`, if any.

        Once `cancelled` says so the task is asked to stop, and its result is what it has by then.

        Raises:
            DigestError: the task's own.
            Cancelled: it was stopped before it had begun.
            LibraryError: the process could not be started, or ended before its task.
            WorkerFault: the task failed in a way nobody foresaw; the message is the traceback.
        """
        given = (task, self._home, self._config(), self._clock(), arguments)
        begun = threading.Event()
        with _started() as (tasks, answers, child), _watched(child, tasks, begun, cancelled):
            kind, value = _last_word(tasks, answers, given, begun, told)
        if kind == DONE:
            return value
        if kind == REFUSED:
            raise value
        if kind == FAILED:
            raise WorkerFault(value)
        if not begun.is_set() and cancelled():
            raise errors.Cancelled("stopped before it had begun")
        raise errors.LibraryError(
            "the process that did this was ended from outside; what it had stored is kept, start "
            "it again to go on"
        )


@contextmanager
def _started() -> Iterator[tuple[IO[bytes], IO[bytes], subprocess.Popen[bytes]]]:
    """A process with its two pipes; it has ended when this is left."""
    try:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise errors.LibraryError(
            f"no process could be started for it ({error.strerror}); close other programs and "
            "try again"
        ) from error
    tasks, answers = child.stdin, child.stdout
    if tasks is None or answers is None:
        raise OSError("a process without pipes")
    try:
        yield tasks, answers, child
    finally:
        _close(tasks)
        answers.close()
        child.wait()


@contextmanager
def _watched(
    child: subprocess.Popen[bytes], tasks: IO[bytes], begun: threading.Event, cancelled: Cancelled
) -> Iterator[None]:
    """Ask the process to stop once `cancelled` says so, and end it when it does not or cannot."""
    over = threading.Event()

    def watch() -> None:
        asked = 0.0
        while not over.wait(_LOOK_SECONDS):
            if not asked and cancelled():
                asked = time.monotonic()
                _close(tasks)
            if asked and (not begun.is_set() or time.monotonic() - asked > _LONGEST_SECONDS):
                child.kill()

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _last_word(
    tasks: IO[bytes],
    answers: IO[bytes],
    given: tuple[Any, ...],
    begun: threading.Event,
    told: Told | None,
) -> tuple[str, Any]:
    """The answer to a task, ("", None) when it ended without one; what it tells is passed on."""
    with contextlib.suppress(OSError, ValueError):  # it has ended, or its pipe was closed
        write_frame(tasks, given)
    while body := read_frame(answers):
        kind, value = pickle.loads(body)  # noqa: S301 - from our own child, by a private pipe
        if kind == BEGUN:
            begun.set()
        elif kind == MOVED:
            if told is not None:
                told(value)
        elif kind == LOGGED:
            name, level, message = value
            logging.getLogger(name).log(level, "%s", message)
        else:
            return kind, value
    return "", None


def _close(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        pipe.close()
