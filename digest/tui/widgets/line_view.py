"""The base of the widgets that draw their own lines: only what is visible is ever drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip

from digest.tui.layout.cells import plain
from digest.tui.rendering.parts import Part


def components(roles: str) -> set[str]:
    """The component classes of these roles, which have spaces between them."""
    return {f"line--{role}" for role in roles.split()}


class PlainBar(ScrollBarRender):
    """A scroll bar of spaces: partial blocks have ambiguous width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class LineView(ScrollView, inherit_bindings=False):
    """Draws lines of parts; each role is a component class `line--role` in the style sheet.

    A widget names the roles that only it draws: each costs time whenever styles are worked out.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = components(
        "text sign about heading number count read unread hit hit-here cursor current"
    )

    def to_line(self, y: int) -> None:
        """Scroll so that line `y` is the first on the screen, or as near to that as can be."""
        # Forced: right after the lines have changed Textual believes that there is no scroll bar.
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def strip(
        self, parts: Iterable[Part], width: int, *over: str, under: str = "", here: int = -1
    ) -> Strip:
        """Parts as a strip of `width` cells.

        Args:
            parts: from left to right.
            width: the cells to fill or to cut to.
            over: roles that are laid over every part (`cursor`), the first undermost.
            under: a role that lies under every part (`unread`).
            here: the number of the hit that the reader stands on.
        """
        base = (under,) if under else ()
        segments = []
        for part in parts:
            roles = [*base, *part.role.split(), *over]
            # A hit is seen on whatever it stands, the cursor's row too.
            if part.hit >= 0 or "hit" in roles:
                roles.append("hit-here" if 0 <= part.hit == here else "hit")
            segments.append(Segment(plain(part.text), self._style(*roles)))
        return Strip(segments).adjust_cell_length(width, self._style(*base, *over))

    def _style(self, *roles: str) -> Style:
        return self.get_component_rich_style(*(f"line--{role}" for role in roles))
