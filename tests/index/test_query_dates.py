from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.query.ast import Dates, Everything
from index.query.parser import parse
from tests.index.making import NOW, asked, seconds


@pytest.mark.parametrize(
    ("source", "start", "end"),
    [
        ("after:2026-08-15", (2026, 8, 15), None),
        ("after:2026-08", (2026, 8, 1), None),
        ("after:2026", (2026, 1, 1), None),
        ("before:2026-08-15", None, (2026, 8, 15)),
        ("before:2026", None, (2026, 1, 1)),
        ("date:2026-08-15", (2026, 8, 15), (2026, 8, 16)),
        ("date:2026-02", (2026, 2, 1), (2026, 3, 1)),
        ("date:2026", (2026, 1, 1), (2027, 1, 1)),
        ("date:2026-08..2026-09", (2026, 8, 1), (2026, 10, 1)),
        ("date:2026-12-31..2027", (2026, 12, 31), (2028, 1, 1)),
        ("date:2026-09..2026-08", (2026, 8, 1), (2026, 10, 1)),
        ("date:..2026-09", None, (2026, 10, 1)),
        ("date:2026-09..", (2026, 9, 1), None),
        ("date:2026/8/5", (2026, 8, 5), (2026, 8, 6)),
        ("date:2026年8月5日", (2026, 8, 5), (2026, 8, 6)),
        ("date:２０２６－０８", (2026, 8, 1), (2026, 9, 1)),
        ("date:today", (2026, 11, 22), (2026, 11, 23)),
        ("date:昨天", (2026, 11, 21), (2026, 11, 22)),
    ],
)
def test_days_are_those_of_the_zone(
    source: str, start: tuple[int, ...] | None, end: tuple[int, ...] | None
) -> None:
    query = asked(source)
    assert query.problems == ()
    assert query.root == Dates(
        seconds(*start) if start else None,
        seconds(*end) if end else None,
    )


@pytest.mark.parametrize(
    ("age", "moment"),
    [
        ("5h", (2026, 11, 22, 7)),
        ("3d", (2026, 11, 19, 12)),
        ("2w", (2026, 11, 8, 12)),
        ("1m", (2026, 10, 22, 12)),
        ("9m", (2026, 2, 22, 12)),
        ("11M", (2025, 12, 22, 12)),
        ("1y", (2025, 11, 22, 12)),
    ],
)
def test_ages(age: str, moment: tuple[int, int, int, int]) -> None:
    year, month, day, hour = moment
    then = int(datetime(year, month, day, hour, tzinfo=NOW.tzinfo).timestamp())
    assert asked(f"newer:{age}").root == Dates(then, None)
    assert asked(f"older:{age}").root == Dates(None, then)


def test_a_month_ago_is_the_last_day_of_a_shorter_month() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    now = datetime(2026, 3, 31, 8, 0, tzinfo=tokyo)
    query = parse("newer:1m", now=now, zone=tokyo, saved={})
    assert query.root == Dates(int(datetime(2026, 2, 28, 8, 0, tzinfo=tokyo).timestamp()), None)


def test_an_age_beyond_the_calendar_is_as_old_as_it() -> None:
    query = asked("newer:99999y")
    assert query.problems == ()
    assert isinstance(query.root, Dates)
    assert query.root.start is not None
    assert query.root.start < seconds(2, 1, 1)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("after:2026-02-30", "is no date"),
        ("after:2026-13", "is no date"),
        ("date:0000", "is no date"),
        ("before:soon", "is no date"),
        ("date:..", "one side"),
        ("after:3d", "newer:3d"),
        ("newer:3x", "h d w m y"),
        ("older:2026-01-01", "h d w m y"),
    ],
)
def test_no_date(source: str, message: str) -> None:
    query = asked(source)
    assert query.root == Everything()
    [problem] = query.problems
    assert message in problem.message
    assert (problem.start, problem.end) == (0, len(source))
