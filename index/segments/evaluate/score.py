"""BM25F of documents of one segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.match import NOTHING, Docs, LeafMatches, Place
from index.segments.evaluate.occurrences import position
from index.segments.evaluate.statistics import WEIGHTING, Statistics
from index.whooshes import queries

if TYPE_CHECKING:
    from index.segments.evaluate.stock import Stock

Scores = NDArray[np.float64]

_NULL = type(queries.NullQuery)
_DENSE = 8  # up to this many postings for each document asked for, score them all
_AT_ONCE = 1 << 15  # postings that are weighed together
_LOOKED_UP = 4  # from this many postings for each document on, look each document up


class LeafScores:
    """Scores of a query and its parts in one segment."""

    def __init__(self, matches: LeafMatches, statistics: Statistics, stock: Stock) -> None:
        self.leaf = matches.leaf
        self.matches = matches
        self._statistics = statistics
        self._stock = stock
        self._normed: tuple[str, Docs, Scores] = ("", NOTHING, np.zeros(0))

    def of(self, node: Any, docs: Docs) -> Scores:
        """The score of each of `docs`, 0 for those that `node` does not match."""
        matching = self.matches.docs(node)
        if not len(matching):
            return np.zeros(len(docs))
        if len(matching) == len(docs) and np.array_equal(matching, docs):
            return self.known(node, docs)
        hit = self.matches.mask_of([matching]).take(docs)
        scores = np.zeros(len(docs))
        if hit.any():
            scores[hit] = self.known(node, docs[hit])
        return scores

    def known(self, node: Any, docs: Docs) -> Scores:
        """The scores of documents that `node` is known to match."""
        rule = _RULES.get(type(node))
        if rule is None:
            return self._stock.scores(node, self.leaf, docs)
        scores = rule(self, node, docs)
        boost = getattr(node, "boost", 1.0)
        return scores if boost == 1.0 or type(node) in _UNBOOSTED else scores * boost

    def term(self, node: Any, docs: Docs) -> Scores:
        """The scores that a term gives to documents that have it, boost included."""
        place = self.matches.place(node.fieldname, node.text)
        if place is None:
            return np.zeros(len(docs))
        freqs = place.freqs
        if len(docs) != len(freqs):
            if len(docs) * _LOOKED_UP < len(freqs):
                freqs = freqs.take(position(place.docs, docs))
            else:
                dense = np.empty(self.matches.size, freqs.dtype)
                dense[place.docs] = freqs
                freqs = dense.take(docs)
        return self._weigh(node.fieldname, docs, freqs, self._weight(node))

    def together(self, nodes: list[Any]) -> Scores:
        """For each document of the segment, the sum of what several queries give to it.

        The postings of many terms of a field are weighed at once.
        """
        sums = np.zeros(self.matches.size)
        terms: list[tuple[Any, Place]] = []
        for node in nodes:
            if type(node) is queries.Term:
                place = self.matches.place(node.fieldname, node.text)
                if place is not None:
                    terms.append((node, place))
            elif len(docs := self.matches.docs(node)):
                sums[docs] += self.known(node, docs)
        for batch in _batches(terms):
            docs = np.concatenate([place.docs for _, place in batch])
            freqs = np.concatenate([place.freqs for _, place in batch])
            weights = np.repeat(
                [self._weight(node) for node, _ in batch], [len(place) for _, place in batch]
            )
            scores = self._weigh(batch[0][0].fieldname, docs, freqs, weights)
            sums += np.bincount(docs, scores, minlength=len(sums))
        return sums

    def _weight(self, node: Any) -> float:
        """What a term weighs: BM25's constant factor, or 1 in a field without lengths."""
        boost: float = node.boost
        if not self.matches.terms.scorable(node.fieldname):
            return boost
        return self._statistics.idf(node.fieldname, node.text) * float(WEIGHTING.K1 + 1) * boost

    def _weigh(self, field: str, docs: Docs, freqs: NDArray[Any], weight: float | Scores) -> Scores:
        """BM25 of postings, or the frequency itself in a field without lengths, times `weight`."""
        scores: Scores = freqs.astype(np.float64)
        if self.matches.terms.scorable(field):
            scores /= self._norms(field, docs) + scores
        scores *= weight
        return scores

    def _norms(self, field: str, docs: Docs) -> Scores:
        """The norm of each document; kept, since the words of a phrase ask for the same."""
        known, found, norms = self._normed
        if known != field or found is not docs:
            norms = self._statistics.document_norms(self.matches, field).take(docs)
            self._normed = field, docs, norms
        return norms

    def sum(self, nodes: list[Any], docs: Docs) -> Scores:
        """The sum of what each of several queries gives to documents that they all match."""
        scores = self.known(nodes[0], docs)
        for node in nodes[1:]:
            scores += self.known(node, docs)
        return scores


def _batches(terms: list[tuple[Any, Place]]) -> Iterator[list[tuple[Any, Place]]]:
    """Terms of one field whose postings, or some of them, stay in the processor's cache."""
    batch: list[tuple[Any, Place]] = []
    size = 0
    for term in sorted(terms, key=lambda term: term[0].fieldname):
        other = bool(batch) and batch[0][0].fieldname != term[0].fieldname
        if other or size + len(term[1]) > _AT_ONCE:
            if batch:
                yield batch
            batch, size = [], 0
        batch.append(term)
        size += len(term[1])
    if batch:
        yield batch


def _term(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.term(node, docs)


def _sum(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.sum(node.subqueries, docs)


def _any(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    """The sum over the children; where many documents are asked for, all are scored."""
    total = sum(map(leaf.matches.count, node.subqueries))
    if total > _DENSE * len(docs):
        scores = np.zeros(len(docs))
        for child in node.subqueries:
            scores += leaf.of(child, docs)
        return scores
    return leaf.together(node.subqueries).take(docs)


def _best(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    scores = np.zeros(len(docs))
    for child in node.subqueries:
        np.maximum(scores, leaf.of(child, docs), out=scores)
    return scores


def _maybe(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.known(node.a, docs) + leaf.of(node.b, docs)


def _first(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.known(node.a, docs)


def _phrase(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.sum([queries.Term(node.fieldname, word) for word in node.words], docs)


def _near(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.sum([node.a, node.b], docs)


def _near2(leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return leaf.sum(node.qs, docs)


def _one(_leaf: LeafScores, _node: Any, docs: Docs) -> Scores:
    return np.ones(len(docs))


def _constant(_leaf: LeafScores, node: Any, docs: Docs) -> Scores:
    return np.full(len(docs), float(node.score))


_RULES: dict[type, Callable[[LeafScores, Any, Docs], Scores]] = {
    queries.Term: _term,
    queries.And: _sum,
    queries.Or: _any,
    queries.DisjunctionMax: _best,
    queries.Not: _one,
    queries.AndNot: _first,
    queries.AndMaybe: _maybe,
    queries.Require: _first,
    queries.ConstantScoreQuery: _constant,
    queries.Every: _one,
    queries.Prefix: _one,
    _NULL: _one,
    queries.Phrase: _phrase,
    queries.Sequence: _sum,
    queries.SpanNear: _near,
    queries.SpanNear2: _near2,
}
_UNBOOSTED = frozenset({queries.Term, queries.Not, queries.ConstantScoreQuery})
