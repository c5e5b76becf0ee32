"""Commands by name: the `:` line, the palette, the help, themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.tui.commanding import (
    Command,
    CommandError,
    parse_command,
    suggestions,
    tag_words,
)
from digest.tui.i18n import _

if TYPE_CHECKING:
    from digest.tui.screens.desk import DeskScreen


class CommandingPart:
    """What is typed or picked by name."""

    def __init__(self, desk: DeskScreen) -> None:
        self.desk = desk

    def open(self) -> None:
        """Ask for a command."""
        options = [*suggestions(), *self.desk.commands]
        self.desk.prompt.ask("command", ":", options=options)

    def palette(self) -> None:
        """Open the command palette."""
        self.desk.app.action_command_palette()

    def theme(self) -> None:
        """Choose a theme from a list; each is tried on as it is passed."""
        self.desk.app.search_themes()

    def help(self) -> None:
        """Show all keys and commands, and the query language."""
        from digest.tui.screens.help import HelpScreen  # noqa: PLC0415 - only when asked for

        self.desk.app.push_screen(HelpScreen(self.desk.keyboard))

    def answered(self, what: str, text: str) -> None:
        """Do what was typed at the foot of the desk."""
        self.desk.focus_pane()
        match what:
            case "view":
                self.desk.searching.name_view(text)
            case "highlight":
                self.desk.highlighting.keep(text)
            case "gloss":
                self.desk.looking_up.look_up(text)
            case "comment":
                self.desk.highlighting.commented(text)
            case _:
                self.run(text)

    def run(self, typed: str) -> None:
        """Carry out a command line."""
        try:
            command = parse_command(typed, self.desk.commands)
        except CommandError as error:
            self.desk.say(str(error), warning=True)
            return
        if command is None:
            return
        if command.action:
            self.desk.last_character = ""
            self.desk.do(command.action)
        else:
            self._verb(command)

    def _verb(self, command: Command) -> None:
        desk = self.desk
        match command.verb:
            case "tag" if command.words:
                desk.curating.change_tags(desk.curating.targets(), *tag_words(command.words))
            case "tag":
                desk.do("article.tag")
            case "search" if command.rest:
                desk.searching.search(command.rest)
            case "search":
                desk.searching.open()
            case "fetch":
                desk.fetching.start(command.words)
            case "add" if command.words:
                desk.fetching.add(command.words)
            case "add":
                desk.say(_("Name a file, a folder or an address after :add"), warning=True)
            case "link":
                number = command.rest if command.rest.isascii() and command.rest.isdigit() else "0"
                desk.handing.follow_link(int(number[:6]))
            case "theme" if command.rest:
                self._use_theme(command.rest)
            case "theme":
                self.theme()
            case _:
                self._verb_on_list(command)

    def _verb_on_list(self, command: Command) -> None:
        desk = self.desk
        match command.verb:
            case "gloss" if command.rest:
                desk.looking_up.look_up(command.rest)
            case "gloss":
                desk.looking_up.gloss()
            case "run":
                desk.looking_up.run(command.rest)
            case "catchup":
                desk.curating.mark_older(command.rest or "1d")
            case "sort":
                desk.listing.sort(command.rest)
            case "group":
                desk.listing.group(command.rest)
            case "export":
                desk.handing.export(command.rest)
            case _:
                self._verb_on_stories(command)

    def _verb_on_stories(self, command: Command) -> None:
        desk = self.desk
        match command.verb:
            case "story" if command.rest:
                desk.telling.open(command.rest)
            case "story":
                desk.telling.compare()
            case "brief":
                desk.telling.brief(command.rest)
            case "who":
                desk.telling.who(command.rest)
            case "plot":
                desk.telling.timeline(command.rest)

    def _use_theme(self, name: str) -> None:
        if name in self.desk.app.available_themes:
            self.desk.app.theme = name
        else:
            names = ", ".join(self.desk.app.available_themes)
            self.desk.say(
                _("There is no theme {name}. There are: {names}").format(name=name, names=names),
                warning=True,
            )
