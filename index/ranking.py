"""The order of what a query finds.

The score of a document is the sum of

- BM25F of the words and phrases that it has (Whoosh's, titles double), which is raised by up to
  `WRITTEN` with the share of the query's words that stand in it as written and not only by stem;
- of a name (`index.about`) the better of its written form and its others, where the best document
  by another form counts at most `OTHER` of the best by the written one;
- times `1 + recency * exp(-age / 30 days)`: what is new ranks a little higher.

Equal scores: the newer first, then the higher id. Queries without text are in order of date.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.about import About
from index.compile import Compiler
from index.patterns import named, patterns, wanted
from index.query.ast import And, Named, Near, Node, Not, Or, Order, Words
from index.schema import FORM
from index.view import Docs, Scores, View
from index.whooshes import queries

WRITTEN = 0.15
OTHER = 0.9
RECENT = 30 * 86_400.0  # seconds


@dataclass(frozen=True, slots=True)
class Found:
    """Document numbers in order with their scores and what they were found by (`MATCHES`)."""

    docs: Docs
    scores: Scores
    kinds: NDArray[np.int8]


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int8))


class Scorer:
    """Scores documents of one view.

    Args:
        view: the state of the index.
        compiler: the one that made the query for matching, whose parts are used again.
        now: seconds since the epoch.
        recency: how much more a document of this moment counts than an old one.
    """

    def __init__(self, view: View, compiler: Compiler, now: int, recency: float) -> None:
        self._view = view
        self._compiler = compiler
        self._now = now
        self._recency = recency
        self._about = About(view)

    def scores(self, root: Node, docs: Docs) -> Scores:
        """The score of each of the sorted `docs` for the text that a tree asks for."""
        query = self._positive(root)
        scores = np.zeros(len(docs))
        if not len(docs):
            return scores
        if query is not None:
            scores += self._view.snapshot.score(query, docs)
        for name in named(root):
            scores += self._named(name, docs)
        scores = scores * (1 + WRITTEN * self._written_share(root, docs))
        return scores * self.freshness(docs)

    def freshness(self, docs: Docs) -> Scores:
        """What a document's age multiplies its score with."""
        age = np.maximum(self._now - self._view.dates[docs], 0)
        fresh: Scores = 1 + self._recency * np.exp(-age / RECENT)
        return fresh

    def _named(self, name: Named, docs: Docs) -> Scores:
        written = self._form(name.written, docs)
        others = np.zeros(len(docs))
        for form in name.others:
            others += self._form(form, docs)
        best, most = others.max(initial=0.0), written.max(initial=0.0)
        scale = OTHER * (min(1.0, most / best) if most > 0 and best > 0 else 1.0)
        found: Scores = np.maximum(written, others * scale)
        return found

    def _form(self, form: Node, docs: Docs) -> Scores:
        having = len(self._view.snapshot.match(self._compiler.tree(form)))
        return self._about.scores(wanted(form), having, docs) if having else np.zeros(len(docs))

    def _positive(self, node: Node) -> Any | None:
        """A query that scores the text asked for, without conditions and what is excluded."""
        match node:
            case Words():
                return self._compiler.words(node)
            case Near(left, right):
                return queries.Or([self._compiler.words(side) for side in (left, right)])
            case And(children) | Or(children):
                made = [self._positive(child) for child in children]
                found = [query for query in made if query is not None]
                return queries.Or(found) if found else None
            case Not(Not(child)):
                return self._positive(child)
            case _:
                return None

    def _written_share(self, root: Node, docs: Docs) -> Scores:
        """For each document which part of the query's words it has in their written form."""
        forms = {
            term.written
            for words in wanted(root)
            for term in (patterns(words) or ((),))[0]
            if term.written and not term.prefix
        }
        share = np.zeros(len(docs))
        for form in forms:
            having = self._view.snapshot.match(queries.Term(FORM, form))
            share += self._view.mask(having)[docs]
        return share / max(len(forms), 1)


def ordered(view: View, docs: Docs, scores: Scores | None, order: Order) -> NDArray[np.intp]:
    """The places in `docs` (sorted) in which they are to be listed; the best first."""
    rank = view.age[docs]
    if scores is None or order is not Order.RELEVANCE:
        return np.argsort(rank if order is not Order.OLDEST else -rank, kind="stable")
    places = np.argsort(-scores)  # a third of what sorting by both takes, equal ones in any order
    best = scores[places]
    same = np.concatenate(([False], best[1:] == best[:-1], [False]))
    equal = np.flatnonzero(same[1:] | same[:-1])
    among = places[equal]
    places[equal] = among[np.lexsort((rank[among], -scores[among]))]
    return places
