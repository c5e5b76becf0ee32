"""Days and times as a language writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from digest.languages.words import N_, Words

_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_MONTHS = (
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


def day_in_words(day: date, today: date, words: Words) -> str:
    """`Sunday 22 November`, with the year where it is not this one, `Today` and `Yesterday`."""
    same_year = day.year == today.year
    template = N_("{weekday} {day} {month}") if same_year else N_("{weekday} {day} {month} {year}")
    told = words.gettext(template).format(
        weekday=words.gettext(_WEEKDAYS[day.weekday()]),
        day=day.day,
        month=words.gettext(_MONTHS[day.month - 1]),
        year=day.year,
    )
    if day == today:
        return words.gettext("Today, {day}").format(day=told)
    if day == today - timedelta(days=1):
        return words.gettext("Yesterday, {day}").format(day=told)
    return told


def written_date(day: date, words: Words) -> str:
    """`2026-11-22`, in the zone that `day` is of."""
    return words.gettext("{date:%Y-%m-%d}").format(date=day)


def written_moment(moment: datetime, words: Words) -> str:
    """`2026-11-22 09:41`, in the zone of `moment`."""
    return words.gettext("{time:%Y-%m-%d %H:%M}").format(time=moment)
