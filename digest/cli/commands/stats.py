"""`digest stats`: how much there is, by time, language and feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.files import deliver
from digest.cli.options import as_json, joined, output_file, query_words, typed
from digest.cli.problems import problem_objects, tell_problems
from digest.cli.rows import day, table
from digest.errors import UsageError
from digest.export.forms import iso
from digest.languages.words import N_, Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from digest.library.values import Stats

_BAR = 40
_FEEDS_SHOWN = 15


def _all_typed(
    _ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(map(typed, value))


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
    "--also",
    multiple=True,
    metavar="QUERY",
    help="Another query to count beside it; may be repeated.  [alone it means --by month]",
    callback=_all_typed,
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "svg"]),
    help="The form; svg is a line chart.  [default: text, or by FILE's ending]",
)
@output_file("The file to write a chart to; else stdout.")
@as_json
@pass_session
def stats(
    session: Session,
    words: tuple[str, ...],
    by: str | None,
    split: str | None,
    also: tuple[str, ...],
    form: str | None,
    target: Path | None,
    *,
    json_wanted: bool,
) -> None:
    """Count all articles, or those that match QUERY strictly.

    With --also, or as a chart, queries are counted by time, one series for each.
    """
    if also and split:
        raise UsageError("give either --also or --split: a series is a query or a part of one")
    if json_wanted:
        form = "json"
    elif form is None and target is not None and target.suffix.lower() == ".svg":
        form = "svg"
    if target is not None and form != "svg":
        raise UsageError("-o FILE goes with --format svg")
    by = by or ("month" if split or also or form == "svg" else "")
    queries = list(dict.fromkeys((joined(words), *also)))
    with session.library() as library:
        every = [library.stats(query, by=by, split=split or "") for query in queries]
        zone = library.zone
    found = every[0] if len(every) == 1 else _together(queries, every)
    if form == "json":
        output.document(stats_object(found, queries, every))
        return
    tell_problems(found.problems)
    if form == "svg":
        deliver([_chart(found, queries, by, split or "", session.words)], target)
    else:
        _print(found, zone, "query" if len(every) > 1 else split or "")


def _together(queries: Sequence[str], every: Sequence[Stats]) -> Stats:
    """The numbers of the first query, with a series for each of all."""
    buckets = [
        (period, query, number)
        for query, one in zip(queries, every, strict=True)
        for period, _, number in one.buckets
    ]
    problems = tuple(problem for one in every for problem in one.problems)
    return replace(every[0], buckets=tuple(sorted(buckets)), problems=problems)


_TITLES = {
    "day": N_("{what}, articles by day"),
    "week": N_("{what}, articles by week"),
    "month": N_("{what}, articles by month"),
}


def _chart(found: Stats, queries: Sequence[str], by: str, split: str, words: Words) -> str:
    from digest.export.chart import line_chart  # noqa: PLC0415 - only when it is drawn
    from digest.export.courses import course  # noqa: PLC0415 - as above

    several = len(queries) > 1
    every, unknown = words.gettext("All articles"), words.gettext("unknown")
    title = words.gettext(_TITLES[by]).format(what=" / ".join(queries) or every)
    names = [query or every for query in queries] if several else []
    buckets = [(one[0], one[1] or (every if several else ""), one[2]) for one in found.buckets]
    if split:
        buckets = [(period, series or unknown, number) for period, series, number in buckets]
    return line_chart(course(buckets, names), title, words)


def stats_object(
    found: Stats, queries: Sequence[str] = (), every: Sequence[Stats] = ()
) -> dict[str, Any]:
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
        "queries": [
            {"query": query, "articles": one.articles}
            for query, one in zip(queries, every, strict=True)
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
