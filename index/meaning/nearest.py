"""The nearest vectors: signs first over everything, then exact scores of the best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.meaning.encoder import DIMENSIONS, Vectors
from index.meaning.records import Rows, VectorSet, signs_of

CANDIDATES = 2000
_PART = 1 << 14  # rows compared at a time, so that what is in work stays in the cache
_SPARSE = 4  # where fewer than a fourth of all are asked for, only these are compared
_LANES = np.uint64(0x00FF00FF00FF00FF)
_SUM = np.uint64(0x0001000100010001)


def nearest(
    vectors: VectorSet, query: Vectors, rows: Rows, count: int
) -> tuple[Rows, NDArray[np.float64]]:
    """The places in `rows` of the vectors nearest to `query`, and their cosines, best first.

    Args:
        vectors: all there are.
        query: one unit vector.
        rows: the rows to choose among; -1 stands for no vector.
        count: how many are wanted.
    """
    places = np.flatnonzero(rows >= 0)
    if not len(places) or count <= 0:
        return np.zeros(0, np.int64), np.zeros(0)
    keep = max(count, CANDIDATES)
    if len(places) > keep:
        places = places[_by_sign(vectors.signs, query, rows[places], keep)]
    scores = vectors.cosines(rows[places], query)
    best = np.lexsort((places, -scores))[:count]
    return places[best], scores[best]


def _by_sign(signs: NDArray[np.uint64], query: Vectors, rows: Rows, keep: int) -> Rows:
    """The places of at least `keep` rows, whose signs differ least from the query's."""
    wanted = signs_of(query[None, :])[0]
    if len(rows) * _SPARSE < len(signs):
        apart = _apart(signs, wanted, rows)
    else:
        apart = _apart(signs, wanted, None)[rows]
    within = np.cumsum(np.bincount(apart, minlength=DIMENSIONS + 1))
    return np.flatnonzero(apart <= np.searchsorted(within, keep))


def _apart(
    signs: NDArray[np.uint64], wanted: NDArray[np.uint64], rows: Rows | None
) -> NDArray[np.uint16]:
    """In how many dimensions the sign of each row (of all without `rows`) is another one."""
    size = len(signs) if rows is None else len(rows)
    found = np.empty(size, np.uint16)
    for start in range(0, size, _PART):
        part = slice(start, start + _PART)
        bits = np.bitwise_count((signs[part] if rows is None else signs[rows[part]]) ^ wanted)
        # Eight counts of at most 64 a row, added up four and four side by side.
        words = bits.view(np.uint64)[:, 0]
        lanes = (words & _LANES) + ((words >> np.uint64(8)) & _LANES)
        found[part] = (lanes * _SUM) >> np.uint64(48)
    return found
