"""`digest backup` and `digest restore`."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import as_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@pass_session
def backup(session: Session, file: Path, *, json_wanted: bool) -> None:
    """Write a whole copy of the library to FILE, also while something else writes to it."""
    target = file.expanduser().absolute()
    with session.library() as library:
        library.backup(target)
    if json_wanted:
        output.document({"file": str(target)})
    else:
        output.talk(f"the library is copied to {target}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@pass_session
def restore(session: Session, file: Path, *, json_wanted: bool) -> None:
    """Put the backup in FILE in the library's place; what was there is kept beside it."""
    from digest.library import Library  # noqa: PLC0415 - sqlite3, not needed for --help

    kept = Library.restore(file.expanduser().absolute(), session.folder)
    if json_wanted:
        place = str(session.folder / "library.db")
        output.document({"library": place, "kept": None if kept is None else str(kept)})
        return
    before = f"; what was there is now {kept}" if kept is not None else ""
    output.talk(f"the library in {session.folder} is as in {file}{before}")
