"""What a result is made of, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from digest.cli import output

if TYPE_CHECKING:
    from digest.library.values import Facets

_SHOWN = 10


def facets_object(facets: Facets) -> dict[str, Any]:
    """The counts as JSON; months in order of time, the others most first."""
    return {
        "languages": _counts(facets.languages),
        "feeds": _counts(facets.feeds),
        "months": _counts(facets.months),
        "entities": [
            {"id": one.id, "name": one.name, "count": one.count} for one in facets.entities
        ],
        "tags": _counts(facets.tags),
        "timeline": {
            "period": facets.timeline.period,
            "start": facets.timeline.start or None,
            "counts": list(facets.timeline.counts),
        },
    }


def _counts(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"name": name or None, "count": number} for name, number in counts.items()]


def print_facets(facets: Facets) -> None:
    """One line for each kind of count, the ten largest in it; of months the last ten."""
    _line("Languages", facets.languages.items())
    _line("Feeds", facets.feeds.items())
    _line("Months", list(facets.months.items())[-_SHOWN:])
    _line("Names", [(one.name, one.count) for one in facets.entities])
    _line("Tags", facets.tags.items())


def _line(what: str, counts: Iterable[tuple[str, int]]) -> None:
    shown = [f"{name or 'unknown'} {number:,}" for name, number in list(counts)[:_SHOWN]]
    if shown:
        output.line(f"{what}: {', '.join(shown)}")
