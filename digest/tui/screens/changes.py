"""What a publisher changed in an article, from each of its texts to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from digest.model import Version
from digest.tui.i18n import _
from digest.tui.rendering.changes import change_lines
from digest.tui.screens.box import Box
from digest.tui.widgets.lines import Lines

_MOST_COLUMNS = 84


class ChangesScreen(Box[None]):
    """Shows one change at a time, the last one first.

    Args:
        versions: the texts in order, two at least.
        zone: the zone times are shown in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,enter", "close", show=False),
        Binding("down,j", "scroll_by(1)", show=False),
        Binding("up,k", "scroll_by(-1)", show=False),
        Binding("pagedown,space,ctrl+f", "scroll_by(15)", show=False),
        Binding("pageup,ctrl+b", "scroll_by(-15)", show=False),
        Binding("left,N", "step(-1)", show=False),
        Binding("right,n", "step(1)", show=False),
    ]

    def __init__(self, versions: Sequence[Version], zone: tzinfo) -> None:
        super().__init__()
        self._versions = versions
        self._zone = zone
        self._shown = len(versions) - 1

    def compose(self) -> ComposeResult:
        """The title, the lines, and the keys."""
        with Vertical(id="changes-box", classes="box"):
            yield Static("", id="changes-title", classes="box-title", markup=False)
            yield Lines(name="changes-lines")
            keys = _("Up and Down scroll   Left and Right: other changes   Esc closes")
            yield Static(keys, classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Show the last change."""
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.call_after_refresh(self._show)

    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.get_widget_by_id("changes-lines", Lines).scroll_by(lines)

    def action_step(self, step: int) -> None:
        """Show the change after or before this one."""
        self._shown = min(max(1, self._shown + step), len(self._versions) - 1)
        self._show()

    def _show(self) -> None:
        lines = self.get_widget_by_id("changes-lines", Lines)
        old, new = self._versions[self._shown - 1 : self._shown + 1]
        title = _("What was changed ({number} of {count})").format(
            number=self._shown, count=len(self._versions) - 1
        )
        self.get_widget_by_id("changes-title", Static).update(title)
        columns = min(_MOST_COLUMNS, lines.scrollable_content_region.width)
        lines.show(change_lines(old, new, columns, self._zone))
