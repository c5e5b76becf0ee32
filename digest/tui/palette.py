"""The command palette: every action of the desk by its words and its id."""

from __future__ import annotations

from collections.abc import Callable

from textual.command import DiscoveryHit, Hit, Hits, Provider

from digest.tui.actions import ACTIONS, Action
from digest.tui.i18n import _
from digest.tui.screens.desk import DeskScreen


class DeskCommands(Provider):
    """Offers the table of actions while the desk is the screen below."""

    async def discover(self) -> Hits:
        """All actions, as they stand in the table."""
        for action in self._offered():
            yield DiscoveryHit(self._words(action), self._do(action), help=action.id)

    async def search(self, query: str) -> Hits:
        """Actions whose words or id fit."""
        matcher = self.matcher(query)
        for action in self._offered():
            words = self._words(action)
            score = max(matcher.match(words), matcher.match(action.id))
            if score > 0:
                shown = matcher.highlight(words)
                yield Hit(score, shown, self._do(action), text=words, help=action.id)

    def _offered(self) -> list[Action]:
        desk = self._desk()
        return [] if desk is None else [one for one in ACTIONS if one.id != "palette.open"]

    def _words(self, action: Action) -> str:
        desk = self._desk()
        key = desk.keyboard.first(action.id) if desk else ""
        return f"{_(action.title)} ({key})" if key else _(action.title)

    def _desk(self) -> DeskScreen | None:
        return self.screen if isinstance(self.screen, DeskScreen) else None

    def _do(self, action: Action) -> Callable[[], None]:
        desk = self._desk()

        def run() -> None:
            if desk is not None:
                desk.last_character = ""
                desk.do(action.id)

        return run
