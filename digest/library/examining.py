"""What the doctor looks for in texts, the undo journal and backups, and how it mends these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.errors import DigestError
from digest.library.values import Finding
from digest.store import backup, soundness
from digest.store.database import Database

_ASK = "mend it: digest doctor --repair"
BACKUPS_READ = 3


def texts(database: Database, *, repair: bool) -> Iterator[Finding]:
    """Articles whose text or its structure is lost."""
    with database.read() as db:
        lost, flat = soundness.without_text(db), soundness.without_structure(db)
    if flat and repair:
        with database.write() as db:
            soundness.rebuild(db, flat)
    if flat:
        words = f"the structure of {len(flat)} texts cannot be read ({_first(flat)})"
        done = "; they are plain paragraphs now" if repair else f"; {_ASK}"
        yield Finding("damage", "texts", words + done, repaired=repair)
    if lost and repair:
        with database.write() as db:
            mended = len(lost) - len(left := soundness.take_revision(db, lost))
        if mended:
            words = f"{mended} articles without a text have the last one they had"
            yield Finding("damage", "texts", words, repaired=True)
        lost = left
    if lost:
        yield Finding(
            "damage",
            "texts",
            f"{len(lost)} articles have no text ({_first(lost)}), which nothing here can give "
            "back: 'digest fetch --refetch' with id:N, or restore a backup",
        )
    if not lost and not flat:
        yield Finding("ok", "texts", "every text can be read")


def journal(database: Database, *, repair: bool) -> Iterator[Finding]:
    """Steps to undo that cannot be read."""
    with database.read() as db:
        broken = soundness.broken_entries(db)
    if not broken:
        return
    if repair:
        with database.write() as db:
            soundness.drop_entries(db, broken)
    done = "they are off the list, and cannot be undone" if repair else _ASK
    words = f"{len(broken)} steps to undo cannot be read; {done}"
    yield Finding("damage", "undo", words, repaired=repair)


def backups(home: Path) -> Iterator[Finding]:
    """The newest of the backups that were made by themselves."""
    found = sorted((home / "backups").glob("weekly-*.db"))[-BACKUPS_READ:]
    for path in found:
        try:
            backup.verify(path)
        except DigestError as error:
            yield Finding("remark", "backups", f"{error}; remove it, the next one comes by itself")
    if found:
        yield Finding("ok", "backups", f"the last one is {found[-1].name}")


def _first(ids: list[int]) -> str:
    named = ", ".join(map(str, ids[:5]))
    return f"{named} and more" if len(ids) > 5 else named
