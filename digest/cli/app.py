"""The program as a whole: options, commands, and the way out with an exit code."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from digest.cli import output
from digest.cli.context import Desk, Session
from digest.cli.errors import INTERRUPTED, exit_code
from digest.cli.groups import Program
from digest.cli.options import global_options

COMPLETION = "_DIGEST_COMPLETE"


def _start(ctx: click.Context) -> int:
    """Without a command: the desk, or the help where nobody sits at a terminal."""
    if ctx.invoked_subcommand is not None:
        return 0
    if not output.on_terminal() and SERVED not in os.environ:
        output.line(ctx.get_help())
        return 0
    session = ctx.ensure_object(Session)
    return session.open_desk(session.folder, session.config_file)


# Set by textual-serve for the desk that it shows in a browser.
SERVED = "TEXTUAL_DRIVER"

program = Program(
    name="digest",
    callback=click.pass_context(_start),
    params=list(global_options(hidden=False)),
    invoke_without_command=True,
    no_args_is_help=False,
    subcommand_metavar="[COMMAND]",
    context_settings={"max_content_width": 100},
    help="A news desk for people who follow Taiwan-Japan relations, in English, 繁體中文 and "
    "日本語.\n\nWithout a command it opens in the terminal.",
    epilog="Every command explains itself: digest COMMAND --help. '--' ends the options, for a "
    "query that begins with '-'.",
)


def run(arguments: Sequence[str], desk: Desk) -> int:
    """Carry out a command line and give its exit code.

    0 done, 1 ran but something failed, 2 wrong usage or configuration, 3 the library cannot be
    used, 130 interrupted.
    """
    output.prepare_streams()
    session = Session(desk)
    try:
        asked = os.environ.get(COMPLETION)
        code = _completed(asked) if asked else _carried_out(arguments, session)
        output.flush()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the end of the program: all become one line and a code
        return _farewell(error, session)
    return code


def _carried_out(arguments: Sequence[str], session: Session) -> int:
    try:
        with program.make_context("digest", list(arguments), obj=session) as ctx:
            found = program.invoke(ctx)
    except click.exceptions.Exit as done:
        return done.exit_code
    return found if isinstance(found, int) else 0


def _completed(instruction: str) -> int:
    """Answer a shell that asks how a line may go on."""
    from click.shell_completion import shell_complete  # noqa: PLC0415 - asked for by shells only

    return shell_complete(program, {}, "digest", COMPLETION, instruction)


def _farewell(error: BaseException, session: Session) -> int:
    """Hand over what is written already, then say what went wrong."""
    try:
        output.hush()
        return exit_code(error, session)
    except KeyboardInterrupt:
        return INTERRUPTED
