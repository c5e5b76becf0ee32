"""What the desk looks like: its widgets, and its panes in three widths (`widths`)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.notifications import SeverityLevel
from textual.screen import Screen

from digest.tui.keys import Keyboard
from digest.tui.memory import LEAST, MOST, Memory
from digest.tui.screens.widths import BREAKPOINTS, MIDDLE, WIDE, class_for
from digest.tui.timing import Timing
from digest.tui.toasting import keep_within
from digest.tui.widgets.articles import ArticleList
from digest.tui.widgets.bars import FetchBar, StatusLine
from digest.tui.widgets.prompt_bar import PromptBar
from digest.tui.widgets.reader import Reader
from digest.tui.widgets.search_bar import SearchBar
from digest.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from digest.tui.work import Work

PANES = ("sidebar", "list", "reader")


class DeskFrame(Screen[None]):
    """The widgets of the desk, and which pane one is in."""

    CSS_PATH = "desk.tcss"
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = list(BREAKPOINTS)  # noqa: RUF012 - so declared by Textual
    AUTO_FOCUS = ""

    def __init__(
        self,
        *,
        work: Work,
        keyboard: Keyboard,
        timing: Timing,
        zone: tzinfo,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(id="desk")
        self.work, self.keyboard, self.timing = work, keyboard, timing
        self.zone, self.now = zone, now
        self.pane = "list"
        self._last_answer = ""
        self.memory = Memory()
        self.sidebar = Sidebar(name="sidebar")
        self.articles = ArticleList(zone, name="articles")
        self.reader = Reader(zone, name="reader")
        self._panes = {"sidebar": self.sidebar, "list": self.articles, "reader": self.reader}
        self.search_bar = SearchBar(name="search")
        self.fetch_bar = FetchBar(name="fetch")
        self.prompt = PromptBar(name="prompt")
        self.status = StatusLine(name="status")

    def compose(self) -> ComposeResult:
        """The panes side by side over the lines at the foot."""
        with Horizontal(id="panes"):
            yield self.sidebar
            with Vertical(id="middle"):
                yield self.search_bar
                yield self.articles
            with Horizontal(id="right"):
                yield self.reader
        yield self.fetch_bar
        yield self.prompt
        yield self.status

    def on_mount(self) -> None:
        """Show the frame; the library comes later."""
        # Textual knows the breakpoint only after the first frame, which would be drawn wrong.
        here = {class_for(self.app.size.width): True, "-at-list": True}
        self.update_classes(here, update=False)
        self.search_bar.display = self.fetch_bar.display = self.prompt.display = False
        self.focus_pane()
        self.tell()

    # panes ----------------------------------------------------------------------------------

    @property
    def reader_visible(self) -> bool:
        """Whether the reader is on the screen."""
        return self.pane == "reader" or self.size.width >= MIDDLE

    @property
    def zoomed(self) -> bool:
        """Whether the reader has the whole screen."""
        return self.has_class("-zoomed")

    def has_pane(self, name: str) -> bool:
        """Whether a pane can be gone to as things are."""
        if self.size.width < MIDDLE or self.zoomed:
            return name == self.pane
        return name != "sidebar" or self.sidebar.display

    def show_pane(self, name: str) -> None:
        """Go to a pane; on a narrow screen, show it instead of the others."""
        if self.pane == "reader" and name != "reader":
            self.left_reader()
        self.pane = name
        # All at once: each change of classes works out the styles of every widget.
        at = {f"-at-{other}": other == name for other in PANES}
        zoomed = self.zoomed and name == "reader"
        self.update_classes({**at, "-zoomed": zoomed}, animate=False)
        self.focus_pane()
        self.tell()

    def focus_pane(self) -> None:
        """Give keys to the pane one is in."""
        self._panes[self.pane].focus()

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar; on a narrow screen, go there or come back."""
        if self.size.width < MIDDLE:
            self.show_pane("list" if self.pane == "sidebar" else "sidebar")
            return
        if self.size.width >= WIDE:
            self.memory.sidebar = self.has_class("-no-sidebar")
        self.toggle_class("-no-sidebar" if self.size.width >= WIDE else "-sidebar")
        if self.pane == "sidebar":
            self.show_pane("list")

    def share_out(self, step: int = 0) -> None:
        """Give the list more of the room that it shares with the reader (`step` in per cent)."""
        middle, right = self.query_one("#middle"), self.query_one("#right")
        if step:
            both = middle.size.width + right.size.width
            now = self.memory.share or round(100 * middle.size.width / max(1, both)) or 50
            self.memory.share = max(LEAST, min(MOST, now + step))
        if self.memory.share:
            middle.styles.width = f"{self.memory.share}fr"
            right.styles.width = f"{100 - self.memory.share}fr"

    def zoom(self, *, on: bool) -> None:
        """Give the reader the whole screen, or take it back."""
        if on:
            self.show_pane("reader")
        self.set_class(on, "-zoomed")

    def left_reader(self) -> None:
        """The reader was left for another pane."""

    def tell(self) -> None:
        """Say at the foot where one is and what can be pressed."""

    def say(self, words: str, *, warning: bool = False) -> None:
        """Show a toast, a warning for longer. Nothing in it is read as markup."""
        screen = self.app.screen
        for pane in screen.query("#right" if screen is self else ".box"):
            keep_within(screen, pane.region)
        kind: SeverityLevel = "warning" if warning else "information"
        self.notify(words, severity=kind, markup=False, timeout=8 if warning else None)

    def answer(self, words: str) -> None:
        """Show what a key has done, in the place of what the last one had."""
        for note in list(self.app._notifications):  # noqa: SLF001 - Textual forgets all or none
            if note.message == self._last_answer and note.severity == "information":
                self.app._unnotify(note, refresh=False)  # noqa: SLF001 - as above
        self._last_answer = words
        self.say(words)

    # events ---------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """The pane that was clicked is the pane one is in."""
        name = event.widget.id if event.widget else None
        for pane, widget in self._panes.items():
            if name == widget.id and pane != self.pane:
                self.show_pane(pane)
