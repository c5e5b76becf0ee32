"""Search as you type, and saving a search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from digest.tui.completing import Vocabulary
from digest.tui.i18n import _
from digest.tui.messages import Counted, Listed, ViewSaved
from digest.tui.parts.listing import Shown
from digest.tui.rendering.sparkline import course_words

if TYPE_CHECKING:
    from textual.message import Message

    from digest.library import Library
    from digest.tui.screens.desk import DeskScreen


@dataclass(frozen=True, slots=True)
class _Before:
    """Where a person was when the search began."""

    shown: Shown
    article: int | None


class SearchingPart:
    """The search box and the list that follows it.

    Attributes:
        course: the languages of what was found, and its course over time.
    """

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._before: _Before | None = None
        self._timer: Timer | None = None
        self.course: list[str] = []

    @property
    def active(self) -> bool:
        """Whether the list shows a search."""
        return self._before is not None

    def open(self) -> None:
        """Show the search box."""
        listing = self.desk.listing
        if self._before is None:
            self._before = _Before(listing.shown, self.desk.articles.current)
        self.desk.show_pane("list")
        self.desk.search_bar.open()
        self.warm()

    def warm(self) -> None:
        """Load the sentence model, unless it is there: the first search need not wait then."""

        def job(library: Library) -> None:
            library.meaning.warm()

        if self.desk.timing.warm_after:
            self.desk.work.read(job, group="warming", exclusive=False)

    def like(self) -> None:
        """Search for what is like the article under the cursor."""
        if (ident := self.desk.articles.current) is not None:
            self.search(f"like:{ident}")

    def search(self, query: str) -> None:
        """Search for something that was typed elsewhere."""
        self.open()
        self.desk.search_bar.open(query)
        self._run(query)
        self.desk.show_pane("list")

    def edited(self, query: str) -> None:
        """The query was edited: search once the fingers rest."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.desk.set_timer(self.desk.timing.search_after, lambda: self._run(query))

    def _run(self, query: str) -> None:
        self._timer = None
        if self._before is None:
            return
        if query.strip():
            self.desk.listing.show(Shown(query, query, search=True))
        else:
            self.desk.listing.show(self._before.shown, at=self._before.article)

    def submitted(self, query: str) -> None:
        """The query is done: on to the list."""
        if self._timer is not None:
            self._timer.stop()
            self._run(query)
        if query.strip():
            self.desk.memory.searched(query)
            bar = self.desk.search_bar
            bar.words = replace(bar.words, searches=self.desk.memory.searches)
            self.desk.show_pane("list")
        else:
            self.leave()

    def leave(self) -> None:
        """Give the search up and go back to where it began."""
        before, self._before = self._before, None
        self.course = []
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.desk.search_bar.close()
        self.desk.show_pane("list")
        if before is not None and self.desk.listing.shown != before.shown:
            self.desk.listing.show(before.shown, at=before.article)

    def forget(self) -> None:
        """The list shows something else now."""
        self._before = None
        self.course = []
        self.desk.search_bar.close()

    def listed(self, message: Listed) -> None:
        """Show what the search brought, or what is wrong with it."""
        if self._before is None:
            return
        found = message.listing
        bar = self.desk.search_bar
        bar.tell(found.query, found.strict, len(found.ids) - found.strict, found.took_ms)
        self.course = course_words(*message.spread) if message.spread else []
        bar.warn(found.query, found.problems)
        bar.suggest(found.query, found.suggestion)

    def counted(self, message: Counted) -> None:
        """Know the names that can be completed."""
        feeds = [info.feed.title for info in message.feeds]
        groups = {group for info in message.feeds for group in info.feed.groups}
        self.desk.search_bar.words = Vocabulary(
            tags=[name for name, _unread, _every in message.counts.tags],
            feeds=[*dict.fromkeys([*feeds, *sorted(groups)])],
            views=[view.name for view in message.views],
            names=[name for name, _kind, _unread, _every in message.counts.people],
            searches=self.desk.memory.searches,
        )

    # views ----------------------------------------------------------------------------------

    def save_view(self) -> None:
        """Ask for the name to keep this search under."""
        query = self.desk.listing.shown.query
        if not query:
            self.desk.say(_("There is nothing to save: search for something first."))
            return
        self.desk.prompt.ask("view", _("Save as view: "))

    def name_view(self, name: str) -> None:
        """Keep the search under this name."""
        query = self.desk.listing.shown.query
        clean = " ".join(name.split())
        if not clean:
            return

        def job(library: Library) -> Message:
            library.save_view(clean, query)
            return ViewSaved(clean)

        self.desk.work.write(job)

    def view_saved(self, message: ViewSaved) -> None:
        """Say so, and show it in the sidebar."""
        self.desk.say(_("Saved as the view {name}.").format(name=message.name))
        self.desk.listing.count()
