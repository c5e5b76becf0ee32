"""Queries plotted over time on the desk."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from digest.config.settings import Config, Ui
from digest.export.courses import Course
from digest.tui.rendering.parts import text_of
from digest.tui.rendering.plot import legend_lines, plot_lines
from digest.tui.screens.desk import DeskScreen
from digest.tui.screens.timeline import TimelineScreen
from tests.tui.desk import NEVER_READ, Desk, fill, open_desk
from tests.tui.stories import CHIPS


async def opened(desk: Desk, typed: str = "") -> TimelineScreen:
    if typed:
        await desk.press(":")
        await desk.type(f"plot {typed}")
        await desk.press("enter")
    else:
        await desk.press("T")
    screen = desk.app.screen
    assert isinstance(screen, TimelineScreen)
    await desk.until(lambda: screen._course is not None)
    return screen


def series(screen: TimelineScreen) -> dict[str, tuple[int, ...]]:
    assert screen._course is not None
    return dict(screen._course.series)


async def test_one_query_by_language_and_as_a_whole(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        await desk.press("d")
        await desk.until(lambda: screen._course is not None)
        assert series(screen) == {"en": (1, 1, 0), "ja": (0, 0, 1), "zh": (0, 1, 0)}
        for words in ("All articles", "EN  2   most 2026-11-20: 1", "日  1", "繁  1"):
            assert words in desk.text
        assert "2026-11-20" in desk.lines()[-4] or "2026-11-20" in desk.text.split("\n")[-4]
        await desk.press("s")
        await desk.until(lambda: screen._course is not None)
        assert series(screen) == {"": (1, 2, 1)}
        assert any("\u2801" <= sign <= "\u28ff" for sign in desk.text)


@pytest.mark.parametrize(
    ("days", "period"), [(0, "By day"), (42, "By day"), (43, "By week"), (1093, "By month")]
)
async def test_the_first_plot_goes_by_what_the_articles_span(
    tmp_path: Path, days: int, period: str
) -> None:
    home = tmp_path / "home"
    begin = date(2020, 1, 1)
    fill(
        home,
        [
            {"title": name, "text": f"What {name} says.", "published": f"{day}T04:00:00Z"}
            for name, day in (("One", begin), ("Other", begin + timedelta(days=days)))
        ],
    )
    async with open_desk(home, timing=NEVER_READ) as desk:
        await opened(desk)
        assert period in desk.text
        await desk.press("w")
        await desk.until(lambda: "By week" in desk.text)


async def test_several_queries_over_each_other(stories: Path) -> None:
    async with open_desk(stories, size=(80, 24), timing=NEVER_READ) as desk:
        screen = await opened(desk, '熱線 / "look for" / 沒有這個')
        await desk.press("d")
        await desk.until(lambda: screen._course is not None)
        assert list(series(screen)) == ["熱線", '"look for"', "沒有這個"]
        assert sum(series(screen)['"look for"']) == 1
        assert "› 1 " in desk.text
        await desk.press("s")
        assert "One query alone can be shown by language." in desk.toasts
        await desk.press("j", "x")
        await desk.until(lambda: screen._course is not None)
        assert list(series(screen)) == ["熱線", "沒有這個"]
        await desk.press("escape", "T")
        again = desk.app.screen
        assert isinstance(again, TimelineScreen)  # as it was left
        assert again.queries == ["熱線", "沒有這個"]


async def test_a_query_is_added_and_its_articles_are_listed(stories: Path) -> None:
    async with open_desk(stories, timing=NEVER_READ) as desk:
        screen = await opened(desk)
        await desk.press("a")
        await desk.type("Kumamoto")
        await desk.press("enter")
        await desk.until(lambda: screen._course is not None)
        assert screen.queries == ["Kumamoto"]
        await desk.press("m")
        await desk.until(lambda: "2026-11: 1" in desk.text)
        await desk.press("enter")
        assert isinstance(desk.app.screen, DeskScreen)
        await desk.until(lambda: len(desk.titles) == 1)
        assert desk.screen.articles.shelf.ids == [CHIPS]


async def test_what_is_wrong_with_a_query_is_said_and_nothing_is_no_plot(stories: Path) -> None:
    config = Config(ui=Ui(language="zh-Hant"))
    async with open_desk(stories, timing=NEVER_READ, config=config) as desk:
        screen = await opened(desk, "(xyzzy")
        assert desk.toasts
        assert "沒有可計算的文章。" in desk.text
        await desk.press("x")
        await desk.until(lambda: screen._course is not None)
        assert screen.queries == [""]


# drawing ----------------------------------------------------------------------------------------


def course(*rows: tuple[int, ...]) -> Course:
    periods = tuple(f"2026-{at:04}" for at in range(len(rows[0])))
    return Course(periods, {f"q{at}": row for at, row in enumerate(rows)})


def test_a_rise_goes_from_the_foot_at_the_left_to_the_top_at_the_right() -> None:
    lines = [text_of(line) for line in plot_lines(course((0, 4)), 20, 4)]
    assert lines[0].startswith(" 4 ")
    assert lines[3].startswith(" 0 ")
    assert lines[0].rstrip().endswith("1")
    assert lines[3][3] > "\u2800"
    assert lines[0][3] == " "
    assert lines[4].startswith("   2026-0000")


def test_lines_that_end_at_one_height_keep_their_numbers_apart() -> None:
    *rows, _axis = plot_lines(course((1, 2), (2, 2), (0, 2)), 20, 6)
    lines = [text_of(line)[-2:] for line in rows]
    assert sorted(line.strip() for line in lines if line.strip().isdigit()) == ["1", "2", "3"]


@pytest.mark.parametrize("number", [1, 2, 3, 7, 400])
@pytest.mark.parametrize("room", [20, 78, 118])
def test_no_line_is_wider_than_the_room(number: int, room: int) -> None:
    found = course(tuple(range(number)), tuple(reversed(range(number))), (10_000,) * number)
    titles = {"q0": "台湾有事" * 30, "q1": "x"}
    lines = [*plot_lines(found, room, 8), *legend_lines(found, titles, room, 0)]
    assert max(cell_len(text_of(line)) for line in lines) <= room


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.integers(0, 10**9), min_size=5, max_size=5), min_size=1, max_size=9))
def test_any_counts_are_drawn(rows: list[list[int]]) -> None:
    made = plot_lines(course(*map(tuple, rows)), 60, 5)
    assert len(made) == (6 if any(map(any, rows)) else 0)
