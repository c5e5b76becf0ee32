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

    def begin(self, ident: int) -> None:
        """Open the editor at once, so that what is typed next goes into it, and read the note."""
        from digest.tui.widgets.note_editor import (  # noqa: PLC0415 - TextArea, when notes are written
            NoteEditor,
        )

        self.close()
        self._editor = NoteEditor(ident, save_after=self.desk.timing.save_after, name="note")
        self.desk.add_class("-noting")
        self.desk.query_one("#right").mount(self._editor)

        def job(library: Library) -> Message:
            return NoteRead(ident, library.note(ident))

        # In the line of writings, so that a note still being saved is read as it was written.
        self.desk.work.write(job)

    def edit(self, message: NoteRead) -> None:
        """Show the note in its editor, unless that has been left."""
        editor = self._editor
        if editor is not None and editor.article == message.id and not editor.filled:
            editor.fill(self._unconfirmed.get(message.id, message.text))

    def written(self, ident: int, text: str) -> None:
        """Keep what was typed."""
        self._unconfirmed[ident] = text

        def job(library: Library) -> Message:
            library.set_note(ident, text, typing=True)
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
        editor = self._editor
        if editor is None:
            return
        if not editor.filled and editor.text:
            self._append(editor.article, editor.text)
        elif (typed := editor.unsaved()) is not None:
            self.written(editor.article, typed)

    def _append(self, ident: int, typed: str) -> None:
        """Keep what was typed before the note could be shown."""

        def job(library: Library) -> Message:
            text = library.note(ident) + typed
            library.set_note(ident, text, typing=True)
            return NoteSaved(ident, text)

        self.desk.work.write(job)

    def close(self) -> None:
        """Keep what was typed and put the editor away."""
        if self._editor is None:
            return
        self.flush()
        self._editor.remove()
        self._editor = None
        self.desk.remove_class("-noting")
        self.desk.focus_pane()
