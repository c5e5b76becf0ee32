"""`digest rescue`: what was hidden as off topic, kept after all."""

from __future__ import annotations

import click

from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, query_words
from digest.cli.selection import selected


@click.command()
@query_words()
@as_json
@pass_session
def rescue(session: Session, words: tuple[str, ...], *, json_wanted: bool) -> int:
    """Keep what QUERY matches of that which is hidden as off topic; write '--' before it.

    'digest search is:offtopic' shows it with its numbers. 'digest undo' hides it again.
    """
    with session.library() as library:
        chosen = selected(library, ("is:offtopic", f"({_query(words)})"))
        rescued = library.rescue(chosen.ids)
    chosen.tell(rescued, "rescued", json_wanted=json_wanted)
    return chosen.exit_code


def _query(words: tuple[str, ...]) -> str:
    """The query; numbers alone are those of articles."""
    if words and all(word.isdecimal() for word in words):
        return " OR ".join(f"id:{word}" for word in words)
    return " ".join(words)
