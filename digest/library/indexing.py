"""The index kept up with the store: the outbox emptied into it, and rebuilt when it is lost.

The index is derived. A token in the store and in the index folder says that they belong
together; without it, after damage, or when the numbers do not add up, the store is indexed anew.
"""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import DiskFull, LibraryLocked
from digest.library.turns import alone
from digest.store import outbox, reading
from digest.store.criteria import Everything, count, matching
from digest.store.database import Database

if TYPE_CHECKING:
    from index.engine import Engine
    from index.model import Document

log = logging.getLogger("digest.indexing")

Progress = Callable[[int, int], None]
BATCH = 1000
# Something else stands where a file of the index should be, or it may not be read.
_UNREADABLE = (IsADirectoryError, NotADirectoryError, PermissionError)
_TOKEN = "index_token"  # noqa: S105 - a name in a table, no secret


def primary(lang: str) -> str:
    """The primary subtag of a BCP 47 tag, in lower case: `zh` of `zh-Hant`."""
    return lang.partition("-")[0].lower()


def document(row: reading.Indexed) -> Document:
    """What the index learns of an article."""
    from index.model import Document  # noqa: PLC0415 - numpy

    return Document(
        id=row.id,
        title=row.title,
        body=row.body,
        note=row.note,
        author=row.author,
        feed=row.outlet,
        lang=primary(row.lang),
        date=row.at,
        entities=tuple(row.entities.split()),
    )


