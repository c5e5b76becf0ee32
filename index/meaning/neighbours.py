"""Documents near a text or a document in meaning (`index.model.Neighbours`)."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from index.meaning import encoder
from index.meaning.documents import DocumentTable
from index.meaning.encoder import DIMENSIONS, Vectors
from index.meaning.nearest import nearest
from index.meaning.records import Keys, Rows, VectorSet
from index.meaning.vectors import VectorStore
from index.model import Ids

_REMEMBERED = 64
_READ = 1000  # characters of a query that are encoded: the time it takes grows with them


class MeaningNeighbours:
    """Finds documents by their vectors. The model is loaded by the first text that needs it."""

    def __init__(self, store: VectorStore, table: DocumentTable) -> None:
        self._store = store
        self._table = table
        self._guard = threading.Lock()
        self._texts: OrderedDict[str, Vectors] = OrderedDict()
        self._joined: tuple[VectorSet, Keys, Rows] | None = None

    def nearest(self, text: str, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        """Up to `count` of `among` nearest to a text, and their cosines, best first."""
        vectors, rows = self._rows(among)
        if not (rows >= 0).any() or not encoder.available():
            return np.zeros(0, np.int64), np.zeros(0)
        places, cosines = nearest(vectors, self._encoded(text[:_READ]), rows, count)
        return among[places], cosines

    def like(self, id_: int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        """Up to `count` of `among` nearest to the document `id_`, and their cosines, best first."""
        own = self.vectors_of(np.array([id_], np.int64))[0]
        if not own.any():
            return np.zeros(0, np.int64), np.zeros(0)
        vectors, rows = self._rows(among)
        places, cosines = nearest(vectors, own, rows, count)
        return among[places], cosines

    def vectors_of(self, ids: Ids) -> Vectors:
        """The unit vectors of documents, (n, 512); a row of zeros for one that has none."""
        vectors, rows = self._rows(ids)
        found = np.zeros((len(ids), DIMENSIONS), np.float32)
        there = np.flatnonzero(rows >= 0)
        found[there] = vectors.vectors(rows[there])
        return found

    def _rows(self, ids: Ids) -> tuple[VectorSet, Rows]:
        """The row of each document, -1 without a vector; looked up by key only after a change."""
        vectors, keys = self._store.current(), self._table.keys()
        with self._guard:
            known = self._joined
            if known is None or known[0] is not vectors or known[1] is not keys:
                known = self._joined = (vectors, keys, vectors.rows(keys))
            by_id = known[2]
        if not len(by_id):
            return vectors, np.full(len(ids), -1, np.int64)
        inside = (ids >= 0) & (ids < len(by_id))
        rows = by_id[ids] if inside.all() else np.where(inside, by_id[np.where(inside, ids, 0)], -1)
        return vectors, rows

    def _encoded(self, text: str) -> Vectors:
        with self._guard:
            if text in self._texts:
                self._texts.move_to_end(text)
                return self._texts[text]
        found: Vectors = encoder.encode([text])[0]
        with self._guard:
            self._texts[text] = found
            while len(self._texts) > _REMEMBERED:
                self._texts.popitem(last=False)
        return found
