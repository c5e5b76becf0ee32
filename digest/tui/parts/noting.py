"""The note editor beside the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.tui.messages import NoteRead, NoteSaved

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.tui.screens.desk import DeskScreen
    from digest.tui.widgets.note_editor import NoteEditor


class NotingPart:
    """Opens and closes the editor, and sees to it that what was typed is kept."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._editor: NoteEditor | None = None
        # What was handed in and is not known to be on the disk: a failed writing loses nothing.
        self._unconfirmed: dict[int, str] = {}

    @property
    def typing(self) -> bool:
        """Whether keys go into a note."""
        return self._editor is not None and self._editor.has_focus_within

    def open(self) -> None:
        """Open the note of the article under the cursor, and the article beside it."""
        if self._editor is not None:
            self._editor.focus_text()
        else:
            self.desk.curating.note()

    def edit(self, message: NoteRead) -> None:
        """Show the editor with the note as it is."""
        from digest.tui.widgets.note_editor import (  # noqa: PLC0415 - TextArea, when notes are written
            NoteEditor,
        )

        self.close()
        self._editor = NoteEditor(
            message.id,
            self._unconfirmed.get(message.id, message.text),
            save_after=self.desk.timing.save_after,
            name="note",
        )
        self.desk.add_class("-noting")
        self.desk.query_one("#right").mount(self._editor)

    def written(self, ident: int, text: str) -> None:
        """Keep what was typed."""
        self._unconfirmed[ident] = text

        def job(library: Library) -> Message:
            library.set_note(ident, text)
            return NoteSaved(ident, text)

        self.desk.work.write(job)

    def saved(self, message: NoteSaved) -> None:
        """Show that it is kept."""
        if self._unconfirmed.get(message.id) == message.text:
            del self._unconfirmed[message.id]
        if self._editor is not None and self._editor.article == message.id:
            self._editor.saved()
        self.desk.listing.read_again([message.id])
        self.desk.listing.count()
        article = self.desk.reading.article
        if article is not None and article.id == message.id:
            self.desk.reading.again()

    def flush(self) -> None:
        """Keep what was typed and is not known to be kept, also what failed to be kept before."""
        for ident, text in list(self._unconfirmed.items()):
            self.written(ident, text)
        typed = self._editor.unsaved() if self._editor is not None else None
        if self._editor is not None and typed is not None:
            self.written(self._editor.article, typed)

    def close(self) -> None:
        """Keep what was typed and put the editor away."""
        if self._editor is None:
            return
        self.flush()
        self._editor.remove()
        self._editor = None
        self.desk.remove_class("-noting")
        self.desk.focus_pane()
