"""What strictly matches one query on one state of the index, in order."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.masks import Masks
from index.model import NAME, TEXT
from index.patterns import wanted
from index.query.ast import Order, Query
from index.ranking import Found, Scorer, ordered
from index.view import Docs, View
from index.widen import literal


class Search:
    """Runs a query whose masks and scores are made on `view`, in the given order."""

    def __init__(
        self, view: View, masks: Masks, scorer: Scorer, query: Query, order: Order
    ) -> None:
        self._view = view
        self._masks = masks
        self._scorer = scorer
        self._root = query.root
        self._order = order

    def strict(self) -> Found:
        """All strict matches in order; without text to score, by date."""
        docs = self._masks.matching(self._root)
        if self._order is not Order.RELEVANCE or not wanted(self._root):
            places = ordered(self._view, docs, None, self._order)
            return Found(docs[places], np.zeros(len(docs)), self._kinds(docs)[places])
        scores = self._scorer.scores(self._root, docs)
        places = ordered(self._view, docs, scores, self._order)
        return Found(docs[places], scores[places], self._kinds(docs)[places])

    def _kinds(self, docs: Docs) -> NDArray[np.int8]:
        """Whether each of the strict matches has what was asked for in its written form."""
        written = literal(self._root)
        if written == self._root or not len(docs):
            return np.full(len(docs), TEXT, np.int8)
        having = self._masks.mask(written, self._view.mask(docs))
        return np.where(having[docs], TEXT, NAME).astype(np.int8)
