"""The search box over the list: completion below it, problems under the place they are at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from digest.tui.completing import Completion, Vocabulary, accept, complete
from digest.tui.i18n import _, ngettext
from digest.tui.layout.cells import plain, width
from digest.tui.library_words import retold

if TYPE_CHECKING:
    from digest.library.values import Problem

_NOTHING = Completion(0, 0, ())
_SPARE = 5  # cells of the row beside the query and the hits: the sign, the cursor, the padding
_QUERY = 24  # cells that the query has at least


class SearchBar(Vertical):
    """A box for a query. Whoever hears `Changed` searches and answers with `tell`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("tab", "complete", show=False),
    ]

    @dataclass
    class Changed(Message):
        """The query was edited."""

        query: str

    @dataclass
    class Submitted(Message):
        """The query is done."""

        query: str

    class Closed(Message):
        """The search is given up."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(id=name or None)
        self.words = Vocabulary()
        self._told = ""
        self._found: Sequence[str] = ()  # the number of hits, of related ones, the time
        self._completion = _NOTHING
        self._cycle: tuple[str, Completion, int, str] | None = None

    def compose(self) -> ComposeResult:
        """The sign, the box, the number of hits; below them what helps."""
        with Horizontal(id="search-row"):
            yield Static("/ ", id="search-sign", markup=False)
            yield Input(id="search-input", compact=True, select_on_focus=False, max_length=2000)
            yield Static("", id="search-hits", markup=False)
        yield Static("", id="search-help", markup=False)

    @property
    def text(self) -> str:
        """What is typed."""
        return self._input.value

    @property
    def _input(self) -> Input:
        return self.get_widget_by_id("search-input", Input)

    @property
    def typing(self) -> bool:
        """Whether keys go into the box."""
        return self._input.has_focus

    def open(self, query: str | None = None) -> None:
        """Show the box, with `query` in it, and give it the focus."""
        self.display = True
        box = self._input
        if query is not None and query != box.value:
            self._told = query
            box.value = query
        box.focus()
        box.action_end()
        self._offer()

    def close(self) -> None:
        """Hide the box and empty it."""
        self._told = ""
        self._input.value = ""
        self._say("")
        self._found = ()
        self._show_found()
        self.display = False

    def tell(self, query: str, hits: int, related: int, took_ms: float) -> None:
        """Show how many articles the query brought."""
        if query != self.text:
            return
        number = ngettext("{count:,} hit", "{count:,} hits", hits).format(count=hits)
        more = _(" and {count:,} related").format(count=related) if related else ""
        self._found = (number, more, _(", {ms:.0f} ms").format(ms=took_ms))
        self._show_found()

    def warn(self, query: str, problems: Sequence[Problem]) -> None:
        """Show what was not understood, with a caret under its place."""
        if query != self.text:
            return
        if not problems:
            self._offer()
            return
        problem = problems[0]
        indent = 2 + width(plain(query[: problem.start])) - round(self._input.scroll_offset.x)
        room = max(8, self.size.width)
        indent = max(0, min(indent, room - 1))
        self._say(" " * indent + "^\n" + plain(retold(problem.message)), warning=True)

    def suggest(self, query: str, suggestion: str) -> None:
        """Offer another spelling; Tab or a click takes it."""
        if query == self.text and suggestion:
            self._cycle = None
            self._completion = Completion(0, len(query), (suggestion,))
            words = _("Did you mean: {query}").format(query=plain(suggestion))
            self._say(Content.assemble(("  " + _("Tab") + "  ", "dim"), words))

    def on_resize(self) -> None:
        """Show what fits now."""
        self._show_found()

    @on(events.Click, "#search-help")
    def _clicked(self, event: events.Click) -> None:
        """Take what is offered: the first option, or the next one."""
        event.stop()
        if not self.get_widget_by_id("search-help").has_class("-warning"):
            self.action_complete()
            self._input.focus()

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        event.stop()
        self._offer()
        if event.value != self._told:
            self._told = event.value
            self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._say("")
        self.post_message(self.Submitted(event.value))

    def action_close(self) -> None:
        """Give the search up."""
        self.post_message(self.Closed())

    def action_complete(self) -> None:
        """Put the first option in; again, the next one."""
        box = self._input
        if self._cycle is not None and self._cycle[3] == box.value:
            text, completion, at, _made = self._cycle
            at = (at + 1) % len(completion.options)
        else:
            text, completion, at = box.value, self._completion, 0
        if not completion.options:
            return
        made, cursor = accept(text, completion, at)
        box.value = made
        box.cursor_position = cursor
        self._cycle = (text, completion, at, made)
        self._say_options(completion, at)

    def _offer(self) -> None:
        box = self._input
        if self._cycle is not None and self._cycle[3] == box.value:
            return
        self._cycle = None
        self._completion = complete(box.value, box.cursor_position, self.words)
        self._say_options(self._completion, -1)

    def _say_options(self, completion: Completion, at: int) -> None:
        if not completion.options:
            self._say("")
            return
        parts: list[str | Content | tuple[str, str]] = [("  " + _("Tab") + " ", "dim")]
        for number, option in enumerate(completion.options):
            parts += [(" ", ""), (plain(option), "reverse" if number == at else ""), (" ", "")]
        self._say(Content.assemble(*parts))

    def _say(self, words: str | Content, *, warning: bool = False) -> None:
        helper = self.get_widget_by_id("search-help", Static)
        helper.update(words)
        helper.set_class(warning, "-warning")
        helper.display = bool(words)

    def _show_found(self) -> None:
        """Show of what was found as much as leaves the query its room, whole parts only."""
        taken = width(plain(self.text)) + _SPARE
        kept = list(self._found)
        while len(kept) > 1 and width("".join(kept)) > self.size.width - max(_QUERY, taken):
            kept.pop()
        self.get_widget_by_id("search-hits", Static).update("".join(kept))
