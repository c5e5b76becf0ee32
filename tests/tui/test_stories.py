"""A story by language: seen, read, compared, parted and joined from the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.cells import cell_len

from digest.config.settings import Config, Ui
from digest.tui.keys import PRESETS, resolve
from digest.tui.screens.desk import DeskScreen
from digest.tui.screens.pair import PairScreen
from digest.tui.screens.story import StoryScreen
from tests.tui.desk import AT_ONCE, NEVER_READ, Desk, open_desk
from tests.tui.stories import CHINESE, CHIPS, ENGLISH, JAPANESE, STORIES


async def opened(desk: Desk, *keys: str) -> StoryScreen:
    """Open the story of the article under the cursor."""
    await desk.press(*keys, "\\")
    screen = desk.app.screen
    assert isinstance(screen, StoryScreen)
    await desk.until(lambda: screen.story is not None)
    return screen


def told(desk: Desk, article: int) -> list[int]:
    (row,) = desk.library.rows([article])
    assert row.story is not None
    return [one.id for one in desk.library.stories.story(row.story).articles]


async def test_a_column_per_language_says_who_was_first_and_what_each_stresses(
    stories: Path,
) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        text = desk.text
        heads = next(line for line in desk.lines() if "EN" in line)
        assert heads.index("EN") < heads.index("繁") < heads.index("日")
        for words in ("first", "1 hour later", "21 hours later", "11-21 11:00 Strait Herald"):
            assert words in text
        assert "The coast guards met in Taipei" in text
        assert "Figures that differ" in text
        assert "40 officers   EN Strait Herald" in text
        assert "50名   繁 海峽報" in text
        assert "Named here only: Keelung" in text
        assert screen.story is not None
        english = screen.story.columns[0].reports[0]
        said = [english.row.title[one.start : one.end] for one in english.stressed]
        assert said == ["agree"]  # hotline is 熱線 and ホットライン, the rest are names


async def test_who_has_not_reported_it_is_said(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk, "G")
        assert "No Chinese report yet." in desk.text
        assert "No Japanese report yet." in desk.text
        assert "1 report " in desk.text


async def test_narrow_screens_show_one_language_at_a_time(stories: Path) -> None:
    async with open_desk(stories, size=(80, 24), timing=NEVER_READ) as desk:
        await opened(desk)
        assert "台湾と日本の海保" in desk.text
        assert "台日海巡" not in desk.text
        await desk.press("h")
        assert "台日海巡設立熱線" in desk.text
        assert "台湾と日本の海保" not in desk.text
        await desk.press("l", "l")
        assert "agree on a hotline" in desk.text


async def test_no_line_is_wider_than_the_screen(stories: Path) -> None:
    for size in ((80, 24), (100, 30), (120, 40)):
        async with open_desk(stories, size=size, timing=NEVER_READ) as desk:
            screen = await opened(desk)
            for line in screen.lines._lines:
                assert sum(cell_len(part.text) for part in line) <= size[0]


async def test_enter_opens_the_article_and_the_list_stays(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("h", "enter")
        assert isinstance(desk.app.screen, DeskScreen)
        assert desk.screen.pane == "reader"
        await desk.until(lambda: "會後並參訪基隆港" in desk.text)
        assert desk.screen.status.words.startswith("Unread")


async def test_what_the_list_does_not_have_is_opened_in_the_list_of_its_story(
    stories: Path,
) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        desk.library.mark([ENGLISH], "read")
        await desk.press("ctrl+l")
        await opened(desk)
        await desk.press("h", "h", "enter")
        await desk.until(lambda: desk.screen.reading.article is not None)
        await desk.until(lambda: "Fishing boats often lose" in desk.text)
        assert desk.screen.pane == "reader"
        assert desk.screen.status.words.startswith("Story ")
        await desk.press("escape")
        assert len(desk.titles) == 3


async def test_two_articles_stand_side_by_side_and_become_read(stories: Path) -> None:
    async with open_desk(stories, timing=AT_ONCE) as desk:
        await opened(desk)
        await desk.press("h", "space", "h", "space", "c")
        assert isinstance(desk.app.screen, PairScreen)
        await desk.until(lambda: "Fishing boats" in desk.text and "參訪基隆港" in desk.text)
        await desk.until(lambda: len(desk.library.matching("is:read")[0]) == 2)
        await desk.press("tab", "enter")
        assert isinstance(desk.app.screen, DeskScreen)
        assert desk.screen.reading.wanted == CHINESE


async def test_without_ticks_the_other_article_is_of_another_language(stories: Path) -> None:
    async with open_desk(stories, size=(60, 24), timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("c")
        screen = desk.app.screen
        assert isinstance(screen, PairScreen)
        await desk.until(lambda: screen.readers[1].article is not None)
        left, right = (reader.article for reader in screen.readers)
        assert left is not None
        assert right is not None
        assert (left.id, right.id) == (JAPANESE, ENGLISH)
        await desk.press("J", "j", "space", "K", "escape", "escape")
        assert isinstance(desk.app.screen, DeskScreen)


async def test_parting_and_taking_it_back(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        await desk.press("h", "space", "S")
        await desk.until(lambda: told(desk, ENGLISH) == [ENGLISH, JAPANESE])
        assert told(desk, CHINESE) == [CHINESE]
        await desk.until(lambda: "No Chinese report yet." in desk.text)
        assert any("1 report is story" in toast for toast in desk.toasts)
        await desk.press("ctrl+z")
        await desk.until(lambda: len(told(desk, ENGLISH)) == 3)
        await desk.until(lambda: "台日海巡" in desk.text)
        await desk.press("ctrl+y")
        await desk.until(lambda: "台日海巡" not in desk.text)
        assert screen.is_attached


async def test_the_last_report_cannot_be_parted(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk, "G")
        await desk.press("S")
        assert "Leave some report in the story." in desk.toasts


async def test_another_story_is_chosen_and_joined(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await opened(desk)
        await desk.press("m")
        await desk.until(lambda: "Join which story to this one?" in desk.text)
        await desk.type("chip")
        assert "Chip makers look for engineers" in desk.text
        await desk.press("enter")
        await desk.until(lambda: CHIPS in told(desk, ENGLISH))
        await desk.until(lambda: "Chip makers look" in desk.text)
        await desk.press("ctrl+z")
        await desk.until(lambda: told(desk, CHIPS) == [CHIPS])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("story x", "Name a story by its number: :story 12"),
        ("story 999999", "there is no story 999999; 'digest show ID --json' names an article's"),
    ],
)
async def test_what_is_no_story_is_said(stories: Path, typed: str, said: str) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        await desk.press(":")
        await desk.type(typed)
        await desk.press("enter")
        await desk.until(lambda: said in desk.toasts or said in desk.text)


async def test_a_story_by_its_number(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        (row,) = desk.library.rows([CHIPS])
        await desk.press(":")
        await desk.type(f"story {row.story}")
        await desk.press("enter")
        await desk.until(lambda: "Chip makers look for engineers" in desk.text)
        assert f"Story {row.story} " in desk.text


async def test_the_palette_has_what_the_keys_of_the_screen_do(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        await desk.press("ctrl+p")
        await desk.type("tick the report")
        await desk.until(lambda: "Tick the report, to compare or part it (Space  v)" in desk.text)
        await desk.press("enter")
        await desk.until(lambda: screen.ticked == {JAPANESE})


async def test_the_foot_names_the_readers_own_key(stories: Path) -> None:
    config = Config(keys={"sidebar.next": "ctrl+n"})
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        await opened(desk)
        await desk.press("c")
        assert isinstance(desk.app.screen, PairScreen)
        assert "Ctrl-N both" in desk.text


@pytest.mark.parametrize("preset", PRESETS)
async def test_the_keys_of_the_presets_work_there(stories: Path, preset: str) -> None:
    assert resolve(preset).first("story.compare") == "\\"
    async with open_desk(
        stories, config=Config(ui=Ui(keys=preset)), timing=NEVER_READ, size=(80, 24)
    ) as desk:
        screen = await opened(desk)
        await desk.press("left", "space", "down", "up")
        assert screen.ticked == {CHINESE}
        await desk.press("\\")
        assert isinstance(desk.app.screen, DeskScreen)


def add(desk: Desk, folder: Path, *pieces: Mapping[str, object]) -> list[int]:
    """Bring articles in; returns their ids."""
    source = folder / "more.jsonl"
    lines = (json.dumps(piece, ensure_ascii=False) for piece in pieces)
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [one.id for one in desk.library.add([str(source)]).added]


async def test_a_reprint_stands_in_its_column_and_can_be_opened(
    stories: Path, tmp_path: Path
) -> None:
    text = "\n\n".join(f"The delegation visited pier {n} of Keelung harbour." for n in range(30))
    first = {
        **STORIES[0],
        "title": "A delegation in Keelung",
        "text": text,
        "url": "https://a.example/",
    }
    second = first | {"text": f"{text}\n\nBy wire.", "url": "https://b.example/", "feed": "Other"}
    async with open_desk(stories, timing=NEVER_READ) as desk:
        original, copy = add(desk, tmp_path, first, second)
        assert [row.copy_of for row in desk.library.rows([original, copy])] == [None, original]
        (row,) = desk.library.rows([original])
        await desk.press(":")
        await desk.type(f"story {row.story}")
        await desk.press("enter")
        await desk.until(lambda: "copy of another report" in desk.text)
        await desk.press("j", "enter")
        await desk.until(lambda: desk.screen.reading.wanted == copy)
        assert desk.screen.pane == "reader"


async def test_what_came_in_without_a_story_gets_one_when_it_is_opened(
    stories: Path, tmp_path: Path
) -> None:
    later = {
        "title": "Taiwan and Japan open coast guard hotline",
        "text": "The hotline between the coast guards of Taiwan and Japan, agreed in Taipei, "
        "opened. It will help rescue at sea.",
        "lang": "en",
        "url": "https://herald.example/9",
        "published": "2026-11-22T03:30:00Z",
        "feed": "Harbour Weekly",
    }
    async with open_desk(stories, timing=NEVER_READ) as desk:
        [new] = add(desk, tmp_path, later)
        with desk.library._database.write() as db:  # as a fetch in the background leaves it
            db.execute("UPDATE articles SET story_id = NULL WHERE id = ?", (new,))
        await opened(desk)
        assert "Harbour Weekly" in desk.text
        assert new in told(desk, ENGLISH)
