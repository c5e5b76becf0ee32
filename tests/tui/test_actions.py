"""Every action of the desk, by its key, on a real library."""

import sqlite3
import webbrowser
from contextlib import closing
from pathlib import Path

import pytest

from digest.config.settings import Config
from digest.library import Library
from digest.tui.messages import Said
from digest.tui.parts.handing import open_address
from tests.tui.desk import NEVER_READ, open_desk

CHIP = "Chip plant in Kumamoto starts its second line"


def stored(home: Path) -> Library:
    return Library.open(home, Config())


async def test_the_list_is_grouped_by_day_and_names_languages(home: Path) -> None:
    async with open_desk(home) as desk:
        text = desk.text
        assert "Today, Sunday 22 November" in text
        assert "Yesterday, Saturday 21 November" in text
        assert "Friday 20 November" in text
        assert " EN " in text
        assert "繁" in text
        assert "日 " in text
        assert desk.titles[0] == CHIP


async def test_moving(home: Path) -> None:
    async with open_desk(home) as desk:
        articles = desk.screen.articles
        await desk.press("j", "j")
        assert articles.cursor == 2
        await desk.press("k")
        assert articles.cursor == 1
        await desk.press("G")
        assert articles.cursor == 4
        await desk.press("g", "g")
        assert articles.cursor == 0
        await desk.press("down", "end", "up")
        assert articles.cursor == 3
        await desk.press("home")
        assert articles.cursor == 0
        await desk.press("pagedown")
        assert articles.cursor == 4
        await desk.press("pageup")
        assert articles.cursor == 0


