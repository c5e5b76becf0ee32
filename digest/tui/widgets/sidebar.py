"""The sidebar: places to look, each a query, with live counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from digest.tui.layout import signs
from digest.tui.layout.cells import fit, plain
from digest.tui.rendering.outline import Entry
from digest.tui.rendering.parts import Part
from digest.tui.widgets.line_view import LineView


class Sidebar(LineView, can_focus=True):
    """Entries one under the other; headings are passed over."""

    @dataclass
    class Chosen(Message):
        """A person went to an entry; `entering` when its list is to get the focus."""

        entry: Entry
        entering: bool

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.entries: Sequence[Entry] = ()
        self.at = -1

    @property
    def current(self) -> Entry | None:
        """The entry whose list is shown, None when the list is a search of its own."""
        return self.entries[self.at] if 0 <= self.at < len(self.entries) else None

    def show(self, entries: Sequence[Entry], query: str | None) -> None:
        """Show entries; the one with this query is the current one."""
        same = [entry.query for entry in entries] == [entry.query for entry in self.entries]
        self.at = self.at if same else -1
        self.entries = entries
        self._resize()
        self.mark(query)
        self.refresh()

    def mark(self, query: str | None) -> None:
        """Make the entry with this query the current one, if there is any.

        Of several with the same query the current one stays.
        """
        if query is not None and self.current is not None and self.current.query == query:
            return
        found = (at for at, entry in enumerate(self.entries) if entry.query == query)
        self.at = next(found, -1) if query is not None else -1
        self._follow()
        self.refresh()

    def move(self, step: int) -> None:
        """Go to the next (or previous) entry that lists something."""
        at = self.at + step if self.at >= 0 or step > 0 else len(self.entries) - 1
        while 0 <= at < len(self.entries) and self.entries[at].query is None:
            at += step
        if 0 <= at < len(self.entries):
            self.at = at
            self._follow()
            self.refresh()
            self.post_message(self.Chosen(self.entries[at], entering=False))

    def enter(self) -> None:
        """Go into the list of the current entry."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current, entering=True))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self.entries):
            return self.strip([], width)
        entry = self.entries[at]
        if entry.query is None:
            return self.strip([Part(f" {plain(entry.title)}", "group")], width)
        here = at == self.at
        count = "" if entry.count is None else f" {entry.count:,}"
        mark = signs.TROUBLE if entry.trouble else signs.ALERT if entry.alert else " "
        lead = f"{signs.CURSOR if here else ' '}{mark}{'  ' * entry.depth}"
        room = max(0, width - len(lead) - len(count) - 1)
        parts = [
            Part(lead, "trouble" if entry.trouble else "sign"),
            Part(fit(plain(entry.title), room), "entry"),
            Part(f"{count} ", "count"),
        ]
        over = () if not here else ("cursor" if self.has_focus else "current",)
        return self.strip(parts, width, *over, under="unread" if entry.count else "read")

    def _resize(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.entries))

    def _follow(self) -> None:
        if self.at < 0 or not self.size.height:
            return
        # A heading right above comes along.
        top = self.at - 1 if self.at and self.entries[self.at - 1].query is None else self.at
        if top < self.scroll_offset.y:
            self.to_line(top)
        elif self.at >= self.scroll_offset.y + self.size.height:
            self.to_line(self.at - self.size.height + 1)

    def on_resize(self) -> None:
        """Keep the current entry on the screen."""
        self._resize()
        self._follow()

    def on_focus(self) -> None:
        """Draw the current entry as the one that keys move."""
        self.refresh()

    def on_blur(self) -> None:
        """Draw the current entry as resting."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Go into the list of what was clicked."""
        at = event.y + self.scroll_offset.y
        if at < len(self.entries) and self.entries[at].query is not None:
            self.at = at
            self.refresh()
            self.enter()
