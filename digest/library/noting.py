"""Notes and highlights that come back in files."""

from __future__ import annotations

import sqlite3

from digest.anchors import Quote, find
from digest.ingest.ports import Clock
from digest.library import state
from digest.library.highlighting import CarryOut
from digest.model import Article
from digest.notefiles import Written, WrittenHighlight, merged
from digest.store import articles, highlights, reading
from digest.store.changes import Change
from digest.store.database import Database
from digest.text import scrub


class Noting:
    """Brings notes and highlights from files into one library."""

    def __init__(self, database: Database, carry_out: CarryOut, clock: Clock) -> None:
        self._database = database
        self._carry_out = carry_out
        self._clock = clock

    def article_of(self, written: Written) -> int | None:
        """The article that a file is on: of its address, else of its id and title."""
        with self._database.read() as db:
            if written.url:
                found = articles.of_address(db, written.url)
                return found if found is not None and reading.live(db, found) else None
            rows = reading.summaries(db, [written.article])
            same = [row for row in rows if " ".join(row.title.split()) == written.title]
            return same[0].id if same else None

    def bring_in(self, ident: int, written: Written) -> bool:
        """Take over what was changed in a file, undoably; returns whether anything was.

        Where the same text was changed here too, both are kept. Nothing is taken away but a note
        or comment that was emptied in the file and left alone here.
        """
        with self._database.write() as db:
            article = reading.article(db, ident)
            note = merged(article.note, scrub(written.note), written.base)
            changes = state.noting(db, ident, note) if note != article.note.strip() else []
            free = highlights.next_id(db)
            for one in written.highlights:
                changes += self._highlight(db, article, one, free + len(changes))
            self._carry_out(db, changes, f"brought in the note on article {ident}")
        return bool(changes)

    def _highlight(
        self, db: sqlite3.Connection, article: Article, one: WrittenHighlight, free: int
    ) -> list[Change]:
        """The change that a quote in a file brings; `free` is an id that no highlight has."""
        alike = [kept for kept in article.highlights if _words(kept.quote) == _words(one.quote)]
        kept = next((kept for kept in alike if kept.id == one.id), alike[0] if alike else None)
        if kept is not None:
            comment = merged(kept.comment, scrub(one.comment), one.base)
            before = highlights.stored(db, kept.id)
            if comment == kept.comment.strip() or before is None:
                return []
            after = highlights.commented(before, comment)
            return [Change("highlight", article.id, str(kept.id), before, after)]
        if not one.quote.strip():
            return []
        place = find(article.blocks, Quote(one.quote, "", "", 0))
        quote = Quote(one.quote, "", "", place.first if place is not None else 0)
        new = highlights.written(quote, one.comment, int(self._clock().timestamp()))
        return [Change("highlight", article.id, str(free), None, new)]


def _words(text: str) -> str:
    return " ".join(text.split())
