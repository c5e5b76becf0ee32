"""All notes and highlights of a list of articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.tui.i18n import _, ngettext
from digest.tui.layout import signs
from digest.tui.layout.cells import fit, plain
from digest.tui.layout.kinsoku import wrap
from digest.tui.rendering.badges import badge
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Box
from digest.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from digest.library.highlighting import Noted

Choice = tuple[str, int, int]
_TALLEST = 6


class Piece(NamedTuple):
    """One thing that was noted: a title (`highlight` 0), a note (0), or a highlight."""

    article: int
    highlight: int
    lines: tuple[tuple[str, str], ...]
    words: str


def pieces(noted: Sequence[Noted], columns: int, wanted: str = "") -> list[Piece]:
    """What is listed, wrapped to lines of `columns` cells; with `wanted`, what has it inside."""
    low = wanted.casefold().strip()
    found: list[Piece] = []
    for one in noted:
        title = f"{badge(one.row.lang)} {one.row.title}"
        inside = [
            *([_note(one, columns)] if one.note else []),
            *(_highlight(one, at, columns) for at in range(len(one.highlights))),
        ]
        if low not in title.casefold():
            inside = [piece for piece in inside if low in piece.words.casefold()]
        if inside:
            found += [Piece(one.row.id, 0, (("heading", title),), title), *inside]
    return found


def _note(one: Noted, columns: int) -> Piece:
    lines = _wrapped(one.note, columns - 4, "note")
    return Piece(one.row.id, 0, _led(lines, f"  {signs.NOTE} "), one.note)


def _highlight(one: Noted, at: int, columns: int) -> Piece:
    kept = one.highlights[at]
    lines = _led(_wrapped(kept.quote, columns - 4, "text"), f"  {signs.BAR} ", f"  {signs.BAR} ")
    if kept.comment:
        comment = _wrapped(kept.comment, columns - 6, "note")
        lines += _led(comment, f"    {signs.NOTE} ", "      ")
    return Piece(one.row.id, kept.id, lines, f"{kept.quote}\n{kept.comment}")


def _wrapped(text: str, columns: int, role: str) -> list[tuple[str, str]]:
    lines = [
        line[start:end]
        for line in map(plain, text.split("\n"))
        for start, end in wrap(line, max(8, columns))
    ]
    if len(lines) > _TALLEST:
        lines = [*lines[: _TALLEST - 1], lines[_TALLEST - 1] + f" {signs.CUT}"]
    return [(role, line) for line in lines]


def _led(
    lines: Sequence[tuple[str, str]], first: str, rest: str = "    "
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (role, (first if at == 0 else rest) + line) for at, (role, line) in enumerate(lines)
    )


class NotesScreen(Box[Choice | None]):
    """Lists what was noted; closes with what to open or to comment, None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("ctrl+e", "comment", show=False, priority=True),
        Binding("ctrl+d", "remove", show=False, priority=True),
    ]

    def __init__(self, title: str, noted: Sequence[Noted], remove: Callable[[int], None]) -> None:
        super().__init__()
        self._title = title
        self._noted = noted
        self._remove = remove
        self._pieces: list[Piece] = []
        self._owners: list[int] = []  # of each line the piece it belongs to
        self._at = 0

    def compose(self) -> ComposeResult:
        """The box to narrow the list, the list, how it works."""
        with Vertical(id="notes-box", classes="box"):
            yield Static(id="notes-title", classes="box-title", markup=False)
            yield Input(id="notes-input", compact=True, placeholder=_("type to find a note"))
            yield Lines(name="notes-lines")
            yield Static(
                _("Enter: open   Ctrl-E: comment   Ctrl-D: remove the highlight   Esc: leave"),
                classes="box-foot",
                markup=False,
            )

    def on_mount(self) -> None:
        """Show everything."""
        self.call_after_refresh(self._list)

    def on_resize(self) -> None:
        """Wrap anew."""
        self.call_after_refresh(self._list)

    def fill(self, noted: Sequence[Noted]) -> None:
        """Show what has changed."""
        self._noted = noted
        self._list()

    @on(Input.Changed)
    def _edited(self) -> None:
        self._at = 0
        self._list()

    def _list(self) -> None:
        view = self.get_widget_by_id("notes-lines", Lines)
        typed = self.get_widget_by_id("notes-input", Input).value
        self._pieces = pieces(self._noted, max(20, view.size.width - 1), typed)
        count = sum(len(one.highlights) + bool(one.note) for one in self._noted)
        words = ngettext("{n} note or highlight", "{n} notes and highlights", count)
        title = f"{self._title}   {words.format(n=f'{count:,}')}"
        self.get_widget_by_id("notes-title", Static).update(plain(title))
        self._at = max(0, min(self._at, len(self._pieces) - 1))
        self._draw()

    def _draw(self) -> None:
        view = self.get_widget_by_id("notes-lines", Lines)
        width = max(20, view.size.width - 1)
        lines: list[list[Part]] = []
        self._owners = [at for at, piece in enumerate(self._pieces) for _line in piece.lines]
        first = last = 0
        for at, piece in enumerate(self._pieces):
            here = at == self._at
            if here:
                first = len(lines)
            for role, text in piece.lines:
                shown = fit(plain(text), width)
                lines.append([Part(shown, f"{role} cursor" if here else role)])
            if here:
                last = len(lines)
        view.show(lines or [[Part(_("Nothing here has these words."), "about")]], keep=True)
        view.into_view(first, last)

    def action_move(self, step: int) -> None:
        """Go to another entry."""
        self._at = max(0, min(self._at + step, len(self._pieces) - 1))
        self._draw()

    @on(Lines.Clicked)
    def _clicked(self, event: Lines.Clicked) -> None:
        """Go to an entry; where one is there already, open it."""
        if event.line < len(self._owners):
            before, self._at = self._at, self._owners[event.line]
            if self._at == before:
                self._open()
            else:
                self._draw()

    @on(Input.Submitted)
    def _open(self) -> None:
        if self._pieces:
            piece = self._pieces[self._at]
            self.dismiss(("open", piece.article, piece.highlight))

    def action_comment(self) -> None:
        """Write the comment of a highlight."""
        if (piece := self._highlight_here()) is not None:
            self.dismiss(("comment", piece.article, piece.highlight))

    def action_remove(self) -> None:
        """Take a highlight away."""
        if (piece := self._highlight_here()) is not None:
            self._remove(piece.highlight)

    def _highlight_here(self) -> Piece | None:
        """The highlight that one is on; elsewhere, say where to go."""
        if self._pieces and self._pieces[self._at].highlight:
            return self._pieces[self._at]
        self.notify(_("Go to a highlight first."), markup=False)
        return None

    def action_leave(self) -> None:
        """Back to the desk."""
        self.dismiss(None)
