"""The screens of stories, briefs, names and plots, and what is chosen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.tui.i18n import _
from digest.tui.parts.listing import Shown

if TYPE_CHECKING:
    from digest.model import Summary
    from digest.tui.screens.desk import DeskScreen

MOST = 5  # queries in a plot
_TOO_LONG = 18  # digits of a number


class TellingPart:
    """Opens these screens over the desk, and on the desk what is chosen there."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._queries: list[str] = []

    def compare(self) -> None:
        """Show the story of the article."""
        ids = self.desk.curating.targets()
        if ids:
            self._show(article=ids[0])

    def open(self, typed: str) -> None:
        """Show a story by its number."""
        number = typed.strip()
        if number.isascii() and number.isdigit() and len(number) <= _TOO_LONG and int(number):
            self._show(story=int(number))
        else:
            self.desk.say(_("Name a story by its number: :story 12"), warning=True)

    def _show(self, article: int = 0, story: int = 0) -> None:
        from digest.tui.screens.story import StoryScreen  # noqa: PLC0415 - only when asked for

        screen = StoryScreen(self.desk, article, story)

        def chosen(row: Summary | None) -> None:
            if row is not None:
                self.read(row)

        self.desk.app.push_screen(screen, chosen)

    def brief(self, typed: str = "") -> None:
        """Look a brief over: a named one (`@NAME`), or of a span such as `3d`."""
        from digest.tui.briefs import plans_of  # noqa: PLC0415 - only when asked for
        from digest.tui.screens.brief import BriefScreen  # noqa: PLC0415 - as above

        library = self.desk.work.library
        if library is None:
            return
        try:
            plans = plans_of(library.config.briefs, typed)
        except ValueError as error:
            self.desk.say(str(error), warning=True)
            return
        self.desk.app.push_screen(BriefScreen(self.desk, plans))

    def who(self, typed: str = "") -> None:
        """Show who is named; with a name, whom it may mean."""
        from digest.tui.screens.who import WhoScreen  # noqa: PLC0415 - only when asked for

        self.desk.app.push_screen(WhoScreen(self.desk, typed.strip()), self._list)

    def timeline(self, typed: str = "") -> None:
        """Plot queries, which ` / ` divides; without any those of the last time, or the list's."""
        from digest.tui.screens.timeline import TimelineScreen  # noqa: PLC0415 - when asked for

        if wanted := [part.strip() for part in typed.split(" / ") if part.strip()]:
            self._queries = list(dict.fromkeys(wanted))[:MOST]
        elif len(self._queries) < 2:
            shown = self.desk.listing.shown.query
            self._queries = ["" if shown == "is:unread" else shown]
        self.desk.app.push_screen(TimelineScreen(self.desk, self._queries), self._list)

    def _list(self, found: tuple[str, str] | None) -> None:
        """List what was chosen on a screen: a query under a title."""
        if found is not None:
            self.desk.searching.forget()
            self.desk.show_pane("list")
            self.desk.listing.show(Shown(*found))

    def read(self, row: Summary) -> None:
        """Open an article: in the list that is shown, where it is there, else in its story's."""
        if row.id in self.desk.articles.shelf.ids:
            self.desk.reading.open_at(row.id, None)
            return
        # A copy is not listed beside what it is a copy of.
        query = f"story:{row.story}" if row.story and row.copy_of is None else f"id:{row.id}"
        title = _("Story {n}").format(n=row.story or "")
        self.desk.show_pane("list")
        self.desk.listing.show(Shown(query, title), at=row.id, opening=True)
