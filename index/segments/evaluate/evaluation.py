"""One query on one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.match import Docs, LeafMatches, Terms
from index.segments.evaluate.score import LeafScores
from index.segments.evaluate.statistics import Statistics
from index.segments.evaluate.stock import Stock

if TYPE_CHECKING:
    from index.segments.snapshot import Snapshot

Docnums = NDArray[np.int64]


class Evaluation:
    """Matches and scores of a query; what matching found out is kept for scoring."""

    def __init__(self, snapshot: Snapshot, query: Any, before: Evaluation | None) -> None:
        """What was found out `before`, for a query with the same parts, is used again."""
        self.query = query
        self.stock: Stock = before.stock if before else Stock(snapshot)
        self.leaves: list[LeafMatches] = before.leaves if before else self._opened(snapshot)
        self.statistics: Statistics = (
            before.statistics if before else Statistics(self.leaves, snapshot.size, snapshot.norms)
        )
        self._matched: tuple[Docnums, list[tuple[LeafMatches, Docs]]] | None = None

    def _opened(self, snapshot: Snapshot) -> list[LeafMatches]:
        terms = Terms(snapshot.schema)
        return [LeafMatches(leaf, terms, self.stock) for leaf in snapshot.leaves]

    def match(self) -> Docnums:
        """The sorted numbers of the live documents that match."""
        parts, found = [], []
        for matches in self.leaves:
            docs = matches.docs(self.query)
            leaf = matches.leaf
            if leaf.live is not None and len(docs):
                docs = docs[leaf.live.take(docs)]
            if len(docs):
                parts.append((matches, docs))
                found.append(docs + leaf.offset)
        docnums = np.concatenate(found) if found else np.zeros(0, np.int64)
        self._matched = docnums, parts
        return docnums

    def score(self, docnums: Docnums) -> NDArray[np.float64]:
        """The score of each of the sorted `docnums`, 0 where the query does not match."""
        if self._matched is not None and docnums is self._matched[0]:
            parts = self._matched[1]
            scores = [self._scores(matches).known(self.query, docs) for matches, docs in parts]
            return np.concatenate(scores) if scores else np.zeros(0)
        result = np.zeros(len(docnums), np.float64)
        bounds = [matches.leaf.offset for matches in self.leaves]
        places = [*np.searchsorted(docnums, bounds).tolist(), len(docnums)]
        for matches, start, end in zip(self.leaves, places, places[1:], strict=False):
            if start < end:
                docs = docnums[start:end] - matches.leaf.offset
                result[start:end] = self._scores(matches).of(self.query, docs)
        return result

    def _scores(self, matches: LeafMatches) -> LeafScores:
        return LeafScores(matches, self.statistics, self.stock)
