"""Two articles of a story side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.command import Provider
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Static

from digest.tui.i18n import _
from digest.tui.messages import Changed
from digest.tui.screen_keys import PAIR, ScreenKey, bindings, hints
from digest.tui.screen_palette import screen_commands
from digest.tui.widgets.bars import StatusLine
from digest.tui.widgets.reader import Reader

if TYPE_CHECKING:
    from digest.library import Library
    from digest.model import Article
    from digest.tui.screens.desk import DeskScreen

BESIDE = 72  # columns from which both stand side by side


@dataclass
class PairRead(Message):
    """The two articles."""

    articles: Sequence[Article]


class PairScreen(Screen["int | None"]):
    """Shows two articles; closes with the id of the one to open, None when it was left."""

    CSS_PATH = "view.tcss"
    AUTO_FOCUS = ""
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {screen_commands}
    KEYS: ClassVar[Sequence[ScreenKey]] = PAIR
    BINDINGS: ClassVar[list[BindingType]] = bindings(PAIR)

    def __init__(self, desk: DeskScreen, pair: tuple[int, int]) -> None:
        super().__init__()
        self.desk = desk
        self._pair = pair
        self.readers = [Reader(desk.zone, name=f"pair-{side}") for side in ("left", "right")]
        self._reading: Timer | None = None

    def compose(self) -> ComposeResult:
        """The two over the foot."""
        with Horizontal(id="pair"):
            yield self.readers[0]
            yield Static("", id="pair-gap")
            yield self.readers[1]
        yield StatusLine(name="status")

    def on_mount(self) -> None:
        """Read both."""
        self.readers[0].focus()
        pair = self._pair

        def job(library: Library) -> Message:
            return PairRead([library.article(ident) for ident in pair])

        self.desk.work.read(job, group="pair", to=self)
        self._tell()

    def on_resize(self) -> None:
        """Beside each other, or one below the other."""
        self.query_one("#pair").set_class(self.app.size.width < BESIDE, "-below")

    @on(PairRead)
    def _loaded(self, message: PairRead) -> None:
        for reader, article in zip(self.readers, message.articles, strict=True):
            reader.show(article, {})
        self._reading = self.set_timer(self.desk.timing.read_after, self._read)

    def _read(self) -> None:
        """Both have been on the screen for a while."""
        ids = list(self._pair)

        def job(library: Library) -> Message:
            return Changed(ids, "", library.mark(ids, "read", automatic=True))

        self.desk.work.write(job)

    def _tell(self) -> None:
        foot = self.get_widget_by_id("status", StatusLine)
        foot.tell([_("Side by side")], hints(PAIR, self.desk.keyboard))

    @property
    def reader(self) -> Reader:
        """The one that keys scroll."""
        return self.readers[1] if self.readers[1].has_focus else self.readers[0]

    def action_scroll_one(self, lines: int) -> None:
        """Scroll the article that has the focus."""
        self.reader.lines_down(lines)

    def action_scroll_both(self, lines: int) -> None:
        """Scroll both."""
        for reader in self.readers:
            reader.lines_down(lines)

    def action_page(self, step: int) -> None:
        """Scroll by a screen."""
        if step > 0:
            self.reader.page_down()
        else:
            self.reader.page_up()

    def action_other(self) -> None:
        """Go to the other article."""
        self.readers[self.readers[0].has_focus].focus()

    def action_open(self) -> None:
        """Open the article that has the focus on the desk."""
        article = self.reader.article
        if article is not None:
            self.dismiss(article.id)

    def action_leave(self) -> None:
        """Back to the story."""
        self.dismiss(None)
