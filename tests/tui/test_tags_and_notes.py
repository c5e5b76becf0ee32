"""The tag editor and the note editor."""

from dataclasses import replace
from pathlib import Path

from textual.widgets import Input

from digest.config.settings import Config
from digest.library import Library
from digest.tui.rendering.article import plain_lines
from digest.tui.screens.tags import TagScreen
from tests.tui.desk import AT_ONCE, NEVER_READ, Desk, open_desk


def tags_of(desk: Desk, at: int) -> tuple[str, ...]:
    ident = desk.screen.articles.shelf.ids[at]
    return desk.library.rows([ident])[0].tags


async def test_typing_a_new_tag_and_enter(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "t")
        assert isinstance(desk.app.screen, TagScreen)
        await desk.type("台海")
        await desk.press("enter")
        assert tags_of(desk, 1) == ("台海",)
        await desk.until(lambda: "#台海" in desk.text)
        await desk.press("ctrl+z")
        assert tags_of(desk, 1) == ()


async def test_the_articles_own_tags_are_ticked_and_can_be_unticked(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("t")
        assert "[✓] chips" in desk.text
        await desk.press("tab")
        assert "[ ] chips" in desk.text
        await desk.press("enter")
        assert tags_of(desk, 0) == ()


async def test_completion_takes_the_tag_that_exists(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "t")
        await desk.type("ch")
        await desk.press("enter")
        assert tags_of(desk, 1) == ("chips",)


async def test_plus_and_minus_typed_directly(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("+")
        screen = desk.app.screen
        assert screen.query_one("#tag-input", Input).value == "+"
        await desk.type("wafers -chips")
        await desk.press("enter")
        assert tags_of(desk, 0) == ("wafers",)
        await desk.press("-")
        await desk.type("wafers")
        await desk.press("enter")
        assert tags_of(desk, 0) == ()


async def test_many_at_once(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("v", "j", "j", "t")
        assert "3 articles" in desk.text
        assert "[-] chips" in desk.text
        await desk.type("chips")
        await desk.press("enter")
        assert [tags_of(desk, at) for at in range(3)] == [("chips",)] * 3
        await desk.press("ctrl+z")
        assert [tags_of(desk, at) for at in range(3)] == [("chips",), (), ()]


async def test_escape_changes_nothing(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("t", "tab", "escape")
        assert tags_of(desk, 0) == ("chips",)


async def test_the_tag_command(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", ":")
        await desk.type("tag +a +b")
        await desk.press("enter")
        assert tags_of(desk, 1) == ("a", "b")


async def test_a_note_saves_itself_as_it_is_typed(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("a")
        ident = desk.screen.articles.current
        assert ident is not None
        await desk.type("重要 point")
        await desk.until(lambda: desk.library.note(ident) == "重要 point")
        await desk.until(lambda: "Note, saved" in desk.text)
        await desk.press("escape")
        assert any("重要 point" in line for line in plain_lines(desk.screen.reader.page))
        await desk.press("h")
        assert "✎" in desk.text


async def test_keys_are_letters_in_a_note(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("a")
        await desk.type("squ/")
        assert desk.app.is_running
        await desk.press("escape")
        ident = desk.screen.articles.current
        assert ident is not None
        await desk.until(lambda: desk.library.note(ident) == "squ/")
        assert not desk.library.rows([ident])[0].starred


async def test_quitting_saves_what_was_typed_a_moment_ago(home: Path) -> None:
    async with open_desk(home, timing=replace(NEVER_READ, save_after=3600)) as desk:
        await desk.press("a")
        await desk.type("unsaved")
        await desk.app.action_quit()
    with Library.open(home, Config()) as library:
        noted, _ = library.matching("is:noted")
        assert [library.note(ident) for ident in noted] == ["unsaved"]


async def test_a_note_can_be_gone_on_with(home: Path) -> None:
    async with open_desk(home, timing=AT_ONCE) as desk:
        await desk.press("a")
        await desk.type("one")
        await desk.press("escape", "a")
        await desk.type(" two")
        await desk.press("escape")
        ident = desk.screen.articles.current
        assert ident is not None
        await desk.until(lambda: desk.library.note(ident) == "one two")


async def test_what_is_typed_right_after_the_key_goes_into_the_editor(home: Path) -> None:
    async with open_desk(home, timing=AT_ONCE) as desk:
        ident = desk.screen.articles.current
        assert ident is not None
        await desk.pilot.press("t", "x", "y", "enter")
        await desk.until(lambda: "xy" in desk.library.rows([ident])[0].tags)
        await desk.until(lambda: not isinstance(desk.app.screen, TagScreen))
        await desk.pilot.press("a", "A", "q")
        await desk.until(lambda: desk.library.note(ident) == "Aq")
        await desk.press("escape")
        await desk.pilot.press("a", "!", "escape")
        await desk.until(lambda: desk.library.note(ident) == "Aq!")
