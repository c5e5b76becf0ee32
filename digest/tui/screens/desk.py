"""The desk at work: actions carried out, messages of widgets and workers handed on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from digest.tui import messages
from digest.tui.actions import ACTIONS, BY_ID
from digest.tui.i18n import _
from digest.tui.keys import Keyboard, as_one, parse
from digest.tui.parts.alerting import AlertingPart
from digest.tui.parts.coming import ComingPart
from digest.tui.parts.commanding import CommandingPart
from digest.tui.parts.curating import CuratingPart
from digest.tui.parts.fetching import FetchingPart
from digest.tui.parts.handing import HandingPart
from digest.tui.parts.highlighting import HighlightingPart
from digest.tui.parts.listing import ListingPart, Shown
from digest.tui.parts.looking_up import LookingUpPart
from digest.tui.parts.moving import MovingPart
from digest.tui.parts.noting import NotingPart
from digest.tui.parts.picturing import PicturingPart
from digest.tui.parts.reading import ReadingPart
from digest.tui.parts.searching import SearchingPart
from digest.tui.parts.telling import TellingPart
from digest.tui.rendering.dates import day_of
from digest.tui.rendering.outline import outline
from digest.tui.rendering.status import Position, hints, place_words, progress_words
from digest.tui.screens.frame import DeskFrame
from digest.tui.timing import Timing
from digest.tui.widgets.articles import ArticleList
from digest.tui.widgets.prompt_bar import PromptBar
from digest.tui.widgets.search_bar import SearchBar
from digest.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from digest.tui.app import DeskApp
    from digest.tui.widgets.note_editor import NoteEditor
    from digest.tui.work import Work


def bindings() -> list[BindingType]:
    """The bindings of the vim preset, one id per action; a sequence comes as one key."""
    made: list[BindingType] = []
    for action in ACTIONS:
        keys = [as_one(each) for each in parse(action.keys)]
        if keys and action.id != "palette.open":
            made.append(
                Binding(
                    ",".join(keys), f"do('{action.id}')", action.title, show=False, id=action.id
                )
            )
    return made


class DeskScreen(DeskFrame):
    """Owns the parts, carries out actions, and hands each message to the part it concerns."""

    BINDINGS: ClassVar[list[BindingType]] = bindings()

    def __init__(
        self,
        *,
        work: Work,
        keyboard: Keyboard,
        timing: Timing,
        zone: tzinfo,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(work=work, keyboard=keyboard, timing=timing, zone=zone, now=now)
        self.last_character = ""
        self.coming = ComingPart(self)
        self.moving = MovingPart(self)
        self.listing = ListingPart(self)
        self.reading = ReadingPart(self)
        self.picturing = PicturingPart(self)
        self.searching = SearchingPart(self)
        self.curating = CuratingPart(self)
        self.noting = NotingPart(self)
        self.highlighting = HighlightingPart(self)
        self.looking_up = LookingUpPart(self)
        self.alerting = AlertingPart(self)
        self.handing = HandingPart(self)
        self.fetching = FetchingPart(self)
        self.commanding = CommandingPart(self)
        self.telling = TellingPart(self)

    @property
    def desk_app(self) -> DeskApp:
        """The app, which is always the desk's."""
        from digest.tui.app import DeskApp  # noqa: PLC0415 - the app imports this screen

        assert isinstance(self.app, DeskApp)  # noqa: S101 - narrows the type
        return self.app

    # actions --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that are shared go to who can use them; while typing most mean themselves."""
        if action != "do" or not parameters:
            return True
        ident = str(parameters[0])
        if ident in ("hit.next", "hit.previous"):
            return bool(self.reader.page.hits) and self.pane == "reader"
        if self.search_bar.typing:
            return BY_ID[ident].typing
        return not self.prompt.has_focus_within and not self.noting.typing

    def action_do(self, ident: str) -> None:
        """Carry out an action by its id."""
        self.do(ident)

    def do(self, ident: str) -> None:
        """Carry out an action by its id."""
        if self.work.library is None and not ident.startswith(("help", "palette", "quit", "theme")):
            return
        part, _dot, method = BY_ID[ident].handler.partition(".")
        getattr(getattr(self, part), method)()

    def left_reader(self) -> None:
        """What is not on the screen any more is not being read."""
        self.reading.closed()

    def tell(self) -> None:
        """Say at the foot where one is and what can be pressed."""
        articles = self.articles
        total = len(articles.shelf.ids)
        position = Position(
            self.listing.shown.title or _("Opening the library"),
            min(articles.cursor + 1, total),
            total,
            len(articles.selected) if articles.selecting else 0,
            self.work.library.meaning.progress if self.work.library else None,
            self.work.library.indexing if self.work.library else None,
        )
        typed_in = self._typed_in
        found = [] if typed_in in ("note", "prompt") else self.searching.course
        parts = [*place_words(position), *found, *progress_words(position)]
        self.status.tell(parts, hints(typed_in or self.pane, self.keyboard))

    @property
    def _typed_in(self) -> str:
        """What letters go into, "" while they are keys."""
        if self.noting.typing:
            return "note"
        if self.prompt.has_focus_within:
            return "prompt"
        return "search" if self.search_bar.typing else ""

    @property
    def commands(self) -> Mapping[str, Sequence[str]]:
        """The user's own commands by name."""
        return self.work.library.config.commands if self.work.library else {}

    @property
    def feed_count(self) -> int:
        """How many feeds are configured."""
        return len(self.work.library.config.feeds) if self.work.library else 0

    def leave(self) -> None:
        """Close the desk; nothing that was typed is lost."""
        self.coming.remember()
        self.noting.flush()
        self.fetching.leave()
        self.app.exit(0)

    # messages of the widgets ----------------------------------------------------------------

    @on(Sidebar.Chosen)
    def _entry_chosen(self, message: Sidebar.Chosen) -> None:
        self.searching.forget()
        entry = message.entry
        if entry.query is not None and entry.query != self.listing.shown.query:
            self.listing.show(Shown(entry.query, entry.title))
        if message.entering:
            self.show_pane("list")

    @on(ArticleList.Moved)
    def _cursor_moved(self, message: ArticleList.Moved) -> None:
        self.reading.moved(message.id)
        self.tell()

    @on(ArticleList.Chosen)
    def _article_chosen(self) -> None:
        self.show_pane("list")
        self.reading.open()

    @on(ArticleList.RowsWanted)
    def _rows_wanted(self, message: ArticleList.RowsWanted) -> None:
        self.listing.read_rows(message.ids)

    @on(ArticleList.PassagesWanted)
    def _passages_wanted(self, message: ArticleList.PassagesWanted) -> None:
        self.listing.read_passages(message.ids)

    @on(SearchBar.Changed)
    def _query_edited(self, message: SearchBar.Changed) -> None:
        self.searching.edited(message.query)

    @on(SearchBar.Submitted)
    def _query_submitted(self, message: SearchBar.Submitted) -> None:
        self.searching.submitted(message.query)

    @on(SearchBar.Closed)
    def _search_closed(self) -> None:
        self.searching.leave()

    @on(PromptBar.Answered)
    def _answered(self, message: PromptBar.Answered) -> None:
        self.commanding.answered(message.what, message.text)

    @on(PromptBar.GivenUp)
    def _given_up(self) -> None:
        self.focus_pane()

    def on_note_editor_written(self, message: NoteEditor.Written) -> None:
        """Keep a note (named after the class, which is loaded when notes are written)."""
        self.noting.written(message.article, message.text)

    def on_note_editor_left(self) -> None:
        """Close the note."""
        self.noting.close()

    # messages of the workers ----------------------------------------------------------------

    @on(messages.Opened)
    def _opened(self) -> None:
        self.coming.opened()

    @on(messages.Listed)
    def _listed(self, message: messages.Listed) -> None:
        self.listing.listed(message)
        self.coming.listed()

    @on(messages.RowsRead)
    def _rows_read(self, message: messages.RowsRead) -> None:
        self.listing.rows_read(message)

    @on(messages.PassagesRead)
    def _passages_read(self, message: messages.PassagesRead) -> None:
        self.listing.passages_read(message)

    @on(messages.ArticleRead)
    def _article_read(self, message: messages.ArticleRead) -> None:
        self.reading.loaded(message)

    @on(messages.VersionsRead)
    def _versions_read(self, message: messages.VersionsRead) -> None:
        self.reading.show_changes(message.versions)

    @on(messages.FoundAt)
    def _found_at(self, message: messages.FoundAt) -> None:
        self.reading.found(message)

    @on(messages.Counted)
    def _counted(self, message: messages.Counted) -> None:
        self.coming.counted(message.counts)
        today = day_of(self.now(), self.zone)
        entries = outline(message.counts, message.feeds, message.views, today)
        query = None if self.searching.active else self.listing.shown.query
        self.sidebar.show(entries, query)
        self.searching.counted(message)
        self.alerting.counted(message)

    @on(messages.Changed)
    def _changed(self, message: messages.Changed) -> None:
        self.curating.changed(message)

    @on(messages.ChangedElsewhere)
    def _changed_elsewhere(self) -> None:
        self.listing.changed_elsewhere()

    @on(messages.SampleOpened)
    def _sample_opened(self, message: messages.SampleOpened) -> None:
        self.fetch_bar.stop()
        self.desk_app.show_library(message.library)
        self.say(_("This is the sample edition. Nothing done to it is kept."))
        self.post_message(messages.Opened())

    @on(messages.TagsRead)
    def _tags_read(self, message: messages.TagsRead) -> None:
        self.curating.edit_tags(message)

    @on(messages.Glossed)
    def _glossed(self, message: messages.Glossed) -> None:
        self.looking_up.show(message)

    @on(messages.EditBegun)
    def _edit_begun(self, message: messages.EditBegun) -> None:
        self.curating.edit_row(message)

    @on(messages.FeedsChecked)
    def _feeds_checked(self, message: messages.FeedsChecked) -> None:
        self.fetching.show_check(message)

    @on(messages.NotesRead)
    def _notes_read(self, message: messages.NotesRead) -> None:
        self.highlighting.show_notes(message)

    @on(messages.NoteRead)
    def _note_read(self, message: messages.NoteRead) -> None:
        self.noting.edit(message)

    @on(messages.NoteSaved)
    def _note_saved(self, message: messages.NoteSaved) -> None:
        self.noting.saved(message)

    @on(messages.FetchDue)
    def _fetch_due(self) -> None:
        self.fetching.by_itself()

    @on(messages.FetchMoved)
    def _fetch_moved(self, message: messages.FetchMoved) -> None:
        self.fetching.moved(message)

    @on(messages.FetchEnded)
    def _fetch_ended(self, message: messages.FetchEnded) -> None:
        self.fetching.ended(message)

    @on(messages.FilesAdded)
    def _files_added(self, message: messages.FilesAdded) -> None:
        self.fetching.added(message)

    @on(messages.ViewSaved)
    def _view_saved(self, message: messages.ViewSaved) -> None:
        self.searching.view_saved(message)

    @on(messages.Copied)
    def _copied(self, message: messages.Copied) -> None:
        self.handing.copied(message)

    @on(messages.Said)
    def _said(self, message: messages.Said) -> None:
        if message.warning:
            self.say(message.words, warning=True)
        else:
            self.answer(message.words)

    # events ---------------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        """Keys mean something else now."""
        self.tell()

    def on_resize(self) -> None:
        """Stay in the pane one is in."""
        self.call_after_refresh(self._settled)

    def _settled(self) -> None:
        if self.focused is None:
            self.focus_pane()
        if self.reader_visible and self.reading.article is None:
            self.reading.moved(self.articles.current)
        self.tell()
