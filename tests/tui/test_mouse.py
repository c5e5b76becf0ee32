"""What the mouse does in the boxes and on the screens over the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.tui.screens.brief import BriefScreen
from digest.tui.screens.checkup import CheckupScreen
from digest.tui.screens.choose import ChooseScreen
from digest.tui.screens.help import HelpScreen
from digest.tui.screens.notes import NotesScreen
from digest.tui.screens.story import StoryScreen
from digest.tui.screens.tags import TagScreen
from digest.tui.screens.welcome import WelcomeScreen
from digest.tui.screens.who import WhoScreen
from tests.tui.desk import NEVER_READ, Desk, open_desk
from tests.tui.test_checkup import CONFIG, remembered


async def click(desk: Desk, words: str, *, nth: int = 0) -> None:
    """Click on words that are on the screen."""
    places = [(y, line.index(words)) for y, line in enumerate(desk.lines()) if words in line]
    y, before = places[nth]
    cells = sum(2 if sign > "\u2e80" else 1 for sign in desk.lines()[y][:before])
    await desk.pilot.click(offset=(cells, y))
    await desk.settle()


async def test_tags_are_ticked(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("j", "t")
        assert isinstance(desk.app.screen, TagScreen)
        await desk.until(lambda: "[ ] chips" in desk.text)
        await click(desk, "chips", nth=1)
        assert "[✓] chips" in desk.text
        await desk.press("enter")
        assert len(desk.library.matching("tag:chips")[0]) == 2


async def test_a_form_to_export_in_is_chosen(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("v", "j", "e")
        assert isinstance(desk.app.screen, ChooseScreen)
        await click(desk, "csv ")
        await desk.until(lambda: any(".csv" in toast for toast in desk.toasts))


async def test_a_note_is_gone_to_and_opened(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        ids = desk.screen.articles.shelf.ids
        desk.library.set_note(ids[1], "Ask Tokyo")
        desk.library.set_note(ids[2], "Ask Taipei")
        await desk.press("M")
        assert isinstance(desk.app.screen, NotesScreen)
        await click(desk, "Ask Taipei")
        assert isinstance(desk.app.screen, NotesScreen)
        await click(desk, "Ask Taipei")
        assert desk.screen.articles.current == ids[2]
        assert desk.screen.pane == "reader"


async def test_a_feed_shows_how_it_is_doing(home: Path) -> None:
    remembered(home)
    async with open_desk(home, config=CONFIG) as desk:
        await desk.press("F")
        await desk.until(lambda: "Fine Wire" in desk.text)
        await click(desk, "Never Asked")
        assert isinstance(desk.app.screen, CheckupScreen)
        assert "https://new.example/feed" in desk.text


async def test_names_are_gone_to_and_listed(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press("W")
        screen = desk.app.screen
        assert isinstance(screen, WhoScreen)
        await desk.until(lambda: screen.here is not None and len(desk.lines()) > 3)
        first = screen.here
        name = desk.lines()[1][10:16].strip()
        await click(desk, name)
        assert screen.here != first
        await click(desk, name)
        assert desk.app.screen is desk.screen
        assert desk.screen.listing.shown.query.startswith("who:")


async def test_reports_of_a_story_are_gone_to_and_opened(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press("\\")
        screen = desk.app.screen
        assert isinstance(screen, StoryScreen)
        await desk.until(lambda: screen.story is not None)
        column = 1 - min(screen.place.column, 1)
        assert screen.story is not None
        other = screen.story.columns[column].reports[0].row
        await click(desk, other.title[:8])
        assert screen.here is not None
        assert screen.here.id == other.id
        await click(desk, other.title[:8])
        await desk.until(lambda: desk.app.screen is desk.screen)
        assert desk.screen.articles.current == other.id


async def test_languages_of_a_story_are_gone_to_on_a_narrow_screen(stories: Path) -> None:
    async with open_desk(stories, size=(80, 24), timing=NEVER_READ) as desk:
        await desk.press("\\")
        screen = desk.app.screen
        assert isinstance(screen, StoryScreen)
        await desk.until(lambda: screen.story is not None)
        assert screen.story is not None
        for at, column in enumerate(screen.story.columns):
            badge = {"en": "EN", "zh": "繁", "ja": "日"}[column.reports[0].row.lang[:2]]
            await click(desk, f"{badge} {len(column.reports)}")
            assert screen.place.column == at


async def test_stories_and_periods_of_a_brief_are_gone_to(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press("D")
        screen = desk.app.screen
        assert isinstance(screen, BriefScreen)
        await desk.until(lambda: " Week " in desk.text)
        await click(desk, "Week")
        assert screen.plan.title == "Week"
        await desk.until(lambda: screen._arranged is not None)
        arranged = screen._arranged
        assert arranged is not None
        await click(desk, arranged.stories[-1].headline[:8])
        assert screen.here == arranged.stories[-1]
        await click(desk, arranged.stories[-1].headline[:8])
        assert isinstance(desk.app.screen, StoryScreen)


@pytest.mark.parametrize("key", ["?", "F"])
async def test_a_click_beside_a_box_closes_it(home: Path, key: str) -> None:
    async with open_desk(home) as desk:
        await desk.press(key)
        assert len(desk.app.screen_stack) == 2
        await desk.pilot.click(offset=(60, 20))
        assert len(desk.app.screen_stack) == 2
        await desk.pilot.click(offset=(2, 2))
        await desk.settle()
        assert len(desk.app.screen_stack) == 1


async def test_what_to_do_first_is_chosen(tmp_path: Path) -> None:
    async with open_desk(tmp_path / "library") as desk:
        await desk.until(lambda: isinstance(desk.app.screen, WelcomeScreen))
        await click(desk, "See the keys")
        await desk.until(lambda: isinstance(desk.app.screen, HelpScreen))
