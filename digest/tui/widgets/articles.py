"""The list of articles: any number of rows, of which only the visible ones are loaded and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from digest.model import Summary
from digest.tui.rendering.dates import day_in_words, day_of
from digest.tui.rendering.parts import Part
from digest.tui.rendering.rows import (
    Columns,
    Head,
    blank_parts,
    columns,
    day_parts,
    head_parts,
    row_parts,
    snippet_parts,
)
from digest.tui.rendering.shelf import KEPT, Shelf
from digest.tui.widgets.line_view import LineView

if TYPE_CHECKING:
    from digest.library.values import Passages


class ArticleList(LineView, can_focus=True):
    """Articles one under the other, grouped by day where they are in order of time.

    What it lacks it asks for with `RowsWanted` and `PassagesWanted`, one window at a time.

    Attributes:
        cursor: the index of the article that keys act on.
        now: the time by which a day is today.
        empty_words: what an empty list says; lines with line feeds between them.
    """

    @dataclass
    class Moved(Message):
        """The cursor is on another article (None in an empty list)."""

        id: int | None

    @dataclass
    class Chosen(Message):
        """An article was clicked twice, or once where the cursor was."""

        id: int

    @dataclass
    class RowsWanted(Message):
        """These rows are about to be seen."""

        ids: Sequence[int]

    @dataclass
    class PassagesWanted(Message):
        """The passages of these rows are about to be seen."""

        ids: Sequence[int]

    def __init__(self, zone: tzinfo = UTC, *, name: str = "") -> None:
        super().__init__(name=name)
        self.now = datetime.now(UTC)
        self.empty_words = ""
        self.cursor = 0
        self.shelf = Shelf(zone)
        self._anchor: int | None = None
        self._asking = self._asking_passages = False

    # what is shown --------------------------------------------------------------------------

    def show(
        self,
        ids: Sequence[int],
        *,
        strict: int | None = None,
        searched: bool = False,
        keep: bool = False,
        rows: Iterable[Summary] = (),
        brought: Mapping[int, str] | None = None,
        heads: Mapping[int, Head] | None = None,
    ) -> None:
        """Show these articles.

        Args:
            ids: in order.
            strict: how many of them match strictly; all of them when None.
            searched: rows get a second line for a passage, and no days.
            keep: the cursor stays on its article, and that on its line of the screen.
            rows: rows that are known already.
            brought: of each related article what brought it, a `match` of the library.
            heads: what stands above each group by the index of its first article, in order; days
                without.
        """
        here = self.current if keep else None
        line = self.shelf.geometry.line_of(self.cursor) - self.scroll_offset.y
        number = len(ids) if strict is None else strict
        self.shelf.put(
            ids, strict=number, searched=searched, keep=keep, brought=brought, heads=heads
        )
        self.shelf.take(rows)
        anchor = self._anchor is not None and keep
        self.cursor = self.shelf.index(here, self.cursor if keep else 0)
        self._anchor = self.cursor if anchor else None
        self._asking = self._asking_passages = False
        self.shelf.find_days(range(len(ids)) if len(ids) <= KEPT else self.shelf.near(self.cursor))
        self._resize()
        self.to_line(self.shelf.geometry.line_of(self.cursor) - line if keep else 0)
        if keep and not 0 <= line < self.size.height:
            # Somebody has scrolled away from the cursor to look at something else.
            self.want()
        else:
            self._follow()
        self.refresh()
        self.post_message(self.Moved(self.current))

    def supply(self, asked: Iterable[int], rows: Iterable[Summary]) -> None:
        """Take rows that were asked for; what is missing of them is gone from the library."""
        self._asking = False
        before, lines = self.shelf.geometry.line_of(self.cursor), self.shelf.geometry.total
        changed = self.shelf.take(rows, asked)
        self.shelf.find_days(self.shelf.near(self.cursor))
        self.shelf.find_days(self._visible())
        if self.shelf.geometry.total != lines:
            self._resize()
            self.refresh()
        if moved := self.shelf.geometry.line_of(self.cursor) - before:
            self.to_line(self.scroll_offset.y + moved)
        self.shelf.forget(self._visible(spare=self.size.height * 4))
        self._redraw(changed)
        self.want()

    def _redraw(self, idents: set[int]) -> None:
        """Draw anew, if one of these articles is on the screen."""
        if any(self.shelf.ids[at] in idents for at in self._visible()):
            self.refresh()

    def supply_passages(self, passages: Mapping[int, Passages]) -> None:
        """Take passages that were asked for."""
        self._asking_passages = False
        self.shelf.take_passages(passages)
        self.refresh()
        self.want()

    def update_rows(self, rows: Iterable[Summary]) -> None:
        """Take what has changed of rows that are shown."""
        self._redraw(self.shelf.take(rows))

    def keep_visible_rows(self) -> list[int]:
        """Drop the rows that are not on the screen; returns those that are."""
        visible = self._visible()
        self.shelf.forget(visible, most=0)
        return self.shelf.loaded(visible)

    # the cursor -----------------------------------------------------------------------------

    @property
    def current(self) -> int | None:
        """The article under the cursor, None in an empty list."""
        return self.shelf.ids[self.cursor] if self.cursor < len(self.shelf.ids) else None

    @property
    def selected(self) -> list[int]:
        """The selected articles, or the one under the cursor."""
        if self._anchor is None:
            return [] if self.current is None else [self.current]
        first, last = sorted((self._anchor, self.cursor))
        return list(self.shelf.ids[first : last + 1])

    @property
    def selecting(self) -> bool:
        """Whether several articles are being selected."""
        return self._anchor is not None

    def select(self, *, on: bool) -> None:
        """Begin a selection at the cursor, or end it."""
        self._anchor = self.cursor if on and self.shelf.ids else None
        self.refresh()

    def go(self, index: int) -> None:
        """Put the cursor on the article at `index`, or the nearest there is."""
        index = max(0, min(index, len(self.shelf.ids) - 1))
        if index == self.cursor or not self.shelf.ids:
            return
        before, self.cursor = self.cursor, index
        if self._anchor is None:
            for at in (before, index):
                self.refresh_lines(self.shelf.geometry.line_of(at), self.shelf.geometry.height)
        else:
            self.refresh()
        self._follow()
        self.post_message(self.Moved(self.current))

    @property
    def page(self) -> int:
        """How many articles fit the screen, less one for context."""
        return max(1, self.size.height // self.shelf.geometry.height - 1)

    # drawing --------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        grid = columns(
            self.scrollable_content_region.width,
            grouped=not self.shelf.searched and self.shelf.heads is None,
        )
        place = self.shelf.geometry.at(y + self.scroll_offset.y)
        if place is None:
            return self._empty_line(y, grid.total)
        if place.line < 0:
            return self._day_line(place.row, grid)
        ident = self.shelf.ids[place.row]
        row = self.shelf.row(ident)
        over = self._over(place.row)
        if row is None:
            parts = blank_parts(grid.total, cursor=place.row == self.cursor and place.line == 0)
            return self.strip(parts, grid.total, *over)
        passages = self.shelf.passages(ident)
        if place.line == 1:
            brought = self.shelf.brought.get(ident, "")
            parts = snippet_parts(passages.body if passages else None, grid, brought)
        else:
            parts = row_parts(
                row,
                grid,
                self.shelf.zone,
                cursor=place.row == self.cursor,
                selected=self._is_selected(place.row),
                title_marks=passages.title.marks if passages else (),
            )
        related = () if place.row < self.shelf.strict else ("related",)
        return self.strip(
            parts, grid.total, *related, *over, under="read" if row.read else "unread"
        )

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = self.empty_words.split("\n") if not self.shelf.ids else []
        parts = [Part(f"  {lines[y - 1]}", "about")] if 1 <= y <= len(lines) else []
        return self.strip(parts, width)

    def _day_line(self, index: int, grid: Columns) -> Strip:
        if self.shelf.heads is not None:
            head = self.shelf.heads.get(index)
            return self.strip(head_parts(head, grid.total) if head else [], grid.total)
        row = self.shelf.row(self.shelf.ids[index])
        words = ""
        if row is not None:
            zone = self.shelf.zone
            words = day_in_words(day_of(row.at, zone), day_of(self.now, zone))
        return self.strip(day_parts(words, grid.total), grid.total)

    def _over(self, index: int) -> tuple[str, ...]:
        over = ("selected",) if self._is_selected(index) else ()
        if index != self.cursor:
            return over
        return (*over, "cursor" if self.has_focus else "current")

    def _is_selected(self, index: int) -> bool:
        if self._anchor is None:
            return False
        first, last = sorted((self._anchor, self.cursor))
        return first <= index <= last

    # windows --------------------------------------------------------------------------------

    def want(self) -> None:
        """Ask for what the screen is about to show and does not have."""
        if not self._asking and (
            lacking := self.shelf.lacking(self._visible(spare=self.size.height))
        ):
            self._asking = True
            self.post_message(self.RowsWanted(lacking))
        if not self._asking_passages and (
            blank := self.shelf.lacking_passages(self._visible(spare=4))
        ):
            self._asking_passages = True
            self.post_message(self.PassagesWanted(blank))

    def _visible(self, spare: int = 0) -> range:
        """The indexes on the screen, and `spare` lines above and below it."""
        top = self.scroll_offset.y
        return self.shelf.between(top - spare, top + max(1, self.size.height) + spare)

    def _resize(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, self.shelf.geometry.total)

    def _follow(self) -> None:
        """Scroll as little as needed to have the cursor, with its day line, on the screen."""
        if self.shelf.ids and self.size.height:
            geometry = self.shelf.geometry
            top = geometry.top_of(self.cursor)
            bottom = geometry.line_of(self.cursor) + geometry.height
            if top < self.scroll_offset.y:
                self.to_line(top)
            elif bottom > self.scroll_offset.y + self.size.height:
                self.to_line(bottom - self.size.height)
        self.want()

    # events ---------------------------------------------------------------------------------

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for rows wherever the screen is moved to."""
        super().watch_scroll_y(old_value, new_value)
        self.want()

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self._resize()
        self._follow()

    def on_focus(self) -> None:
        """Draw the cursor as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the cursor as resting."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to what was clicked; open it when it is there already."""
        place = self.shelf.geometry.at(event.y + self.scroll_offset.y)
        if place is None:
            return
        again = place.row == self.cursor or event.chain > 1
        self.go(place.row)
        if again and self.current is not None:
            self.post_message(self.Chosen(self.current))
