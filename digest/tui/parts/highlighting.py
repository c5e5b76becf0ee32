"""Quotes that are kept from an article, and the list of all that was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.tui.i18n import _
from digest.tui.messages import Changed, NotesRead, Said

if TYPE_CHECKING:
    from textual.message import Message

    from digest.anchors import Quote
    from digest.library import Library
    from digest.tui.screens.desk import DeskScreen
    from digest.tui.screens.notes import NotesScreen
    from digest.tui.work import Job


class HighlightingPart:
    """Selecting, keeping, commenting and finding quotes."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._quote: tuple[int, Quote] | None = None
        self._comment: int | None = None
        self._screen: NotesScreen | None = None

    def select(self) -> None:
        """Begin to select paragraphs in the reader, or end it."""
        reader = self.desk.reader
        if reader.selecting:
            reader.deselect()
        elif reader.select_block():
            keys = self.desk.keyboard
            words = _("{next} and {previous} select more, {keep} keeps it, {copy} copies it.")
            self.desk.say(
                words.format(
                    next=keys.first("list.next"),
                    previous=keys.first("list.previous"),
                    keep=keys.first("article.highlight"),
                    copy=keys.first("article.copy_quote"),
                )
            )

    def highlight(self) -> None:
        """Ask for a comment on the selected passage; without one, begin to select."""
        article, quote = self.desk.reading.article, self.desk.reader.quote
        if article is None or quote is None:
            if self.desk.pane == "reader":
                self.select()
            else:
                self.desk.say(_("Open an article and select a passage first."))
        elif not quote.text:
            self.desk.say(_("There are no words in what is selected."))
        else:
            self._quote = (article.id, quote)
            self.desk.prompt.ask("highlight", _("Comment (Enter for none): "))

    def keep(self, comment: str) -> None:
        """Keep the passage with this comment."""
        if self._quote is None:
            return
        (ident, quote), self._quote = self._quote, None
        self.desk.reader.deselect()
        undo = self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            library.highlights.keep(ident, quote, comment)
            return Changed([ident], _("Kept. {undo} takes it back.").format(undo=undo), 1)

        self.desk.work.write(job)

    # all that was noted ---------------------------------------------------------------------

    def notes(self) -> None:
        """List the notes and highlights of the articles in the list."""
        if self.desk.articles.shelf.ids:
            self.desk.work.read(self._reading(), group="notes")

    def _reading(self) -> Job:
        """The job that reads them."""
        title = self.desk.listing.shown.title
        ids = list(self.desk.articles.shelf.ids)

        def job(library: Library) -> Message:
            noted = set(library.matching("is:noted")[0])
            found = library.highlights.noted([one for one in ids if one in noted])
            return NotesRead(title, found)

        return job

    def show_notes(self, message: NotesRead) -> None:
        """Show them, or what has changed of them."""
        if not message.noted and self._screen is None:
            self.desk.say(_("Nothing in this list has a note or a highlight."))
            return
        if self._screen is not None and self._screen.is_attached:
            self._screen.fill(message.noted)
            return

        from digest.tui.screens.notes import NotesScreen  # noqa: PLC0415 - only when asked for

        def done(choice: tuple[str, int, int] | None) -> None:
            self._screen = None
            match choice:
                case ("open", article, highlight):
                    self.desk.reading.open_at(article, highlight or None)
                case ("comment", article, highlight):
                    self.desk.reading.open_at(article, highlight)
                    self._ask_comment(message, highlight)

        self._screen = NotesScreen(message.title, message.noted, self.remove)
        self.desk.app.push_screen(self._screen, done)

    def _ask_comment(self, message: NotesRead, highlight: int) -> None:
        known = (one for noted in message.noted for one in noted.highlights)
        comment = next((one.comment for one in known if one.id == highlight), "")
        self._comment = highlight
        self.desk.prompt.ask("comment", _("Comment: "), comment)

    def commented(self, text: str) -> None:
        """Give the highlight that was chosen this comment."""
        ident, self._comment = self._comment, None
        if ident is None:
            return

        def job(library: Library) -> Message:
            library.highlights.comment(ident, text)
            return Changed()

        self.desk.work.write(job)

    def remove(self, highlight: int) -> None:
        """Take a highlight away, undoably, and show the rest."""
        undo = self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            gone = library.highlights.remove(highlight)
            words = _("Removed. {undo} takes it back.").format(undo=undo)
            return Changed((), words) if gone else Said(_("It was gone already."))

        self.desk.work.write(job)
        self.desk.work.write(self._reading())  # in order: after it is gone
