"""Days, months, ranges and ages in a query, as seconds since the epoch.

A day is a day in the configured zone. `2026`, `2026-08` and `2026-08-15` name a period (also with
`/`, `.` or 年月日); an age is a number and one of `h d w m y`, where m and y go by the calendar.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple
from unicodedata import normalize
from zoneinfo import ZoneInfo

_PERIOD = re.compile(
    r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?)?)?[年月]?", re.ASCII
)
_AGE = re.compile(r"([0-9]{1,6})([hdwmy])", re.ASCII)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24}
_DAYS_AGO = {"today": 0, "今天": 0, "今日": 0, "yesterday": 1, "昨天": 1, "昨日": 1}
_LAST_YEAR = 9998  # its end is still a date


class Period(NamedTuple):
    """From `start` up to, and without, `end`: seconds since the epoch."""

    start: int
    end: int


def period(text: str, now: datetime, zone: ZoneInfo) -> Period | None:
    """The day, month or year that `text` names; None when it names none."""
    text = normalize("NFKC", text).strip().lower()
    if text in _DAYS_AGO:
        day = now.astimezone(zone).date() - timedelta(days=_DAYS_AGO[text])
        return _period(day.year, day.month, day.day, zone)
    match = _PERIOD.fullmatch(text)
    if not match or not 1 <= int(match[1]) <= _LAST_YEAR:
        return None
    year, month, day_of_month = (int(part) if part else None for part in match.groups())
    try:
        return _period(year or 1, month, day_of_month, zone)
    except ValueError:  # no such month or day
        return None


def _period(year: int, month: int | None, day: int | None, zone: ZoneInfo) -> Period:
    start = datetime(year, 1 if month is None else month, 1 if day is None else day)  # noqa: DTZ001 - the zone comes last
    if day is not None:
        end = start + timedelta(days=1)
    elif month is not None:
        end = _months_later(start, 1)
    else:
        end = _months_later(start, 12)
    return Period(_seconds(start, zone), _seconds(end, zone))


def _seconds(local: datetime, zone: ZoneInfo) -> int:
    return int(local.replace(tzinfo=zone).timestamp())


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day and time that many months later (or earlier), or the month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    for day in range(moment.day, 27, -1):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:  # the month is shorter, or the year is out of range
            continue
    return moment.replace(year=year, month=month + 1)


def moment_ago(text: str, now: datetime, zone: ZoneInfo) -> int | None:
    """The moment that lies `text` (`3d`, `2w`) before now; None when it is no age.

    An age that leads out of the calendar is as old as the calendar.
    """
    match = _AGE.fullmatch(normalize("NFKC", text).strip().lower())
    if not match:
        return None
    count, unit = int(match[1]), match[2]
    try:
        if unit in _HOURS:
            return int((now - timedelta(hours=count * _HOURS[unit])).timestamp())
        months = count if unit == "m" else 12 * count
        return int(_months_later(now.astimezone(zone), -months).timestamp())
    except (ValueError, OverflowError):
        return _seconds(datetime(1, 1, 2), zone)  # noqa: DTZ001 - the zone comes last
