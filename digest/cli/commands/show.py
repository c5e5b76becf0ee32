"""`digest show`: one article in one of four forms."""

from __future__ import annotations

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, id_argument


@click.command()
@id_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html", "json"]),
    default="text",
    show_default=True,
    help="The form to print it in.",
)
@click.option(
    "--changes", is_flag=True, help="What its publisher changed instead: [-removed-] {+added+}."
)
@click.option(
    "--whole", is_flag=True, help="With the lines that repeat across its outlet and are hidden."
)
@as_json
@pass_session
def show(
    session: Session, article_id: int, form: str, *, changes: bool, whole: bool, json_wanted: bool
) -> None:
    """Print an article: its particulars, its text, and your note on it."""
    if changes and (json_wanted or form != "text"):
        raise click.UsageError("--changes is printed as text only")
    with session.library() as library:
        article = library.article(article_id)
        article = article.with_hidden() if whole else article
        zone = library.zone
        versions = library.versions(article_id) if changes else []
    if changes:
        from digest.export.changes import changes_text  # noqa: PLC0415 - only when asked for

        output.write(changes_text(versions, zone))
        return
    match "json" if json_wanted else form:
        case "json":
            from digest.export.jsonout import article_object  # noqa: PLC0415 - only in this form

            output.document(article_object(article))
        case "md":
            from digest.export.markdown import article_markdown  # noqa: PLC0415 - only in this form

            output.write(article_markdown(article, session.words))
        case "html":
            from digest.export.html import article_page  # noqa: PLC0415 - only in this form

            output.write(article_page(article, zone, session.words))
        case _:
            from digest.export.text import article_text  # noqa: PLC0415 - only in this form

            output.write(article_text(article, zone))
