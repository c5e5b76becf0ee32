"""`digest fetch`: the feeds read, what is new kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.interrupt import stoppable
from digest.cli.options import as_json, typed
from digest.cli.progress import Progress
from digest.shown import without_login

if TYPE_CHECKING:
    from digest.model import FeedOutcome, FetchReport

_COUNTED = ("new", "updated", "duplicates", "off_topic")


@click.command()
@click.argument("feeds", metavar="[FEED]...", nargs=-1)
@click.option("--failed", is_flag=True, help="Only feeds whose last check failed.")
@click.option(
    "--refetch",
    metavar="QUERY",
    default="",
    help="No feeds: download the pages of the articles that match once more.",
)
@as_json
@pass_session
def fetch(
    session: Session, feeds: tuple[str, ...], refetch: str, *, failed: bool, json_wanted: bool
) -> int:
    """Read the feeds and keep what is new, with the text of its pages.

    FEED is an address, a name or a group from the configuration; one that is named is read even
    when it should rest after a failure. Without any, all feeds are read.
    """
    with session.library() as library, stoppable() as stopped:
        with Progress("fetching") as progress:
            report = library.fetch(
                feeds,
                failed=failed,
                refetch=typed(refetch),
                report=progress.fetch,
                cancelled=stopped,
            )
        _tell_failures(report)
        if json_wanted:
            output.document(report_object(report))
        else:
            _print(report)
        output.flush()
        if told := library.backups.keep():
            output.talk(told)
    return 1 if _failed(report) else 0


def report_object(report: FetchReport) -> dict[str, Any]:
    """A fetch as the JSON object of the contract."""
    return {
        "feeds": [_outcome_object(one) for one in report.feeds],
        **{name: sum(getattr(one, name) for one in report.feeds) for name in _COUNTED},
        "failed": _failed(report),
        "seconds": report.seconds,
    }


def _outcome_object(one: FeedOutcome) -> dict[str, Any]:
    return {
        "url": without_login(one.url),
        "name": one.name,
        "status": one.status.value,
        "http": one.http,
        **{name: getattr(one, name) for name in _COUNTED},
        "error": one.error or None,
    }


def _failed(report: FetchReport) -> int:
    return sum(one.status.value == "failed" for one in report.feeds)


def _tell_failures(report: FetchReport) -> None:
    for one in report.feeds:
        name = one.name or without_login(one.url)
        if one.status.value == "failed":
            output.complain(f"{name}: {one.error or 'it could not be read'}")
        elif one.status.value == "gone":
            output.talk(f"{name} is gone for good; 'digest feeds remove' takes it off the list")


def _print(report: FetchReport) -> None:
    for one in report.feeds:
        counts = [f"{getattr(one, name)} {_WORDS[name]}" for name in _COUNTED if getattr(one, name)]
        words = ", ".join(counts) or one.status.value
        output.line(f"{one.name or without_login(one.url)}: {words}")
    total = report_object(report)
    counts = [f"{total[name]} {_WORDS[name]}" for name in _COUNTED if total[name] or name == "new"]
    failed = f", {total['failed']} failed" if total["failed"] else ""
    output.talk(f"{len(report.feeds)} feeds: {', '.join(counts)}{failed} ({report.seconds:.1f} s)")


_WORDS = {
    "new": "new",
    "updated": "updated",
    "duplicates": "known already",
    "off_topic": "off topic",
}
