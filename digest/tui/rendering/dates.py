"""Days and times in words, in the reader's own zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from digest.tui.i18n import N_, _

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The calendar day of `moment` in `zone`."""
    return moment.astimezone(zone).date()


def day_in_words(day: date, today: date) -> str:
    """`Sunday 22 November`, with the year where it is not this one, `Today` and `Yesterday`."""
    same_year = day.year == today.year
    template = _("{weekday} {day} {month}") if same_year else _("{weekday} {day} {month} {year}")
    words = template.format(
        weekday=_(WEEKDAYS[day.weekday()]),
        day=day.day,
        month=_(MONTHS[day.month - 1]),
        year=day.year,
    )
    if day == today:
        return _("Today, {day}").format(day=words)
    if day == today - timedelta(days=1):
        return _("Yesterday, {day}").format(day=words)
    return words


def clock_time(moment: datetime, zone: tzinfo) -> str:
    """`09:41`, five cells."""
    return moment.astimezone(zone).strftime("%H:%M")


def short_date(moment: datetime, zone: tzinfo) -> str:
    """`2026-11-22`, ten cells."""
    return moment.astimezone(zone).strftime("%Y-%m-%d")


def full_time(moment: datetime, zone: tzinfo) -> str:
    """`2026-11-22 09:41`."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
