"""When a plain text was published, by the evidence in it. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from digest.ingest.extract.dates import Found, at_noon, find_dates
from digest.ingest.sources.options import Reading

_SERIAL = re.compile(r"(?:[A-Za-z]{1,20}[-_ ]?)*(?<!\d)(\d{8})(?:[-_T ]?\d{1,8})*")
_DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d)")
_DATE_LINE = 60
_SENTENCE_END = (".", "。", "！", "？")
_LEAD = 400
# A day that a text names may be ahead of its publication by no more than this.
_AHEAD = timedelta(days=1)
# A full date in running text is taken for the day of the news only if it is not history.
_NEWS_AGE = timedelta(days=365 * 15)


def published(lines: list[str], serials: list[str], reading: Reading) -> datetime | None:
    """The best date that the text, its serial line and its file's name give, None without any.

    In this order: a line that is a date; a day in the lead whose weekday or year is written; the
    serial line; the file's name; a day in the lead without either.
    """
    lead = " ".join(lines[:3])[:_LEAD]
    inferred = _in_lead(lead, " ".join(lines), reading)
    if (found := _date_line(lines, reading)) is not None:
        return found
    if inferred is not None and inferred.is_sure:
        return inferred.at
    days = (day_of_serial(serial, reading.now) for serial in serials)
    if day := next((day for day in days if day), _day_of_name(reading)):
        return at_noon(day, reading.zone)
    return inferred.at if inferred else None


def day_of_serial(line: str, now: datetime) -> date | None:
    """The day in a serial line such as `news-20082024-013613`; None if the line is none.

    The eight digits are a year first if that gives a day up to `now`, else a day or a month first.
    """
    match = _SERIAL.fullmatch(line.strip())
    if match is None:
        return None
    digits = match[1]
    readings = (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
        (digits[4:], digits[:2], digits[2:4]),
    )
    for year, month, day in readings:
        if 1980 <= int(year) <= now.year and (found := _date(year, month, day)):
            return found
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day_of_name(reading: Reading) -> date | None:
    match = _DATED_NAME.search(reading.name)
    day = _date(match[1], match[2], match[3]) if match else None
    return day if day and day <= (reading.now + _AHEAD).date() else None


def _date_line(lines: list[str], reading: Reading) -> datetime | None:
    """A short line with a whole date that is no sentence, near the beginning or at the end."""
    for line in [*lines[:5], *lines[-2:]]:
        if len(line) <= _DATE_LINE and not line.endswith(_SENTENCE_END):
            for found in find_dates(line, zone=reading.zone):
                if found.at <= reading.now + _AHEAD:
                    return found.at
    return None


def _in_lead(lead: str, text: str, reading: Reading) -> Found | None:
    """A day that the lead names, up to the day after the text was written."""
    near = _reference(text, reading)
    for found in find_dates(lead, zone=reading.zone, near=near, ahead=_AHEAD):
        if reading.near - _NEWS_AGE < found.at <= reading.near + _AHEAD:
            return found
    return None


def _reference(text: str, reading: Reading) -> datetime:
    """Days without a year are before this: the file's date, or the end of the last year named."""
    years = [int(year) for year in _YEAR.findall(text)]
    past = [year for year in years if year <= reading.near.year]
    if past and max(past) < reading.near.year - 1:
        return datetime(max(past), 12, 31, tzinfo=reading.near.tzinfo)
    return reading.near
