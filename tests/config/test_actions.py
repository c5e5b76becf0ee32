from __future__ import annotations

from digest.config.actions import ACTIONS
from digest.tui import actions


def test_every_action_of_the_desk_can_be_given_a_key() -> None:
    assert {action.id for action in actions.ACTIONS} <= set(ACTIONS)


def test_the_ids_are_sorted_and_each_there_once() -> None:
    assert list(ACTIONS) == sorted(set(ACTIONS))
