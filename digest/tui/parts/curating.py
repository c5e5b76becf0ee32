"""What a person does to articles: star, read, tag, note; and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from digest.tui.i18n import _, ngettext
from digest.tui.library_words import retold
from digest.tui.messages import Changed, EditBegun, Said, TagsRead

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.message import Message

    from digest.library import Library
    from digest.model import Summary
    from digest.tui.screens.desk import DeskScreen
    from digest.tui.screens.tags import TagScreen


class CuratingPart:
    """Changes to the state of articles. Each acts on the selection, or on the one article."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._editor: TagScreen | None = None

    def targets(self) -> list[int]:
        """The articles that are meant: in the reader the open one, in the list the selected."""
        article = self.desk.reading.article
        if self.desk.pane == "reader" and article is not None:
            return [article.id]
        return self.desk.articles.selected

    # star and read --------------------------------------------------------------------------

    def star(self) -> None:
        """Star the articles; when all have a star, take it away."""
        self._toggle(lambda row: row.starred, "star", "unstar")

    def toggle_read(self) -> None:
        """Mark the articles as read; when all are read, as unread."""
        self.desk.reading.stop_reading()
        self._toggle(lambda row: row.read, "read", "unread")

    def _toggle(self, has: Callable[[Summary], bool], on: str, off: str) -> None:
        ids = self.targets()
        if not ids:
            return

        def job(library: Library) -> Message:
            what = off if all(has(row) for row in library.rows(ids)) else on
            number = library.mark(ids, what)
            return Changed(ids, _marked(what, number) if len(ids) > 1 else "", number)

        self.desk.work.write(job)
        self.done_selecting()

    def mark_all_read(self) -> None:
        """Mark everything in the list as read."""
        ids = list(self.desk.articles.shelf.ids)
        undo = self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            number = library.mark(ids, "read")
            if not number:
                return Said(_("Everything here is read already."))
            words = _("{what} {undo} takes it back.")
            return Changed(ids, words.format(what=_marked("read", number), undo=undo), number)

        if ids:
            self.desk.work.write(job)
            self.done_selecting()

    def mark_old_read(self) -> None:
        """Mark what is older than a day as read, of what the list shows."""
        self.mark_older("1d")

    def mark_older(self, age: str) -> None:
        """Mark what is older than `age` (as in `older:2d`) as read, of what the list shows."""
        ids = list(self.desk.articles.shelf.ids)
        undo = self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            found, problems = library.matching(f"older:{age} is:unread")
            if problems:
                return Said(retold(problems[0].message), warning=True)
            shown = set(ids)
            number = library.mark([one for one in found if one in shown], "read")
            if not number:
                return Said(_("Nothing here is older than {age} and unread.").format(age=age))
            words = _("{what} {undo} takes it back.")
            return Changed((), words.format(what=_marked("read", number), undo=undo), number)

        if ids:
            self.desk.work.write(job)
            self.done_selecting()

    # off topic ------------------------------------------------------------------------------

    def rescue(self) -> None:
        """Keep what is hidden as off topic, of what `is:offtopic` lists."""
        ids = self.targets()
        undo = self.desk.keyboard.first("undo")

        def job(library: Library) -> Message:
            number = library.rescue(ids)
            if not number:
                return Said(_("Nothing of this is off topic. Search is:offtopic for what is."))
            told = ngettext("{n} article kept.", "{n} articles kept.", number)
            words = _("{what} {undo} takes it back.")
            return Changed(ids, words.format(what=told.format(n=f"{number:,}"), undo=undo), number)

        if ids:
            self.desk.work.write(job)
            self.done_selecting()

    # correcting -----------------------------------------------------------------------------

    def edit(self) -> None:
        """Correct the title, date, language or author of the article."""
        ids = self.targets()[:1]

        def job(library: Library) -> Message | None:
            rows = library.rows(ids)
            return EditBegun(rows[0]) if rows else None

        if ids:
            self.desk.work.read(job, group="edit")

    def edit_row(self, message: EditBegun) -> None:
        """Show the fields, and keep what is changed in them."""
        from digest.tui.screens.edit import EditScreen  # noqa: PLC0415 - only when asked for

        ident = message.row.id

        def keep(fields: dict[str, str] | None) -> None:
            if not fields:
                return

            def job(library: Library) -> Message:
                library.edit(ident, **fields)
                undo = self.desk.keyboard.first("undo")
                return Changed([ident], _("Corrected. {undo} takes it back.").format(undo=undo))

            self.desk.work.write(job)

        self.desk.app.push_screen(EditScreen(message.row, self.desk.zone), keep)

    # tags -----------------------------------------------------------------------------------

    def tag(self) -> None:
        """Open the tag editor; `+` and `-` are already typed in it when they opened it."""
        ids = self.targets()
        if not ids:
            return
        sign = self.desk.last_character
        typed = sign if sign in ("+", "-") else ""

        from digest.tui.screens.tags import TagScreen  # noqa: PLC0415 - only when tags are edited

        def apply(changes: tuple[list[str], list[str]] | None) -> None:
            if changes is not None:
                self.change_tags(ids, *changes)

        def job(library: Library) -> Message:
            return TagsRead(library.tags(), library.rows(ids))

        # The editor is there at once, so that what is typed next goes into it.
        self._editor = TagScreen(len(ids), typed)
        self.desk.app.push_screen(self._editor, apply)
        self.desk.work.read(job, group="tags")

    def edit_tags(self, message: TagsRead) -> None:
        """Show the tags in the editor, unless it has been left."""
        if self._editor is not None and self._editor.is_attached:
            self._editor.fill(message.tags, message.rows)

    def change_tags(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        """Add and take away tags."""
        if not ids or not (add or remove):
            return

        def job(library: Library) -> Message:
            number = library.tag(ids, add, remove)
            words = " ".join([*(f"+{name}" for name in add), *(f"-{name}" for name in remove)])
            told = ngettext("{words} on {n} article.", "{words} on {n} articles.", number)
            return Changed(ids, told.format(words=words, n=number), number)

        self.desk.work.write(job)
        self.done_selecting()

    # notes ----------------------------------------------------------------------------------

    def note(self) -> None:
        """Open the note of the article under the cursor, and the article beside it."""
        ids = self.targets()
        if not ids:
            return
        ident = ids[0]
        if self.desk.pane != "reader":
            self.desk.reading.open()
        self.desk.noting.begin(ident)

    # taking back ----------------------------------------------------------------------------

    def undo(self, to: DOMNode | None = None) -> None:
        """Take back the last change; the answer goes to `to`, the desk without."""
        self._take_back(
            lambda library: library.undo(), _("Undone: {what}"), _("Nothing to undo."), to
        )

    def redo(self, to: DOMNode | None = None) -> None:
        """Do again what was taken back last; the answer goes to `to`, the desk without."""
        self._take_back(
            lambda library: library.redo(), _("Done again: {what}"), _("Nothing to redo."), to
        )

    def _take_back(
        self,
        step: Callable[[Library], str | None],
        words: str,
        nothing: str,
        to: DOMNode | None,
    ) -> None:
        self.desk.reading.stop_reading()

        def job(library: Library) -> Message:
            what = step(library)
            return Said(nothing) if what is None else Changed((), words.format(what=retold(what)))

        self.desk.work.write(job, to=to)

    # afterwards -----------------------------------------------------------------------------

    def changed(self, message: Changed) -> None:
        """Draw what has changed."""
        articles = self.desk.articles
        self.desk.listing.read_again(message.ids or articles.keep_visible_rows())
        self.desk.listing.count()
        article = self.desk.reading.article
        if article is not None and (not message.ids or article.id in message.ids):
            self.desk.reading.again()
        if message.words:
            self.desk.answer(message.words)

    def done_selecting(self) -> None:
        """Something was done to the selection: it ends."""
        if self.desk.articles.selecting:
            self.desk.articles.select(on=False)
            self.desk.tell()


def _marked(what: str, number: int) -> str:
    """What was done to how many, in a sentence."""
    words = {
        "read": ngettext("{n} article marked as read.", "{n} articles marked as read.", number),
        "unread": ngettext(
            "{n} article marked as unread.", "{n} articles marked as unread.", number
        ),
        "star": ngettext("{n} article starred.", "{n} articles starred.", number),
        "unstar": ngettext(
            "The star taken from {n} article.", "The star taken from {n} articles.", number
        ),
    }
    return words[what].format(n=f"{number:,}")
