"""The other end of `companion`: a process that does one task on a library, and ends."""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO, NamedTuple

from digest.config.settings import Config
from digest.errors import Cancelled, DigestError, LibraryLocked
from digest.ingest.ports import Clock, Report
from digest.ingest.worker import DONE, FAILED, REFUSED, read_frame, step_back, write_frame
from digest.library.companion import BEGUN, LOGGED, MOVED, PATIENCE_SECONDS
from digest.model import AddReport, FetchProgress, FetchReport

if TYPE_CHECKING:
    from digest.library.facade.library import Library

_BETWEEN_SECONDS = 0.1  # two reports of progress
_LOWER, _LOWEST = 5, 19


class Given(NamedTuple):
    """What a task works with.

    Attributes:
        home: the library's folder.
        config: the configuration in force.
        clock: the time by the library's clock.
        begin: called once before the library is touched; until then the process may be killed.
        tell: takes what it has to tell meanwhile.
        cancelled: whether it is to stop.
    """

    home: Path
    config: Config
    clock: Clock
    begin: Callable[[], None]
    tell: Callable[[Any], None]
    cancelled: Callable[[], bool]


def fetch(given: Given, **what: Any) -> FetchReport:
    """`Library.fetch`, the index kept up meanwhile; it tells its `FetchProgress`."""
    with _bringing_in(given) as library:
        return library.fetch(**what, report=_now_and_then(given), cancelled=given.cancelled)


def add(given: Given, sources: Sequence[str], **what: Any) -> AddReport:
    """`Library.add`, the index kept up meanwhile; it tells how many of how many are done."""

    def report(done: int, total: int) -> None:
        given.tell((done, total))

    with _bringing_in(given) as library:
        return library.add(sources, **what, report=report, cancelled=given.cancelled)


@contextmanager
def _bringing_in(given: Given) -> Iterator[Library]:
    """The library, with its index kept up; unless stopped, all is found when this is left."""
    from digest.ingest import pipeline  # noqa: F401, PLC0415 - before it steps back
    from digest.library.facade.library import Library  # noqa: PLC0415 - loaded where it runs

    given.begin()
    step_back(_LOWER)
    with Library.open(given.home, given.config, clock=given.clock) as library:
        library.keep_indexed()
        yield library
        if not given.cancelled():  # else whoever asked goes on with the index
            with contextlib.suppress(LibraryLocked):
                library.catch_up()


def _now_and_then(given: Given) -> Report:
    """Tells how far a fetch is as often as an eye can follow, and of each feed that ends."""
    told = 0.0

    def report(progress: FetchProgress) -> None:
        nonlocal told
        if progress.feed is not None or time.monotonic() - told > _BETWEEN_SECONDS:
            told = time.monotonic()
            given.tell(progress)

    return report


def catch_up(given: Given) -> None:
    """`Library.catch_up_whole`; it tells how many articles of how many the index has taken in."""
    from digest.library.facade.library import Library  # noqa: PLC0415 - loaded where it runs

    given.begin()
    step_back(_LOWER)

    def report(_done: int, _total: int) -> None:
        if given.cancelled():
            raise Cancelled("the desk was closed")
        given.tell(library.indexing)

    library = Library.open(given.home, given.config, clock=given.clock)
    with library, contextlib.suppress(Cancelled):
        library.catch_up_whole(report)


def group(given: Given, span: tuple[datetime, datetime] | None) -> int:
    """`Stories.catch_up`; it tells how many articles of how many have got a story."""
    from digest.library.facade.library import Library  # noqa: PLC0415 - loaded where it runs

    given.begin()
    step_back(_LOWER)
    with Library.open(given.home, given.config, clock=given.clock) as library:
        return library.stories.catch_up(
            given.cancelled, span, lambda done, total: given.tell((done, total))
        )


def vectors(given: Given) -> int:
    """`Embedder.make` at the lowest priority; it tells how many vectors of how many are made."""
    from digest.library.embedding import Embedder  # noqa: PLC0415 - loaded where it runs
    from digest.store.database import Database  # noqa: PLC0415

    given.begin()
    step_back(_LOWEST)
    database = Database(given.home / "library.db")
    try:
        embedder = Embedder(database, given.home / "vectors")
        return embedder.make(lambda done, total: given.tell((done, total)), given.cancelled)
    finally:
        database.close()


TASKS: Mapping[str, Callable[..., Any]] = {
    task.__name__: task for task in (fetch, add, catch_up, group, vectors)
}


def main() -> None:
    """Carry out the task on standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks = sys.stdin.buffer
    answers = _Answers(os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    # What a library prints must not get between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    body = read_frame(tasks)
    if not body:
        return
    task, home, config, now, arguments = pickle.loads(body)  # noqa: S301 - from our own parent
    logging.getLogger().addHandler(_Passing(answers))
    stopped = threading.Event()
    threading.Thread(target=_watch, args=(tasks, stopped), daemon=True).start()
    given = Given(
        home,
        config,
        going_on_from(now),
        begin=lambda: answers.put(BEGUN, None),
        tell=lambda value: answers.put(MOVED, value),
        cancelled=stopped.is_set,
    )
    answers.put(*_outcome(task, given, arguments))


def _outcome(task: str, given: Given, arguments: Mapping[str, Any]) -> tuple[str, Any]:
    try:
        return DONE, TASKS[task](given, **arguments)
    except DigestError as error:
        return REFUSED, error
    except Exception:  # noqa: BLE001 - handed to the parent, which logs it and goes on
        return FAILED, traceback.format_exc()


def going_on_from(now: datetime) -> Clock:
    """A clock that says `now` now."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)


class _Answers:
    """The way back to the parent; any thread may use it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._turn = threading.Lock()

    def put(self, kind: str, value: Any) -> None:
        """Send an answer; a process whose parent is gone has nothing left to do."""
        try:
            with self._turn:
                write_frame(self._stream, (kind, value))
        except BrokenPipeError:
            os._exit(1)


class _Passing(logging.Handler):
    """Passes what is logged on to the parent, which has the log."""

    def __init__(self, answers: _Answers) -> None:
        super().__init__()
        self._answers = answers

    def emit(self, record: logging.LogRecord) -> None:
        """Send a record, its traceback below it."""
        self._answers.put(LOGGED, (record.name, record.levelno, self.format(record)))


def _watch(pipe: IO[bytes], stopped: threading.Event) -> None:
    """Ask the task to stop when the pipe's other end is closed, and end when it does not."""
    while pipe.read(1):
        pass
    stopped.set()
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)
