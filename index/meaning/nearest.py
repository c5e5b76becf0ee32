"""The nearest vectors: signs first over everything, then exact scores of the best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.meaning.encoder import Vectors
from index.meaning.vectors import VectorStore, signs_of

CANDIDATES = 2000


def nearest(
    store: VectorStore, query: Vectors, rows: NDArray[np.int64], count: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The places in `rows` of the vectors nearest to `query`, and their cosines, best first.

    Args:
        store: where the vectors are.
        query: one unit vector.
        rows: the rows to choose among; -1 stands for no vector.
        count: how many are wanted.
    """
    places = np.flatnonzero(rows >= 0)
    if not len(places) or count <= 0:
        return np.zeros(0, np.int64), np.zeros(0)
    keep = max(count, CANDIDATES)
    if len(places) > keep:
        places = places[_by_sign(store, query, rows[places], keep)]
    scores = (store.codes(rows[places]) @ query).astype(np.float64)
    best = np.lexsort((places, -scores))[:count]
    return places[best], scores[best]


def _by_sign(
    store: VectorStore, query: Vectors, rows: NDArray[np.int64], keep: int
) -> NDArray[np.int64]:
    """The places of the `keep` rows whose signs differ least from the query's."""
    signs = store.signs()
    chosen = signs if len(rows) == len(signs) and (np.diff(rows) == 1).all() else signs[rows]
    apart = np.bitwise_count(chosen ^ signs_of(query[None, :])).sum(axis=1, dtype=np.int64)
    return np.argpartition(apart, keep)[:keep]
