"""What a command works with: the library folder, the configuration, the opened library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import logs
from digest.cli.progress import Progress
from digest.paths import library_home

if TYPE_CHECKING:
    from digest.config.settings import Config
    from digest.languages.words import Words
    from digest.library import Library

# Opens the terminal interface on a library folder, with the file named by --config, and gives
# the exit code.
Desk = Callable[[Path, Path | None], int]


@dataclass
class Session:
    """One run of the program.

    Attributes:
        desk: opens the terminal interface.
        home: what `--home` named.
        config_file: what `--config` named.
        verbose: whether `-v` was given.
    """

    desk: Desk
    home: Path | None = None
    config_file: Path | None = None
    verbose: bool = False

    @property
    def folder(self) -> Path:
        """The library folder."""
        return library_home(self.home)

    @cached_property
    def config(self) -> Config:
        """The configuration in force.

        Raises:
            ConfigError: it is wrong.
        """
        from digest.config.load import load  # noqa: PLC0415 - not needed for --help

        return load(self.folder, self.config_file)

    @cached_property
    def words(self) -> Words:
        """The words of whoever reads what is handed on: the language of the interface."""
        from digest.languages.catalogues import words_of  # noqa: PLC0415 - only for what has words

        return words_of(self.config.ui.language)

    def open_desk(self, home: Path, config_file: Path | None) -> int:
        """Open the terminal interface; warnings go to the log, so that none is drawn over it."""
        logs.start(home, verbose=False)
        try:
            return self.desk(home, config_file)
        finally:
            logs.stop()

    @contextmanager
    def library(self) -> Iterator[Library]:
        """The library, opened for one command.

        Raises:
            ConfigError: the configuration is wrong.
            LibraryError: the library cannot be used.
        """
        from digest.library import Library  # noqa: PLC0415 - sqlite3, not needed for --help

        with (
            Library.open(self.folder, self.config) as library,
            Progress("indexing") as indexing,
            Progress("putting to stories") as grouping,
            Progress("finding by meaning") as vectors,
        ):
            library.on_indexing = indexing.large
            library.on_grouping = grouping.large
            library.meaning.on_vectors = vectors.count
            logs.start(self.folder, verbose=self.verbose)
            try:
                yield library
            finally:
                logs.stop()


pass_session = click.make_pass_decorator(Session)
