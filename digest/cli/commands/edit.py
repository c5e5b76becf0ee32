"""`digest edit`: corrections that survive re-fetching."""

from __future__ import annotations

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import id_argument, text_option
from digest.errors import UsageError


@click.command()
@id_argument
@text_option("--title", "The right title.")
@click.option(
    "--date", metavar="DATE", help="When it was published, like 2026-11-08 or 2026-11-08T09:30."
)
@click.option("--lang", metavar="TAG", help="The right language, like en, zh-Hant or ja.")
@text_option("--author", "The right author.")
@text_option("--feed", "The name of the publication.")
@pass_session
def edit(session: Session, /, article_id: int, **given: str | None) -> None:
    """Correct what was read wrongly from a page. A correction outlives re-fetching."""
    fields = {name: value for name, value in given.items() if value is not None}
    if not fields:
        names = ", ".join(f"--{name}" for name in given)
        raise UsageError(f"say what to correct: {names}")
    with session.library() as library:
        library.edit(article_id, **fields)
    output.talk(f"corrected {', '.join(fields)} of article {article_id}")
