"""The tag editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.model import Summary
from digest.tui.i18n import _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import cut, fit, plain
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Over
from digest.tui.ticking import TagRow, Ticks, ticks_of, typed_directly
from digest.tui.widgets.lines import Lines

Changes = tuple[list[str], list[str]]
_SHOWN = 14
_NAME = 36


class TagScreen(Over[Changes | None]):
    """Ticks tags; closes with the tags to add and those to take away, None when given up.

    Enter ticks what was typed and is done; Tab (or Space in an empty box) ticks and stays;
    `+a -b` typed in the box are taken as they are.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "tick", show=False, priority=True),
    ]

    def __init__(self, articles: int, typed: str) -> None:
        super().__init__()
        self._title = ngettext("{n} article", "{n} articles", articles).format(n=articles)
        self._ticks: Ticks = ticks_of([], [])
        self._shown = False
        self._filled = False
        self._submitted_early = False
        self._typed = typed
        self._at = 0
        self._touched = False

    def fill(self, tags: Sequence[tuple[str, int]], rows: Sequence[Summary]) -> None:
        """Show the tags there are and those of the articles; typing need not wait for them."""
        self._ticks = ticks_of(tags, [row.tags for row in rows])
        self._filled = True
        if len(rows) == 1:
            self._title = rows[0].title
        if self._shown:
            self._draw()
        if self._submitted_early:
            self._finish()

    def compose(self) -> ComposeResult:
        """What is tagged, the box, the tags, how it works."""
        with Vertical(id="tag-box", classes="box"):
            yield Static(id="tag-title", classes="box-title", markup=False)
            yield Input(
                self._typed,
                id="tag-input",
                compact=True,
                select_on_focus=False,
                placeholder=_("a tag, or +this -that"),
                max_length=400,
            )
            yield Lines(name="tag-list")
            yield Static(
                _("Enter: tick, done   Tab: tick, stay   Esc: leave"),
                classes="box-foot",
                markup=False,
            )

    def on_mount(self) -> None:
        """Show what is known by now: the tags may be there already, or come later."""
        self._shown = True
        self._draw()

    @property
    def _input(self) -> Input:
        return self.get_widget_by_id("tag-input", Input)

    @property
    def _rows(self) -> list[TagRow]:
        return self._ticks.rows(self._input.value)[:_SHOWN]

    def _draw(self) -> None:
        self.get_widget_by_id("tag-title", Static).update(cut(plain(self._title), 56))
        rows = self._rows
        self._at = max(0, min(self._at, len(rows) - 1))
        lines = [_line(row, here=at == self._at) for at, row in enumerate(rows)]
        view = self.get_widget_by_id("tag-list", Lines)
        empty = _("No tags yet: type the first one.") if self._filled else ""
        view.show(lines or [[Part(empty, "about")]])
        view.styles.height = max(1, len(lines))

    @on(Input.Changed)
    def _edited(self) -> None:
        self._at = 0
        # A space in an empty box ticks, as in any list of boxes to tick.
        if self._input.value == " ":
            self._input.value = ""
            self.action_tick()
            return
        self._draw()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._filled:
            self._finish()
        else:
            self._submitted_early = True

    def _finish(self) -> None:
        typed = self._input.value.strip()
        if typed_directly(typed):
            self.dismiss(self._ticks.changes(typed))
            return
        if typed or (self._touched and not self._ticks.add and not self._ticks.remove):
            self._tick()
        self.dismiss(self._ticks.changes())

    @on(Lines.Clicked)
    def _clicked(self, event: Lines.Clicked) -> None:
        if event.line < len(self._rows):
            self._touched, self._at = True, event.line
            self.action_tick()

    def action_move(self, step: int) -> None:
        """Go to another tag of the list."""
        self._touched = True
        self._at += step
        self._draw()

    def action_tick(self) -> None:
        """Tick the tag one is on, and stay."""
        if not self._filled:
            return
        self._tick()
        self._input.value = ""
        self._draw()

    def _tick(self) -> None:
        rows = self._rows
        if rows:
            self._ticks = self._ticks.toggled(rows[min(self._at, len(rows) - 1)].name)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _line(row: TagRow, *, here: bool) -> list[Part]:
    boxes = {True: f"[{signs.TICK}]", False: "[ ]", None: f"[{signs.PARTLY}]"}
    lead = f"{signs.CURSOR if here else ' '} {boxes[row.state]} "
    words = _("new tag") if row.new else f"{row.articles:,}"
    role = "unread" if here else "text"
    return [
        Part(lead, "sign"),
        Part(fit(plain(row.name), _NAME), role),
        Part(f" {words}", "count"),
    ]
