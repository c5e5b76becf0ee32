"""The facade's changing side: what a person does with articles, undoably."""

from __future__ import annotations

from collections.abc import Sequence

from digest.library import editing, reprints, state
from digest.library.facade.core import Core
from digest.store import journal, reading
from digest.store.changes import do


class Changing(Core):
    """What a person does with articles."""

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> int:
        """Add and remove tags; returns how many articles changed."""
        words = " ".join([f"+{name}" for name in add] + [f"-{name}" for name in remove])
        with self._database.write() as db:
            found = state.tagging_of(db, ids, add, remove)
            return self._carry_out(db, found, f"tagged {{}} {words}")

    def mark(self, ids: Sequence[int], what: str, *, automatic: bool = False) -> int:
        """Mark articles `read`, `unread`, `star` or `unstar`; returns how many changed.

        With `automatic`, what the desk does by itself stays out of the undo journal.
        """
        with self._database.write() as db:
            found = state.marking(db, ids, what, self._seconds())
            if automatic:
                do(db, found, self._seconds())
                return len(found)
            label = {"star": "starred {}", "unstar": "unstarred {}"}.get(what)
            return self._carry_out(db, found, label or f"marked {{}} {what}")

    def set_note(self, ident: int, text: str, *, typing: bool = False) -> None:
        """Give an article a note; an empty one takes it away.

        With `typing` it is saved while somebody types it, and is one step to undo with what was
        saved before; taking a note away is always a step of its own.

        Raises:
            UnknownArticle: there is none with this id.
        """
        with self._database.write() as db:
            reading.require(db, ident)
            found = state.noting(db, ident, text)
            key = f"note:{ident}" if typing and text.strip() else ""
            self._carry_out(db, found, f"noted article {ident}", merge_key=key)
        self._settle()

    def note(self, ident: int) -> str:
        """The note on an article, "" without one."""
        with self._database.read() as db:
            return reading.note(db, ident)

    def edit(self, ident: int, **fields: str) -> None:
        """Correct `title`, `date`, `lang`, `author` or `feed`; a correction outlives re-fetching.

        Raises:
            UnknownArticle: there is none with this id.
            UsageError: a value is none of its kind.
        """
        with self._database.write() as db:
            reading.require(db, ident)
            stored = editing.stored_values(db, ident, fields, self.zone)
            found = state.editing(db, ident, stored)
            self._carry_out(db, found, f"corrected article {ident}")
        self._settle()

    def delete(self, ids: Sequence[int]) -> int:
        """Delete articles, undoably; returns how many."""
        with self._database.write() as db:
            found = state.deleting(db, ids, self._seconds())
            number = self._carry_out(db, found, "deleted {}")
        self._settle()
        return number

    def rescue(self, ids: Sequence[int]) -> int:
        """Keep articles that are hidden as off topic; returns how many."""
        with self._database.write() as db:
            found = state.rescuing(db, ids)
            number = self._carry_out(db, found, "rescued {}")
            reprints.fold_in_all(db, (change.article for change in found))
        self._settle()
        return number

    def undo(self) -> str | None:
        """Take back the last change; says what it was, None when there is nothing."""
        with self._database.write() as db:
            entry = journal.undo(db, self._seconds())
        self._settle()
        return None if entry is None else entry.label

    def redo(self) -> str | None:
        """Do again what was undone last; says what it was, None when there is nothing."""
        with self._database.write() as db:
            entry = journal.redo(db, self._seconds())
        self._settle()
        return None if entry is None else entry.label
