"""The facade's upkeep: index, copies, configuration."""

from __future__ import annotations

from pathlib import Path

from digest.config.settings import Config
from digest.library import care, editing
from digest.library.facade.core import Core
from digest.library.indexing import Progress
from digest.library.values import Finding


class Upkeep(Core):
    """What keeps a library well."""

    def reindex(self, report: Progress | None = None) -> int:
        """Make the index anew from the store; returns how many articles it holds."""
        self.repeating.catch_up(report)
        self._marker.catch_up(report)
        self._indexer.renew()
        self._indexer.catch_up(report)
        self._indexer.tidy(lambda: False)
        return self._indexer.engine().count

    def doctor(self, *, repair: bool = False) -> list[Finding]:
        """Look at every part of the library; with `repair`, mend what can be derived."""
        return list(
            care.findings(self._database, self._marker, self._indexer, self.meaning, repair=repair)
        )

    def backup(self, target: Path) -> None:
        """Write a whole copy of the library to a file, even while somebody writes to it."""
        care.save_copy(self._database, target)

    @staticmethod
    def restore(source: Path, home: Path) -> Path | None:
        """Put a backup in the place of the library in `home`; returns where that was kept."""
        return care.put_copy(source, home)

    def export_path(self, name: str) -> Path:
        """A file in the library's exports folder; `name` cannot lead out of it."""
        folder = self.home / "exports"
        folder.mkdir(exist_ok=True)
        return folder / (editing.safe_name(name) or "export")

    def save_view(self, name: str, query: str) -> None:
        """Keep a search under a name, in the user's configuration file."""
        from digest.config.edit import add_view  # noqa: PLC0415 - tomlkit

        add_view(self.home, name, query, given=self.config.source)
        self.reload_config()

    def reload_config(self) -> None:
        """Read the configuration again.

        Raises:
            ConfigError: it is wrong; what was read before stays in force.
        """
        from digest.config.load import load  # noqa: PLC0415 - only when something was changed

        self.use(load(self.home, self.config.source))

    def use(self, config: Config) -> None:
        """Go on with another configuration."""
        self.config = config
        self._searcher.config = config
        self.meaning.look_again()
        self._name_feeds()
