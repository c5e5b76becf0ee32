"""The reader: one article, laid out for the width there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, tzinfo
from typing import ClassVar, NamedTuple

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from digest.anchors import Extent, Quote, quote_of, whole
from digest.model import Article, Block, Mark
from digest.tui.i18n import _
from digest.tui.inks import READING, Inks
from digest.tui.rendering.article import Page, lay_out
from digest.tui.rendering.parts import Part
from digest.tui.rendering.selecting import (
    Paint,
    Point,
    between,
    painted,
    paints,
    point_at,
    word_at,
)
from digest.tui.widgets.line_view import LineView

COLUMNS = 72
_MARGIN = 2
_CONTEXT = 2


class ReadingPlace(NamedTuple):
    """Where the top of the screen is in an article."""

    block: int
    offset: int


def _moved(place: ReadingPlace, before: Sequence[Block], after: Sequence[Block]) -> ReadingPlace:
    """The same place where other blocks of an article are shown than before."""
    if not 0 <= place.block < len(before):
        return place
    same = [at for at, block in enumerate(after) if block == before[place.block]]
    nearest = min(same, key=lambda at: abs(at - place.block), default=place.block)
    return place._replace(block=nearest)


class Reader(LineView, can_focus=True):
    """Shows an article in lines of at most `COLUMNS` cells, centred.

    The place in each article is remembered in `places`.
    """

    ALLOW_SELECT = False  # passages are selected here, in places of the article's own text
    INKS: ClassVar[Inks] = READING

    class Selected(Message):
        """A passage was selected with the mouse, or given up."""

    def __init__(self, zone: tzinfo = UTC, *, name: str = "") -> None:
        super().__init__(name=name)
        self.zone = zone
        self.article: Article | None = None
        self.page = Page(COLUMNS)
        self.hit = -1
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self.places: dict[int, ReadingPlace] = {}
        self.selection: Extent | None = None
        self._blocks: tuple[int, int] | None = None
        self._pressed: Point | None = None
        self._kept: dict[int, list[Paint]] = {}

    def show(
        self,
        article: Article | None,
        marks: Mapping[int, Sequence[Mark]],
        page: Page | None = None,
    ) -> None:
        """Show an article with the hits in it, at the place where it was left.

        `page` is the article laid out in `columns` with these hits, where that has been done.
        """
        again = self.article is not None and article is not None and self.article.id == article.id
        self.leave()
        if again and self.article is not None and article is not None:
            again = self.article.blocks == article.blocks
            if not again and (place := self.places.get(article.id)) is not None:
                self.places[article.id] = _moved(place, self.article.blocks, article.blocks)
        self.article, self._marks = article, marks
        if not again:
            self.hit = -1
            self.deselect()
        self._lay_out(page)
        if article is not None:
            self.to_place(self.places.get(article.id, ReadingPlace(-1, 0)))

    def leave(self) -> None:
        """Remember the place in the article that is shown."""
        if self.article is not None and self.page.lines:
            self.places[self.article.id] = self.place

    @property
    def place(self) -> ReadingPlace:
        """Where the top of the screen is."""
        at = min(self.scroll_offset.y, len(self.page.lines) - 1)
        if at <= 0:
            return ReadingPlace(-1, 0)
        line = self.page.lines[at]
        return ReadingPlace(line.block, line.offset)

    def to_place(self, place: ReadingPlace) -> None:
        """Scroll there."""
        y = 0 if place.block < 0 else self.page.line_at(place.block, place.offset)
        self.to_line(y)

    # moving ---------------------------------------------------------------------------------

    def lines_down(self, lines: int) -> None:
        """Scroll by lines; negative goes up."""
        self.to_line(self.scroll_offset.y + lines)

    def page_down(self) -> bool:
        """Scroll by a screen, keeping two lines; False when the end was on the screen already."""
        if self.at_end:
            return False
        self.lines_down(max(1, self.size.height - _CONTEXT))
        return True

    def page_up(self) -> None:
        """Scroll up by a screen, keeping two lines."""
        self.lines_down(-max(1, self.size.height - _CONTEXT))

    @property
    def at_end(self) -> bool:
        """Whether the last line is on the screen."""
        return self.scroll_offset.y + self.size.height >= len(self.page.lines)

    def next_hit(self, step: int) -> bool:
        """Go to the next (or previous) hit, around the ends; False without hits."""
        if not self.page.hits:
            return False
        first = 0 if step > 0 else len(self.page.hits) - 1
        self.hit = first if self.hit < 0 else (self.hit + step) % len(self.page.hits)
        line = self.page.hits[self.hit]
        top, height = self.scroll_offset.y, self.size.height
        if not top + _CONTEXT <= line < top + height - _CONTEXT:
            self.to_line(max(0, line - height // 3))
        self.refresh()
        return True

    # selecting ------------------------------------------------------------------------------

    @property
    def selecting(self) -> bool:
        """Whether a passage is selected."""
        return self.selection is not None

    @property
    def quote(self) -> Quote | None:
        """The selected passage as it is kept, None without one."""
        if self.article is None or self.selection is None:
            return None
        return quote_of(self.article.blocks, self.selection)

    def select_block(self) -> bool:
        """Select the first block that begins on the screen; False when there is none."""
        top = self.scroll_offset.y
        lines = self.page.lines
        texts = [line for line in lines[top : top + self.size.height] if line.text]
        if self.article is None or not texts:
            return False
        first = next((line for line in texts if line.offset == 0), texts[0])
        self._take_blocks(first.block, first.block)
        return True

    def extend(self, step: int) -> None:
        """Make the selection of blocks longer or shorter at its moving end."""
        if self.article is None or self._blocks is None:
            return
        anchor, end = self._blocks
        there = sorted({line.block for line in self.page.lines if line.text})
        at = there.index(end) + step if end in there else 0
        if 0 <= at < len(there):
            self._take_blocks(anchor, there[at])
            self._show_block(there[at])

    def _take_blocks(self, anchor: int, end: int) -> None:
        if self.article is not None:
            self._blocks = (anchor, end)
            first, last = sorted(self._blocks)
            self.selection = whole(self.article.blocks, first, last)
            self.refresh()

    def _show_block(self, block: int) -> None:
        lines = [at for at, line in enumerate(self.page.lines) if line.block == block and line.text]
        top, height = self.scroll_offset.y, self.size.height
        if lines[0] < top:
            self.to_line(lines[0])
        elif lines[-1] >= top + height:
            self.to_line(min(lines[0], lines[-1] - height + 1))

    def deselect(self) -> None:
        """Select nothing."""
        self.selection = self._blocks = self._pressed = None
        self.refresh()

    def to_highlight(self, ident: int) -> None:
        """Scroll to a highlight, if its words are in the text."""
        for one, extent in self.page.kept:
            if one.id == ident and extent is not None:
                made = paints(self.page, extent, "")[extent.first]
                line = self.page.line_at(extent.first, made.start)
                self.to_line(max(0, line - self.size.height // 3))

    def _point(self, event: events.MouseEvent) -> Point | None:
        offset = event.get_content_offset_capture(self)
        line = offset.y + self.scroll_offset.y
        return point_at(self.page, line, offset.x - self._margin)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select where the mouse is pressed."""
        if event.button == 1 and self.article is not None:
            self.deselect()
            self._pressed = self._point(event)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to where the mouse is."""
        if self._pressed is None or self.article is None:
            return
        here = self._point(event)
        if here is not None and here != self._pressed:
            self.selection = between(self.article.blocks, self._pressed, here)
            self.refresh()
        if event.y < 0 or event.y >= self.size.height:
            self.lines_down(1 if event.y > 0 else -1)

    def on_mouse_up(self) -> None:
        """The selection is done."""
        if self._pressed is not None:
            self.release_mouse()
            self._pressed = None
            self.post_message(self.Selected())

    def on_click(self, event: events.Click) -> None:
        """Twice: select the word."""
        point = self._point(event) if event.chain == 2 else None
        if point is not None and self.article is not None:
            found = word_at(self.article.blocks, point)
            self.selection = found if found.end > found.start else None
            self.refresh()
            self.post_message(self.Selected())

    # drawing --------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        if self.article is None:
            words = _("No article is open.") if y == 1 else ""
            return self.strip([Part(f"  {words}", "about")], width)
        at = y + self.scroll_offset.y
        if at >= len(self.page.lines):
            return self.strip([], width)
        line = self.page.lines[at]
        parts: Iterable[Part] = line.parts
        if line.text and (over := self._over(line.block)):
            parts = painted(line, over)
        return self.strip([Part(" " * self._margin, "text"), *parts], width, here=self.hit)

    @property
    def _margin(self) -> int:
        return max(0, (self.scrollable_content_region.width - self.page.columns) // 2)

    def _over(self, block: int) -> list[Paint]:
        over = list(self._kept.get(block, ()))
        if self.selection is not None and self.selection.first <= block <= self.selection.last:
            over.append(paints(self.page, self.selection, "selected")[block])
        return over

    @property
    def columns(self) -> int:
        """The longest line in cells."""
        return max(8, min(COLUMNS, self.scrollable_content_region.width - 2 * _MARGIN))

    def _lay_out(self, page: Page | None = None) -> None:
        width, room = self.scrollable_content_region.width, self.columns
        if self.article is None:
            self.page = Page(room)
        elif page is not None and page.columns == room:
            self.page = page
        else:
            self.page = lay_out(self.article, room, self.zone, marks=self._marks)
        self._kept = {}
        for _one, extent in self.page.kept:
            if extent is not None:
                for block, paint in paints(self.page, extent, "kept").items():
                    self._kept.setdefault(block, []).append(paint)
        self.virtual_size = Size(width, len(self.page.lines))
        self.refresh()

    def on_resize(self) -> None:
        """Lay the article out anew and stay at the place in it."""
        place = self.place
        self._lay_out()
        self.to_place(place)
