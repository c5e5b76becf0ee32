"""The written forms of dates and times, as patterns, and what their parts mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta, timezone, tzinfo
from typing import NamedTuple

from digest.ingest.extract.numerals import from_han

_FIRST_YEAR, _LAST_YEAR = 1895, 2200

# The year before the first of each era: 民國1年 is 1912, 令和1年 is 2019.
_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "民國": 1911,
    "民国": 1911,
    "R": 2018,
    "H": 1988,
    "S": 1925,
}
_ERA = "明治|大正|昭和|平成|令和|民國|民国"
_REPUBLIC = 1911
_MONTH_NAMES = (
    "jan january,feb february,mar march,apr april,may,jun june,jul july,aug august,"
    "sep sept september,oct october,nov november,dec december"
)
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split(","), 1)
    for name in names.split()
}
_WEEKDAYS = {
    name: day
    for names in ("mon tue wed thu fri sat sun", "月 火 水 木 金 土 日", "一 二 三 四 五 六 日")
    for day, name in enumerate(names.split())
}

_M = "(?P<m>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_HAN = "[0-9〇零一二三四五六七八九十百]"
_HAN_MONTH_DAY = rf"(?P<m>{_HAN}{{1,3}})\s?月\s?(?P<d>{_HAN}{{1,3}})\s?[日號号]"
_NUMBERS = r"(?P<m>\d{1,2})%s(?P<d>\d{1,2})"

_COMPACT = (
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:T?(?P<h>[0-2]\d)(?P<min>[0-5]\d)(?:[0-5]\d)?)?(?!\d)"
)

# In the order of trust: where two of them fit one place, the earlier counts.
_FULL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<era>{_ERA})\s?(?P<y>元|{_HAN}{{1,5}})\s?年\s?{_HAN_MONTH_DAY}",
        rf"(?<![a-z])(?P<era>[RHS])\s?(?P<y>\d{{1,2}})[./年]{_NUMBERS % '[./月]'}",
        rf"(?<!\d)(?P<y>\d{{4}})-{_NUMBERS % '-'}(?!\d)",
        rf"(?<!\d)(?P<y>\d{{4}})\s?[/.]\s?{_NUMBERS % '[ ]?[/.][ ]?'}(?!\d)",
        rf"(?P<y>[0-9〇零一二三四五六七八九]{{4}})\s?年\s?{_HAN_MONTH_DAY}",
        rf"\b{_M}\s+{_D},?\s+(?P<y>\d{{4}})\b",
        rf"\b{_D}[\s-]+(?:of\s+)?{_M},?[\s-]+(?P<y>\d{{4}})\b",
        _COMPACT,
        rf"(?<![\d./-])(?P<roc>1[0-4]\d|9\d)[./-]{_NUMBERS % '[./-]'}(?![\d./-])",
        rf"(?<!\d)(?P<roc>1[0-4]\d)\s?年\s?{_HAN_MONTH_DAY}",
    )
)
_NO_YEAR_BEHIND = r"(?!\s*,?\s*\d{4})"
_YEARLESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _HAN_MONTH_DAY,
        rf"\b{_M}\s+{_D}\b{_NO_YEAR_BEHIND}",
        rf"\b{_D}\s+{_M}{_NO_YEAR_BEHIND}",
    )
)
_WEEKDAY_BEFORE = re.compile(
    r"\b(mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*\(?$", re.IGNORECASE
)
_WEEKDAY_BEHIND = re.compile(
    r"\s*,?\s*\(?(?P<name>mon|tue|wed|thu|fri|sat|sun)"
    r"|\s?\(?(?:(?P<ja>[月火水木金土日])(?:曜|\))|(?:星期|週|周|禮拜)?(?P<zh>[一二三四五六日])\)?)",
    re.IGNORECASE,
)

_CLOCK_GAP = re.compile(
    r"[T\s,.|()·/-]*(?:(?:星期|週|周)?[月火水木金土日一二三四五六](?:曜日?)?[)\s]*"
    r"|(?:at|on|[A-Za-z]{3,6}day)\s*)?"
)
_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|早上|中午|凌晨|午前|午後|[AP]M(?=\s?\d))?\s?"
    r"(?P<h>\d{1,2})(?P<sign>[:時时點点])(?P<min>\d{1,2})?"
    r"(?:[:分](?P<s>\d{2})?(?:[.,]\d+)?)?\s*(?P<ampm>[ap]\.?m\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(
    r"(?P<sign>[+-])(?P<h>\d{2}):?(?P<m>\d{2})\b|(?<=\d)\+(?P<hours>\d{2})(?![\d:.])"
    r"|\b(?:GMT|UTC)\s?(?P<plus>[+-])(?P<hour>\d{1,2})(?::?(?P<minutes>[0-5]\d))?\b"
    r"|\b(?P<name>UTC|GMT|JST|KST|HKT|EST|EDT|CDT|MST|MDT|PST|PDT|BST|CEST|CET)\b|(?<=\d)Z\b"
)
_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "JST": 9,
    "KST": 9,
    "HKT": 8,
    "BST": 1,
    "CEST": 2,
    "CET": 1,
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_FARTHEST = timedelta(hours=14)


class Day(NamedTuple):
    """A day as written: `match` is where; `weekday` (0 is Monday) is what stands beside it."""

    month: int
    day: int
    match: re.Match[str]
    weekday: int | None


def full_days(text: str) -> Iterator[tuple[date, re.Match[str]]]:
    """The days written with their year, pattern by pattern; no two of them overlap."""
    spans: list[tuple[int, int]] = []
    for pattern in _FULL:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in spans):
                continue
            day = day_of(_year(match), _month(match["m"]), from_han(match["d"]))
            if day is not None:
                spans.append(match.span())
                yield day, match


def yearless_days(text: str) -> Iterator[Day]:
    """The days written without a year, in order of place."""
    matches = [match for pattern in _YEARLESS for match in pattern.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        yield Day(_month(match["m"]), from_han(match["d"]), match, _weekday(text, match))


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None when there is no such day or nobody publishes that far away."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock(text: str, day: re.Match[str]) -> tuple[time | None, int]:
    """The time of day right behind a date, and where it ends."""
    gap = _CLOCK_GAP.match(text, day.end())
    match = _CLOCK.match(text, gap.end() if gap else day.end())
    if match is None or (match["sign"] == ":" and not match["min"]):
        return _compact_clock(day), day.end()
    hour = int(match["h"])
    half = (match["half"] or match["ampm"] or "").lower()[:2].rstrip(".")
    late = half in {"下午", "晚上", "午後", "p", "pm"} or (half == "中午" and hour < 3)
    if late and hour < 12:
        hour += 12
    elif half in {"上午", "凌晨", "午前", "a", "am"} and hour == 12:
        hour = 0
    return _time(hour, int(match["min"] or 0), int(match["s"] or 0)), match.end()


def _compact_clock(day: re.Match[str]) -> time | None:
    groups = day.groupdict()
    return _time(int(groups["h"]), int(groups["min"]), 0) if groups.get("h") else None


def _time(hour: int, minute: int, second: int) -> time | None:
    try:
        return time(0 if hour == 24 else hour, minute, min(second, 59))
    except ValueError:
        return None


def offset(text: str, start: int) -> tzinfo | None:
    """The zone written right behind a time that ends at `start`, None when there is none."""
    match = _OFFSET.search(text, start, start + 24)
    if match is None:
        return None
    sign = match["sign"] or match["plus"] or ("+" if match["hours"] else "")
    if not sign:
        return timezone(timedelta(hours=_ZONES[(match["name"] or "UTC").upper()]))
    hours = match["h"] or match["hour"] or match["hours"]
    shift = timedelta(hours=int(hours), minutes=int(match["m"] or match["minutes"] or 0))
    if shift > _FARTHEST:
        return None
    return timezone(shift if sign == "+" else -shift)


def _weekday(text: str, match: re.Match[str]) -> int | None:
    """The weekday written right before or behind a date: `Tuesday (Dec. 23)`, `12月23日（火）`."""
    if before := _WEEKDAY_BEFORE.search(text[max(0, match.start() - 16) : match.start()]):
        return _WEEKDAYS[before[1].lower()[:3]]
    behind = _WEEKDAY_BEHIND.match(text, match.end())
    if behind is None or (
        behind["zh"] and not re.match(r"\s?\(|\s?[星週周禮]", text[match.end() :])
    ):
        return None
    return _WEEKDAYS[(behind["name"] or behind["ja"] or behind["zh"]).lower()]


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if republic := groups.get("roc"):
        return int(republic) + _REPUBLIC
    number = 1 if groups["y"] == "元" else from_han(groups["y"])
    return number + _ERAS.get((groups.get("era") or "").upper(), 0)


def _month(written: str) -> int:
    return _MONTHS.get(written.lower()) or from_han(written)
