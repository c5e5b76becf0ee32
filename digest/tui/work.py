"""Everything that may take time, off the screen's own thread.

Readings run side by side in threads and may be overtaken; writings run one after another in the
order they were asked for, are never dropped, and are finished before the desk closes. The watch has
a thread of its own, since SQLite counts changes by connection, and so by thread.
Each job is given the library and answers with a message for the desk, or with None.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import Worker, get_current_worker

from digest.errors import Cancelled

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

    from digest.library import Library

_LOG = logging.getLogger(__name__)

Job = Callable[["Library"], Message | None]
Opener = Callable[[], "Library"]


class Work:
    """The workers of the desk, and the library they work on."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._desk: DOMNode | None = None
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._watcher = ThreadPoolExecutor(max_workers=1, thread_name_prefix="watcher")
        self._library: Library | None = None
        self._former: list[Library] = []

    @property
    def library(self) -> Library | None:
        """The library, None until it is open."""
        return self._library

    def report_to(self, desk: DOMNode) -> None:
        """Post the answers of all jobs to `desk` from now on."""
        self._desk = desk

    def open(self, opener: Opener, opened: Message) -> None:
        """Open the library in a thread, then post `opened`."""

        def run() -> None:
            self._library = opener()
            self._post(opened)

        self._app.run_worker(run, thread=True, group="open", exit_on_error=False)

    def read(
        self, job: Job, *, group: str, exclusive: bool = True, to: DOMNode | None = None
    ) -> None:
        """Run a reading. With `exclusive`, the answer to an earlier one of its group is dropped.

        The answer goes to `to`, the desk without.
        """

        def run() -> None:
            worker = get_current_worker()
            library = self._library
            if library is None or worker.is_cancelled:
                return
            message: Message | None = None
            with suppress(Cancelled):  # somebody asked for something newer meanwhile
                message = job(library)
            if not worker.is_cancelled:
                self._post(message, to)

        self._app.run_worker(
            run, thread=True, group=group, exclusive=exclusive, exit_on_error=False
        )

    def cancel(self, group: str) -> None:
        """Ask the readings of a group to stop; their answers are dropped."""
        self._app.workers.cancel_group(self._app, group)

    def write(self, job: Job, *, to: DOMNode | None = None) -> Worker[None]:
        """Run a writing after all earlier ones. The answer goes to `to`, the desk without."""
        return self._in_order(self._writer, job, "writing", to)

    def watch(self, job: Job) -> Worker[None]:
        """Run a look at whether the library has changed."""
        return self._in_order(self._watcher, job, "watching")

    def _in_order(
        self, executor: ThreadPoolExecutor, job: Job, group: str, to: DOMNode | None = None
    ) -> Worker[None]:
        def run() -> Message | None:
            return None if self._library is None else job(self._library)

        # Handed in at once, and shielded: a worker that is cancelled at closing, even before it
        # has begun, must not take its writing along.
        future = executor.submit(run)
        future.add_done_callback(_log_failure)

        async def wait() -> None:
            self._post(await asyncio.shield(asyncio.wrap_future(future)), to)

        return self._app.run_worker(wait, group=group, exit_on_error=False)

    def exchange(self, library: Library) -> None:
        """Go on with another library; the one used so far stays open until the desk closes."""
        if self._library is not None:
            self._former.append(self._library)
        self._library = library

    def close(self) -> None:
        """Finish all writings and close every library that was used."""
        self._writer.shutdown(wait=True)
        self._watcher.shutdown(wait=True)
        for library in (*self._former, self._library):
            if library is not None:
                library.close()
        self._former, self._library = [], None

    def _post(self, message: Message | None, to: DOMNode | None = None) -> None:
        target = to or self._desk
        if message is not None and target is not None and target.is_attached:
            target.post_message(message)


def _log_failure(future: Future[Message | None]) -> None:
    """Note a failure down too: at closing there is nobody left to show it to."""
    if not future.cancelled() and (error := future.exception()) is not None:
        _LOG.warning("not carried out: %s", error)
