"""`digest export`: everything that matches, in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import files, output
from digest.cli.context import Session, pass_session
from digest.cli.options import joined, query_words
from digest.cli.problems import tell_problems
from digest.cli.progress import Progress
from digest.errors import UnknownArticle

if TYPE_CHECKING:
    from digest.library import Library
    from digest.model import Article

_FORMS = ["md", "json", "csv"]


@click.command()
@query_words()
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="The form.  [default: by the ending of FILE, else md]",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; else stdout.",
)
@pass_session
def export(session: Session, words: tuple[str, ...], form: str | None, target: Path | None) -> None:
    """Write all articles that match QUERY strictly, copies included and without a limit.

    An empty QUERY ('') means every article. JSON is one array of the objects that 'digest show
    --format json' prints.
    """
    chosen = form or _by_ending(target)
    with session.library() as library, Progress("exporting") as progress:
        ids, problems = library.matching(joined(words))
        tell_problems(problems)
        articles = _articles(library, ids, progress)
        files.deliver(_writer(chosen)(articles), target)
    if target is not None:
        output.talk(f"{len(ids):,} article{'' if len(ids) == 1 else 's'} in {target}")


def _by_ending(target: Path | None) -> str:
    ending = target.suffix.lstrip(".").lower() if target is not None else ""
    return ending if ending in _FORMS else "md"


def _articles(library: Library, ids: list[int], progress: Progress) -> Iterator[Article]:
    """The articles one by one; one that somebody deletes meanwhile is left out."""
    for number, article_id in enumerate(ids, 1):
        try:
            article = library.article(article_id)
        except UnknownArticle:
            continue
        progress.count(number, len(ids))
        yield article


def _writer(form: str) -> Callable[[Iterable[Article]], Iterator[str]]:
    if form == "json":
        return _json
    if form == "csv":
        from digest.export.csvout import table  # noqa: PLC0415 - only in this form

        return table
    return _markdown


def _json(articles: Iterable[Article]) -> Iterator[str]:
    """One array, an object a line."""
    from digest.export.forms import json_text  # noqa: PLC0415 - only in this form
    from digest.export.jsonout import article_object  # noqa: PLC0415 - only in this form

    before = "[\n"
    for article in articles:
        yield before + json_text(article_object(article))
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _markdown(articles: Iterable[Article]) -> Iterator[str]:
    from digest.export.markdown import article_markdown  # noqa: PLC0415 - only in this form

    before = ""
    for article in articles:
        yield before + article_markdown(article)
        before = "\n"
