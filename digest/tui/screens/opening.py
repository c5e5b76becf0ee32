"""What is on the screen while the desk is loaded: its empty panes and the line at its foot.

It has no more in it than the first frame needs, so that this frame comes as soon as can be.
"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget

from digest.tui.i18n import _
from digest.tui.keys import Keyboard
from digest.tui.rendering.status import hints
from digest.tui.screens.widths import BREAKPOINTS, class_for
from digest.tui.widgets.bars import StatusLine


class _Pane(Widget):
    """An empty pane."""

    def render(self) -> str:
        """Nothing: a widget as it is would show its name."""
        return ""


class OpeningScreen(Screen[None]):
    """The desk's panes, still without anything in them."""

    DEFAULT_CSS = """
    OpeningScreen {
        Horizontal { height: 1fr; }
        #sidebar { width: 30; background: $panel; display: none; }
        #middle { width: 10fr; background: $background; }
        #right { width: 11fr; background: $surface; }
        #status { height: 1; background: $primary; color: $background; }
        .-no-color & #status { text-style: reverse; }
        &.-wide #sidebar { display: block; }
        &.-middle #middle { width: 9fr; }
        &.-narrow #right { display: none; }
    }
    """
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = list(BREAKPOINTS)  # noqa: RUF012 - so declared by Textual
    AUTO_FOCUS = ""

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__(id="opening")
        self._keyboard = keyboard

    def compose(self) -> ComposeResult:
        """The panes over the line at the foot."""
        with Horizontal():
            for name in ("sidebar", "middle", "right"):
                yield _Pane(id=name)
        status = StatusLine(name="status")
        status.tell([_("Opening the library")], hints("list", self._keyboard))
        yield status

    def on_mount(self) -> None:
        """Be right from the first frame on: Textual learns the width after it."""
        self.update_classes({class_for(self.app.size.width): True}, update=False)
