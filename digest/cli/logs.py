"""`digest.log` in the library folder: warnings, and the whole story of what went wrong."""

from __future__ import annotations

import logging
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.output import clean
from digest.shown import without_login

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "digest.log"
KEPT_BYTES = 1_000_000


class _Lines(logging.Formatter):
    """One clean line per event; strangers' text cannot forge another or steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record, with its traceback below it."""
        return clean(without_login(super().format(record)))


def start(home: Path, *, verbose: bool) -> None:
    """Send warnings of all libraries to the log, and with `verbose` our own words to stderr."""
    logging.raiseExceptions = False
    root = logging.getLogger()
    for handler in _handlers(home, verbose=verbose):
        handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
    if verbose:
        logging.getLogger("digest").setLevel(logging.DEBUG)


def _handlers(home: Path, *, verbose: bool) -> Iterator[logging.Handler]:
    with suppress(OSError):
        _turn_over(home / NAME)
        yield logging.FileHandler(home / NAME, encoding="utf-8", errors="replace", delay=True)
    if verbose:
        yield logging.StreamHandler()


def stop() -> None:
    """Close the log."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler.formatter, _Lines):
            root.removeHandler(handler)
            handler.close()


def record(home: Path, error: BaseException) -> Path | None:
    """Put an error with its traceback into the log; None where that cannot be written."""
    path = home / NAME
    story = clean(without_login("".join(traceback.format_exception(error))))
    try:
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} ERROR\n{story}\n")
    except OSError:
        return None
    return path


def _turn_over(path: Path) -> None:
    """Put a log that has grown large aside; the one put aside before it goes."""
    if path.exists() and path.stat().st_size > KEPT_BYTES:
        path.replace(path.with_name(f"{NAME}.1"))
