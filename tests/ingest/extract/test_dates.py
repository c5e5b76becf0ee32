from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.ingest.extract.dates import at_noon, date_of_address, find_date, find_dates, parse_date

TAIPEI = ZoneInfo("Asia/Taipei")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
NOON = "2026-11-08T04:00:00+00:00"
HAN = "〇一二三四五六七八九"
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-08T09:00:00+09:00", "2026-11-08T00:00:00+00:00"),
        ("2026-11-08T01:02:03.123Z", "2026-11-08T01:02:03+00:00"),
        ("2026-11-08 09:00", "2026-11-08T01:00:00+00:00"),
        ("2026-11-08T00:00-0800", "2026-11-08T08:00:00+00:00"),
        ("Sun, 08 Nov 2026 09:00:00 +0900", "2026-11-08T00:00:00+00:00"),
        ("Nov. 8, 2026 3:05 pm JST", "2026-11-08T06:05:00+00:00"),
        ("November 8th, 2026 at 12:05 a.m.", "2026-11-07T16:05:00+00:00"),
        ("8 November 2026", NOON),
        ("民國115年11月8日", NOON),
        ("中華民國一百一十五年十一月八日", NOON),
        ("令和8年11月8日", NOON),
        ("令和元年5月1日", "2019-05-01T04:00:00+00:00"),
        ("平成31年4月30日 午後3時", "2019-04-30T07:00:00+00:00"),
        ("昭和64年1月7日", "1989-01-07T04:00:00+00:00"),
        ("R8.11.8", NOON),
        ("２０２６年１１月８日（日）　下午3時05分", "2026-11-08T07:05:00+00:00"),
        ("2026年11月8日 凌晨12:10", "2026-11-07T16:10:00+00:00"),
        ("二〇二六年十一月八日", NOON),
        ("115/11/08", NOON),
        ("115年11月8日", NOON),
        ("2026/11/08 15:30", "2026-11-08T07:30:00+00:00"),
        ("2026.11.08", NOON),
        ("20261108", NOON),
        ("20261108T0930", "2026-11-08T01:30:00+00:00"),
        ("Posted: 2026-11-08 | 5 comments", NOON),
    ],
)
def test_written_dates(written: str, moment: str) -> None:
    found = parse_date(written, zone=TAIPEI)
    assert found is not None
    assert found.isoformat() == moment
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "9999-99-99",
        "2026-02-30",
        "2026-13-01",
        "1.2.3",
        "2026年11月",
        "12:30",
        "0001-01-01",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert parse_date(written, zone=TAIPEI) is None


@pytest.mark.parametrize(
    ("written", "day", "sure"),
    [
        ("11月8日", date(2026, 11, 8), False),
        ("十一月八日", date(2026, 11, 8), False),
        ("Nov. 8", date(2026, 11, 8), False),
        ("3 March", date(2026, 3, 3), False),
        ("12月23日（火）", date(2025, 12, 23), True),
        ("12月23日(二)", date(2025, 12, 23), True),
        ("12月23日星期二", date(2025, 12, 23), True),
        ("Tuesday (Dec. 23)", date(2025, 12, 23), True),
        ("Dec. 23 (Tue)", date(2025, 12, 23), True),
        ("Thursday, Feb. 29", date(2024, 2, 29), True),
    ],
)
def test_the_year_is_inferred(written: str, day: date, sure: bool) -> None:
    found = find_date(written, zone=TAIPEI, near=NOW)
    assert found is not None
    assert (found.at, found.is_sure) == (at_noon(day, TAIPEI), sure)
    assert parse_date(written, zone=TAIPEI) is None


def test_a_day_that_no_year_gives_its_weekday_is_none() -> None:
    assert find_date("Sunday (Feb. 29)", zone=TAIPEI, near=datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_several_dates_in_order_full_ones_first() -> None:
    text = "3月3日の会談は、2026年11月8日と令和7年1月2日に続く。"
    days = [found.at.astimezone(TAIPEI).date() for found in find_dates(text, zone=TAIPEI, near=NOW)]
    assert days == [date(2026, 11, 8), date(2025, 1, 2), date(2026, 3, 3)]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.jp/2026/11/08/story", date(2026, 11, 8)),
        ("https://e.jp/news/20261108001", date(2026, 11, 8)),
        ("https://e.jp/2026-11-08-story.html", date(2026, 11, 8)),
        ("https://e.jp/id/202611081234567", None),
        ("https://e.jp/?d=/2026/11/08/", None),
        ("https://e.jp/2026/13/08/", None),
    ],
)
def test_dates_in_addresses(url: str, day: date | None) -> None:
    assert date_of_address(url, zone=TAIPEI) == (at_noon(day, TAIPEI) if day else None)


def written_forms(day: date) -> list[str]:
    han_year = "".join(HAN[int(digit)] for digit in str(day.year))
    return [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{han_year}年{day.month}月{day.day}日",
        f"民國{day.year - 1911}年{day.month}月{day.day}日",
        *([f"令和{day.year - 2018}年{day.month}月{day.day}日"] if day.year > 2018 else []),
    ]


@given(DAYS)
def test_every_form_of_a_day_is_that_day(day: date) -> None:
    for form in written_forms(day):
        assert parse_date(form, zone=TAIPEI) == at_noon(day, TAIPEI), form


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001 - the zone is drawn beside it
def test_iso_times_keep_their_moment(local: datetime, minutes: int) -> None:
    local = local.replace(microsecond=0)
    sign, size = ("+", minutes) if minutes >= 0 else ("-", -minutes)
    written = f"{local.isoformat()}{sign}{size // 60:02}:{size % 60:02}"
    expected = (local - timedelta(minutes=minutes)).replace(tzinfo=UTC)
    assert parse_date(written, zone=TAIPEI) == expected


@given(st.text(alphabet="0123456789年月日號民國令和元十百/-.: TZ+Novmber（火）", max_size=60))
def test_no_text_raises(text: str) -> None:
    for found in find_dates(text, zone=TAIPEI, near=NOW):
        assert found.at.tzinfo is UTC
