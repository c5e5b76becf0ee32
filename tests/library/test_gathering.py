"""The making of a brief of many articles: it tells how far it is, and is stopped without loss."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.config.settings import Config
from digest.errors import Cancelled
from digest.library import Library
from digest.library.facade.core import MANY
from digest.library.storying import BATCH, Stories
from digest.model import Gathering
from tests.library.conftest import bring, harbour

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ALL = MANY + 1


@pytest.fixture
def unsorted(home: Path, tmp_path: Path) -> Path:
    """A library of more articles than the desk puts to stories by itself; none has a story."""
    with opened(home) as library:
        bring(library, tmp_path, [harbour(number) for number in range(ALL)])
        with library._database.write() as db:
            db.execute("UPDATE articles SET story_id = NULL")
    return home


def opened(home: Path, *, background: bool = False) -> Library:
    return Library.open(home, Config(), background=background, clock=lambda: NOW)


def test_it_is_told_from_the_first_article_to_the_last_story(unsorted: Path) -> None:
    told: list[Gathering] = []
    with opened(unsorted) as library:
        brief, _ = library.briefs.make("", DAY, report=told.append)
    assert told[0] == Gathering(0, ALL)
    assert [one.grouped for one in told] == sorted(one.grouped for one in told)
    first = next(one for one in told if one.to_tell)
    assert (first.grouped, first.told) == (ALL, 0)
    assert told[-1].told == told[-1].to_tell == len(brief.stories)


def test_one_that_is_stopped_keeps_what_it_has_put_to_stories(unsorted: Path) -> None:
    told: list[Gathering] = []
    with opened(unsorted) as library:
        with pytest.raises(Cancelled):
            library.briefs.make(
                "", DAY, report=told.append, cancelled=lambda: bool(told) and told[-1].grouped > 0
            )
        assert library.stories.waiting() == ALL - BATCH
        assert told[-1] == Gathering(BATCH, ALL, 0, told[-1].to_tell)
        brief, _ = library.briefs.make("", DAY)
        assert library.stories.waiting() == 0
        assert brief.stories


def test_behind_the_desk_another_process_puts_many_to_stories(
    unsorted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Gathering] = []

    def never(*_given: object) -> int:
        raise AssertionError("this process has keys to listen to")

    with opened(unsorted, background=True) as library:
        with monkeypatch.context() as patched:
            patched.setattr(Stories, "catch_up", never)
            with pytest.raises(Cancelled):
                library.briefs.make(
                    "",
                    DAY,
                    report=told.append,
                    cancelled=lambda: bool(told) and told[-1].grouped > 0,
                )
        assert library.stories.waiting() < ALL  # what it had done when it was asked to stop
        library.briefs.make("", DAY)
        assert library.stories.waiting() == 0


@pytest.mark.parametrize(
    ("lang", "title"),
    [("en", "Harbour report 1"), ("ja", "港の報告"), ("zh", "Harbour report 0")],
)
def test_a_list_by_story_calls_each_by_a_headline_in_its_readers_language(
    home: Path, tmp_path: Path, lang: str, title: str
) -> None:
    with opened(home) as library:
        three = [harbour(0), harbour(1), {**harbour(2), "title": "港の報告", "lang": "ja"}]
        three[0]["lang"] = "nl"
        ids = bring(library, tmp_path, three)
        with library._database.write() as db:
            story = library.article(ids[0]).summary.story
            db.execute("UPDATE articles SET story_id = ?, at = at + id", (story,))
        _, (group,) = library.grouped(ids, "story", lang)
        (told,) = library.briefs.called(library.briefs.make("", DAY)[0], lang).stories
    assert group.name == told.headline == title


@pytest.mark.parametrize(
    ("starred", "copy", "title"),
    [(0, 0, "Harbour report 0"), (0, 1, "Harbour report 1"), (3, 1, "Harbour report 2")],
)
def test_a_list_by_story_calls_each_as_a_brief_does(
    home: Path, tmp_path: Path, starred: int, copy: int, title: str
) -> None:
    """`copy` is the number of a report that is none of the originals, 0 for none."""
    with opened(home) as library:
        ids = bring(library, tmp_path, [harbour(number) for number in range(3)])
        with library._database.write() as db:
            story = library.article(ids[0]).summary.story
            db.execute("UPDATE articles SET story_id = ?, at = at + id", (story,))
            db.execute("UPDATE articles SET copy_of = ? WHERE id = ?", (ids[2], copy))
        if starred:
            library.mark([starred], "star")
        (told,) = library.briefs.make("", DAY)[0].stories
        ordered, (group,) = library.grouped([ids[2], ids[1], ids[0]], "story", "en")
    assert (group.name, group.start, group.size) == (told.headline, 0, 3)
    assert group.name == title
    assert ordered == [ids[2], ids[1], ids[0]]
