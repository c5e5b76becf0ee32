"""The two lines at the foot of the desk: how a fetch is going, and where one is."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from digest.tui.i18n import _
from digest.tui.layout.cells import fit, plain, width
from digest.tui.rendering.status import at_foot


class StatusLine(Widget):
    """Where one is at the left, what to press at the right."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._parts: Sequence[str] = ()
        self._hints: Sequence[str] = ()

    def tell(self, parts: Sequence[str], hints: Sequence[str]) -> None:
        """Show these parts, the most important first, and as many hints as fit beside them."""
        parts = [plain(part) for part in parts if part]
        if (parts, hints) != (self._parts, self._hints):
            self._parts, self._hints = parts, hints
            self.refresh()

    @property
    def words(self) -> str:
        """The text at the left."""
        return "   ".join(self._parts)

    def render(self) -> Content:
        """The line, as wide as the screen."""
        room = max(0, self.size.width - 2)
        left, right = at_foot(self._parts, self._hints, room)
        return Content.assemble((f" {fit(left, room - width(right))}", "bold"), f"{right} ")


class FetchBar(Widget):
    """How far a fetch is: shown while one runs."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._done = 0.0
        self._words = ""

    def start(self, words: str) -> None:
        """Show the bar."""
        self.tell(0.0, words)
        self.display = True

    def tell(self, done: float, words: str) -> None:
        """Show how much is done (0 to 1), and in words."""
        self._done, self._words = done, words
        self.refresh()

    def stop(self) -> None:
        """Hide the bar."""
        self.display = False

    @property
    def words(self) -> str:
        """What the bar says."""
        return self._words

    def render(self) -> Content:
        """The words over a bar that fills from the left."""
        line = fit(" " + plain(self._words), self.size.width)
        edge = round(len(line) * min(1.0, max(0.0, self._done)))
        return Content.assemble((line[:edge], "reverse"), line[edge:])


def fetch_words(done: int, total: int, pages: tuple[int, int], new: int, stop: str) -> str:
    """A fetch in words."""
    feeds = _("Fetching: {done} of {total} feeds").format(done=done, total=total)
    if pages[1]:
        feeds += _(", {done} of {total} pages").format(done=pages[0], total=pages[1])
    words = feeds + _(", {new} new").format(new=new)
    return words + (_("   {key} stops it").format(key=stop) if stop else "")
