"""The note beside an article: Markdown that saves itself as it is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from digest.tui.i18n import _


class NoteEditor(Vertical):
    """Edits the note of one article. What was typed is handed over with `Written`.

    That happens a moment after the last key, and at once when the editor is left. The editor is
    there before the note has been read; what is typed meanwhile goes on at the note's end.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    @dataclass
    class Written(Message):
        """The note has changed and wants to be saved."""

        article: int
        text: str

    class Left(Message):
        """The editor is to be closed."""

    def __init__(self, article: int, *, save_after: float, name: str = "") -> None:
        super().__init__(id=name or None)
        self.article = article
        self.filled = False
        self._saved = ""
        self._save_after = save_after
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A heading, and the text."""
        yield Static(_("Note"), id="note-heading", markup=False)
        yield TextArea(id="note-text", soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        """Take the keys."""
        self._area.focus()

    def fill(self, text: str) -> None:
        """Show the note as it is, and go on at its end."""
        area = self._area
        area.load_text(text + area.text)
        area.move_cursor(area.document.end)
        self._saved, self.filled = text, True

    @property
    def _area(self) -> TextArea:
        return self.get_widget_by_id("note-text", TextArea)

    def focus_text(self) -> None:
        """Go on writing."""
        self._area.focus()

    @property
    def text(self) -> str:
        """The note as typed."""
        return self._area.text

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if not self.filled or self.text == self._saved:
            return
        self._head(_("Note, not saved yet"))
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self._save_after, self.flush)

    def flush(self) -> None:
        """Hand over what has not been handed over."""
        unsaved = self.unsaved()
        if unsaved is not None:
            self.post_message(self.Written(self.article, unsaved))

    def unsaved(self) -> str | None:
        """What was typed since the last handing over, which this counts as; None for nothing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self.filled or self.text == self._saved:
            return None
        self._saved = self.text
        return self._saved

    def saved(self) -> None:
        """Say that the note is on the disk."""
        if self.text == self._saved:
            self._head(_("Note, saved"))

    def action_leave(self) -> None:
        """Save and close."""
        self.post_message(self.Left())

    def _head(self, words: str) -> None:
        self.get_widget_by_id("note-heading", Static).update(words)
