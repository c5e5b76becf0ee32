"""The names that queries know: those of the package and the reader's own `names.toml`."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ConfigError
from digest.model import Entity, Mention

if TYPE_CHECKING:
    from index.names.names import Names

log = logging.getLogger("digest.naming")

FILE = "names.toml"
_State = tuple[int, int] | None


class Naming:
    """The names of one library folder; a changed file is read again. Safe from any thread."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE
        self._guard = threading.Lock()
        self._names: Names | None = None
        self._state: _State = None

    def check(self) -> None:
        """Read the reader's own file, if there is one.

        Raises:
            ConfigError: it is wrong; the message names the file and the line.
        """
        state = self._file_state()
        if state is not None:
            names = self._load()
            with self._guard:
                self._names, self._state = names, state

    def names(self) -> Names:
        """The names as they are now.

        A file that has become wrong since the library was opened changes nothing.

        Raises:
            ConfigError: the file was never right.
        """
        state = self._file_state()
        with self._guard:
            if self._names is not None and state == self._state:
                return self._names
            try:
                self._names = self._load()
            except ConfigError as error:
                if self._names is None:
                    raise
                log.warning("%s", error)
            self._state = state
            return self._names

    def mentions(self, title: str, text: str) -> list[Mention]:
        """The names in an article (`digest.ingest.ports.Recogniser`)."""
        names = self.names()
        found = [Mention(*one, in_title=True) for one in names.recognise(title)]
        return found + [Mention(*one, in_title=False) for one in names.recognise(text)]

    def entity(self, ident: str) -> Entity | None:
        """An entity by its id (`digest.ingest.ports.Recogniser`)."""
        found = self.names().entity(ident)
        return None if found is None else Entity(found.id, found.kind, found.name)

    def label(self, ident: str, lang: str) -> str:
        """The commonest form of a name in `en`, `zh` or `ja`; "" where none is known."""
        found = self.names().entity(ident)
        forms = {"en": found.en, "zh": found.zh, "ja": found.ja}.get(lang) if found else None
        return forms[0] if forms else ""

    def side(self, ident: str) -> str:
        """The side an entity belongs to (`digest.ingest.ports.Recogniser`)."""
        return self.names().side(ident)

    def stamp(self) -> str:
        """Differs once the files of names have been written, whatever is in them; cheap."""
        from index.names.names import DATA  # noqa: PLC0415 - the index's own modules

        shipped = DATA.stat()
        return f"{shipped.st_mtime_ns} {shipped.st_size} {self._file_state()}"

    def _load(self) -> Names:
        from index.names.model import NamesError  # noqa: PLC0415 - the index's own modules
        from index.names.names import Names  # noqa: PLC0415 - the index's own modules

        try:
            return Names.load(self._file)
        except NamesError as error:
            raise ConfigError(str(error)) from error

    def _file_state(self) -> _State:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
