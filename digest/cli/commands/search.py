"""`digest search`: one query from the command line, or a stream of them from stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.facets import facets_object, print_facets
from digest.cli.options import WholeNumber, as_json, joined, query_words
from digest.cli.problems import problem_objects, tell_problems
from digest.cli.rows import article_line, day
from digest.export.forms import iso, language_code

if TYPE_CHECKING:
    from digest.library import Library
    from digest.library.values import Result, SearchPage
    from digest.model import Snippet

_LONGEST_LINE = 1_000_000
_LARGEST = 2**31


@click.command()
@query_words()
@click.option(
    "--limit",
    type=WholeNumber(min=0),
    metavar="N",
    default=20,
    show_default=True,
    help="How many results a page has.",
)
@click.option(
    "--offset",
    type=WholeNumber(min=0),
    metavar="N",
    default=0,
    show_default=True,
    help="How many results to pass over.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="The order; sort: in the query beats it.  [default: relevance, without words newest]",
)
@click.option(
    "--facets", is_flag=True, help="Also count all matches by language, feed, month, name and tag."
)
@as_json
@pass_session
def search(
    session: Session,
    words: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str | None,
    *,
    facets: bool,
    json_wanted: bool,
) -> None:
    """Search in any of the three languages.

    With - for QUERY, queries are read from stdin, one a line, and each is answered at once with
    one JSON document on a line.
    """
    limit, offset = min(limit, _LARGEST), min(offset, _LARGEST)
    with session.library() as library:
        if words == ("-",):
            for query in _typed_lines():
                page = library.search(query, limit=limit, offset=offset, order=sort, facets=facets)
                output.document(page_object(page))
            return
        query = joined(words)
        page = library.search(query, limit=limit, offset=offset, order=sort, facets=facets)
        if json_wanted:
            output.document(page_object(page))
        else:
            _print(page, library)


def _typed_lines() -> Iterator[str]:
    """The lines of stdin as they come, in UTF-8; an overlong one is cut."""
    stream = sys.stdin.buffer
    while raw := stream.readline(_LONGEST_LINE):
        whole = raw
        while whole and not whole.endswith(b"\n"):
            whole = stream.readline(_LONGEST_LINE)
        yield raw.decode("utf-8", "replace").rstrip("\r\n")


def page_object(page: SearchPage) -> dict[str, Any]:
    """A page as the JSON object of the contract, with `facets` where they were asked for."""
    found = {
        "query": page.query,
        "total": page.total,
        "related": page.related,
        "took_ms": page.took_ms,
        "problems": problem_objects(page.problems),
        "results": [_result_object(result) for result in page.results],
    }
    return found if page.facets is None else found | {"facets": facets_object(page.facets)}


def _result_object(result: Result) -> dict[str, Any]:
    row = result.row
    return {
        "id": row.id,
        "url": row.url or None,
        "title": row.title,
        "feed": row.feed or None,
        "author": row.author or None,
        "lang": language_code(row.lang),
        "published": iso(row.published),
        "score": result.score,
        "match": result.match,
        "snippet": marked(result.snippet),
        "tags": list(row.tags),
        "read": row.read,
        "starred": row.starred,
        "noted": row.noted,
        "copy_of": row.copy_of,
        "story": row.story,
    }


def marked(snippet: Snippet) -> str:
    """A snippet with its hits as `[[hit]]`."""
    return "".join(f"[[{text}]]" if hit else text for text, hit in _pieces(snippet))


def _pieces(snippet: Snippet) -> Iterator[tuple[str, bool]]:
    """The snippet in pieces, each with whether it is a hit."""
    place = 0
    for mark in sorted(snippet.marks, key=lambda mark: mark.start):
        start = max(mark.start, place)
        if mark.end <= start:
            continue
        yield snippet.text[place:start], False
        yield snippet.text[start : mark.end], True
        place = mark.end
    yield snippet.text[place:], False


def _print(page: SearchPage, library: Library) -> None:
    tell_problems(page.problems)
    for result in page.results:
        _print_result(result, library.zone)
    related = f", {page.related:,} related" if page.related else ""
    articles = "article matches" if page.total == 1 else "articles match"
    output.talk(f"{page.total:,} {articles}{related} ({page.took_ms:.0f} ms)")
    if page.facets is not None:
        print_facets(page.facets)


def _print_result(result: Result, zone: tzinfo) -> None:
    remark = "" if result.match == "text" else result.match
    article_line(result.row, zone, remark).end()
    if not result.snippet.text.strip():
        return
    styled = output.Rich().plain(" " * (9 + len(day(result.row.at, zone))))
    for text, hit in _pieces(result.snippet):
        piece = " ".join(text.split("\n"))
        (styled.bold if hit else styled.dim)(piece)
    styled.end()
