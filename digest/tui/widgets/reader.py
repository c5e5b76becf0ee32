"""The reader: one article, laid out for the width there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, tzinfo
from typing import ClassVar, NamedTuple

from textual.geometry import Size
from textual.strip import Strip

from digest.model import Article, Mark
from digest.tui.i18n import _
from digest.tui.rendering.article import Page, lay_out
from digest.tui.rendering.parts import Part
from digest.tui.widgets.line_view import LineView, components

COLUMNS = 72
_MARGIN = 2
_CONTEXT = 2


class ReadingPlace(NamedTuple):
    """Where the top of the screen is in an article."""

    block: int
    offset: int


class Reader(LineView, can_focus=True):
    """Shows an article in lines of at most `COLUMNS` cells, centred.

    The place in each article is remembered for as long as the desk is open.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = components(
        "title item quote code figure cell header rule link address warning tag note"
    )

    def __init__(self, zone: tzinfo = UTC, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self.zone = zone
        self.article: Article | None = None
        self.page = Page(COLUMNS)
        self.hit = -1
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self._places: dict[int, ReadingPlace] = {}

    def show(self, article: Article | None, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Show an article with the hits in it, at the place where it was left."""
        again = self.article is not None and article is not None and self.article.id == article.id
        self.leave()
        self.article, self._marks = article, marks
        if not again:
            self.hit = -1
        self._lay_out()
        if article is not None:
            self.to_place(self._places.get(article.id, ReadingPlace(-1, 0)))

    def leave(self) -> None:
        """Remember the place in the article that is shown."""
        if self.article is not None and self.page.lines:
            self._places[self.article.id] = self.place

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
        margin = Part(" " * max(0, (width - self.page.columns) // 2), "text")
        return self.strip([margin, *self.page.lines[at].parts], width, here=self.hit)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        room = max(8, min(COLUMNS, width - 2 * _MARGIN))
        if self.article is None:
            self.page = Page(room)
        else:
            self.page = lay_out(self.article, room, self.zone, marks=self._marks)
        self.virtual_size = Size(width, len(self.page.lines))
        self.refresh()

    def on_resize(self) -> None:
        """Lay the article out anew and stay at the place in it."""
        place = self.place
        self._lay_out()
        self.to_place(place)
