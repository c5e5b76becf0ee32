"""Moving about: the cursor, the panes, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.tui.screens.desk import DeskScreen


class MovingPart:
    """Where keys lead. In the reader, what moves the cursor in the list scrolls the text."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def next(self) -> None:
        """One down."""
        self._step(1)

    def previous(self) -> None:
        """One up."""
        self._step(-1)

    def _step(self, step: int) -> None:
        match self.desk.pane:
            case "reader" if self.desk.reader.selecting:
                self.desk.reader.extend(step)
            case "reader":
                self.desk.reader.lines_down(step)
            case "sidebar":
                self.desk.sidebar.move(step)
            case _:
                self.desk.articles.go(self.desk.articles.cursor + step)

    def top(self) -> None:
        """To the first line."""
        if self.desk.pane == "reader":
            self.desk.reader.lines_down(-len(self.desk.reader.page.lines))
        else:
            self.desk.articles.go(0)

    def bottom(self) -> None:
        """To the last line."""
        if self.desk.pane == "reader":
            self.desk.reader.lines_down(len(self.desk.reader.page.lines))
        else:
            self.desk.articles.go(len(self.desk.articles.shelf.ids) - 1)

    def down(self) -> None:
        """A screen down."""
        if self.desk.pane == "reader":
            self.desk.reader.page_down()
        else:
            self.desk.articles.go(self.desk.articles.cursor + self.desk.articles.page)

    def up(self) -> None:
        """A screen up."""
        if self.desk.pane == "reader":
            self.desk.reader.page_up()
        else:
            self.desk.articles.go(self.desk.articles.cursor - self.desk.articles.page)

    def sidebar_next(self) -> None:
        """The next entry of the sidebar."""
        self.desk.sidebar.move(1)

    def sidebar_previous(self) -> None:
        """The entry before."""
        self.desk.sidebar.move(-1)

    def select(self) -> None:
        """Begin to select articles (in the reader paragraphs), or end it."""
        if self.desk.pane == "reader":
            self.desk.highlighting.select()
            return
        articles = self.desk.articles
        self.desk.show_pane("list")
        articles.select(on=not articles.selecting)
        self.desk.tell()

    # panes ----------------------------------------------------------------------------------

    def next_pane(self) -> None:
        """On to the next pane that is on the screen."""
        order = ["sidebar", "list", "reader"]
        there = [name for name in order if self.desk.has_pane(name)]
        at = there.index(self.desk.pane) if self.desk.pane in there else 0
        self.desk.show_pane(there[(at + 1) % len(there)])

    def sidebar_toggle(self) -> None:
        """Show or hide the sidebar."""
        self.desk.toggle_sidebar()

    def list_wider(self) -> None:
        """Give the list more room."""
        self.desk.share_out(5)

    def list_narrower(self) -> None:
        """Give the reader more room."""
        self.desk.share_out(-5)

    def zoom(self) -> None:
        """Give the reader the whole screen, or take it back."""
        if self.desk.reading.article is None:
            self.desk.reading.open()
        self.desk.zoom(on=not self.desk.zoomed)

    def back(self) -> None:
        """One step back; at the top level nothing."""
        self._back()

    def quit(self) -> None:
        """One step back; at the top level the desk closes."""
        if not self._back():
            self.desk.leave()

    def _back(self) -> bool:
        """Undo the last step in; False at the top level."""
        desk = self.desk
        if desk.zoomed and not desk.reader.selecting:
            desk.zoom(on=False)
        elif desk.pane == "reader" and desk.reader.selecting:
            desk.reader.deselect()
        elif desk.pane == "reader":
            desk.show_pane("list")
        elif desk.articles.selecting:
            desk.articles.select(on=False)
            desk.tell()
        elif desk.pane == "sidebar":
            desk.show_pane("list")
        elif desk.searching.active:
            desk.searching.leave()
        else:
            return False
        return True
