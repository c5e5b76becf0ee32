"""Quotes that a person keeps: made, commented, taken away, listed with the notes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from digest.anchors import Quote, find
from digest.errors import UsageError
from digest.model import Highlight, Summary
from digest.store import highlights, lines, reading
from digest.store.changes import Change


class Noted(NamedTuple):
    """What a person wrote about an article and kept of it."""

    row: Summary
    note: str
    highlights: tuple[Highlight, ...]


class CarryOut(Protocol):
    """Does changes and writes them into the journal."""

    def __call__(
        self,
        db: sqlite3.Connection,
        found: Sequence[Change],
        label: str,
        *,
        merge_key: str = "",
    ) -> int:
        """Returns how many articles changed."""


class _Database(Protocol):
    def read(self) -> AbstractContextManager[sqlite3.Connection]: ...

    def write(self) -> AbstractContextManager[sqlite3.Connection]: ...


class Highlights:
    """The highlights of a library; every change can be undone."""

    def __init__(
        self,
        database: _Database,
        carry_out: CarryOut,
        settle: Callable[[], None],
        seconds: Callable[[], int],
    ) -> None:
        self._database = database
        self._carry_out = carry_out
        self._settle = settle
        self._seconds = seconds

    def keep(self, article: int, quote: Quote, comment: str = "") -> int:
        """Keep a quote from an article, with a comment or without; returns the highlight's id.

        Raises:
            UnknownArticle: there is none with this id.
            UsageError: there are no words in the quote.
        """
        if not quote.text.strip():
            raise UsageError("there are no words in what was selected")
        with self._database.write() as db:
            stored = reading.article(db, article)
            place = find(stored.every_block, quote) or find(stored.blocks, quote)
            if place is not None:
                quote = quote._replace(paragraph=place.first)
            lines.note(db, [article])  # what a quote is kept from is not hidden
            ident = highlights.next_id(db)
            kept = highlights.written(quote, comment.strip(), self._seconds())
            change = Change("highlight", article, str(ident), None, kept)
            self._carry_out(db, [change], f"highlighted in article {article}")
        self._settle()
        return ident

    def comment(self, ident: int, text: str) -> None:
        """Give a highlight a comment; "" takes it away. One that is gone is left so."""
        with self._database.write() as db:
            article, kept = highlights.article_of(db, ident), highlights.stored(db, ident)
            if article is None or kept is None:
                return
            new = highlights.commented(kept, text.strip())
            if new != kept:
                change = Change("highlight", article, str(ident), kept, new)
                self._carry_out(db, [change], f"commented a highlight in article {article}")
        self._settle()

    def remove(self, ident: int) -> bool:
        """Take a highlight away; False when it was gone already."""
        with self._database.write() as db:
            article, kept = highlights.article_of(db, ident), highlights.stored(db, ident)
            if article is None or kept is None:
                return False
            change = Change("highlight", article, str(ident), kept, None)
            self._carry_out(db, [change], f"removed a highlight from article {article}")
        self._settle()
        return True

    def noted(self, ids: Sequence[int]) -> list[Noted]:
        """The notes and highlights of these articles, in their order; the others are left out."""
        with self._database.read() as db:
            found = [
                Noted(row, reading.note(db, row.id), highlights.of_article(db, row.id))
                for row in reading.summaries(db, ids)
                if row.noted
            ]
        return [one for one in found if one.note or one.highlights]
