"""Queries for the names in a query that no list has.

A name is looked for by its sound between Latin letters and Han (`index.unlisted.sounds`), and by
the other forms that articles give beside it (`index.unlisted.learned`). Work is bounded: a few
names of a query, a few articles read for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from index.compile import Compiler
from index.dictionary.dictionary import Dictionary
from index.model import Texts
from index.names.names import Names
from index.query.ast import Words
from index.schema import FORM
from index.unlisted.candidates import Candidate, candidates
from index.unlisted.learned import learned
from index.unlisted.sounds import Sounds
from index.view import View

_READ = 16  # articles for one name
_BEGINNING = 20_000  # characters of each
_LEARNED_FROM = 2  # names of a query for which articles are read
_LONG = 120  # characters; a longer query is a text, in which names stand beside much else


class Unlisted:
    """Makes queries on one view; `texts` gives the articles that are read."""

    def __init__(self, view: View, texts: Texts) -> None:
        self._view = view
        self._texts = texts
        self._sounds = Sounds(view.snapshot)
        self._compiler = Compiler(lambda prefix, limit: view.snapshot.terms(FORM, prefix, limit))

    def groups(
        self, text: str, names: Names | None, dictionary: Dictionary | None
    ) -> Iterator[list[Any]]:
        """For each name the Whoosh queries that find it otherwise written."""
        if len(text) > _LONG:
            return
        for number, candidate in enumerate(candidates(text, names, dictionary)):
            found = list(self._by_sound(candidate))
            if number < _LEARNED_FROM:
                found += self._by_articles(candidate)
            if found:
                yield found

    def _by_sound(self, candidate: Candidate) -> Iterator[Any]:
        query = (
            self._sounds.in_han(candidate.words)
            if candidate.is_latin
            else self._sounds.in_latin(candidate.written)
        )
        if query is not None:
            yield query

    def _by_articles(self, candidate: Candidate) -> Iterator[Any]:
        query = self._compiler.words(Words(candidate.written))
        docs = self._view.snapshot.match(query)
        if not len(docs):
            return
        scores = self._view.snapshot.score(query, docs)
        best = self._view.ids[docs[(-scores).argsort(kind="stable")[:_READ]]]
        texts = self._texts.texts([int(id_) for id_ in best])
        bodies = (f"{one.title}\n{one.body[:_BEGINNING]}" for one in texts.values())
        for form in learned(candidate.written, bodies):
            yield self._compiler.words(Words(form))
