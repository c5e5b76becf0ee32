"""The help: every key and command there is, and the query language; searchable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.tui.actions import ACTIONS, GROUPS
from digest.tui.i18n import N_, _
from digest.tui.keys import Keyboard
from digest.tui.layout.cells import fit, width
from digest.tui.rendering.parts import Part
from digest.tui.screen_keys import SCREENS
from digest.tui.screens.box import Box
from digest.tui.widgets.lines import Lines

QUERIES = (
    ("a b", N_("both words")),
    ("a OR b", N_("one of them")),
    ("-a", N_("without it")),
    ('"a b"', N_("one after the other")),
    ("chip*", N_("words that begin so")),
    ("=word", N_("exactly as written")),
    ("title: body: note: author:", N_("in that field only")),
    ("feed:NHK  lang:ja,zh  tag:x  #x", N_("by feed, language, tag")),
    ("is:unread is:starred is:noted", N_("by state")),
    ("after:2026-01-31 before: date:a..b", N_("by day")),
    ("newer:3d older:2w", N_("by age (h d w m y)")),
    ("sort:newest  @view", N_("in order; a saved view")),
)
COMMANDS = (
    (":tag +a -b", N_("change tags")),
    (":search words", N_("search")),
    (":fetch name", N_("fetch a feed or a group")),
    (":add file", N_("add a file, a folder or an address")),
    (":link 3", N_("open link 3 of the article")),
    (":gloss 覚書", N_("look a word up")),
    (":catchup 2d", N_("mark what is older as read")),
    (":sort oldest", N_("newest, oldest or relevance first")),
    (":brief @morning  :brief 3d", N_("a named brief; the stories of three days")),
    (":story 12", N_("a story by its number")),
    (":who 賴清德", N_("what is known of a name")),
    (":plot 台湾有事 / 台海危機", N_("queries over time, beside each other")),
    (":theme night", N_("another theme")),
)


def help_lines(keyboard: Keyboard, wanted: str = "") -> list[list[Part]]:
    """The help in lines; with `wanted`, only what has it in its key, id or words."""
    low = wanted.casefold().strip()
    lines: list[list[Part]] = []
    for heading, rows in _sections(keyboard):
        fitting = [row for row in rows if not low or low in " ".join(row).casefold()]
        if fitting:
            lines += [[Part(heading, "heading")], *(_row(*row) for row in fitting), []]
    return lines or [[Part(_("Nothing in the help has these words."), "about")]]


def _sections(keyboard: Keyboard) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    for group in GROUPS:
        yield (
            _(group),
            [
                (keyboard.shown(action.id), _(action.title), f":{action.id}")
                for action in ACTIONS
                if action.group == group
            ],
        )
    yield _("Commands"), [(typed, _(words), "") for typed, words in COMMANDS]
    for heading, keys in SCREENS:
        yield _(heading), [(one.shown, _(one.words), "") for one in keys]
    yield _("Searching"), [(typed, _(words), "") for typed, words in QUERIES]


def _row(keys: str, words: str, ident: str) -> list[Part]:
    wide = 16 if ident else 36
    parts = [Part(f"  {fit(keys, wide)} ", "number"), Part(words, "text")]
    if ident:
        parts = [
            parts[0],
            Part(fit(words, max(34, width(words) + 1)), "text"),
            Part(ident, "about"),
        ]
    return parts


class HelpScreen(Box[None]):
    """Shows the help; what is typed narrows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down", "scroll_by(1)", show=False, priority=True),
        Binding("up", "scroll_by(-1)", show=False, priority=True),
        Binding("pagedown", "scroll_by(10)", show=False, priority=True),
        Binding("pageup", "scroll_by(-10)", show=False, priority=True),
    ]

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__()
        self._keyboard = keyboard

    def compose(self) -> ComposeResult:
        """The box to search in and the lines."""
        with Vertical(id="help-box", classes="box"):
            yield Static(_("Help"), classes="box-title", markup=False)
            yield Input(id="help-input", compact=True, placeholder=_("type to find a key"))
            yield Lines(name="help-lines")
            yield Static(_("Up and Down scroll   Esc closes"), classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def action_close(self) -> None:
        """Back to the desk."""
        self.dismiss()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll."""
        self.get_widget_by_id("help-lines", Lines).scroll_by(lines)

    def _show(self, wanted: str) -> None:
        self.get_widget_by_id("help-lines", Lines).show(help_lines(self._keyboard, wanted))
