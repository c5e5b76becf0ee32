"""Days, weeks, months and years of many moments at once, in a time zone.

Days are counted from 1 January 1970; weeks are those of ISO 8601 and begin on Monday.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Period = Literal["day", "week", "month", "year"]
FINEST_FIRST: tuple[Period, ...] = ("day", "week", "month", "year")

_DAY = 86_400
_MONDAY = 3  # 1 January 1970 was a Thursday
_SPREAD = 50_000  # days apart up to which a table of all days is the quickest


def local_days(moments: Numbers, zone: ZoneInfo) -> Numbers:
    """The day in `zone` of each moment, given in seconds since the epoch.

    Offsets are looked up once for each day that occurs: on a day (of UTC) that begins and ends
    with the same offset it holds throughout; on the others each moment is looked at.
    """
    if not len(moments):
        return np.zeros(0, np.int64)
    days = moments // _DAY
    first = int(days.min())
    if int(days.max()) - first <= _SPREAD:
        known = first + np.flatnonzero(np.bincount(days - first))
    else:
        known = np.unique(days)
    offsets = np.array([_offset(zone, day * _DAY) for day in known.tolist()], np.int64)
    ends = np.array([_offset(zone, (day + 1) * _DAY) for day in known.tolist()], np.int64)
    shifts = offsets[np.searchsorted(known, days)]
    for day in known[offsets != ends].tolist():
        for place in np.flatnonzero(days == day).tolist():
            shifts[place] = _offset(zone, int(moments[place]))
    found: Numbers = (moments + shifts) // _DAY
    return found


@lru_cache(1 << 16)
def _offset(zone: ZoneInfo, moment: int) -> int:
    """Seconds by which clocks in `zone` are ahead of UTC; 0 for a year not from 1 to 9999."""
    try:
        offset = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset()
    except (OverflowError, ValueError, OSError):
        return 0
    return int((offset or timedelta()).total_seconds())


def period_numbers(days: Numbers, period: Period) -> Numbers:
    """The number of the period in which each day is; later periods have higher numbers."""
    if period == "day":
        return days
    if period == "week":
        return (days + _MONDAY) // 7
    unit = "datetime64[M]" if period == "month" else "datetime64[Y]"
    return days.astype("datetime64[D]").astype(unit).astype(np.int64)


def bounds_of(days: Numbers, period: Period) -> tuple[int, int]:
    """The numbers of the first and the last period of some days."""
    first, last = period_numbers(np.array([days.min(), days.max()]), period).tolist()
    return first, last


def started(number: int, period: Period) -> str:
    """The first day of a period as an ISO date."""
    if period == "day":
        return str(np.datetime64(number, "D"))
    if period == "week":
        return str(np.datetime64(number * 7 - _MONDAY, "D"))
    unit: Literal["M", "Y"] = "M" if period == "month" else "Y"
    return str(np.datetime64(number, unit).astype("datetime64[D]"))
