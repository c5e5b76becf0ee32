"""`digest doctor` and `digest reindex`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from digest.cli import output
from digest.cli.context import Session, pass_session
from digest.cli.options import as_json
from digest.cli.progress import Progress
from digest.cli.rows import padded

if TYPE_CHECKING:
    from digest.library.values import Finding


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be made anew from the rest.")
@as_json
@pass_session
def doctor(session: Session, *, repair: bool, json_wanted: bool) -> int:
    """Look at every part of the library: exit code 0 when it is sound, 1 when damage remains."""
    with session.library() as library:
        findings = library.doctor(repair=repair)
    damaged = any(_remains(one) for one in findings)
    if json_wanted:
        output.document(findings_object(findings))
    else:
        _print(findings)
    for one in findings:
        if _remains(one):
            output.complain(f"{one.what}: {one.message}")
    return 1 if damaged else 0


@click.command()
@as_json
@pass_session
def reindex(session: Session, *, json_wanted: bool) -> None:
    """Make the search index anew from the library."""
    with session.library() as library, Progress("indexing") as progress:
        number = library.reindex(progress.count)
    if json_wanted:
        output.document({"articles": number})
    else:
        output.talk(f"{number:,} articles are in the index")


def findings_object(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as JSON; `healthy` is false when damage remains."""
    return {
        "healthy": not any(_remains(one) for one in findings),
        "findings": [
            {
                "level": one.level,
                "what": one.what,
                "message": one.message,
                "repaired": one.repaired,
            }
            for one in findings
        ],
    }


def _remains(one: Finding) -> bool:
    return one.level == "damage" and not one.repaired


def _print(findings: Sequence[Finding]) -> None:
    for one in findings:
        level = "mended" if one.repaired else one.level
        output.line(f"{padded(level, 8)}{padded(one.what, 8)}{one.message}")
