"""Dates as strangers write them, in English, Chinese and Japanese, to times in UTC.

Understood are ISO 8601, RFC 2822, years of the Republic of China (民國元年 is 1912) and of the
Japanese eras, dates in Han numerals, and dates without a year, whose year is inferred.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from digest.ingest.extract.dateforms import Day, clock, day_of, full_days, offset, yearless_days
from digest.text import clean_line

NOON = time(12)
# How far after its reference a date without a year may be before it counts as last year's.
AHEAD = timedelta(days=60)
_MAX_TEXT = 400
_YEARS_BACK = 10
_ADDRESS_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d{5})"
)


class Found(NamedTuple):
    """A date found in text.

    Attributes:
        at: the moment in UTC; noon in the given zone where only the day is known.
        has_time: whether a time of day was written.
        is_sure: whether the year was written, or follows from the weekday; else it is inferred.
        start: where it begins in the text as searched.
    """

    at: datetime
    has_time: bool
    is_sure: bool
    start: int


def parse_date(text: str, *, zone: tzinfo, near: datetime | None = None) -> datetime | None:
    """The moment that `text`, a date in one of the known forms, names; None when there is none.

    A date without a time is noon in `zone`; one without a zone is in `zone`; one without a year is
    the latest such day up to two months after `near`, and None without `near`.
    """
    found = find_date(text, zone=zone, near=near)
    return found.at if found else None


def find_date(text: str, *, zone: tzinfo, near: datetime | None = None) -> Found | None:
    """The first full date in `text`, else the first without a year if `near` is given."""
    return next(find_dates(text[:_MAX_TEXT], zone=zone, near=near), None)


def find_dates(
    text: str, *, zone: tzinfo, near: datetime | None = None, ahead: timedelta = AHEAD
) -> Iterator[Found]:
    """All dates in `text`, those with a year first, each group in order of place.

    Without `near` only those with a year; days without one are at most `ahead` after `near`.
    """
    text = unicodedata.normalize("NFKC", text)
    full = sorted(full_days(text), key=lambda found: found[1].start())
    for day, match in full:
        yield from _moment(day, match, text, zone, is_sure=True)
    if near is None:
        return
    taken = [match.span() for _, match in full]
    last = near.astimezone(zone).date() + ahead
    for written in yearless_days(text):
        if any(start <= written.match.start() < end for start, end in taken):
            continue
        if (day_found := infer_year(written, last)) is not None:
            sure = written.weekday is not None
            yield from _moment(day_found, written.match, text, zone, is_sure=sure)


def infer_year(written: Day, last: date) -> date | None:
    """The day in the latest year in which it is not after `last`.

    With a weekday it must fall on that; None when no year of the ten before `last` fits.
    """
    for year in range(last.year, last.year - _YEARS_BACK - 1, -1):
        candidate = day_of(year, written.month, written.day)
        if candidate is None or candidate > last:
            continue
        if written.weekday is None or candidate.weekday() == written.weekday:
            return candidate
    return None


def at_noon(day: date, zone: tzinfo) -> datetime:
    """A day without a time, as a moment in UTC."""
    return datetime.combine(day, NOON, zone).astimezone(UTC)


def date_of_address(url: str, *, zone: tzinfo) -> datetime | None:
    """The day that many publishers write into the path: `/2026/11/08/`, `/20261108`."""
    match = _ADDRESS_DAY.search(clean_line(url, 2000).split("?")[0])
    day = day_of(int(match[1]), int(match[2]), int(match[3])) if match else None
    return at_noon(day, zone) if day else None


def _moment(
    day: date, match: re.Match[str], text: str, zone: tzinfo, *, is_sure: bool
) -> Iterator[Found]:
    written, end = clock(text, match)
    of_zone = offset(text, end) if written is not None else None
    try:
        at = datetime.combine(day, written or NOON, of_zone or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return
    yield Found(at, written is not None, is_sure, match.start())
