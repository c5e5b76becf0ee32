"""Looking after a library: what is wrong with it, copies of it, and putting a copy in its place."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from digest.errors import DiskFull, LibraryDamaged, LibraryError
from digest.library import examining, reprints
from digest.library.indexing import Indexer
from digest.library.marking import Marker
from digest.library.meaning import Meaning
from digest.library.values import Finding
from digest.shown import without_login
from digest.store import backup, feeds, snapshot
from digest.store.cleansing import cleanse
from digest.store.database import Database, connect, errors_translated
from digest.store.migrations import migrate

FREE_BYTES = 200_000_000


def findings(
    database: Database, marker: Marker, indexer: Indexer, meaning: Meaning, *, repair: bool
) -> Iterator[Finding]:
    """Look at every part of a library; with `repair`, mend what can be derived."""
    store = _store(database)
    yield store
    if store.level == "ok":
        yield from examining.texts(database, repair=repair)
        yield from examining.journal(database, repair=repair)
    yield from examining.backups(database.path.parent)
    yield from _unjudged(database, marker, repair=repair)
    yield _index(indexer, repair=repair)
    yield from meaning.findings(repair=repair)
    yield from _leftovers(database.path.parent, repair=repair)
    yield _room(database.path.parent)
    yield from _feeds(database)


def _store(database: Database) -> Finding:
    with database.read() as db:
        wrong = backup.complaints(db)
    if not wrong:
        return Finding("ok", "store", "library.db is sound")
    return Finding(
        "damage",
        "store",
        f"library.db is damaged ({wrong[0]}); restore a backup: digest restore FILE",
    )


def _unjudged(database: Database, marker: Marker, *, repair: bool) -> Iterator[Finding]:
    """Articles from before this version judged or compared them."""
    for number, what, mend in (
        (marker.waiting(), "be judged for names and relevance", marker.catch_up),
        (reprints.waiting(database, 1_000_000), "be compared for copies", _fold(database)),
    ):
        if number and repair:
            mend()
        if number:
            yield Finding(
                "remark",
                "articles",
                f"{number} articles had to {what}"
                if repair
                else f"{number} articles are still to {what}; fetching goes on with it, and "
                "'digest doctor --repair' does all of it",
                repaired=repair,
            )


def _fold(database: Database) -> Callable[[], object]:
    return lambda: reprints.catch_up(database)


def _index(indexer: Indexer, *, repair: bool) -> Finding:
    if damage := indexer.damage():
        if not repair:
            return Finding("damage", "index", f"{damage}; mend it: digest doctor --repair")
        indexer.discard()
        number = indexer.catch_up()
        return Finding("damage", "index", f"{number} articles were indexed anew", repaired=True)
    lacking, extra = indexer.missing()
    waiting = indexer.pending()
    wrong = len(lacking) + len(extra)
    if wrong and repair:
        indexer.mend()
        indexer.catch_up()
        return Finding("damage", "index", f"{wrong} articles were indexed anew", repaired=True)
    if wrong:
        return Finding(
            "damage",
            "index",
            f"{len(lacking)} articles are missing from the index and {len(extra)} are too many; "
            "mend it: digest doctor --repair",
        )
    if waiting:
        indexer.catch_up()
    return Finding("ok", "index", "the index holds every article")


def _leftovers(home: Path, *, repair: bool) -> Iterator[Finding]:
    left = [*snapshot.unfinished(home), *snapshot.unfinished(home / "backups")]
    for path in left:
        if repair:
            path.unlink(missing_ok=True)
        yield Finding(
            "remark",
            "files",
            f"{path.name} is left from something that was cut short"
            + (" and was removed" if repair else ""),
            repaired=repair,
        )


def _room(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    if free < FREE_BYTES:
        return Finding("remark", "disk", f"only {free // 1_000_000} MB are free; make room")
    return Finding("ok", "disk", f"{free // 1_000_000_000} GB are free")


def _feeds(database: Database) -> Iterator[Finding]:
    with database.read() as db:
        states = feeds.states(db).values()
    for state in states:
        if state.gone:
            yield Finding(
                "remark", "feed", f"{state.name} is gone for good: {without_login(state.url)}"
            )
        elif state.failures >= 3:  # a passing fault does not last three checks
            yield Finding("remark", "feed", f"{state.name} keeps failing: {state.error}")


def save_copy(database: Database, target: Path) -> None:
    """Write a whole copy of the library to `target`.

    Raises:
        LibraryError: it could not be written, or it is the library itself.
    """
    if target.exists() and target.samefile(database.path):
        raise LibraryError(f"{target} is the library itself; name another file")
    with database.using() as db, errors_translated(target):
        snapshot.copy(db, target)


def put_copy(source: Path, home: Path) -> Path | None:
    """Put a backup in the library's place; returns where the replaced library was kept.

    The backup is verified first, and cleaned, since it may be of somebody else's making. What it
    replaces is kept beside it, and the index is made anew. Where anything fails the library is as
    it was.

    Raises:
        SourceError: the file is no backup.
        LibraryError: it is damaged or newer, or the library cannot be written.
    """
    backup.verify(source)
    path = home / "library.db"
    try:
        home.mkdir(parents=True, exist_ok=True)
        kept = _keep(path) if path.exists() else None
        # What is derived must not be taken for that of the backup, whenever this is cut short.
        for bond in (home / "index" / "library-token", *home.glob("vectors/*/documents")):
            bond.unlink(missing_ok=True)
    except OSError as error:
        raise DiskFull(f"{home} cannot be written ({error.strerror})") from error
    begun = not path.exists()
    try:
        _overwrite(path, source)
        migrate(path)
        cleanse(path)
    except BaseException:
        if begun:
            _move(path, kept)
        raise
    return kept


def _overwrite(path: Path, source: Path) -> None:
    """Put a backup's content into a library, whole or not at all, whoever has that open."""
    with (
        errors_translated(path),
        closing(backup.reader(source)) as copy,
        closing(connect(path)) as db,
    ):
        copy.backup(db, progress=snapshot.patience())
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("DELETE FROM meta WHERE key IN ('index_token', 'vectors_token')")


def _move(path: Path, kept: Path | None) -> None:
    """Take away what was begun, and put back what was moved aside for it."""
    for ending in _ENDINGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)
        if kept is not None and (part := kept.with_name(kept.name + ending)).exists():
            part.rename(path.with_name(path.name + ending))


_ENDINGS = ("", "-wal", "-shm")


def _keep(path: Path) -> Path:
    """Copy the library that is about to be replaced; one that is broken is moved aside.

    Raises:
        LibraryError: there is no room for the copy, or the library is locked.
    """
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"library.before-restore-{stamp}.db")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"library.before-restore-{stamp}-{number}.db")
    try:
        with errors_translated(path), closing(connect(path)) as db:
            if backup.complaints(db):
                raise sqlite3.DatabaseError("malformed")
            snapshot.copy(db, kept)
    except LibraryDamaged:
        for ending in _ENDINGS:
            part = path.with_name(path.name + ending)
            if part.exists():
                part.rename(kept.with_name(kept.name + ending))
    return kept
