"""Processes that turn bytes into articles, so that every core works and no page can hang us.

Cleaning a page is pure computing under Python's global lock: in threads two cores do the work of
one. A process besides can be stopped when a page takes it too long, and a page that crashes it
takes nothing else along. `bench/ingest.py` measures the gain.

Processes are started when they are needed, up to the number of cores, and reused. They hold no
lock and no file of ours; closing their pipe ends them.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self

from digest.errors import SourceError
from digest.ingest.net.budget import Cancelled, Stopped, never
from digest.ingest.worker import DONE, LENGTH, MEMORY, REFUSED

SECONDS = 60.0
_SLICE = 0.1
_READ_BYTES = 1 << 20
# Into a pipe of this size a page goes whole, and nobody waits until its rest is taken.
_PIPE_BYTES = 1 << 20
_MAX_PROCESSES = 8
# The child finds our modules where we found them.
_START = "import sys; sys.path[:] = {path!r}; from digest.ingest.worker import main; main({memory})"


class WorkerFault(RuntimeError):
    """A task failed in a way nobody foresaw; the message is the worker's traceback."""


def cores() -> int:
    """How many processes are worth having here."""
    available = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(available, _MAX_PROCESSES))


class _Process:
    """One worker and its pipes; used by one thread at a time."""

    def __init__(self, memory: int) -> None:
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _START.format(path=sys.path, memory=memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if self._child.stdin is None or self._child.stdout is None:
            raise OSError("a process without pipes")
        self._tasks = self._child.stdin
        os.set_blocking(self._tasks.fileno(), False)
        self._answers = self._child.stdout
        _widen(self._tasks.fileno())
        _widen(self._answers.fileno())

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._child.pid

    @property
    def alive(self) -> bool:
        """Whether it has not died meanwhile."""
        return self._child.poll() is None

    def run(self, task: bytes, seconds: float, cancelled: Cancelled) -> bytes:
        """Send a task and wait for its answer, which comes pickled.

        Raises:
            Stopped: `cancelled` said so; the process is of no more use.
            TimeoutError: there was no answer in `seconds`; likewise.
            OSError, EOFError: the process died.
        """
        ends = time.monotonic() + seconds
        self._write(LENGTH.pack(len(task)) + task, ends, cancelled)
        head = self._read(LENGTH.size, ends, cancelled)
        return self._read(LENGTH.unpack(head)[0], ends, cancelled)

    def _write(self, message: bytes, ends: float, cancelled: Cancelled) -> None:
        """Hand a message over; a process that hangs does not take it."""
        pipe, rest = self._tasks.fileno(), memoryview(message)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_WRITE)
            while rest:
                if _is_ready(selector, ends, cancelled):
                    rest = rest[os.write(pipe, rest) :]

    def _read(self, size: int, ends: float, cancelled: Cancelled) -> bytes:
        pipe = self._answers.fileno()
        found = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while len(found) < size:
                if _is_ready(selector, ends, cancelled):
                    part = os.read(pipe, min(size - len(found), _READ_BYTES))
                    if not part:
                        raise EOFError
                    found += part
        return bytes(found)

    def end(self) -> None:
        """Stop it now; nothing of it is left when this returns."""
        self._child.kill()
        for pipe in (self._tasks, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self._child.wait()


def _widen(pipe: int) -> None:
    """Let a pipe hold `_PIPE_BYTES`, where the system does that and allows it."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415 - the module exists on POSIX only

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _is_ready(selector: selectors.BaseSelector, ends: float, cancelled: Cancelled) -> bool:
    """Wait a moment for a pipe; whether it can be used now.

    Raises:
        Stopped: `cancelled` said so.
        TimeoutError: the time is over.
    """
    if selector.select(_SLICE):
        return True
    if cancelled():
        raise Stopped("stopped before it was finished")
    if time.monotonic() >= ends:
        raise TimeoutError
    return False


class Workshop:
    """A few worker processes; safe to share between threads, to be closed by its owner.

    Args:
        processes: at most this many; the number of cores by default.
        seconds: how long one task may take.
        memory: bytes of addresses that a process may take.
    """

    def __init__(
        self, processes: int | None = None, *, seconds: float = SECONDS, memory: int = MEMORY
    ) -> None:
        self._memory = memory
        self._places = threading.Semaphore(processes or cores())
        self._seconds = seconds
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The numbers of the processes there are now."""
        with self._lock:
            return [process.pid for process in (*self._idle, *self._busy)]

    def run(self, task: str, *, cancelled: Cancelled = never, **arguments: Any) -> Any:
        """The result of one of `worker.TASKS`.

        Raises:
            SourceError: the task says so, took too long, or crashed its process.
            Stopped: `cancelled` said so, or the workshop was closed.
            WorkerFault: the task failed with an unexpected exception.
        """
        body = pickle.dumps((task, arguments), pickle.HIGHEST_PROTOCOL)
        with self._place(cancelled):
            answer = self._answer(body, cancelled)
        # Unpacked when the process has its next task.
        kind, value = pickle.loads(answer)  # noqa: S301 - from our own child, by a private pipe
        if kind == DONE:
            return value
        if kind == REFUSED:
            raise SourceError(value)
        raise WorkerFault(value)

    @contextlib.contextmanager
    def _place(self, cancelled: Cancelled) -> Iterator[None]:
        while not self._places.acquire(timeout=_SLICE):
            if self._closed or cancelled():
                raise Stopped("stopped before it was finished")
        try:
            yield
        finally:
            self._places.release()

    def _answer(self, body: bytes, cancelled: Cancelled) -> bytes:
        process = self._take()
        try:
            result = process.run(body, self._seconds, cancelled)
        except BaseException as error:
            self._discard(process)
            raise self._translated(error) from error
        self._give_back(process)
        return result

    def _translated(self, error: BaseException) -> BaseException:
        if self._closed and isinstance(error, OSError | EOFError | ValueError):
            return Stopped("stopped before it was finished")
        if isinstance(error, TimeoutError):
            return SourceError(f"reading it took more than {self._seconds:g} seconds")
        if isinstance(error, OSError | EOFError | ValueError):
            return SourceError("reading it made the reader crash")
        return error

    def _take(self) -> _Process:
        with self._lock:
            if self._closed:
                raise Stopped("stopped before it was finished")
            while self._idle:
                process = self._idle.pop()
                if process.alive:
                    break
                process.end()
            else:
                process = _Process(self._memory)
            self._busy.add(process)
            return process

    def _give_back(self, process: _Process) -> None:
        with self._lock:
            self._busy.discard(process)
            if not self._closed:
                self._idle.append(process)
                return
        process.end()

    def _discard(self, process: _Process) -> None:
        with self._lock:
            self._busy.discard(process)
        process.end()

    def close(self) -> None:
        """End all processes, working ones too; returns when none is left."""
        with self._lock:
            self._closed = True
            processes = [*self._idle, *self._busy]
            self._idle.clear()
        for process in processes:
            process.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
