"""`digest export`: everything that matches, in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import files, output
from digest.cli.context import Session, pass_session
from digest.cli.options import joined, query_words
from digest.cli.problems import tell_problems
from digest.cli.progress import Progress
from digest.errors import UnknownArticle, UsageError
from digest.text import clean_line

if TYPE_CHECKING:
    from digest.library import Library
    from digest.model import Article

FORMS = ["md", "json", "csv", "bibtex", "ris", "csl-json", "epub"]
_ENDINGS = {"bib": "bibtex", "csl": "csl-json"} | {form: form for form in FORMS}
_TITLE = 80  # characters of a query in a book's title


@click.command()
@query_words()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
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
    --format json' prints; bibtex, ris and csl-json are for reference managers, epub for reading.
    """
    chosen = form or _by_ending(target)
    if chosen == "epub" and (target is None or str(target) == "-") and sys.stdout.isatty():
        raise UsageError("a book cannot be shown here; name a file with -o FILE.epub")
    query = joined(words)
    with session.library() as library, Progress("exporting") as progress:
        ids, problems = library.matching(query)
        tell_problems(problems)
        articles = _articles(library, ids, progress)
        files.deliver(_pieces(chosen, articles, library.zone, query), target)
    if target is not None:
        output.talk(f"{len(ids):,} article{'' if len(ids) == 1 else 's'} in {target}")


def _by_ending(target: Path | None) -> str:
    return _ENDINGS.get(target.suffix.lstrip(".").lower(), "md") if target is not None else "md"


def _articles(library: Library, ids: list[int], progress: Progress) -> Iterator[Article]:
    """The articles one by one; one that somebody deletes meanwhile is left out."""
    for number, article_id in enumerate(ids, 1):
        try:
            article = library.article(article_id)
        except UnknownArticle:
            continue
        progress.count(number, len(ids))
        yield article


def _pieces(
    form: str, articles: Iterator[Article], zone: tzinfo, query: str
) -> Iterator[str] | Iterator[bytes]:
    """The articles in a form, piece by piece; each form is loaded when it is wanted."""
    match form:
        case "json":
            from digest.export.jsonout import array  # noqa: PLC0415 - only in this form

            return array(articles)
        case "csv":
            from digest.export.csvout import table  # noqa: PLC0415 - only in this form

            return table(articles)
        case "bibtex":
            from digest.export.bibtex import bibliography  # noqa: PLC0415 - only in this form

            return bibliography(articles, zone)
        case "ris":
            from digest.export.ris import records  # noqa: PLC0415 - only in this form

            return records(articles, zone)
        case "csl-json":
            from digest.export.csl import items  # noqa: PLC0415 - only in this form

            return items(articles, zone)
        case "epub":
            from digest.export.chapters import article_book  # noqa: PLC0415 - only in this form

            title = clean_line(query, _TITLE) or "taiwan-japan-digest"
            return article_book(articles, zone, title=title, made=datetime.now(UTC))
        case _:
            from digest.export.markdown import documents  # noqa: PLC0415 - only in this form

            return documents(articles)
