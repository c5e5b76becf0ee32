"""What a person makes of a brief, kept while the brief itself goes on changing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.model import Brief, BriefStory
from digest.stories.drafts import (
    Draft,
    arranged,
    commented,
    edited,
    from_text,
    moved,
    to_text,
    toggled,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def brief(*sections: str) -> Brief:
    """A brief of stories called by one letter each."""
    made = [
        ("", tuple(BriefStory(ord(one), one, "en", 1.0, ord(one), (), ()) for one in letters))
        for letters in sections
    ]
    return Brief(NOW, NOW, tuple(made))


def told(made: Brief) -> list[str]:
    return ["".join(story.headline for story in stories) for _, stories in made.sections]


def key(letter: str) -> str:
    return f"s{ord(letter)}"


def test_a_story_moves_within_its_section_and_no_further() -> None:
    made = brief("abc", "de")
    draft = moved(made, Draft(), key("a"), 1)
    assert told(arranged(made, draft)) == ["bac", "de"]
    draft = moved(made, draft, key("a"), 5)
    assert told(arranged(made, draft)) == ["bca", "de"]
    assert told(arranged(made, moved(made, draft, key("d"), -1))) == ["bca", "de"]


def test_new_stories_stand_behind_the_one_they_came_behind() -> None:
    draft = moved(brief("abc"), Draft(), key("c"), -2)
    assert told(arranged(brief("abc"), draft)) == ["cab"]
    assert told(arranged(brief("xaybcz"), draft)) == ["xczayb"]


def test_dropped_stories_are_not_written_and_stay_in_sight() -> None:
    made = brief("ab")
    draft = toggled(Draft(), key("a"))
    assert told(edited(made, draft)) == ["b"]
    assert told(arranged(made, draft)) == ["ab"]
    assert toggled(draft, key("a")) == Draft()


def test_a_remark_stands_with_its_story_and_an_empty_one_is_none() -> None:
    made = brief("ab")
    draft = commented(Draft(), key("b"), " 覚書を確認 ")
    assert [story.comment for story in edited(made, draft).stories] == ["", "覚書を確認"]
    assert commented(draft, key("b"), " ") == Draft()


def test_a_draft_is_read_as_it_was_kept() -> None:
    draft = Draft(frozenset(("s1",)), ("s2", "a3"), {"s2": "註"})
    assert from_text(to_text(draft)) == draft


@pytest.mark.parametrize("text", ["", "{", "[]", '{"dropped": 3, "order": {}, "comments": []}'])
def test_a_damaged_draft_is_none(text: str) -> None:
    assert from_text(text) == Draft()
