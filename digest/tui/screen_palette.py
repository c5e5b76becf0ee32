"""The command palette over a screen of its own: what its keys do, by their words."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider

from digest.tui.i18n import _
from digest.tui.screen_keys import ScreenKey


class ScreenCommands(Provider):
    """Offers the keys of the screen below, which has them as `KEYS`."""

    async def discover(self) -> Hits:
        """All of them, as they stand in the table."""
        for key in self._offered():
            yield DiscoveryHit(_words(key), self._do(key))

    async def search(self, query: str) -> Hits:
        """Those whose words fit."""
        matcher = self.matcher(query)
        for key in self._offered():
            words = _words(key)
            if (score := matcher.match(words)) > 0:
                yield Hit(score, matcher.highlight(words), self._do(key), text=words)

    def _offered(self) -> list[ScreenKey]:
        return [key for key in getattr(self.screen, "KEYS", ()) if key.words]

    def _do(self, key: ScreenKey) -> Any:
        return partial(self.screen.run_action, key.action)


def _words(key: ScreenKey) -> str:
    return f"{_(key.words)} ({key.shown})"


def screen_commands() -> type[Provider]:
    """The provider, for `Screen.COMMANDS`."""
    return ScreenCommands
