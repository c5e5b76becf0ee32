"""How every feed is doing: the feed doctor on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from digest.library.diagnosis import diagnose, habits, newest_of
from digest.tui.i18n import N_, _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import fit, plain
from digest.tui.layout.kinsoku import wrap
from digest.tui.library_words import retold
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Box
from digest.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from digest.library.values import FeedInfo

# The doctor's codes in a few words; its sentences stand below them.
_LABELS = {
    "well": N_("well"),
    "never": N_("not fetched yet"),
    "gone": N_("gone for good"),
    "moved": N_("has moved"),
    "forbidden": N_("refuses programs"),
    "html": N_("a web page, no feed"),
    "frozen": N_("silent for too long"),
    "broken": N_("broken XML"),
    "clock": N_("wrong dates"),
    "no_full_text": N_("no full text"),
    "selector": N_("selector fits nothing"),
    "failing": N_("does not answer well"),
}
_NAME = 30
_PAGE = 8


class CheckupScreen(Box[str | None]):
    """Lists the feeds, the ailing ones first; closes with the address of one to fetch, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h", "leave", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,space", f"move({_PAGE})", show=False),
        Binding("pageup", f"move({-_PAGE})", show=False),
        Binding("enter,R,ctrl+r", "fetch", show=False),
    ]

    def __init__(self, infos: Sequence[FeedInfo], now: datetime) -> None:
        super().__init__()
        self._now = now
        # Sorting is stable: inside, the feeds keep the order of the configuration.
        self._infos = sorted(infos, key=lambda info: _rank(info, now))
        self._at = 0
        self._owners: list[int] = []  # of each line the feed it belongs to

    def compose(self) -> ComposeResult:
        """How many ail, the feeds, how it works."""
        with Vertical(id="checkup-box", classes="box"):
            yield Static(id="checkup-title", classes="box-title", markup=False)
            yield Lines(name="checkup-lines")
            yield Static(_("Enter: fetch this feed   Esc: leave"), classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Show all of them."""
        ill = sum(not diagnose(info, self._now)[0].well for info in self._infos)
        words = ngettext("{n} feed", "{n} feeds", len(self._infos)).format(n=len(self._infos))
        ailing = _("{n} need a look").format(n=ill) if ill else _("all are well")
        self.get_widget_by_id("checkup-title", Static).update(plain(f"{words}   {ailing}"))
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        view = self.get_widget_by_id("checkup-lines", Lines)
        width = max(20, view.size.width - 1)
        lines: list[list[Part]] = []
        self._owners = []
        first = last = 0
        for at, info in enumerate(self._infos):
            here = at == self._at
            first = len(lines) if here else first
            lines += _lines(info, self._now, width, here=here)
            last = len(lines) if here else last
            self._owners += [at] * (len(lines) - len(self._owners))
        view.show(lines or [[Part(_("There are no feeds yet."), "about")]], keep=True)
        view.into_view(first, last)

    def action_move(self, step: int) -> None:
        """Go to another feed."""
        self._at = max(0, min(self._at + step, len(self._infos) - 1))
        self._draw()

    @on(Lines.Clicked)
    def _clicked(self, event: Lines.Clicked) -> None:
        if event.line < len(self._owners):
            self._at = self._owners[event.line]
            self._draw()

    def action_fetch(self) -> None:
        """Fetch this feed now, whatever its state."""
        self.dismiss(self._infos[self._at].feed.url if self._infos else None)

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)


def _rank(info: FeedInfo, now: datetime) -> int:
    """What does not bring anything first, then what brings less than it could."""
    chief = diagnose(info, now)[0]
    return 0 if not chief.well else 1 if chief.code not in ("well", "never") else 2


def _lines(info: FeedInfo, now: datetime, width: int, *, here: bool) -> list[list[Part]]:
    """One line of a feed; of the one that one is on, everything there is to say."""
    found = diagnose(info, now)
    chief = found[0]
    lead = f"{signs.CURSOR if here else ' '} {' ' if chief.well else '!'} "
    role = "heading" if here else "text" if chief.well else "unread"
    columns = min(_NAME, width // 2)
    name = fit(plain(info.feed.title), columns)
    newest = newest_of(info)
    about = f" {newest:%Y-%m-%d}  " if newest else " " * 13
    about = fit(about + _(_LABELS[chief.code]), max(1, width - len(lead) - columns))
    row = [Part(lead, "sign"), Part(name, role), Part(about, "about")]
    if not here:
        return [row]
    said = (*(part for finding in found for part in finding.parts), *habits(info, now))
    words = [*map(retold, said), info.feed.shown]
    rest = [
        [Part(f"      {line[start:end]}", "about")]
        for line in map(plain, words)
        if line
        for start, end in wrap(line, max(8, width - 8))
    ]
    return [row, *rest]
