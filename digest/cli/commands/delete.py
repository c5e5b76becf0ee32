"""`digest delete`: articles taken out of the library, undoably."""

from __future__ import annotations

import click

from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, query_words
from digest.cli.selection import selected
from digest.errors import DigestError


@click.command()
@query_words()
@as_json
@pass_session
def delete(session: Session, words: tuple[str, ...], *, json_wanted: bool) -> int:
    """Delete all articles that match QUERY strictly; write '--' before it.

    'digest undo' brings them back until [library] keep_deleted has passed. Nothing is deleted
    when a part of QUERY is not understood.
    """
    with session.library() as library:
        chosen = selected(library, words)
        if chosen.problems:
            raise DigestError("the query was not wholly understood; nothing was deleted")
        deleted = library.delete(chosen.ids)
    chosen.tell(deleted, "deleted", json_wanted=json_wanted)
    return chosen.exit_code
