"""Search as you type, saved views, completion, problems."""

import threading
from pathlib import Path
from typing import Any

import pytest

from digest.config.settings import Config
from digest.errors import Cancelled
from digest.library import Library
from digest.library.values import Listing
from tests.tui.desk import ARTICLES, NEVER_READ, open_desk


async def test_search_narrows_as_it_is_typed(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("ferry")
        await desk.until(lambda: desk.titles == ["Ferry between Keelung and Naha sails again"])
        assert "1 hit," in desk.text
        assert "sails twice a week" in desk.text


async def test_escape_restores_the_list_and_the_place(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "slash")
        await desk.type("ferry")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 1)
        await desk.press("escape")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 5)
        assert desk.screen.articles.cursor == 2
        assert desk.screen.status.words.startswith("Unread")
        assert not desk.screen.search_bar.display


async def test_variants_find_each_other(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("台湾")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) >= 2)
        assert {"台日簽署半導體合作備忘錄", "台湾と日本、半導体で覚書"} <= set(desk.titles)


async def test_enter_goes_to_the_hits_and_n_moves_among_them(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        await desk.press("slash")
        await desk.type("=wafers")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 1)
        await desk.press("enter")
        assert desk.screen.pane == "list"
        await desk.press("enter")
        await desk.until(lambda: len(desk.screen.reader.page.hits) >= 40)
        await desk.press("n")
        assert desk.screen.reader.hit == 0
        await desk.press("n")
        assert desk.screen.reader.hit == 1
        await desk.press("N", "N")
        assert desk.screen.reader.hit == len(desk.screen.reader.page.hits) - 1
        assert desk.screen.reader.scroll_offset.y > 0
        await desk.press("h", "escape")
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 5)


async def test_a_problem_shows_its_place_and_the_rest_is_answered(home: Path) -> None:
    async with open_desk(home, size=(80, 24)) as desk:
        await desk.press("slash")
        await desk.type("ferry is:purple")
        await desk.until(lambda: "^" in desk.text)
        lines = desk.lines()
        caret = next(at for at, line in enumerate(lines) if line.strip() == "^")
        row = lines[caret - 1]
        assert lines[caret].index("^") == row.index("is:purple")
        assert desk.titles


