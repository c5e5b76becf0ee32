"""Dates as feeds write them: RFC 822 with its misspellings here, every other form as in pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from digest.ingest.extract import dates

_MAX = 100
# With a misspelt clock or zone, which the standard library would pass over.
_ODD_CLOCK = re.compile(r"\d\s?[AP]\.?M\b|\b(?:GMT|UTC)\s?[+-]\d", re.IGNORECASE)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(,?\s\d{1,2}:\d{2}(?::\d{2})?\s[AP]M)")
# The standard library takes the year 1 for 2001.
_NO_YEAR = re.compile(r"[A-Za-z]\.?[\s-]0\d{2,3}\s")
# A server's clock, or its column of dates, that was never set.
_ZERO = timedelta(days=1)
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,?\s*)?\d{1,2}[\s-][A-Za-z]{3,9}\.?[\s-]\d{2,4}\s+\d{1,2}:"
)
_ASCTIME = re.compile(r"[A-Za-z]{3,9}\s+[A-Za-z]{3,9}\s+\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s.*\d{4}$")
# What RFC 822 does not name and papers here write; it takes CST for America's central time.
_LOCAL_ZONES = {"JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "BST": 1, "CEST": 2, "CET": 1}
_ZONE_NAME = re.compile(r"\b([A-Z]{3,4})(?:\s+\d{4})?$")
# The standard library takes a missing zone for UTC, so its absence has to be seen here.
_NO_ZONE = re.compile(r":\d{2}(?:\s+\d{4})?$")
_EAST = timedelta(hours=8)


def parse_date(text: str, zone: tzinfo = UTC) -> datetime | None:
    """`text` as a time in UTC, None when it is not understood.

    What has no zone is in `zone`, since ministries and papers in Taiwan and Japan that leave it
    out mean their own clocks; a date without a time is noon there. "CST" is China's standard time
    where `zone` is eight hours ahead of UTC.
    """
    text = text[:_MAX].strip()
    found = _written(text, zone)
    if found is None or abs(found - datetime(1970, 1, 1, tzinfo=UTC)) < _ZERO:
        return None
    return found


def _written(text: str, zone: tzinfo) -> datetime | None:
    if (_RFC_822.match(text) or _ASCTIME.match(text)) and not _ODD_CLOCK.search(text):
        found = _rfc_822(text, zone)
        if found is not None:
            return found
    return dates.parse_date(_AMERICAN.sub(r"\3/\1/\2\4", text, count=1), zone=zone)


def _rfc_822(text: str, zone: tzinfo) -> datetime | None:
    parsed = parsedate_tz(text)
    if parsed is None or _NO_YEAR.search(text):
        return None
    year, month, day, hour, minute, second = parsed[:6]
    offset = parsed[9]
    name = _ZONE_NAME.search(text)
    try:
        if name is not None and name[1] in _LOCAL_ZONES:
            at: tzinfo = timezone(timedelta(hours=_LOCAL_ZONES[name[1]]))
        elif (
            offset is None
            or _NO_ZONE.search(text)
            or (name is not None and name[1] == "CST" and _is_eastern(zone))
        ):
            at = zone
        else:
            at = timezone(timedelta(seconds=offset))
        start = datetime(year, month, day, tzinfo=at)
        # 24:00 and a leap second are the next day or minute.
        clock = timedelta(hours=hour, minutes=minute, seconds=second)
        return (start + clock).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _is_eastern(zone: tzinfo) -> bool:
    return datetime(2020, 1, 1, tzinfo=zone).utcoffset() == _EAST
