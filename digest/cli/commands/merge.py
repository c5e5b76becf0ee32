"""`digest merge`: another library brought together with this one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.interrupt import stoppable
from digest.cli.options import as_json
from digest.cli.progress import Progress

if TYPE_CHECKING:
    from digest.library.values import MergeReport


@click.command()
@click.argument("other", metavar="LIBRARY", type=click.Path(path_type=Path))
@as_json
@pass_session
def merge(session: Session, other: Path, *, json_wanted: bool) -> int:
    """Bring another LIBRARY, a folder or a backup, together with this one.

    Its articles come over with tags, notes, stars, highlights and corrections; what both have is
    united. The other library is only read. 'digest undo' takes all of it back.
    """
    named = other.expanduser().absolute()
    with session.library() as library, stoppable() as stopped:
        with Progress("merging") as progress:
            report = library.merge(named, report=progress.count, cancelled=stopped)
        for failure in report.failed:
            output.complain(f"article {failure.id} of {named}: {failure.error}")
        if json_wanted:
            output.document(report_object(named, report))
        else:
            _print(report)
    return 1 if report.failed else 0


def report_object(named: Path, report: MergeReport) -> dict[str, Any]:
    """What came of a merge as JSON."""
    return {
        "library": str(named),
        "new": report.new,
        "changed": report.changed,
        "same": report.same,
        "kept_away": report.kept_away,
        "failed": [{"id": ident, "error": error} for ident, error in report.failed],
    }


def _print(report: MergeReport) -> None:
    words = [f"{report.new:,} new", f"{report.changed:,} changed", f"{report.same:,} as here"]
    words += [f"{report.kept_away:,} deleted here"] if report.kept_away else []
    words += [f"{len(report.failed):,} failed"] if report.failed else []
    output.talk(", ".join(words))
