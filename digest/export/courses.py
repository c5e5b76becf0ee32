"""Counts over time as series of one length, silent periods included: what a chart is drawn from."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z")
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z")
_MOST = 20_000  # periods, the last ones: days of half a century


@dataclass(frozen=True, slots=True)
class Course:
    """Counts over time.

    Attributes:
        periods: days (`2026-11-08`), ISO weeks (`2026-W03`) or months (`2026-03`), in a row.
        series: by name as many counts as there are periods; the largest series comes first.
    """

    periods: tuple[str, ...]
    series: Mapping[str, tuple[int, ...]]


def course(buckets: Iterable[tuple[str, str, int]], names: Iterable[str] = ()) -> Course:
    """The course of (period, series, count) triples.

    Args:
        buckets: in any order, all of one kind of period.
        names: series in this order, even without a count; else by size.
    """
    counts: dict[str, dict[str, int]] = {name: {} for name in names}
    ordered = bool(counts)
    for period, series, number in buckets:
        own = counts.setdefault(series, {})
        own[period] = own.get(period, 0) + number
    present = sorted({period for own in counts.values() for period in own})
    periods = tuple(deque(_between(present[0], present[-1]), _MOST)) if present else ()
    rows = {name: tuple(own.get(one, 0) for one in periods) for name, own in counts.items()}
    if not ordered:
        rows = dict(sorted(rows.items(), key=lambda one: (-sum(one[1]), one[0])))
    return Course(periods, rows)


def merged(found: Course, most: int, rest: str) -> Course:
    """The course with at most so many series: the smallest ones are one, called `rest`."""
    if len(found.series) <= most:
        return found
    ranked = sorted(found.series, key=lambda name: -sum(found.series[name]))
    kept = set(ranked[: most - 1])
    rows = {name: counts for name, counts in found.series.items() if name in kept}
    others = [counts for name, counts in found.series.items() if name not in kept]
    rows[rest] = tuple(map(sum, zip(*others, strict=True)))
    return Course(found.periods, rows)


def _between(first: str, last: str) -> Iterator[str]:
    """All periods from the first to the last."""
    step = _next_week if _WEEK.match(first) else _next_month if _MONTH.match(first) else _next_day
    yield first
    while first < last:
        first = step(first)
        yield first


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _next_week(week: str) -> str:
    year, number = int(week[:4]), int(week[6:])
    after = date.fromisocalendar(year, number, 1) + timedelta(days=7)
    year, number, _ = after.isocalendar()
    return f"{year:04}-W{number:02}"


def _next_month(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12:04}-{number % 12 + 1:02}"
