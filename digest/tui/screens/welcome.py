"""The welcome on an empty library: what to do first, and where things are."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from digest.tui.i18n import _, ngettext
from digest.tui.keys import Keyboard
from digest.tui.layout import signs
from digest.tui.layout.cells import plain
from digest.tui.rendering.parts import Part
from digest.tui.screens.box import Over
from digest.tui.widgets.lines import Lines

Choice = tuple[str, str]


class WelcomeScreen(Over[Choice | None]):
    """Offers what can be done first; closes with the choice and what goes with it."""

    # The keys choose; the box gets the focus only when it is shown.
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter,l", "choose", show=False),
        Binding("f", "pick(0)", show=False),
        Binding("s", "pick(1)", show=False),
        Binding("a", "pick(2)", show=False),
        Binding("question_mark", "pick(3)", show=False),
    ]

    def __init__(self, keyboard: Keyboard, home: Path | None, feeds: int) -> None:
        super().__init__()
        self._keyboard = keyboard
        self._home = home
        self._feeds = feeds
        self._at = 0

    def compose(self) -> ComposeResult:
        """The choices, the box for a path, where things are."""
        with Vertical(id="welcome-box", classes="box"):
            yield Static(_("Taiwan-Japan Digest"), classes="box-title", markup=False)
            yield Static(_("The library is empty. What first?"), markup=False)
            yield Lines(name="welcome-choices")
            yield Input(
                id="welcome-path",
                compact=True,
                placeholder=_("a file, a folder or an address; Enter adds it"),
            )
            yield Static(self._places(), classes="box-foot", markup=False)

    def on_mount(self) -> None:
        """Choose among the lines; the box comes when a file is to be added."""
        self.get_widget_by_id("welcome-path", Input).display = False
        self._draw()

    def _choices(self) -> list[tuple[str, str, str]]:
        feeds = ngettext("{n} feed", "{n} feeds", self._feeds).format(n=self._feeds)
        return [
            ("fetch", "f", _("Fetch now: {feeds} in three languages").format(feeds=feeds)),
            ("sample", "s", _("Look at the sample edition, without a network")),
            ("add", "a", _("Add a file, a folder or a page")),
            ("help", "?", _("See the keys")),
        ]

    def _places(self) -> str:
        keys = self._keyboard
        lines = [
            _("The library: {path}").format(path=plain(str(self._home or ""))),
            _("Feeds and settings: config.toml in it, once you change something"),
            _("{help} shows all keys, {command} takes commands, {quit} leaves.").format(
                help=keys.first("help.open"),
                command=keys.first("command.open"),
                quit=keys.first("quit"),
            ),
        ]
        return "\n".join(lines)

    def _draw(self) -> None:
        lines = []
        for at, (_name, key, words) in enumerate(self._choices()):
            here = at == self._at
            lead = f"{signs.CURSOR if here else ' '} {key}  "
            lines.append([Part(lead, "number"), Part(words, "unread" if here else "text")])
        view = self.get_widget_by_id("welcome-choices", Lines)
        view.show(lines)
        view.styles.height = len(lines)

    @on(Lines.Clicked)
    def _clicked(self, event: Lines.Clicked) -> None:
        self.action_pick(event.line)

    def action_move(self, step: int) -> None:
        """Go to another choice."""
        self._at = (self._at + step) % len(self._choices())
        self._draw()

    def action_pick(self, at: int) -> None:
        """Choose by a key."""
        self._at = at
        self._draw()
        self.action_choose()

    def action_choose(self) -> None:
        """Do what one is on."""
        name = self._choices()[self._at][0]
        if name == "add":
            box = self.get_widget_by_id("welcome-path", Input)
            box.display = True
            box.focus()
        else:
            self.dismiss((name, ""))

    @on(Input.Submitted)
    def _path_given(self, event: Input.Submitted) -> None:
        path = event.value.strip()
        if path:
            self.dismiss(("add", path))

    def action_leave(self) -> None:
        """To the desk, or back from the box to the choices."""
        box = self.get_widget_by_id("welcome-path", Input)
        if box.display:
            box.display = False
            self.set_focus(None)
        else:
            self.dismiss(None)
