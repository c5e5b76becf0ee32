"""`digest add`: files, folders, addresses and stdin, through the same cleaning as feeds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.interrupt import stoppable
from digest.cli.options import as_json, text_option
from digest.cli.progress import Progress

if TYPE_CHECKING:
    from digest.model import AddReport


@click.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@text_option("--title", "The title, where the source's is wrong.", default="")
@click.option("--date", metavar="DATE", default="", help="When it was published, like 2026-11-08.")
@click.option("--lang", metavar="TAG", default="", help="Its language, like en, zh-Hant or ja.")
@text_option("--feed", "The name of the publication.", default="")
@as_json
@pass_session
def add(
    session: Session,
    sources: tuple[str, ...],
    title: str,
    date: str,
    lang: str,
    feed: str,
    *,
    json_wanted: bool,
) -> int:
    """Add files (.txt .md .html .eml .pdf .jsonl), folders, addresses, or - for stdin.

    A .jsonl file adds many: an object a line with title, text or html, and any of url, lang,
    published, feed, author and tags.
    """
    with session.library() as library, stoppable() as stopped:
        with Progress("adding") as progress:
            report = library.add(
                sources,
                stdin=sys.stdin.buffer,
                title=title,
                date=date,
                lang=lang,
                feed=feed,
                report=progress.count,
                cancelled=stopped,
            )
        for failure in report.failed:
            output.complain(f"{failure.source}: {failure.error}")
        if json_wanted:
            output.document(report_object(report))
        else:
            _print(report)
    return 1 if report.failed else 0


def report_object(report: AddReport) -> dict[str, Any]:
    """What was added as the JSON object of the contract."""
    return {
        "added": [{"id": id_, "title": title, "source": at} for id_, title, at in report.added],
        "duplicates": [{"id": id_, "source": at} for id_, at in report.duplicates],
        "failed": [{"source": at, "error": error} for at, error in report.failed],
    }


def _print(report: AddReport) -> None:
    for added in report.added:
        output.line(f"{added.id:>6}  {' '.join(added.title.split())}")
    for known in report.duplicates:
        output.talk(f"{known.source} is in the library already, as article {known.id}")
    words = [f"{len(report.added):,} added"]
    words += [f"{len(report.duplicates):,} known already"] if report.duplicates else []
    words += [f"{len(report.noted):,} notes brought in"] if report.noted else []
    words += [f"{len(report.failed):,} failed"] if report.failed else []
    output.talk(", ".join(words))
