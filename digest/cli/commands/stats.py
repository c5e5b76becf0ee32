"""`digest stats`: how much there is, by time, language and feed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import as_json, joined, query_words
from digest.cli.problems import problem_objects, tell_problems
from digest.cli.rows import day, table
from digest.export.forms import iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from digest.library.values import Stats

_BAR = 40
_FEEDS_SHOWN = 15


@click.command()
@query_words(required=False)
@click.option(
    "--by", type=click.Choice(["day", "week", "month"]), default=None, help="Count by time."
)
@click.option(
    "--split",
    type=click.Choice(["lang", "feed"]),
    default=None,
    help="One series for each language or feed.  [with --by; alone it means --by month]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form to print it in.",
)
@as_json
@pass_session
def stats(
    session: Session,
    words: tuple[str, ...],
    by: str | None,
    split: str | None,
    form: str,
    *,
    json_wanted: bool,
) -> None:
    """Count all articles, or those that match QUERY strictly."""
    by = by or ("month" if split else "")
    with session.library() as library:
        found = library.stats(joined(words), by=by, split=split or "")
        zone = library.zone
    if json_wanted or form == "json":
        output.document(stats_object(found))
        return
    tell_problems(found.problems)
    _print(found, zone, split or "")


def stats_object(found: Stats) -> dict[str, Any]:
    """The numbers as JSON; languages, feeds and periods are listed most or earliest first."""
    return {
        "articles": found.articles,
        "unread": found.unread,
        "starred": found.starred,
        "noted": found.noted,
        "tagged": found.tagged,
        "first": iso(found.first),
        "last": iso(found.last),
        "languages": dict(found.languages),
        "feeds": dict(found.feeds),
        "periods": [
            {"period": period, "series": series or None, "articles": number}
            for period, series, number in found.buckets
        ],
        "problems": problem_objects(found.problems),
    }


def _print(found: Stats, zone: tzinfo, split: str) -> None:
    if found.buckets:
        _print_periods(found, split)
        return
    span = ""
    if found.first and found.last:
        span = f", {day(found.first, zone)} to {day(found.last, zone)}"
    output.line(f"{found.articles:,} articles{span}")
    output.line(
        f"{found.unread:,} unread, {found.starred:,} starred, {found.noted:,} noted, "
        f"{found.tagged:,} tagged"
    )
    _print_counts("Language", found.languages)
    _print_counts("Feed", found.feeds)


def _print_counts(what: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    output.line()
    shown = list(counts.items())[:_FEEDS_SHOWN]
    table([what, "Articles"], [[name or "unknown", f"{n:,}"] for name, n in shown], right=[1])
    if len(counts) > len(shown):
        output.line(f"and {len(counts) - len(shown):,} more")


def _print_periods(found: Stats, split: str) -> None:
    most = max(number for _, _, number in found.buckets)
    rows = [
        [period, *([series or "unknown"] if split else []), f"{number:,}", _bar(number, most)]
        for period, series, number in found.buckets
    ]
    head = ["Period", *([split.capitalize()] if split else []), "Articles", ""]
    table(head, rows, right=[len(head) - 2])


def _bar(number: int, most: int) -> str:
    return "#" * max(round(number * _BAR / most), 1)