async def test_tab_completes_fields_and_tags(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("ta")
        assert "tag:" in desk.text
        await desk.press("tab")
        assert desk.screen.search_bar.text == "tag:"
        await desk.type("c")
        await desk.press("tab")
        assert desk.screen.search_bar.text == "tag:chips "
        await desk.until(lambda: len(desk.screen.articles.shelf.ids) == 1)


async def test_a_search_is_saved_as_a_view(home: Path) -> None:
    async with open_desk(home, size=(200, 50)) as desk:
        await desk.press("slash")
        await desk.type("ferry")
        await desk.press("enter", "@")
        await desk.type("Ships")
        await desk.press("enter")
        await desk.until(
            lambda: any(entry.title == "Ships" for entry in desk.screen.sidebar.entries)
        )
        assert (home / "config.toml").read_text(encoding="utf-8").count("Ships") == 1


async def test_nothing_found_says_what_to_do(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("tag:nosuchtag")
        await desk.until(lambda: "Nothing matches" in desk.text)


async def test_a_search_from_the_command_line(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press(":")
        await desk.type("search lang:ja")
        await desk.press("enter")
        await desk.until(lambda: desk.titles == ["台湾と日本、半導体で覚書"])
        assert desk.screen.pane == "list"


async def test_undo_is_not_the_librarys_while_a_query_is_typed(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("s", "slash", "ctrl+z")
        with Library.open(home, Config()) as library:
            assert len(library.matching("is:starred")[0]) == 1


async def test_more_like_this_lists_what_is_like_the_article_under_the_cursor(home: Path) -> None:
    async with open_desk(home) as desk:
        first = desk.screen.articles.current
        desk.screen.do("article.like")
        await desk.settle()
        assert desk.screen.listing.shown.query == f"like:{first}"
        assert first not in desk.screen.articles.shelf.ids


async def test_the_status_line_says_how_far_the_vectors_are(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(home) as desk:
        monkeypatch.setattr(desk.library.meaning, "progress", (1200, 20000))
        desk.app.look_for_changes()
        await desk.settle()
        assert "Reading for meaning: 1,200 of 20,000" in desk.screen.status.words
        monkeypatch.setattr(desk.library.meaning, "progress", None)
        desk.app.look_for_changes()
        await desk.settle()
        assert "meaning" not in desk.screen.status.words


async def test_the_status_line_says_how_far_the_index_is(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_desk(home) as desk:
        monkeypatch.setattr(desk.library._indexer, "progress", (3000, 20000))
        desk.app.look_for_changes()
        await desk.settle()
        assert "Making the index: 3,000 of 20,000" in desk.screen.status.words
        assert desk.titles  # what is listed stays


async def test_what_does_not_match_strictly_says_what_brought_it(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("ferry purple")
        await desk.until(lambda: "some words" in desk.text)
        await desk.press("escape", "slash")
        await desk.type("ferry")
        await desk.until(lambda: len(desk.titles) == 1)
        assert "some words" not in desk.text


async def test_the_next_key_ends_the_search_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    ended: list[str] = []
    async with open_desk(home) as desk:
        listing = desk.library.listing

        def held(query: str, **how: Any) -> Listing:
            if query == "fer":
                begun.set()
                go_on.wait(30)
            try:
                return listing(query, **how)
            except Cancelled:
                ended.append(query)
                raise

        monkeypatch.setattr(desk.library, "listing", held)
        await desk.press("slash")
        for sign in "fer":
            desk.send(sign)
        while not begun.is_set():
            await desk.pilot.pause()
        for sign in "ry":
            desk.send(sign)
        while desk.titles != ["Ferry between Keelung and Naha sails again"]:
            await desk.pilot.pause()
        go_on.set()
        await desk.until(lambda: ended == ["fer"])
        assert desk.titles == ["Ferry between Keelung and Naha sails again"]


async def test_a_misspelt_word_is_put_right_with_a_click(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("ferrry")
        await desk.until(lambda: "Did you mean: ferry" in desk.text)
        await desk.pilot.click("#search-help")
        await desk.until(lambda: desk.titles == ["Ferry between Keelung and Naha sails again"])
        assert desk.screen.search_bar.text == "ferry "
        assert desk.screen.search_bar.typing


async def test_a_misspelt_word_is_put_right_with_one_key(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("ferrry")
        await desk.until(lambda: "Did you mean: ferry" in desk.text)
        await desk.press("tab")
        await desk.until(lambda: desk.titles == ["Ferry between Keelung and Naha sails again"])
        assert desk.screen.search_bar.text == "ferry "


async def test_a_search_shows_its_languages_and_its_course(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("slash")
        await desk.type("semiconductor")
        await desk.until(lambda: "EN 1  日 1  繁 1" in desk.screen.status.words)
        assert "2026-11-21 █▄" in desk.screen.status.words
        await desk.press("enter", "a")
        await desk.until(lambda: "Esc close the note" in desk.lines()[-1])
        assert "█▄" not in desk.screen.status.words
        await desk.press("escape", "h")
        await desk.until(lambda: "2026-11-21 █▄" in desk.screen.status.words)
        await desk.press("escape")
        await desk.until(lambda: "en 1" not in desk.screen.status.words)


async def test_what_was_found_leaves_room_for_the_query(home: Path) -> None:
    async with open_desk(home, size=(80, 24)) as desk:
        await desk.press("slash")
        await desk.type("ferry")
        await desk.until(lambda: "1 hit" in desk.text and " ms" in desk.text)
        await desk.type(" OR (semiconductor lang:en,ja,zh newer:30d) OR wafer OR memorandum")
        await desk.until(lambda: "4 hits" in desk.text)
        assert " ms" not in desk.text
        await desk.pilot.resize_terminal(138, 30)
        await desk.until(lambda: "4 hits" in desk.text)


async def test_what_comes_in_one_burst_with_the_slash_is_searched(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        for sign in "/sus":
            desk.send(sign)
        await desk.until(lambda: desk.screen.search_bar.text == "sus")
        assert desk.library.matching("is:starred")[0] == []
        assert desk.library.counts().unread == len(ARTICLES)


async def test_a_tag_in_one_burst_is_typed_into_the_box(home: Path) -> None:
    async with open_desk(home, timing=NEVER_READ) as desk:
        for key in ("t", "s", "e", "a", "enter"):
            desk.send(key)
        await desk.until(lambda: ("sea", 1) in desk.library.tags())
        assert desk.library.matching("is:starred")[0] == []
