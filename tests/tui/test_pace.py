"""When the list follows what others change."""

from __future__ import annotations

from digest.tui.pace import LONGEST, REST_SECONDS, Pace


def taken(pace: Pace, begin: float, took: float) -> None:
    pace.want()
    pace.begin(begin)
    pace.end(begin + took)


def test_nothing_is_due_where_nothing_has_changed() -> None:
    pace = Pace()
    assert not pace.is_due(100.0, 0.0)
    taken(pace, 100.0, 0.1)
    assert not pace.is_due(200.0, 0.0)


def test_it_is_due_at_once_while_nobody_types() -> None:
    pace = Pace()
    taken(pace, 100.0, 0.5)
    pace.want()
    assert pace.is_due(101.0, 101.0 - REST_SECONDS)
    assert not pace.is_due(101.0, 100.9)


def test_beside_the_keys_it_takes_a_small_part_of_the_time() -> None:
    pace = Pace()
    taken(pace, 100.0, 0.4)
    pace.want()
    assert not pace.is_due(109.0, 108.9)
    assert pace.is_due(111.0, 110.9)


def test_nobody_waits_longer_than_the_longest() -> None:
    pace = Pace()
    taken(pace, 100.0, 5.0)
    pace.want()
    assert not pace.is_due(105.0 + LONGEST - 0.1, 120.0)
    assert pace.is_due(105.0 + LONGEST + 0.1, 120.0)


def test_what_changes_meanwhile_is_taken_in_afterwards() -> None:
    pace = Pace()
    pace.want()
    pace.begin(100.0)
    pace.want()
    assert not pace.is_due(100.5, 0.0)
    pace.end(101.0)
    assert pace.is_due(102.5, 0.0)


def test_a_look_that_never_ended_is_no_hindrance_for_ever() -> None:
    pace = Pace()
    pace.want()
    pace.begin(100.0)
    pace.want()
    assert pace.is_due(100.0 + LONGEST, 0.0)