class Indexer:
    """Owns the engine of one library in one process. Safe to use from any thread.

    Attributes:
        progress: how many of how many changes are in, while there are more than one batch of them;
            None else.
        on_changed: called with the articles of each part of the outbox before it is settled, so
            that whoever has to know of changes learns of each at least once.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.progress: tuple[int, int] | None = None
        self.on_changed: Callable[[Sequence[int]], None] | None = None
        self._database = database
        self._folder = folder
        self._guard = threading.RLock()  # opens and closes the engine: never held for long
        self._turn = threading.RLock()  # empties the outbox: searches go on meanwhile
        self._engine: Engine | None = None

    def tell(self, progress: tuple[int, int] | None) -> None:
        """Another process has come so far with the index; None once it is done."""
        self.progress = progress

    def engine(self) -> Engine:
        """The engine, opened or made anew; what it lacks is put into the outbox.

        Files that have been lost or exchanged since it was opened are noticed here too.
        """
        from index.errors import IndexDamaged  # noqa: PLC0415 - only with the index

        with self._guard:
            if self._engine is not None:
                try:
                    self._engine.check()
                except (IndexDamaged, *_UNREADABLE) as damage:
                    log.warning("the index is rebuilt: %s", damage)
                    self.close()
            if self._engine is None:
                self._engine = self._opened()
            return self._engine

    def catch_up(self, report: Progress | None = None) -> int:
        """Bring the index up to the store; returns how many articles were indexed or removed.

        Args:
            report: called with how many are done and how many there are.
        """
        from index.errors import IndexDamaged, IndexLocked  # noqa: PLC0415 - only with the index

        with self._turn:
            try:
                return self._drain(report)
            except (IndexDamaged, FileNotFoundError) as damage:
                log.warning("the index broke and is looked at again", exc_info=True)
                if isinstance(damage, IndexDamaged):
                    self.discard()
                else:
                    self.close()  # another process has begun it anew
                return self._again(report)
            except IndexLocked as error:
                raise LibraryLocked(
                    f"another program is writing the index in {self._folder} and does not finish; "
                    "what was stored is safe and will be searchable later"
                ) from error
            except OSError as error:
                raise self._unwritable(error) from error

    def _again(self, report: Progress | None) -> int:
        try:
            return self._drain(report)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> DiskFull:
        return DiskFull(
            f"the index in {self._folder} could not be written ({error.strerror}); make "
            "room and run 'digest reindex'. What was stored is safe."
        )

    def tidy(self, should_stop: Callable[[], bool]) -> None:
        """Merge small parts of the index; searching and writing go on meanwhile.

        A merge that fails leaves the index as it was, and the next one tries again.
        """
        from index.errors import IndexFailure  # noqa: PLC0415 - only with the index

        try:
            self.engine().merge(should_stop)
        except (IndexFailure, OSError):
            log.warning("the index could not be merged", exc_info=True)

    def pending(self) -> int:
        """How many changes the index has still to learn."""
        with self._database.read() as db:
            return outbox.size(db)

    def discard(self) -> None:
        """Throw the index away; the next use makes it anew from the store."""
        with self._guard:
            self.close()
            self._clear()

    def renew(self) -> None:
        """Have every article indexed anew; until it is, a sound index answers with what it has."""
        if damage := self.damage():
            log.warning("the index is thrown away: %s", damage)
            self.discard()
            return
        _, extra = self.missing()
        with self._database.write() as db:
            outbox.announce_all(db)
            outbox.announce(db, extra)

    def mended(self) -> bool:
        """After a search broke: whether damage in the index was why; then it is made anew."""
        damage = self.damage()
        if damage:
            log.warning("the index is rebuilt: %s", damage)
            self.discard()
        return bool(damage)

    def damage(self) -> str:
        """What is wrong with the index's files, "" when each is as it was written."""
        from index.errors import IndexDamaged  # noqa: PLC0415 - only with the index

        try:
            self.engine().verify()
        except IndexDamaged as damage:
            return str(damage)
        return ""

    def missing(self) -> tuple[list[int], list[int]]:
        """Articles that the index lacks, and ids it has that are no articles."""
        engine = self.engine()
        with self._database.read() as db:
            stored = set(matching(db, Everything()))
            waiting = set(outbox.pending(db, 1 << 40)[0])
        indexed = {int(one) for one in engine.ids()}
        return sorted(stored - indexed - waiting), sorted(indexed - stored - waiting)

    def mend(self) -> int:
        """Announce what the index lacks or has too much; returns how many there were."""
        lacking, extra = self.missing()
        with self._database.write() as db:
            outbox.announce(db, lacking + extra)
        return len(lacking) + len(extra)

    def close(self) -> None:
        """Let go of the index's files."""
        with self._guard:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def _opened(self) -> Engine:
        if (engine := self._found()) is not None:
            return engine
        with alone(self._database.path.parent):
            # Who has waited for another process to make it finds it made.
            return self._found() or self._made()

    def _found(self) -> Engine | None:
        """The engine on an index that belongs to the library and is sound, None without one."""
        from index.engine import Engine  # noqa: PLC0415 - numpy and whoosh
        from index.errors import IndexDamaged  # noqa: PLC0415 - numpy and whoosh

        if not self._belongs():
            return None
        try:
            engine = Engine.open(self._folder)
        except (IndexDamaged, *_UNREADABLE) as damage:
            log.warning("the index is rebuilt: %s", damage)
            return None
        self._check_numbers(engine)
        return engine

    def _made(self) -> Engine:
        from index.engine import Engine  # noqa: PLC0415 - numpy and whoosh

        self._clear()
        engine = Engine.create(self._folder)
        token = secrets.token_hex(8)
        with self._database.write() as db:
            db.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (_TOKEN, token))
            outbox.announce_all(db)
        self._token_file.write_text(token, encoding="ascii")
        return engine

    def _clear(self) -> None:
        """Remove the index's folder, or what else stands in its place."""
        if self._folder.is_file():
            self._folder.unlink()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _token_file(self) -> Path:
        return self._folder / "library-token"

    def _belongs(self) -> bool:
        with self._database.read() as db:
            row = db.execute("SELECT value FROM meta WHERE key = ?", (_TOKEN,)).fetchone()
        try:
            return row is not None and self._token_file.read_text("ascii") == row[0]
        except (OSError, UnicodeDecodeError):
            return False

    def _check_numbers(self, engine: Engine) -> None:
        """A power cut may take index commits with it; then the counts differ."""
        with self._database.read() as db:
            agree = outbox.size(db) > 0 or count(db, Everything()) == engine.count
        if not agree:
            log.warning("the index does not hold what the store holds and is mended")
            self._engine = engine
            self.mend()

    def _drain(self, report: Progress | None) -> int:
        try:
            return self._emptied(report)
        finally:
            self.progress = None

    def _emptied(self, report: Progress | None) -> int:
        engine = self.engine()
        done, total = 0, self.pending()
        while True:
            self.progress = (min(done, total), total) if total > BATCH else None
            with self._database.read() as db:
                ids, last = outbox.pending(db, BATCH)
                rows = reading.indexed(db, ids)
            if not ids:
                return done
            engine.update([document(row) for row in rows], gone(ids, rows))
            if self.on_changed is not None:
                self.on_changed(ids)
            with self._database.write() as db:
                outbox.settle(db, last)
            done += len(ids)
            if report is not None:
                report(min(done, total), total)


def gone(ids: Sequence[int], rows: Sequence[reading.Indexed]) -> list[int]:
    """Those of `ids` that are no longer there."""
    there = {row.id for row in rows}
    return [one for one in ids if one not in there]
