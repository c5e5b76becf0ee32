"""Stories: one event once, whoever reports it in whatever language."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import UnknownStory, UsageError
from digest.library import Library
from tests.library.conftest import CONFIG, PIECES, bring

LATER = {
    "title": "Taiwan and Japan open coast guard hotline",
    "text": "The hotline between the coast guards of Taiwan and Japan, agreed in Taipei, opened. "
    "It will help rescue at sea.",
    "lang": "en",
    "url": "https://herald.example/9",
    "published": "2026-11-06T09:00:00Z",
    "feed": "Harbour Weekly",
}


def story_of(library: Library, ident: int) -> int:
    (row,) = library.rows([ident])
    assert row.story is not None
    return row.story


def told(library: Library, story: int) -> list[int]:
    return [row.id for row in library.stories.story(story).articles]


def test_one_event_in_three_languages_is_one_story(library: Library) -> None:
    english, chinese, japanese, chips = (story_of(library, ident) for ident in (1, 2, 3, 4))
    assert english == chinese == japanese
    assert chips != english
    assert told(library, english) == [1, 2, 3]


def test_a_later_report_joins_the_story_and_its_number_stays(
    library: Library, tmp_path: Path
) -> None:
    before = story_of(library, 1)
    (new,) = bring(library, tmp_path, [LATER])
    assert story_of(library, new) == before
    assert told(library, before) == [1, 2, 3, new]


def test_the_same_words_a_month_later_are_another_story(library: Library, tmp_path: Path) -> None:
    piece = LATER | {"published": "2026-12-20T09:00:00Z"}
    (new,) = bring(library, tmp_path, [piece])
    assert story_of(library, new) != story_of(library, 1)


def test_a_query_finds_the_articles_of_a_story(library: Library) -> None:
    story = story_of(library, 1)
    ids, problems = library.matching(f"story:{story}")
    assert (sorted(ids), problems) == ([1, 2, 3], ())
    assert library.matching(f"story:{story} 熱線")[0] == [2]
    assert library.matching(f"story:{10**40}")[0] == []


def test_parting_and_joining_stay_and_can_be_undone(library: Library, tmp_path: Path) -> None:
    whole = story_of(library, 1)
    parted = library.stories.split(whole, [3])
    assert (told(library, whole), told(library, parted)) == ([1, 2], [3])
    bring(library, tmp_path, [LATER])
    assert story_of(library, 3) == parted
    library.undo()
    assert 3 in told(library, whole)
    library.redo()
    assert story_of(library, 3) == parted
    before = told(library, parted)
    assert library.stories.merge(whole, parted) == len(before)
    assert 3 in told(library, whole)
    with pytest.raises(UnknownStory):
        library.stories.story(parted)
    library.undo()
    assert told(library, parted) == before


def test_a_report_that_shows_two_stories_to_be_one_joins_them_unless_a_person_parted_them(
    home: Path, tmp_path: Path
) -> None:
    with Library.open(home, CONFIG) as library:
        bring(library, tmp_path, PIECES[:1])
        bring(library, tmp_path, PIECES[1:2])
        assert story_of(library, 1) != (younger := story_of(library, 2))
        bring(library, tmp_path, PIECES[2:3])
        assert story_of(library, 1) == story_of(library, 2) == story_of(library, 3)
        assert library.stories.story(younger).id == story_of(library, 1)
        assert sorted(library.matching(f"story:{younger}")[0]) == [1, 2, 3]
        apart = library.stories.split(story_of(library, 1), [2])
        bring(library, tmp_path, [LATER])
        assert told(library, apart) == [2]


def test_what_cannot_be_parted_or_joined_is_said(library: Library) -> None:
    story = story_of(library, 1)
    with pytest.raises(UsageError, match="leave some"):
        library.stories.split(story, [1, 2, 3])
    with pytest.raises(UsageError, match="not in story"):
        library.stories.split(story, [4])
    with pytest.raises(UsageError, match="another"):
        library.stories.merge(story, story)
    for unknown in (999, 10**30):
        with pytest.raises(UnknownStory):
            library.stories.merge(story, unknown)


def test_a_deleted_report_leaves_its_story_and_comes_back(library: Library) -> None:
    story = story_of(library, 1)
    library.delete([2])
    assert told(library, story) == [1, 3]
    library.undo()
    assert told(library, story) == [1, 2, 3]


def test_the_desk_groups_what_another_process_brought(home: Path, tmp_path: Path) -> None:
    with Library.open(home, CONFIG) as library:
        bring(library, tmp_path, PIECES)
        numbers = [story_of(library, ident) for ident in (1, 2, 3, 4)]
    with Library.open(home, CONFIG, background=True) as library:
        assert [story_of(library, ident) for ident in (1, 2, 3, 4)] == numbers
        assert library.stories.waiting() == 0
