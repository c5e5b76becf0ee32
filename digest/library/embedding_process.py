"""A process beside the desk that makes vectors, so that no key waits for Python's global lock.

It runs at the lowest priority, tells how far it is line by line, and ends when its work is done,
when it is told to, or when the desk is gone: vectors are kept a few at a time, so that it may
end at any moment.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

_LOWEST = 19
# The child finds our modules where we found them.
_START = (
    "import sys; sys.path[:] = {path!r}; "
    "from digest.library.embedding_process import main; main(sys.argv[1])"
)


class EmbeddingProcess:
    """Runs the process for one library, one at a time.

    Attributes:
        progress: how many vectors of how many are made, None while it does not run.
    """

    def __init__(self, home: Path) -> None:
        self._home = home
        self.progress: tuple[int, int] | None = None

    def run(self, closing: threading.Event) -> bool:
        """Make all vectors that are missing; True once they are, or once `closing` is set."""
        try:
            child = self._started()
        except OSError:
            return False
        done = threading.Event()
        watch = threading.Thread(target=_end_early, args=(child, closing, done), daemon=True)
        watch.start()
        # Leaving closes both pipes; the first is never written to.
        with child:
            for line in child.stdout or ():
                self.progress = _read(line) or self.progress
            done.set()
            watch.join()
        self.progress = None
        return child.returncode == 0 or closing.is_set()

    def _started(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-c", _START.format(path=sys.path), str(self._home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def _end_early(
    child: subprocess.Popen[bytes], closing: threading.Event, done: threading.Event
) -> None:
    while not done.wait(0.1):
        if closing.is_set():
            child.kill()
            return


def _read(line: bytes) -> tuple[int, int] | None:
    """`3 20` as numbers."""
    with contextlib.suppress(ValueError):
        done, total = line.split()
        return int(done), int(total)
    return None


def main(home: str) -> None:
    """Make the vectors that the library in `home` lacks; what it runs in the process."""
    with contextlib.suppress(OSError):
        os.nice(_LOWEST)
    threading.Thread(target=_watch, args=(sys.stdin.buffer,), daemon=True).start()
    from digest.library.embedding import Embedder  # noqa: PLC0415 - after the watch has begun
    from digest.store.database import Database  # noqa: PLC0415

    database = Database(Path(home) / "library.db")
    Embedder(database, Path(home) / "vectors").make(_tell)
    database.close()


def _tell(done: int, total: int) -> None:
    print(done, total, flush=True)  # noqa: T201 - to the process that started this one


def _watch(pipe: IO[bytes]) -> None:
    """End with the process that holds the other end of the pipe."""
    while pipe.read(1):
        pass
    os._exit(0)
