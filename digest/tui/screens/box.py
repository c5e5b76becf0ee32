"""The bases of the boxes over the desk."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.screen import ModalScreen

from digest.tui.toasting import keep_within

Result = TypeVar("Result")


class Over(ModalScreen[Result], Generic[Result]):
    """A box over the desk."""

    CSS_PATH = "over.tcss"

    def on_screen_resume(self) -> None:
        """Take over the toasts that are still to be seen."""
        self.call_after_refresh(self._lay_toasts)

    def _lay_toasts(self) -> None:
        for box in self.query(".box"):
            keep_within(self, box.region)


class Box(Over[Result], Generic[Result]):
    """A box in which nothing is typed that could be lost: it closes when it is clicked beside."""

    def on_click(self, event: events.Click) -> None:
        """Leave it, where the click was outside."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss()
