"""How often a term stands in which documents, over all segments of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.schema import TEXT_FIELDS
from index.segments.postings import FieldReader
from index.segments.snapshot import Leaf
from index.view import Docs, Scores, View

OPEN = "*"  # at the end of a term: what begins so

_Place = tuple[Leaf, FieldReader, int, int]  # a segment, a field in it, a range of its postings


class _Found(NamedTuple):
    """Where the postings of a term in a field are, and how many there are."""

    places: list[_Place]
    having: int


_NOWHERE = _Found([], 0)


class Scored(NamedTuple):
    """Document numbers in no order, deleted documents among them, and a number above 0 for each."""

    docs: Docs
    scores: Scores


NOTHING = Scored(np.zeros(0, np.int64), np.zeros(0))


class Counts:
    """Counts terms in one view. For one thread."""

    def __init__(self, view: View) -> None:
        self._found: dict[tuple[str, str], _Found] = {}
        self._readers = {
            name: [
                (leaf, reader)
                for leaf in view.snapshot.leaves
                if (reader := leaf.segment.field(name))
            ]
            for name in TEXT_FIELDS
        }

    def having(self, text: str, fields: Sequence[str]) -> int:
        """About how many documents have a term in one of some fields."""
        return max([self._find(text, name).having for name in fields])

    def often(self, text: str, field: str) -> Scored:
        """The documents that have a term in a field, and how often."""
        places = self._find(text, field).places
        parts = [_postings(*place, together=is_open(text)) for place in places]
        if len(parts) == 1:
            return parts[0]
        if not parts:
            return NOTHING
        docs, often = zip(*parts, strict=True)
        return Scored(np.concatenate(docs), np.concatenate(often))

    def _find(self, text: str, field: str) -> _Found:
        """Where the postings of a term are, segment by segment."""
        key = text, field
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _look_up(text, self._readers[field])
        return found


def is_open(term: str) -> bool:
    """Whether a term stands for all that begin so."""
    return term.endswith(OPEN)


def _look_up(text: str, readers: list[tuple[Leaf, FieldReader]]) -> _Found:
    if not readers:
        return _NOWHERE
    begun = is_open(text)
    term = text.removesuffix(OPEN).encode("utf-8", "surrogatepass")
    places, having = [], 0
    for leaf, reader in readers:
        start, end = _begun(reader, term) if begun else _spanned(reader, term)
        if start < end:
            places.append((leaf, reader, start, end))
            having += end - start
    return _Found(places, having) if places else _NOWHERE


def _spanned(reader: FieldReader, term: bytes) -> tuple[int, int]:
    """Where the postings of a term begin and end."""
    at = reader.find(term)
    return reader.span(at) if at >= 0 else (0, 0)


def _begun(reader: FieldReader, prefix: bytes) -> tuple[int, int]:
    """Where the postings of all terms with a beginning do."""
    low, high = reader.prefixed(prefix)
    return reader.starts[low], reader.starts[high]


def _postings(leaf: Leaf, reader: FieldReader, start: int, end: int, *, together: bool) -> Scored:
    """The documents of some postings, and how often each has the term.

    `together`, a document may be in several postings.
    """
    docs: Docs = reader.docs[start:end].astype(np.int64)
    often: Scores = reader.frequencies(start, end).astype(np.float64)
    if together:
        sums: NDArray[Any] = np.bincount(docs, often)
        docs = sums.nonzero()[0]
        often = sums[docs]
    docs += leaf.offset
    return Scored(docs, often)
