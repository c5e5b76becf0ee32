"""Lines of text to scroll through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from digest.tui.rendering.parts import Part
from digest.tui.widgets.line_view import LineView


class Lines(LineView, can_focus=False):
    """Shows lines of parts."""

    @dataclass
    class Clicked(Message):
        """A line was clicked: where it is among all, and the cell in it."""

        lines: Lines
        line: int
        cell: int

        @property
        def control(self) -> Lines:
            """Whose line it is."""
            return self.lines

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self._lines: Sequence[Sequence[Part]] = ()

    def show(self, lines: Sequence[Sequence[Part]], *, keep: bool = False) -> None:
        """Show these lines, from the top or with `keep` from where the view is."""
        self._lines = lines
        self._resize()
        if not keep:
            self.to_line(0)
        self.refresh()

    def into_view(self, first: int, end: int) -> None:
        """Scroll as little as needed to have the lines from `first` up to `end` on the screen."""
        top, height = self.scroll_offset.y, self.size.height
        if first < top:
            self.to_line(first)
        elif end > top + height:
            self.to_line(min(first, end - height))

    def scroll_by(self, lines: int) -> None:
        """Scroll down by lines; negative goes up."""
        self.to_line(self.scroll_offset.y + lines)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        return self.strip(self._lines[at] if at < len(self._lines) else [], width)

    def on_click(self, event: events.Click) -> None:
        """Tell which line was meant."""
        line = event.y + self.scroll_offset.y
        if line < len(self._lines):
            self.post_message(self.Clicked(self, line, event.x))

    def on_resize(self) -> None:
        """Keep the scroll bar right."""
        self._resize()

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._lines))
