"""How a result is spread over languages, feeds, entities and time."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.calendar import local_days
from index.facets import Bucket, Facets
from index.model import Document
from tests.index.making import TAIPEI, Desk, seconds

NEW_YORK = ZoneInfo("America/New_York")


def piece(id_: int, lang: str, feed: int, date: int, *entities: str) -> Document:
    return Document(id_, "talks", "", feed=feed, lang=lang, date=date, entities=entities)


PIECES = [
    piece(1, "en", 1, seconds(2026, 1, 5), "japan", "taiwan"),
    piece(2, "zh", 2, seconds(2026, 1, 20), "taiwan"),
    piece(3, "zh", 2, seconds(2026, 3, 1), "taiwan", "lai-ching-te"),
    piece(4, "ja", 3, seconds(2026, 3, 1) - 1, "japan"),
    piece(5, "", 0, seconds(2026, 3, 2)),
]


@pytest.fixture
def facets(desk: Desk) -> Facets:
    for one in PIECES:
        desk.update([one])  # a segment each
    desk.update([piece(9, "en", 1, 0, "japan")])
    desk.update([], [9])
    return desk.engine.facets(np.array([1, 2, 3, 4, 5, 77]))


def test_languages_feeds_and_entities_come_most_first(facets: Facets) -> None:
    assert facets.total == 5
    assert facets.languages() == {"zh": 2, "": 1, "en": 1, "ja": 1}
    assert facets.feeds() == {2: 2, 0: 1, 1: 1, 3: 1}
    assert facets.entities(10) == {"taiwan": 3, "japan": 2, "lai-ching-te": 1}
    assert list(facets.entities(2)) == ["taiwan", "japan"]


def test_groups_of_ids_are_counted_within_the_result(facets: Facets) -> None:
    groups = {"chips": np.array([1, 2]), "sea": np.array([3, 4, 5, 77]), "none": np.array([77])}
    assert facets.among(groups) == {"sea": 3, "chips": 2}


def test_months_are_those_of_the_zone(facets: Facets) -> None:
    months = [Bucket("2026-01-01", "", 2), Bucket("2026-02-01", "", 1), Bucket("2026-03-01", "", 2)]
    assert facets.periods("month", TAIPEI) == months
    assert facets.periods("year", TAIPEI, "lang") == [
        Bucket("2026-01-01", lang, count)
        for lang, count in (("", 1), ("en", 1), ("ja", 1), ("zh", 2))
    ]
    assert Bucket("2026-02-23", "3", 1) in facets.periods("week", TAIPEI, "feed")


def test_a_histogram_has_every_period_and_never_more_than_asked_for(facets: Facets) -> None:
    histogram = facets.histogram(TAIPEI, 12)
    assert (histogram.period, histogram.start) == ("week", "2026-01-05")
    assert histogram.counts == (1, 0, 1, 0, 0, 0, 0, 2, 1)
    assert facets.histogram(TAIPEI, 3).counts == (2, 1, 2)
    assert facets.histogram(TAIPEI, 1).counts == (5,)


def test_nothing_has_no_facets(desk: Desk) -> None:
    facets = desk.engine.facets(np.array([3]))
    assert (facets.total, facets.languages(), facets.feeds(), facets.entities(5)) == (0, {}, {}, {})
    assert facets.periods("day", TAIPEI) == []
    assert facets.histogram(TAIPEI, 10).counts == ()


@given(st.lists(st.integers(-(10**10), 10**11), max_size=30), st.sampled_from([TAIPEI, NEW_YORK]))
def test_days_are_those_of_the_clock_in_the_zone(moments: list[int], zone: ZoneInfo) -> None:
    wanted = []
    for moment in moments:
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).astimezone(zone)
        wanted.append(local.toordinal() - datetime(1970, 1, 1, tzinfo=UTC).toordinal())
    assert local_days(np.array(moments, np.int64), zone).tolist() == wanted


def test_a_day_of_changing_clocks_is_counted_by_the_clock() -> None:
    midnight = int(datetime(2026, 3, 8, tzinfo=NEW_YORK).timestamp())
    hours = np.array([0, 22, 23, 24], np.int64)
    days = local_days(midnight + 3600 * hours, NEW_YORK)
    assert list(Counter(days.tolist()).values()) == [2, 2]  # it has 23 hours


def test_dates_beyond_any_calendar_do_not_matter(desk: Desk) -> None:
    desk.update([piece(1, "en", 1, -(10**14)), piece(2, "en", 1, 10**14), PIECES[0]])
    facets = desk.engine.facets(np.array([1, 2]))
    assert sum(facets.histogram(TAIPEI, 50).counts) == 2
    assert sum(bucket.count for bucket in facets.periods("month", TAIPEI)) == 2
