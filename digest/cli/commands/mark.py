"""`digest mark`: read, unread, star, unstar."""

from __future__ import annotations

import click

from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, query_words
from digest.cli.selection import selected

_DONE = {
    "read": "marked as read",
    "unread": "marked as unread",
    "star": "starred",
    "unstar": "unstarred",
}


@click.command()
@click.argument("what", metavar="|".join(_DONE), type=click.Choice(list(_DONE)))
@query_words()
@as_json
@pass_session
def mark(session: Session, what: str, words: tuple[str, ...], *, json_wanted: bool) -> int:
    """Mark all articles that match QUERY strictly; write '--' before it.

    A QUERY of bare numbers means the articles with these ids.
    """
    with session.library() as library:
        chosen = selected(library, words)
        changed = library.mark(chosen.ids, what)
    chosen.tell(changed, _DONE[what], json_wanted=json_wanted)
    return chosen.exit_code
