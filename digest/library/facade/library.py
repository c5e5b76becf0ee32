"""The whole library: opened, asked, changed, added to and kept well."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from digest.config.settings import Config
from digest.errors import ConfigError, DiskFull
from digest.ingest.ports import Clock
from digest.library.facade.bringing import Bringing
from digest.library.facade.changing import Changing
from digest.library.facade.core import utc_now
from digest.library.facade.upkeep import Upkeep
from digest.store.migrations import migrate


class Library(Bringing, Changing, Upkeep):
    """One library folder, opened. Every method may be called from any thread.

    With `background`, threads of its own keep index and vectors up with the store; without, the
    methods that bring articles in return once these can be found.

    Attributes:
        home: the folder.
        config: the configuration in force.
        highlights: the quotes that a person keeps.
        on_indexing: called with how many articles are indexed and how many there are, whenever
            a method has to wait for the index.
        meaning: the vectors of the articles, and how far they are.
        stories: which articles report one event.
        briefs: the stories of a period, to hand on.
        who: people, places and organisations, over time.
        rules: the configured rules, which act on what comes in.
        backups: those that are made once a week.
        repeating: the lines that repeat across an outlet and are hidden.
    """

    @classmethod
    def open(
        cls, home: Path, config: Config, *, background: bool = False, clock: Clock = utc_now
    ) -> Self:
        """Open the library in the folder `home`; a new one is made where there is none.

        Raises:
            LibraryError: it is newer, locked or damaged, or the folder cannot be written.
            ConfigError: the `names.toml` in it is wrong.
        """
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DiskFull(
                f"the library folder {home} cannot be made ({error.strerror}); "
                "choose another with --home"
            ) from error
        migrate(home / "library.db")
        library = cls(home, config, background=background, clock=clock)
        try:
            library._naming.check()
        except ConfigError:
            library.close()
            raise
        library._name_feeds()
        return library
