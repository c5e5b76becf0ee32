"""The base of the widgets that draw their own lines: only what is visible is ever drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from digest.tui.inks import COLOURLESS, INKS, Inks, laid_over, mixed
from digest.tui.layout.cells import plain
from digest.tui.rendering.parts import Part


class PlainBar(ScrollBarRender):
    """A scroll bar of spaces: partial blocks have ambiguous width."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


STRIPS = 512

# Of every scroll bar in the program, whose renderer is an attribute of Textual's class.
ScrollBar.renderer = PlainBar


class LineView(ScrollView, inherit_bindings=False):
    """Draws lines of parts; `INKS` says how each role looks."""

    INKS: ClassVar[Inks] = INKS

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._mixed: dict[tuple[str, ...], Style] = {}
        self._strips: dict[tuple[object, ...], Strip] = {}

    def notify_style_update(self) -> None:
        """Mix the inks anew: the theme or the ground may be another."""
        super().notify_style_update()
        self._mixed.clear()
        self._strips.clear()

    def to_line(self, y: int) -> None:
        """Scroll so that line `y` is the first on the screen, or as near to that as can be."""
        # Forced: right after the lines have changed Textual believes that there is no scroll bar.
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def strip(
        self, parts: Iterable[Part], width: int, *over: str, under: str = "", here: int = -1
    ) -> Strip:
        """Parts as a strip of `width` cells; the same strip for the same parts.

        A line that only stands elsewhere on the screen is so neither built nor cut again, by
        Textual neither, which keeps with each strip what it made of it.

        Args:
            parts: from left to right.
            width: the cells to fill or to cut to.
            over: roles that are laid over every part (`cursor`), the first undermost.
            under: a role that lies under every part (`unread`).
            here: the number of the hit that the reader stands on.
        """
        parts = tuple(parts)
        key = (parts, width, over, under, here)
        if (known := self._strips.get(key)) is None:
            if len(self._strips) >= STRIPS:
                self._strips.clear()
            known = self._strips[key] = self._drawn(parts, width, over, under, here)
        return known

    def _drawn(
        self, parts: Iterable[Part], width: int, over: tuple[str, ...], under: str, here: int
    ) -> Strip:
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
        style = self._mixed.get(roles)
        if style is None:
            _around, _letters_around, paper, letters = self.colors
            colourless = COLOURLESS if self.app.no_color else {}
            ink = laid_over({**self.INKS, **colourless}, roles)
            style = mixed(ink, self.app.theme_variables, paper, letters)
            self._mixed[roles] = style
        return style
