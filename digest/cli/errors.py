"""From exceptions to one line on stderr and an exit code."""

from __future__ import annotations

import sys
import traceback

import click

from digest.cli import logs, output
from digest.cli.context import Session
from digest.errors import DigestError
from digest.export.files import FULL

INTERRUPTED = 130


def exit_code(error: BaseException, session: Session) -> int:
    """Tell the user about `error` and give the exit code; a broken pipe and Ctrl-C are silent."""
    match error:
        case BrokenPipeError():
            return 0
        case KeyboardInterrupt() | click.Abort():
            return INTERRUPTED
        case DigestError():
            output.complain(str(error))
            return error.exit_code
        case click.ClickException():
            return _usage(error)
        case OSError():
            return _system(error, session)
        case _:
            return _unexpected(error, session)


def _usage(error: click.ClickException) -> int:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    where = f"; see '{context.command_path} --help'" if context is not None else ""
    output.complain(message[:1].lower() + message[1:] + where)
    return 2


def _system(error: OSError, session: Session) -> int:
    """What the operating system refused: a full disk counts as the library's."""
    if session.verbose:
        output.paragraph("".join(traceback.format_exception(error)))
    name = f"{error.filename}: " if error.filename else ""
    what = (error.strerror or type(error).__name__).lower()
    if error.errno in FULL:
        output.complain(f"{name}the disk is full; make room and try again")
        return 3
    output.complain(f"{name}{what}")
    return 1


def _unexpected(error: BaseException, session: Session) -> int:
    """A fault of the program: one line, the rest in the log, all of it with -v."""
    if session.verbose:
        output.paragraph("".join(traceback.format_exception(error)))
    kept = logs.record(session.folder, error)
    details = f"; details in {kept}" if kept is not None else "; -v shows where"
    output.complain(f"{_in_words(error)}{details}")
    return 3 if _of_sqlite(error) else 1


def _in_words(error: BaseException) -> str:
    if _of_sqlite(error):
        return "the library could not be read or written; try 'digest doctor'"
    return f"something went wrong that should not ({type(error).__name__})"


def _of_sqlite(error: BaseException) -> bool:
    sqlite = sys.modules.get("sqlite3")
    return sqlite is not None and isinstance(error, sqlite.Error)
