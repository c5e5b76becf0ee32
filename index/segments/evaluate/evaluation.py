"""One query on one snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.match import LeafMatches, Terms
from index.segments.evaluate.score import LeafScores
from index.segments.evaluate.statistics import Statistics
from index.segments.evaluate.stock import Stock

if TYPE_CHECKING:
    from index.segments.snapshot import Snapshot


class Evaluation:
    """Matches and scores of a query; what matching found out is kept for scoring."""

    def __init__(self, snapshot: Snapshot, query: Any) -> None:
        self.query = query
        stock = Stock(snapshot)
        terms = Terms(snapshot.schema)
        self._matches = [LeafMatches(leaf, terms, stock) for leaf in snapshot.leaves]
        statistics = Statistics(self._matches, snapshot.norms)
        self._scores = [LeafScores(matches, statistics, stock) for matches in self._matches]

    def match(self) -> NDArray[np.int64]:
        """The sorted numbers of the live documents that match."""
        found = []
        for matches in self._matches:
            docs = matches.docs(self.query)
            leaf = matches.leaf
            if leaf.live is not None and len(docs):
                docs = docs[leaf.live.take(docs)]
            if len(docs):
                found.append(docs.astype(np.int64) + leaf.offset)
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    def score(self, docnums: NDArray[np.int64]) -> NDArray[np.float64]:
        """The score of each of the sorted `docnums`, 0 where the query does not match."""
        result = np.zeros(len(docnums), np.float64)
        bounds = [matches.leaf.offset for matches in self._matches]
        places = [*np.searchsorted(docnums, bounds).tolist(), len(docnums)]
        for scores, start, end in zip(self._scores, places, places[1:], strict=False):
            if start < end:
                docs = docnums[start:end] - scores.leaf.offset
                result[start:end] = scores.of(self.query, docs)
        return result
