"""Days and times in words, in the reader's own zone."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from digest.languages import dates
from digest.tui.i18n import spoken


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The calendar day of `moment` in `zone`."""
    return moment.astimezone(zone).date()


def day_in_words(day: date, today: date) -> str:
    """`Sunday 22 November`, with the year where it is not this one, `Today` and `Yesterday`."""
    return dates.day_in_words(day, today, spoken())


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """`09:41`, five cells."""
    return moment.astimezone(zone).strftime("%H:%M")


def short_date(moment: datetime, zone: tzinfo) -> str:
    """`2026-11-22`, ten cells."""
    return moment.astimezone(zone).strftime("%Y-%m-%d")


def full_time(moment: datetime, zone: tzinfo) -> str:
    """`2026-11-22 09:41`."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
