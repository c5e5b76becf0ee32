"""The base of the screens that take the whole terminal: a title, lines, and what can be pressed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.command import Provider
from textual.screen import Screen
from textual.widgets import Input

from digest.tui.inks import VIEWING, Inks
from digest.tui.layout.cells import plain
from digest.tui.rendering.parts import Part
from digest.tui.rendering.status import hints as typed_hints
from digest.tui.screen_keys import ScreenKey, hints
from digest.tui.screen_palette import screen_commands
from digest.tui.widgets.bars import StatusLine
from digest.tui.widgets.lines import Lines
from digest.tui.widgets.prompt_bar import PromptBar

if TYPE_CHECKING:
    from digest.tui.screens.desk import DeskScreen

Result = TypeVar("Result")


class ViewLines(Lines):
    """Lines with the roles that these screens draw."""

    INKS: ClassVar[Inks] = VIEWING


class View(Screen[Result], Generic[Result]):
    """A screen over the desk. Its work goes through the desk's workers and is answered to it.

    Args:
        desk: the desk below.
    """

    CSS_PATH = "view.tcss"
    AUTO_FOCUS = ""
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {screen_commands}
    KEYS: ClassVar[Sequence[ScreenKey]] = ()

    def __init__(self, desk: DeskScreen) -> None:
        super().__init__()
        self.desk = desk
        self.work = desk.work
        self.foot = StatusLine(name="status")
        self._told: Sequence[str] = ()
        self.prompt = PromptBar(name="prompt")

    def compose(self) -> ComposeResult:
        """The lines over the foot."""
        yield ViewLines(name="view-lines")
        yield self.prompt
        yield self.foot

    def on_mount(self) -> None:
        """Show the frame; what is read comes later."""
        self.prompt.display = False
        self.watch(self, "focused", self._tell, init=False)
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Lay everything out anew."""
        self.call_after_refresh(self.draw)

    def draw(self) -> None:
        """Draw what the screen shows."""

    def say_at_foot(self, *parts: str) -> None:
        """What is shown, at the left of the foot; what can be pressed, at its right."""
        self._told = parts
        self._tell()

    def _tell(self) -> None:
        keyboard = self.desk.keyboard
        typing = isinstance(self.focused, Input)  # nothing else takes the focus
        pressed = typed_hints("prompt", keyboard) if typing else hints(self.KEYS, keyboard)
        self.foot.tell(self._told, pressed)

    @property
    def lines(self) -> ViewLines:
        """The lines."""
        return self.get_widget_by_id("view-lines", ViewLines)

    @property
    def columns(self) -> int:
        """How many cells a line has."""
        return max(20, self.lines.scrollable_content_region.width)

    def show_words(self, words: str) -> None:
        """Show a sentence in the place of lines."""
        self.lines.show([[], [Part(f"  {plain(words)}", "about")]])

    @on(PromptBar.GivenUp)
    def _given_up(self) -> None:
        self.set_focus(None)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show all keys and commands."""
        self.desk.commanding.help()
