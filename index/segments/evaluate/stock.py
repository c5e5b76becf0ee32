"""Queries that have no rule of their own, answered by Whoosh's matchers on our segments."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.codec import LeafSegment
from index.segments.evaluate.statistics import WEIGHTING
from index.whooshes import MultiReader, Searcher, SegmentReader

if TYPE_CHECKING:
    from index.segments.snapshot import Leaf, Snapshot


class Stock:
    """Whoosh's own searcher on a snapshot, made when it is first needed."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def searcher(self) -> Any:
        """A Whoosh searcher over all segments."""
        snapshot = self._snapshot
        readers = [
            SegmentReader(None, snapshot.schema, LeafSegment(leaf)) for leaf in snapshot.leaves
        ]
        reader = MultiReader(readers) if len(readers) > 1 else readers[0]
        return Searcher(reader, weighting=WEIGHTING)

    def docs(self, node: Any, leaf: Leaf) -> NDArray[np.int64]:
        """The sorted live documents of a leaf that `node` matches."""
        matcher = node.matcher(self._leaf(leaf), self.searcher.boolean_context())
        return np.unique(np.fromiter(matcher.all_ids(), np.int64))

    def scores(self, node: Any, leaf: Leaf, docs: NDArray[Any]) -> NDArray[np.float64]:
        """The scores of documents of a leaf."""
        dense = np.zeros(leaf.segment.documents)
        matcher = node.matcher(self._leaf(leaf))
        while matcher.is_active():
            dense[matcher.id()] = matcher.score()
            matcher.next()
        scores: NDArray[np.float64] = dense[docs]
        return scores

    def _leaf(self, leaf: Leaf) -> Any:
        return self.searcher.leaf_searchers()[leaf.number][0]