async def test_full_width_keys_are_their_twins(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("ｊ", "ｊ")
        assert desk.screen.articles.cursor == 2
        await desk.press("ｇ", "ｇ")
        assert desk.screen.articles.cursor == 0
        await desk.press("／")
        assert desk.screen.search_bar.typing
        # In a text field they are what they are.
        await desk.press("ｊ")
        assert desk.screen.search_bar.text == "ｊ"


async def test_opening_marks_as_read_after_a_while(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("enter")
        assert desk.screen.pane == "reader"
        ident = desk.screen.articles.current
        assert ident is not None
        await desk.until(lambda: desk.library.rows([ident])[0].read)
        await desk.settle()
        row = desk.screen.articles.shelf.row(ident)
        assert row is not None
        assert row.read
        # It stays in the list of unread ones until that is listed afresh.
        assert desk.titles[0] == CHIP
        await desk.press("h", "ctrl+l")
        assert CHIP not in desk.titles


async def test_looking_at_an_article_beside_the_list_does_not_mark_it(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j")
        await desk.until(lambda: desk.screen.reading.article is not None)
        assert "備忘錄" in desk.text
        assert len(desk.library.matching("is:unread")[0]) == 5


async def test_going_back_before_the_while_is_over_marks_nothing(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("l", "h")
        assert desk.screen.pane == "list"
        assert len(desk.library.matching("is:unread")[0]) == 5


async def test_space_pages_and_then_goes_to_the_next_unread(home: Path) -> None:
    async with open_desk(home, size=(80, 24), timing=NEVER_READ) as desk:
        await desk.press("space")
        assert desk.screen.pane == "reader"
        await desk.press("space")
        assert desk.screen.reader.scroll_offset.y > 0
        for _ in range(10):
            if desk.screen.articles.cursor:
                break
            await desk.press("space")
        assert desk.screen.articles.cursor == 1
        assert desk.screen.reading.article is not None
        assert desk.screen.reading.article.summary.title.startswith("台日")


async def test_the_place_in_an_article_is_remembered(home: Path) -> None:
    async with open_desk(home, size=(80, 24), timing=NEVER_READ) as desk:
        await desk.press("enter", "space")
        place = desk.screen.reader.place
        assert place.block > 0
        await desk.press("h", "j", "enter", "h", "k", "enter")
        assert desk.screen.reader.place == place


async def test_next_and_previous_unread(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "u", "g", "g", "n")
        assert desk.screen.articles.cursor == 2
        await desk.press("N")
        assert desk.screen.articles.cursor == 0
        await desk.press("N")
        assert any("No unread article" in toast for toast in desk.toasts)


async def test_star_and_undo_and_redo(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("s")
        assert len(desk.library.matching("is:starred")[0]) == 1
        assert "✦" in desk.text
        await desk.press("ctrl+z")
        assert desk.library.matching("is:starred")[0] == []
        assert any(toast.startswith("Undone: starred") for toast in desk.toasts)
        assert "✦" not in desk.text
        await desk.press("ctrl+y")
        assert len(desk.library.matching("is:starred")[0]) == 1
        await desk.press("s")
        assert desk.library.matching("is:starred")[0] == []


async def test_what_is_off_topic_can_be_kept(home: Path) -> None:
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        db.execute(
            "UPDATE articles SET offtopic = fetched, deleted = fetched WHERE title = ?", [CHIP]
        )
    async with open_desk(home) as desk:
        assert CHIP not in desk.titles
        await desk.press("U")
        assert any("is:offtopic" in toast for toast in desk.toasts)
        await desk.press("/")
        await desk.type("is:offtopic")
        await desk.press("enter")
        await desk.until(lambda: desk.titles == [CHIP])
        await desk.press("enter")
        await desk.until(lambda: "Hidden as off topic (" in desk.text)
        assert "named: Taiwan" in desk.text
        await desk.press("U")
        assert any(toast.startswith("1 article kept.") for toast in desk.toasts)
        assert desk.library.matching("is:offtopic")[0] == []
        await desk.press("ctrl+z")
        assert any(toast == "Undone: rescued 1 article" for toast in desk.toasts)
        assert len(desk.library.matching("is:offtopic")[0]) == 1


async def test_undo_with_nothing_to_undo_says_so(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("ctrl+y")
        assert any("Nothing to redo" in toast for toast in desk.toasts)


async def test_toggle_read(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("u")
        assert len(desk.library.matching("is:read")[0]) == 1
        await desk.press("u")
        assert desk.library.matching("is:read")[0] == []


async def test_mark_all_read_can_be_undone(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("A")
        assert desk.library.matching("is:unread")[0] == []
        await desk.press("ctrl+z")
        assert len(desk.library.matching("is:unread")[0]) == 5


async def test_selection_is_acted_on_as_a_whole(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("v", "j", "j")
        assert "3 selected" in desk.screen.status.words
        assert desk.text.count("✓") == 3
        await desk.press("s")
        assert len(desk.library.matching("is:starred")[0]) == 3
        assert not desk.screen.articles.selecting
        await desk.press("ctrl+z")
        assert desk.library.matching("is:starred")[0] == []
        await desk.press("v", "escape")
        assert not desk.screen.articles.selecting


async def test_sidebar_keys_list_what_they_pass(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        assert desk.screen.status.words.startswith("Unread")
        await desk.press("J")
        assert desk.screen.status.words.startswith("Today")
        assert desk.titles == [CHIP]
        await desk.press("J", "J")
        assert "With a note" in desk.screen.status.words
        assert "Nothing here yet" in desk.text
        await desk.press("K", "K", "K")
        assert len(desk.titles) == 5


async def test_sidebar_counts_live(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("u", "s")
        counts = {entry.title: entry.count for entry in desk.screen.sidebar.entries}
        assert counts["Unread"] == 4
        assert counts["Starred"] == 1
        assert counts["#chips"] == 0


async def test_zoom_gives_the_reader_the_screen(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("z")
        assert desk.screen.reader.size.width == 200
        await desk.press("z")
        assert desk.screen.reader.size.width < 120
        await desk.press("z", "escape")
        assert not desk.screen.zoomed


async def test_copying(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("y")
        assert desk.app.clipboard == "https://example.org/en/1"
        await desk.press("Y")
        assert desk.app.clipboard == (f"“{CHIP}” Island Post, 2026-11-22. https://example.org/en/1")


async def test_browsing_opens_the_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browser(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browser)
    async with open_desk(home) as desk:
        await desk.press("o")
        assert opened == ["https://example.org/en/1"]


@pytest.mark.parametrize(
    "address", ["", "file:///etc/passwd", "javascript:alert(1)", "-n", "https:", "http://[::1"]
)
def test_nothing_but_the_web_is_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    said = open_address(address)
    assert isinstance(said, Said)
    assert said.warning
    assert opened == []


async def test_export_writes_markdown(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("e")
        (written,) = (home / "exports").iterdir()
        assert f"# {CHIP}" in written.read_text(encoding="utf-8")
        assert any(str(written) in toast for toast in desk.toasts)


async def test_quit_closes_at_the_top_level_only(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("enter", "q")
        assert desk.app.is_running
        assert desk.screen.pane == "list"
        await desk.pilot.press("q")
        assert desk.app.return_code == 0 or desk.app._exit


async def test_panes_by_tab(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("tab")
        assert desk.screen.pane == "reader"
        await desk.press("tab")
        assert desk.screen.pane == "sidebar"
        await desk.press("j", "j", "enter")
        assert desk.screen.pane == "list"
        assert "Starred" in desk.screen.status.words


async def test_changes_by_others_arrive_and_the_cursor_stays(home: Path, tmp_path: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j")
        here = desk.screen.articles.current
        source = tmp_path / "new.jsonl"
        source.write_text(
            '{"title": "Newest of all", "text": "Fresh.", "published": "2026-11-22T03:00:00Z"}\n'
        )
        with stored(home) as other:
            other.add([str(source)])
        desk.app.look_for_changes()
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 6)
        assert desk.screen.articles.current == here
        assert desk.screen.articles.cursor == 2
        await desk.until(lambda: "Newest of all" in desk.text)
