"""`digest undo` and `digest redo`."""

from __future__ import annotations

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import as_json


@click.command()
@as_json
@pass_session
def undo(session: Session, *, json_wanted: bool) -> None:
    """Take back the last change of state; a change of many articles is taken back whole."""
    with session.library() as library:
        what = library.undo()
    _tell("undone", what, json_wanted=json_wanted)


@click.command()
@as_json
@pass_session
def redo(session: Session, *, json_wanted: bool) -> None:
    """Do again what was undone last."""
    with session.library() as library:
        what = library.redo()
    _tell("redone", what, json_wanted=json_wanted)


def _tell(done: str, what: str | None, *, json_wanted: bool) -> None:
    if json_wanted:
        output.document({done: what})
    else:
        output.talk(f"{done}: {what}" if what is not None else f"nothing can be {done}")
