"""Vectors made of articles, and kept up with the store.

A table beside the vectors says which article has which, by a hash of what is embedded. The index
is told of every change by the outbox; the table learns of it at the same time, so that what has
no vector yet is known without reading any article. All of it is derived: what is missing, foreign
or damaged is made anew.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import DiskFull
from digest.store import reading
from digest.store.criteria import Everything, matching
from digest.store.database import Database

if TYPE_CHECKING:
    from index.meaning.documents import DocumentTable
    from index.meaning.encoder import Vectors
    from index.meaning.neighbours import MeaningNeighbours
    from index.meaning.records import Keys
    from index.meaning.vectors import VectorStore
    from index.model import Ids

log = logging.getLogger("digest.embedding")

Progress = Callable[[int, int], None]
Asked = Callable[[], bool]
BATCH = 16  # articles whose vectors are made and kept together: under half a second
_SCAN = 1000
_SPARE = 1000  # vectors that may be kept in vain, besides as many as are used
_TOKEN = "vectors_token"  # noqa: S105 - a name in a table, no secret


def available() -> bool:
    """Whether the optional part that makes vectors is installed."""
    from index.meaning import encoder  # noqa: PLC0415 - numpy

    return encoder.available()


class Embedder:
    """Owns the vectors of one library in one process. Safe to use from any thread."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    @cached_property
    def neighbours(self) -> MeaningNeighbours:
        """Finds articles by their vectors."""
        from index.meaning.neighbours import MeaningNeighbours  # noqa: PLC0415 - numpy

        return MeaningNeighbours(self._store, self._table)

    def vectors_of(self, ids: Sequence[int]) -> Vectors:
        """The unit vectors of articles, (n, 512); a row of zeros for one that has none yet."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        return self.neighbours.vectors_of(np.array(ids, np.int64))

    def learn(self, ids: Sequence[int]) -> None:
        """Note what these articles, changed or gone, are made of now; cheap."""
        from index.meaning.vectors import locked  # noqa: PLC0415 - numpy

        if self._table.there:
            with locked(self._table.folder):
                self._table.put(*self._keys(ids))

    def make(self, report: Progress | None = None, cancelled: Asked | None = None) -> int:
        """Make the vectors that are missing, newest articles first; returns how many it made.

        What is made stays when it is cut short, and the next call goes on from there.

        Raises:
            DiskFull: they could not be written.
        """
        try:
            self._ready()
            wanted = self.pending()
            made = self._made(wanted, report, cancelled)
            self._sweep()
        except OSError as error:
            raise DiskFull(
                f"the vectors in {self._folder} could not be written ({error.strerror}); make "
                "room and run 'digest doctor --repair'. What was stored is safe."
            ) from error
        return made

    def pending(self) -> list[int]:
        """The articles without a vector, newest first; every one where nothing is known."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        if not self._table.there:
            with self._database.read() as db:
                return sorted(matching(db, Everything()), reverse=True)
        keys = self._table.keys()
        ids = np.flatnonzero(keys)
        lacking = ids[self._store.rows(keys[ids]) < 0]
        return [int(one) for one in lacking[::-1]]

    def waiting(self) -> bool:
        """Whether `make` has something to do."""
        return bool(self.pending())

    # care -----------------------------------------------------------------------------------

    def wrong(self) -> int:
        """How many vectors, or entries of the table, are not what they should be."""
        wrong = len(self._store.wrong())
        if self._table.there:
            with self._database.read() as db:
                ids = matching(db, Everything())
            for start in range(0, len(ids), _SCAN):
                numbers, keys = self._keys(ids[start : start + _SCAN])
                wrong += int((self._table.of(numbers) != keys).sum())
        return wrong

    def mend(self) -> None:
        """Drop what is wrong; `make` does the rest."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        self._store.keep(np.setdiff1d(self._store.current().keys, self._store.wrong()))
        self._scan()

    # inside ---------------------------------------------------------------------------------

    @cached_property
    def _store(self) -> VectorStore:
        from index.meaning.vectors import VectorStore  # noqa: PLC0415 - numpy

        return VectorStore(self._folder)

    @cached_property
    def _table(self) -> DocumentTable:
        from index.meaning.documents import DocumentTable  # noqa: PLC0415 - numpy

        return DocumentTable(self._folder, self._token())

    def _token(self) -> str:
        """What says that table and library belong together."""
        with self._database.read() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (_TOKEN,)).fetchone()
        if row is not None:
            return str(row[0])
        with self._database.write() as db:
            db.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
                (_TOKEN, secrets.token_hex(8)),
            )
        return self._token()

    def _ready(self) -> None:
        """Make the table where there is none that can be believed."""
        if not self._table.there:
            self._store.tidy()
            self._scan()

    def _scan(self) -> None:
        """Read every article for the table."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        from index.meaning.vectors import locked  # noqa: PLC0415 - numpy

        with locked(self._table.folder):
            with self._database.read() as db:
                ids = matching(db, Everything())
            parts = [self._keys(ids[at : at + _SCAN]) for at in range(0, len(ids), _SCAN)]
            nothing = np.zeros(0, np.int64), np.zeros(0, np.uint64)
            numbers, keys = (np.concatenate(both) for both in zip(nothing, *parts, strict=True))
            self._table.begin(numbers, keys)

    def _keys(self, ids: Sequence[int]) -> tuple[Ids, Keys]:
        """The keys of articles, 0 for those that are gone."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        from index.meaning.records import key_of  # noqa: PLC0415 - numpy

        texts = self._texts(ids)
        keys = [key_of(texts[one]) if one in texts else 0 for one in ids]
        return np.array(ids, np.int64), np.array(keys, np.uint64)

    def _texts(self, ids: Sequence[int]) -> dict[int, str]:
        """What is embedded of each article."""
        from index.meaning.encoder import LEAD, embedded_text  # noqa: PLC0415 - numpy

        with self._database.read() as db:
            found = reading.leads(db, ids, LEAD)
        return {one: embedded_text(*lead) for one, lead in found.items()}

    def _made(self, wanted: Sequence[int], report: Progress | None, cancelled: Asked | None) -> int:
        made = 0
        for start in range(0, len(wanted), BATCH):
            if cancelled is not None and cancelled():
                break
            if report is not None:
                report(start, len(wanted))
            made += self._make_some(wanted[start : start + BATCH])
        else:
            if report is not None and wanted:
                report(len(wanted), len(wanted))
        return made

    def _make_some(self, ids: Sequence[int]) -> int:
        """Make a few vectors; programs that do so at once take turns and none does it twice."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        from index.meaning import encoder  # noqa: PLC0415 - numpy
        from index.meaning.records import key_of  # noqa: PLC0415 - numpy
        from index.meaning.vectors import locked  # noqa: PLC0415 - numpy

        with locked(self._table.folder, "turn"):
            texts = {key_of(text): text for text in self._texts(ids).values()}
            keys = np.array(list(texts), np.uint64)
            missing = [int(key) for key in keys[self._store.rows(keys) < 0]]
            if missing:
                self._store.add(missing, encoder.encode([texts[key] for key in missing]))
        return len(missing)

    def _sweep(self) -> None:
        """Drop vectors of texts that are gone, once they are more than those in use."""
        import numpy as np  # noqa: PLC0415 - with the vectors

        keys = np.unique(self._table.keys())
        used = int((self._store.rows(keys) >= 0).sum())
        if self._table.there and len(self._store) > 2 * used + _SPARE:
            log.info("dropped %d vectors that nothing uses", self._store.keep(keys))
