"""A text as a bag of single terms: what each of them gives to which document.

A term gives a document `weight * (share(all fields) + TITLE * share(title))`, where

- `share = c * (K1 + 1) / (c + norm)` is BM25's part for a term that stands there `c` times, with a
  norm of the length; fields are added up before they saturate (Robertson, Zaragoza and Taylor,
  "Simple BM25 extension to multiple weighted fields", 2004), which matters as soon as a query has
  thirty terms;
- `weight = log(1 + (N - n + 0.5) / (n + 0.5))`, where n of N documents have the term in any field:
  near zero for what most have. Whoosh adds 1 to its logarithm, so that a particle in every other
  document counts a fifth of the rarest word; that is harmless where all words have to be there
  anyway, and not where any of them will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import log

import numpy as np

from index.counts import NOTHING, Counts, Scored, is_open
from index.schema import TEXT_FIELDS
from index.view import K1, Docs, Scores, View

TITLE = 2.0
_OF_FORMS = ("title", "body")  # where the other forms of a word are looked for


class Bag:
    """Scores terms in one view; each is worked out once. For one thread."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._counts = np.zeros(view.size)  # these two are zeros between two calls
        self._best = np.zeros(view.size)
        self._known: dict[tuple[str, tuple[str, ...]], Scored] = {}
        self._terms = Counts(view)

    def nothing(self) -> Scores:
        """A score of 0 for each document."""
        return np.zeros(self._view.size)

    def frequency(self, text: str, field: str = "") -> int:
        """About how many documents have a term in a field, "" for any."""
        return self._terms.having(text, _fields(field))

    def scored(self, text: str, field: str = "") -> Scored:
        """The documents that have a term in a field, "" for any, and what it gives to each."""
        docs, shares = self._having(text, _fields(field))
        return Scored(docs, shares * self._weight(len(docs)))

    def any_of(self, forms: Sequence[Sequence[str]]) -> Scored:
        """The documents that have all terms of at least one of the forms of a word.

        The forms count as one word (Pirkola, "The effects of query structure and dictionary setups
        in dictionary-based cross-language information retrieval", 1998), which weighs by how many
        documents have any of them. Were each weighed by itself, the rarest translation, which
        often is the wrong one, would count most.
        """
        best = self._best
        found: list[Docs] = []
        for form in forms:
            if self._is_everywhere(form):
                continue
            docs, shares = self._whole(form)
            found.append(docs[best[docs] == 0])
            best[docs] = np.maximum(best[docs], shares)
        docs = np.concatenate(found) if found else NOTHING.docs
        scores = best[docs] * self._weight(len(docs))
        best[docs] = 0
        return Scored(docs, scores)

    def _is_everywhere(self, form: Sequence[str]) -> bool:
        """Whether a form is one character, and that begins more pairs than there are documents."""
        text = form[0]
        return is_open(text) and self._terms.having(text, _OF_FORMS) > self._view.size

    def _weight(self, having: int) -> float:
        return log(1 + (self._view.size - having + 0.5) / (having + 0.5))

    def _whole(self, terms: Sequence[str]) -> Scored:
        """The documents that have all of some terms, with the share of the one they have least."""
        if len(terms) > 1:
            terms = sorted(terms, key=lambda term: self._terms.having(term, _OF_FORMS))
        docs, shares = self._having(terms[0], _OF_FORMS)
        for term in terms[1:]:
            if not len(docs):
                break
            others = self._having(term, _OF_FORMS)
            self._counts[others.docs] = others.scores
            more = self._counts[docs]
            self._counts[others.docs] = 0
            both = more > 0
            docs, shares = docs[both], np.minimum(shares[both], more[both])
        return Scored(docs, shares)

    def _having(self, text: str, fields: tuple[str, ...]) -> Scored:
        """The documents that have a term in any of some fields, and its shares in them."""
        key = text, fields
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._shares(text, fields)
        return known

    def _shares(self, text: str, fields: tuple[str, ...]) -> Scored:
        found = [name for name in fields if self._terms.having(text, [name])]
        if not found:
            return NOTHING
        parts = {name: self._terms.often(text, name) for name in found}
        docs, often = reduce(self._sum, parts.values())
        shares = _share(often, self._view.norms.take(docs))
        if titles := parts.get("title"):
            counts = self._counts
            counts[titles.docs] = _share(titles.scores, self._view.title_norms.take(titles.docs))
            shares += TITLE * counts.take(docs)
            counts[titles.docs] = 0
        return Scored(docs, shares)

    def _sum(self, some: Scored, others: Scored) -> Scored:
        """What documents have in one or the other or both."""
        counts = self._counts
        if len(some.docs) < len(others.docs):
            some, others = others, some
        counts[others.docs] = others.scores
        often = some.scores + counts.take(some.docs)
        counts[some.docs] = 0
        rest = counts.take(others.docs)
        alone = np.flatnonzero(rest)
        counts[others.docs] = 0
        return Scored(
            np.concatenate((some.docs, others.docs.take(alone))),
            np.concatenate((often, rest.take(alone))),
        )


def _share(often: Scores, norms: Scores) -> Scores:
    """BM25's part for each number of times; `norms` is used up."""
    norms += often
    shares: Scores = often * (K1 + 1)
    shares /= norms
    return shares


def _fields(field: str) -> tuple[str, ...]:
    return (field,) if field else TEXT_FIELDS
