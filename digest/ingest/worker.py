"""The other end of `workshop`: a process that reads feeds and pages, one task after another.

It is fed through a pipe and ends when the pipe does, so it cannot outlive whoever started it, even
one that was killed. The terminal's Ctrl-C is not meant for it. A task is a pickled
`(name, arguments)` behind its length in four bytes; so is the answer, `(kind, value)`.
"""

from __future__ import annotations

import contextlib
import logging
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from digest.errors import SourceError

LENGTH = struct.Struct(">I")
POLITE = 5
MEMORY = 2_000_000_000  # bytes of address space; a large page takes about a fifth of it
DONE, REFUSED, FAILED = "done", "refused", "failed"


def parse(**arguments: Any) -> Any:
    """`feeds.parse.parse_feed`, its body given as `body`."""
    from digest.ingest.feeds.parse import parse_feed  # noqa: PLC0415 - loaded where it runs

    return parse_feed(arguments.pop("body"), **arguments)


def page(**arguments: Any) -> Any:
    """`extract.extract_page`, its page given as `html`."""
    from digest.ingest.extract.pages import extract_page  # noqa: PLC0415 - loaded where it runs

    return extract_page(arguments.pop("html"), **arguments)


def fragment(**arguments: Any) -> Any:
    """`extract.extract_fragment`, its markup given as `html`."""
    from digest.ingest.extract.pages import extract_fragment  # noqa: PLC0415 - loaded where it runs

    return extract_fragment(arguments.pop("html"), **arguments)


def sitemap(**arguments: Any) -> Any:
    """`feeds.sitemap.parse_sitemap`, its body given as `body`."""
    from digest.ingest.feeds.sitemap import parse_sitemap  # noqa: PLC0415 - loaded where it runs

    return parse_sitemap(arguments.pop("body"), **arguments)


def listing(**arguments: Any) -> Any:
    """`feeds.listing.parse_list`, its page given as `body`."""
    from digest.ingest.feeds.listing import parse_list  # noqa: PLC0415 - loaded where it runs

    return parse_list(arguments.pop("body"), **arguments)


def paper(**arguments: Any) -> Any:
    """`sources.pdf.paper_draft`, its file given as `data`."""
    from digest.ingest.sources.pdf import paper_draft  # noqa: PLC0415 - loaded where it runs

    return paper_draft(arguments.pop("data"), **arguments)


def file(**arguments: Any) -> Any:
    """`sources.read.read_here` of a file that a person named."""
    from digest.ingest.sources.read import read_here  # noqa: PLC0415 - loaded where it runs

    return read_here(**arguments)


def picture(**arguments: Any) -> Any:
    """`picture.redrawn`, its file given as `data`."""
    from digest.ingest.picture import redrawn  # noqa: PLC0415 - loaded where it runs

    return redrawn(arguments.pop("data"), **arguments)


def survey(**arguments: Any) -> Any:
    """`feeds.survey.survey`, the answer given as `body`."""
    from digest.ingest.feeds import survey as surveying  # noqa: PLC0415 - loaded where it runs

    return surveying.survey(arguments.pop("body"), **arguments)


TASKS: Mapping[str, Callable[..., Any]] = {
    task.__name__: task
    for task in (parse, page, fragment, sitemap, listing, paper, file, picture, survey)
}


def answer(name: str, arguments: dict[str, Any]) -> tuple[str, Any]:
    """What the task comes to: its result, a message for the user, or the trace of a fault."""
    try:
        return DONE, TASKS[name](**arguments)
    except SourceError as error:
        return REFUSED, str(error)
    except MemoryError:
        return REFUSED, "reading it took more memory than anything real needs"
    except Exception:  # noqa: BLE001 - handed to the parent, which logs it and goes on
        return FAILED, traceback.format_exc()


def read_frame(stream: IO[bytes]) -> bytes:
    """The next message, b"" at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return b""
    size = LENGTH.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else b""


def write_frame(stream: IO[bytes], message: object) -> None:
    """Send a message whole."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def bound_memory(size: int) -> None:
    """Let nothing that is read here take more than `size`, where the system can hold to that."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - the module exists on POSIX only

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > size:
            resource.setrlimit(resource.RLIMIT_AS, (size, hard))


def step_back(steps: int = POLITE) -> None:
    """Leave the processor to whoever types, where the system can tell the two apart.

    Linux may share the processor out among sessions first (`man 7 sched`, autogroup): there a
    process with a session of its own steps back with that.
    """
    with contextlib.suppress(AttributeError, OSError):
        now = os.nice(steps)
        if os.getsid(0) == os.getpid():
            Path("/proc/self/autogroup").write_text(str(now), encoding="ascii")


def main(memory: int = MEMORY) -> None:
    """Answer tasks from standard input until it ends, in at most `memory` bytes of addresses."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back()
    bound_memory(memory)
    tasks = sys.stdin.buffer
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    logging.disable(logging.CRITICAL)
    while body := read_frame(tasks):
        name, arguments = pickle.loads(body)  # noqa: S301 - from our own parent, by a private pipe
        try:
            write_frame(answers, answer(name, arguments))
        except BrokenPipeError:
            return


if __name__ == "__main__":
    main()
