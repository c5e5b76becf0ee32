"""A one-line question at the bottom of the desk: a command, the name of a view, a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static


class PromptBar(Horizontal):
    """Asks one thing at a time; `Answered` tells what for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("tab", "take_suggestion", show=False),
    ]

    @dataclass
    class Answered(Message):
        """Something was typed and sent."""

        what: str
        text: str

    class GivenUp(Message):
        """The question was left unanswered."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._what = ""

    def compose(self) -> ComposeResult:
        """The label and the box."""
        yield Static("", id="prompt-label", markup=False)
        yield Input(id="prompt-input", compact=True, select_on_focus=False, max_length=2000)

    def ask(self, what: str, label: str, text: str = "", options: Sequence[str] = ()) -> None:
        """Ask for `what`; `options` are completed as they are typed."""
        self._what = what
        self.get_widget_by_id("prompt-label", Static).update(label)
        box = self.get_widget_by_id("prompt-input", Input)
        box.suggester = SuggestFromList(options, case_sensitive=False) if options else None
        box.value = text
        self.display = True
        box.focus()
        box.action_end()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close()
        self.post_message(self.Answered(self._what, event.value))

    def action_give_up(self) -> None:
        """Leave the question."""
        self._close()
        self.post_message(self.GivenUp())

    def action_take_suggestion(self) -> None:
        """Take what is suggested."""
        self.get_widget_by_id("prompt-input", Input).action_cursor_right()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A question that lost the focus to another widget is not asked any more."""
        event.stop()
        if self.app.app_focus:
            self._close()

    def _close(self) -> None:
        self.display = False
