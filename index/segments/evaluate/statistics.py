"""The numbers BM25F takes from the whole index, as Whoosh computes them."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.segments.columns import BYTE_LENGTHS
from index.whooshes import BM25F

if TYPE_CHECKING:
    from index.segments.evaluate.match import LeafMatches

WEIGHTING = BM25F()

Norms = NDArray[np.float64]


class Statistics:
    """Document counts, term counts and mean lengths over all segments, deleted included."""

    def __init__(self, leaves: list[LeafMatches], documents: int, norms: dict[str, Norms]) -> None:
        """`documents` is how many all leaves have, `norms` are those found so far."""
        self._leaves = leaves
        self._documents = documents
        self._idf: dict[tuple[str, str | bytes], float] = {}
        self._norms = norms

    def idf(self, field: str, term: str | bytes) -> float:
        """Whoosh's inverse document frequency: `log(documents / (those with it + 1)) + 1`."""
        key = field, term
        if key not in self._idf:
            places = [place for leaf in self._leaves if (place := leaf.place(field, term))]
            having = sum(place.end - place.start for place in places)
            self._idf[key] = log(self._documents / (having + 1)) + 1
        return self._idf[key]

    def norms(self, field: str) -> Norms:
        """For each length byte `K1 * ((1 - B) + B * length / mean length)`.

        A commit changes the mean; a table of 256 entries makes that free.
        """
        norms = self._norms.get(field)
        if norms is None:
            readers = [
                reader for leaf in self._leaves if (reader := leaf.leaf.segment.field(field))
            ]
            mean = sum(reader.total for reader in readers) / (self._documents or 1) or 1
            b, k1 = float(WEIGHTING.B), float(WEIGHTING.K1)
            norms = self._norms[field] = k1 * ((1 - b) + b * BYTE_LENGTHS / mean)
        return norms

    def document_norms(self, leaf: LeafMatches, field: str) -> Norms:
        """The norm of each document of a segment."""
        key = f"{field}/{leaf.leaf.number}"
        norms = self._norms.get(key)
        if norms is None:
            norms = self._norms[key] = self.norms(field).take(leaf.leaf.segment.lengths(field))
        return norms
