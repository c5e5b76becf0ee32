"""How much documents are about a name: BM25F of each of its forms as one word.

With `share = c / (c + norm)` for `c` occurrences and a norm of the length, in which length counts
little (`View.name_norms`), a form gives a document

    idf * (K1 + 1) * (share(all fields) + TITLE * share(title)),  idf = log(N / (n + 1)) + 1,

where n of N documents have it; the idf is Whoosh's, so that the names and the words of a query
weigh alike. A form of several terms occurs as often as the term that is there least often.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log

import numpy as np

from index.counts import OPEN, Counts
from index.patterns import patterns
from index.query.ast import Words
from index.schema import TEXT_FIELDS
from index.view import K1, Docs, Scores, View

TITLE = 2.0


class About:
    """Scores the forms of names in one view. For one thread."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._counts = Counts(view)
        self._dense = np.zeros(view.size)  # zeros between two calls

    def scores(self, form: Sequence[Words], having: int, docs: Docs) -> Scores:
        """What a form of a name, all of its words, gives to each of `docs`; `having` have it."""
        often, titles = np.min([self._in_fields(words, docs) for words in form], axis=0)
        share = often / (often + self._view.name_norms[docs])
        share += TITLE * titles / (titles + self._view.title_norms[docs])
        idf = log(self._view.size / (having + 1)) + 1
        scores: Scores = idf * (K1 + 1) * share
        return scores

    def _in_fields(self, words: Words, docs: Docs) -> tuple[Scores, Scores]:
        """How often words stand in each document, in all their fields and in its title."""
        often, titles = np.zeros(len(docs)), np.zeros(len(docs))
        for field in (words.field,) if words.field else TEXT_FIELDS:
            times = self._times(words, field, docs)
            often += times
            if field == "title":
                titles = times
        return often, titles

    def _times(self, words: Words, field: str, docs: Docs) -> Scores:
        """How often words, in any of their spellings, stand in a field of each document."""
        times = np.zeros(len(docs))
        for pattern in patterns(words):
            terms = {term.text + OPEN if term.prefix else term.text for term in pattern}
            times += self._least(terms, field, docs)
        return times

    def _least(self, terms: Collection[str], field: str, docs: Docs) -> Scores:
        """How often the term that is there least often stands in a field of each document."""
        least = np.full(len(docs), np.inf)
        for term in sorted(terms, key=lambda term: self._counts.having(term, [field])):
            found = self._counts.often(term, field)
            self._dense[found.docs] = found.scores
            np.minimum(least, self._dense[docs], out=least)
            self._dense[found.docs] = 0
            if not least.any():  # the rarest term comes first, so most forms end here
                break
        return least
