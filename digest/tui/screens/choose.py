"""Choosing one of many lines, narrowed by what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.tui.i18n import _
from digest.tui.layout import signs
from digest.tui.layout.cells import fit, plain
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Box
from digest.tui.widgets.lines import Lines


class ChooseScreen(Box[str | None]):
    """Lists lines; closes with the key of one, None when it was left.

    Args:
        title: what is chosen.
        rows: key and words of each line, in order.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
    ]

    def __init__(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._fitting = list(rows)
        self._at = 0

    def compose(self) -> ComposeResult:
        """The box to narrow the list, and the list."""
        with Vertical(id="choose-box", classes="box"):
            yield Static(plain(self._title), classes="box-title", markup=False)
            yield Input(id="choose-input", compact=True, placeholder=_("type to find a line"))
            yield Lines(name="choose-lines")
            yield Static(_("Enter: choose   Esc: leave"), classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Cut the lines anew."""
        self.call_after_refresh(self._draw)

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        wanted = event.value.casefold().split()
        self._fitting = [
            row for row in self._rows if all(word in row[1].casefold() for word in wanted)
        ]
        self._at = 0
        self._draw()

    def _draw(self) -> None:
        view = self.get_widget_by_id("choose-lines", Lines)
        width = max(20, view.size.width - 1)
        lines = []
        for at, (_key, words) in enumerate(self._fitting):
            here = at == self._at
            text = fit(f"{signs.CURSOR if here else ' '} {plain(words)}", width)
            lines.append([Part(text, "cursor" if here else "text")])
        view.show(lines or [[Part(_("Nothing here has these words."), "about")]], keep=True)
        view.into_view(self._at, self._at + 1)

    def action_move(self, step: int) -> None:
        """Go to another line."""
        self._at = max(0, min(self._at + step, len(self._fitting) - 1))
        self._draw()

    @on(Lines.Clicked)
    def _clicked(self, event: Lines.Clicked) -> None:
        self._at = event.line
        self._choose()

    @on(Input.Submitted)
    def _choose(self) -> None:
        if self._at < len(self._fitting):
            self.dismiss(self._fitting[self._at][0])

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
