"""The way in: what is shown first, a welcome, and the desk as it was left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digest.tui.i18n import _
from digest.tui.memory import recall
from digest.tui.parts.listing import Shown
from digest.tui.widgets.reader import ReadingPlace

if TYPE_CHECKING:
    from digest.library.values import Counts
    from digest.tui.screens.desk import DeskScreen


class ComingPart:
    """From a library that was opened to a list with counts, and what is kept for the next time."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk
        self._starting = True

    def opened(self) -> None:
        """Begin with a library that was opened."""
        desk = self.desk
        self._starting = True
        if desk.work.library is not None:
            self._recall(desk.work.library.home)
        desk.alerting.forget()
        desk.fetching.keep_fetching()
        desk.listing.show(Shown("is:unread", _("Unread")))
        if desk.timing.warm_after:
            desk.set_timer(desk.timing.warm_after, desk.searching.warm)

    def listed(self) -> None:
        """Count once the first articles are on the screen.

        Views are counted by the index; loading it would hold up the list, which needs none.
        """
        if self._starting:
            self.desk.call_after_refresh(self.desk.listing.count)

    def counted(self, counts: Counts) -> None:
        """Once it is known what there is: welcome to an empty library, else what is unread."""
        if not self._starting:
            return
        self._starting = False
        if counts.all == 0:
            self.welcome()
        elif counts.unread == 0:
            self.desk.listing.show(Shown("", _("All articles")))
        self.desk.desk_app.at_work()

    def welcome(self) -> None:
        """Show the welcome screen and do what is chosen there."""
        from digest.tui.screens.welcome import WelcomeScreen  # noqa: PLC0415 - on first start only

        desk = self.desk

        def chosen(choice: tuple[str, str] | None) -> None:
            match choice:
                case ("fetch", _text):
                    desk.fetching.start()
                case ("add", text):
                    desk.fetching.add([text])
                case ("sample", _text):
                    desk.desk_app.open_sample()
                case ("help", _text):
                    desk.commanding.help()

        home = desk.work.library.home if desk.work.library else None
        desk.app.push_screen(WelcomeScreen(desk.keyboard, home, desk.feed_count), chosen)

    def remember(self) -> None:
        """Write down how the desk is left."""
        desk, memory = self.desk, self.desk.memory
        desk.reader.leave()
        memory.order, memory.grouping = desk.listing.order, desk.listing.grouping
        memory.places = {str(one): (at.block, at.offset) for one, at in desk.reader.places.items()}
        if desk.work.library is not None:
            memory.save(desk.work.library.home)

    def _recall(self, home: Path) -> None:
        """Be as the desk was left."""
        desk = self.desk
        memory = desk.memory = recall(home)
        desk.listing.order, desk.listing.grouping = memory.order, memory.grouping
        desk.reader.places = {
            int(name): ReadingPlace(*place)
            for name, place in memory.places.items()
            if name.isascii() and name.isdigit()
        }
        desk.set_class(not memory.sidebar, "-no-sidebar")
        desk.share_out()
