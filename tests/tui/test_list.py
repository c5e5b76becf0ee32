"""The list with very many rows: what is drawn and loaded is what is seen."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.strip import Strip

from digest.model import Summary
from digest.tui.rendering.geometry import Geometry
from digest.tui.rendering.merging import merged
from digest.tui.widgets.articles import ArticleList

MANY = 100_000
START = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(ident: int) -> Summary:
    at = START - timedelta(minutes=37 * ident)
    return Summary(
        id=ident,
        title=f"Article {ident}",
        url="",
        feed="Feed",
        author="",
        lang="en",
        published=at,
        fetched=at,
        read=False,
        starred=False,
        noted=False,
    )


class Harness(App[None]):
    """A list alone, with a store that counts what is asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.list = ArticleList(UTC)
        self.asked: list[Sequence[int]] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_article_list_rows_wanted(self, message: ArticleList.RowsWanted) -> None:
        self.asked.append(message.ids)
        self.list.supply(message.ids, [row(ident) for ident in message.ids])

    @property
    def loaded(self) -> int:
        return sum(len(ids) for ids in self.asked)

    def top(self) -> list[str]:
        return [self.list.render_line(y).text for y in range(self.list.size.height)]


async def test_only_what_is_seen_is_loaded() -> None:
    app = Harness()
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.show(range(1, MANY + 1))
        await pilot.pause()
        assert app.list.virtual_size.height >= MANY
        assert app.loaded < 200
        assert any("Article 1 " in line for line in app.top())
        app.list.go(MANY - 1)
        await pilot.pause()
        assert app.loaded < 400
        assert any(f"Article {MANY} " in line for line in app.top())
        app.list.go(MANY // 2)
        await pilot.pause()
        await pilot.pause()
        assert app.loaded < 600
        cursor = next(line for line in app.top() if line.startswith("›"))
        assert f"Article {MANY // 2 + 1} " in cursor


async def test_drawing_asks_only_for_the_lines_of_the_screen() -> None:
    drawn: list[int] = []

    class Counting(ArticleList):
        def render_line(self, y: int) -> Strip:
            drawn.append(y)
            return super().render_line(y)

    app = Harness()
    app.list = Counting(UTC)
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.show(range(1, MANY + 1))
        await pilot.pause()
        assert max(drawn) < 24
        drawn.clear()
        app.list.go(1)
        await pilot.pause()
        # A step of the cursor draws its two rows, not the screen.
        assert len(drawn) <= 4


async def test_new_articles_do_not_move_what_is_read() -> None:
    app = Harness()
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.show(range(100, 400))
        await pilot.pause()
        app.list.go(50)
        await pilot.pause()
        line = next(at for at, text in enumerate(app.top()) if text.startswith("›"))
        here = app.list.current
        app.list.show(range(1, 400), keep=True)
        await pilot.pause()
        await pilot.pause()
        assert app.list.current == here
        assert next(at for at, text in enumerate(app.top()) if text.startswith("›")) == line


async def test_days_are_learnt_while_scrolling_and_rows_stay_in_order() -> None:
    app = Harness()
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.now = START
        app.list.show(range(1, 501))
        await pilot.pause()
        for _ in range(60):
            app.list.go(app.list.cursor + app.list.page)
            await pilot.pause()
        seen = [
            int(text.split("Article ")[1].split()[0]) for text in app.top() if "Article" in text
        ]
        assert seen == list(range(seen[0], seen[0] + len(seen)))
        assert seen[-1] == 500
        assert any("November" in text for text in app.top())


@given(
    st.integers(1, 60),
    st.integers(1, 2),
    st.sets(st.integers(0, 59)),
)
def test_geometry_agrees_with_itself(rows: int, height: int, days: set[int]) -> None:
    geometry = Geometry(rows, height)
    for day in days:
        if day < rows:
            geometry.add_day(day)
    lines = [geometry.at(line) for line in range(geometry.total)]
    assert geometry.at(geometry.total) is None
    expected: list[tuple[int, int]] = []
    for index in range(rows):
        if index in days:
            expected.append((index, -1))
        expected += [(index, line) for line in range(height)]
    assert [tuple(place) for place in lines if place is not None] == expected
    for index in range(rows):
        assert lines[geometry.line_of(index)] == (index, 0)


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_merging_loses_nothing_and_keeps_the_fresh_order(
    shown: list[int], fresh: list[int]
) -> None:
    result = merged(shown, fresh)
    assert sorted(result) == sorted({*shown, *fresh})
    assert [ident for ident in result if ident in set(fresh)] == fresh


async def test_a_refresh_leaves_alone_who_has_scrolled_away() -> None:
    app = Harness()
    async with app.run_test(size=(80, 24)) as pilot:
        app.list.show(range(100, 400))
        await pilot.pause()
        app.list.to_line(150)
        await pilot.pause()
        before = app.top()
        app.list.show(range(100, 401), keep=True)
        await pilot.pause()
        assert app.top() == before
