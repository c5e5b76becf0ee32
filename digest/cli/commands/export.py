"""`digest export`: everything that matches, in a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import files, output
from digest.cli.context import Session, pass_session
from digest.cli.options import joined, output_file, query_words
from digest.cli.problems import tell_problems
from digest.cli.progress import Progress
from digest.errors import UnknownArticle, UsageError
from digest.export.writing import FORMS, pieces

if TYPE_CHECKING:
    from digest.library import Library
    from digest.model import Article

_ENDINGS = {"bib": "bibtex", "csl": "csl-json"} | {form: form for form in FORMS}


@click.command()
@query_words()
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="The form.  [default: by the ending of FILE, else md]",
)
@output_file()
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
        files.deliver(pieces(chosen, articles, library.zone, query, session.words), target)
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
