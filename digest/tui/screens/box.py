"""The base of the boxes over the desk in which nothing is typed that could be lost."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Box(ModalScreen[Result], Generic[Result]):
    """Closes when it is clicked beside, like a menu."""

    CSS_PATH = "over.tcss"

    def on_click(self, event: events.Click) -> None:
        """Leave it, where the click was outside."""
        if self.get_widget_at(*event.screen_offset)[0] is self:
            self.dismiss()
