"""`digest story`: one event as each language's outlets reported it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output, rows
from digest.cli.context import Session, pass_session
from digest.cli.options import WholeNumber, as_json
from digest.errors import UsageError
from digest.export.forms import language_code, report_object

if TYPE_CHECKING:
    from datetime import tzinfo

    from digest.library.storying import Story
    from digest.model import Summary

_GROUP_SECONDS = 60.0
_ID = WholeNumber(min=1)


@click.command()
@click.argument("ident", metavar="ID", type=_ID)
@click.option("--split", multiple=True, type=_ID, metavar="ID", help="An article to part from it.")
@click.option("--merge", type=_ID, metavar="STORY", help="A story whose articles to join to it.")
@as_json
@pass_session
def story(
    session: Session, ident: int, split: tuple[int, ...], merge: int | None, *, json_wanted: bool
) -> None:
    """Print a story's articles by language and time; part it with --split, join with --merge.

    What you part or join stays so, and 'digest undo' takes it back.
    """
    if split and merge is not None:
        raise UsageError("give either --split or --merge")
    with session.library() as library:
        library.group(_GROUP_SECONDS)
        if split:
            made = library.stories.split(ident, split)
            output.talk(f"{len(set(split))} of them are story {made} now")
        if merge is not None:
            joined = library.stories.merge(ident, merge)
            output.talk(f"{joined} of story {merge} belong to story {ident} now")
        found = library.stories.story(ident)
        if json_wanted:
            output.document(_object(found))
        else:
            _print(found, library.zone)


def _print(found: Story, zone: tzinfo) -> None:
    ordered = sorted(found.articles, key=_language)
    for number, (language, told) in enumerate(groupby(ordered, key=_language)):
        if number:
            output.line()
        articles = list(told)
        first = articles[0].at.astimezone(zone)
        output.Rich().dim(f"{language}  {len(articles)}, first {first:%Y-%m-%d %H:%M}").end()
        for row in articles:
            remark = f"copy of {row.copy_of}" if row.copy_of else ""
            rows.article_line(row, zone, remark).end()


def _language(row: Summary) -> str:
    return language_code(row.lang) or "?"


def _object(found: Story) -> dict[str, Any]:
    return {"id": found.id, "articles": [report_object(row) for row in found.articles]}
