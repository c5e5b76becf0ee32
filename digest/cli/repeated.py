"""`digest feeds lines`: what repeats across a feed's articles, shown and corrected."""

from __future__ import annotations

from collections.abc import Sequence

import click

from digest.cli import output
from digest.cli.rows import table
from digest.library import Library


def repeated(
    library: Library, feed: str, kept: Sequence[int], taken: Sequence[int], *, json_wanted: bool
) -> None:
    """Correct the lines with these numbers, then print all.

    Raises:
        UnknownFeed: `feed` is no feed, group or host.
        click.UsageError: a number is none of a line.
    """
    known = {line.number: line for line in library.repeating.of(feed)}
    if unknown := sorted({*kept, *taken} - set(known)):
        raise click.UsageError(f"there is no line {unknown[0]}; the list has {len(known)}")
    for numbers, are_kept in ((kept, True), (taken, False)):
        for one in numbers:
            library.repeating.keep(known[one], kept=are_kept)
    if kept or taken:
        library.catch_up()
    found = library.repeating.of(feed)
    if json_wanted:
        lines = [{**line._asdict(), "hidden": not line.kept} for line in found]
        output.document({"lines": lines})
        return
    rows = [
        [
            str(line.number),
            f"{line.articles:,}",
            "kept" if line.kept else "hidden",
            line.site,
            line.text[:80],
        ]
        for line in found
    ]
    table(["No.", "Articles", "State", "Site", "Line"], rows, right=[0, 1])
