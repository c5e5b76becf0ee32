"""The two lines at the foot of the desk: how a fetch is going, and where one is."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from digest.tui.i18n import _
from digest.tui.layout.cells import cut, fit, plain, width


class StatusLine(Widget):
    """Where one is at the left, what to press at the right."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self._left = self._right = ""

    def tell(self, left: str, right: str) -> None:
        """Show these two texts; where both do not fit, the left one is cut and hints are left out.

        Hints stand two spaces apart; the last one, which leads to all others, stays longest.
        """
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    @property
    def words(self) -> str:
        """The text at the left."""
        return self._left

    def render(self) -> Content:
        """The line, as wide as the screen."""
        right = _fewer(
            self._right, max(self.size.width // 2, self.size.width - width(self._left) - 4)
        )
        room = self.size.width - width(right) - 4
        return Content.assemble(
            (" " + fit(plain(self._left), max(0, room)) + "  ", "bold"), (right + " ", "")
        )


def _fewer(hints: str, room: int) -> str:
    """As many hints as fit: the last one, and of the others the first ones."""
    first, _, last = hints.rpartition("  ")
    while first and width(f"{first}  {last}") > room:
        first = first.rpartition("  ")[0]
    return cut(f"{first}  {last}" if first else last, room)


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
