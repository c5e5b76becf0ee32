"""Which documents of one segment a query matches, deleted ones included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate import spans
from index.segments.evaluate.occurrences import position
from index.segments.postings import FieldReader
from index.whooshes import Schema, queries

if TYPE_CHECKING:
    from index.segments.evaluate.stock import Stock
    from index.segments.snapshot import Leaf

Docs = NDArray[Any]  # sorted document numbers within a segment
Mask = NDArray[np.bool_]

NOTHING: Docs = np.zeros(0, np.int64)
_NULL = type(queries.NullQuery)
_TOGETHER = 8  # parts of an `And`; of a pasted text, a few have no document in common
_LONGER = 32  # from this many times the length on, look each document up


class Place:
    """A term in a segment: its field, its number there, and where its postings lie."""

    __slots__ = ("_freqs", "end", "number", "reader", "start")

    def __init__(self, reader: FieldReader, number: int) -> None:
        self.reader = reader
        self.number = number
        self.start, self.end = reader.span(number)
        self._freqs: NDArray[Any] | None = None

    def __len__(self) -> int:
        return self.end - self.start

    @property
    def docs(self) -> Docs:
        """The documents that have the term, as numbers to index with; made anew each time.

        All of them for all terms of a long query are too many to be kept.
        """
        return self.reader.docs[self.start : self.end].astype(np.intp)

    @property
    def freqs(self) -> NDArray[Any]:
        """How often it occurs in each."""
        if self._freqs is None:  # not a cached_property: Python 3.11 takes a lock for each of them
            self._freqs = self.reader.occurrences(self.number)
        return self._freqs


class Terms:
    """The fields and terms of a query, looked up once for all segments."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._known: dict[tuple[str, str | bytes], bytes | None] = {}
        self._scorable: dict[str, bool] = {}

    def scorable(self, field: str) -> bool:
        """Whether the lengths of a field count in scores."""
        known = self._scorable.get(field)
        if known is None:
            known = self._scorable[field] = bool(self.schema[field].scorable)
        return known

    def term(self, field: str, text: str | bytes) -> bytes | None:
        """A term as bytes, None for one that cannot be in the index."""
        key = field, text
        if key not in self._known:
            self._known[key] = self._made(field, text)
        return self._known[key]

    def _made(self, field: str, text: str | bytes) -> bytes | None:
        if isinstance(text, bytes) or field not in self.schema:
            return text if isinstance(text, bytes) else None
        try:
            term: bytes = self.schema[field].to_bytes(text)
        except ValueError:
            return None
        return term


class LeafMatches:
    """The matches of a query and its parts in one segment, each found once."""

    def __init__(self, leaf: Leaf, terms: Terms, stock: Stock) -> None:
        self.leaf = leaf
        self.schema = terms.schema
        self.terms = terms
        self.size = leaf.segment.documents
        self._stock = stock
        self._docs: dict[int, tuple[Any, Docs]] = {}  # nodes are kept, so their id() is theirs
        self._places: dict[tuple[str, str | bytes], Place | None] = {}

    def docs(self, node: Any) -> Docs:
        """The sorted documents that `node` matches."""
        if type(node) is queries.Term:
            return _term(self, node)
        known = self._docs.get(id(node))
        if known:
            return known[1]
        rule = _RULES.get(type(node))
        docs = rule(self, node) if rule else self.stock_docs(node)
        self._docs[id(node)] = node, docs
        return docs

    def count(self, node: Any) -> int:
        """How many documents `node` matches."""
        if type(node) is queries.Term:
            place = self.place(node.fieldname, node.text)
            return len(place) if place else 0
        return len(self.docs(node))

    def stock_docs(self, node: Any) -> Docs:
        """`docs` by Whoosh's own matcher."""
        return self._stock.docs(node, self.leaf)

    def mask(self, node: Any) -> Mask:
        """For each document, whether `node` matches it."""
        return self.mask_of([self.docs(node)])

    def mask_of(self, found: Iterable[Docs]) -> Mask:
        """For each document, whether it is among those found."""
        mask = np.zeros(self.size, np.bool_)
        for docs in found:
            mask[docs.astype(np.intp, copy=False)] = True  # indexing casts too, but slowly
        return mask

    def place(self, field: str, text: str | bytes) -> Place | None:
        """Where a term's postings are, None when no document has it."""
        key = field, text
        if key not in self._places:
            self._places[key] = self._found(field, text)
        return self._places[key]

    def _found(self, field: str, text: str | bytes) -> Place | None:
        reader = self.leaf.segment.field(field)
        term = self.terms.term(field, text) if reader else None
        if term is None or reader is None:
            return None
        index = reader.find(term)
        return Place(reader, index) if index >= 0 else None

    def all_of(self, found: Sequence[Docs]) -> Docs:
        """The documents in all of `found`."""
        rarest_first = sorted(found, key=len)
        docs = rarest_first[0]
        for other in rarest_first[1:]:
            if not len(docs):
                break
            docs = docs[self._among(docs, other)]
        return docs

    def _among(self, docs: Docs, other: Docs) -> Mask:
        """Which of `docs` are among the longer `other`."""
        if len(other) == self.size:
            return np.ones(len(docs), np.bool_)
        if len(other) > _LONGER * len(docs):
            same: Mask = other.take(position(other, docs)) == docs
            return same
        return self.mask_of([other]).take(docs)

    def without(self, docs: Docs, others: Iterable[Docs]) -> Docs:
        """`docs` less those of `others`."""
        return docs[~self.mask_of(others).take(docs)] if len(docs) else docs


def _term(leaf: LeafMatches, node: Any) -> Docs:
    place = leaf.place(node.fieldname, node.text)
    return place.docs if place else NOTHING


def _and(leaf: LeafMatches, node: Any) -> Docs:
    wanted: list[Docs] = []
    for child in node.subqueries:
        if type(child) is not queries.Not:
            wanted.append(leaf.docs(child))
            if len(wanted) > _TOGETHER:
                wanted = [leaf.all_of(wanted)]
            if not len(wanted[-1]):
                return NOTHING
    unwanted = [leaf.docs(child.query) for child in node.subqueries if type(child) is queries.Not]
    if not wanted:
        wanted = [np.arange(leaf.size if unwanted else 0)]
    docs = leaf.all_of(wanted)
    return leaf.without(docs, unwanted) if unwanted else docs


def _or(leaf: LeafMatches, node: Any) -> Docs:
    found = (docs for child in node.subqueries if len(docs := leaf.docs(child)))
    first, second = next(found, NOTHING), next(found, NOTHING)
    if not len(second):
        return first
    return np.flatnonzero(leaf.mask_of(chain((first, second), found)))


def _not(leaf: LeafMatches, node: Any) -> Docs:
    return np.flatnonzero(~leaf.mask(node.query))


def _and_not(leaf: LeafMatches, node: Any) -> Docs:
    return leaf.without(leaf.docs(node.a), [leaf.docs(node.b)])


def _first(leaf: LeafMatches, node: Any) -> Docs:
    return leaf.docs(node.a)


def _require(leaf: LeafMatches, node: Any) -> Docs:
    return leaf.all_of([leaf.docs(node.a), leaf.docs(node.b)])


def _child(leaf: LeafMatches, node: Any) -> Docs:
    return leaf.docs(node.child)


def _every(leaf: LeafMatches, node: Any) -> Docs:
    if not node.fieldname:
        return np.arange(leaf.size)
    reader = leaf.leaf.segment.field(node.fieldname)
    return np.flatnonzero(leaf.mask_of([reader.docs])) if reader else NOTHING


def _nothing(_leaf: LeafMatches, _node: Any) -> Docs:
    return NOTHING


def _prefix(leaf: LeafMatches, node: Any) -> Docs:
    reader = leaf.leaf.segment.field(node.fieldname) if node.fieldname in leaf.schema else None
    text = leaf.terms.term(node.fieldname, node.text)
    if reader is None or text is None:
        return NOTHING
    low, high = reader.prefixed(text)
    start, end = reader.starts[low], reader.starts[high]
    return np.flatnonzero(leaf.mask_of([reader.docs[start:end]]))


_RULES: dict[type, Callable[[LeafMatches, Any], Docs]] = {
    queries.Term: _term,
    queries.And: _and,
    queries.Or: _or,
    queries.DisjunctionMax: _or,
    queries.Not: _not,
    queries.AndNot: _and_not,
    queries.AndMaybe: _first,
    queries.Require: _require,
    queries.ConstantScoreQuery: _child,
    queries.Every: _every,
    queries.Prefix: _prefix,
    _NULL: _nothing,
    queries.Phrase: spans.docs,
    queries.Sequence: spans.docs,
    queries.SpanNear: spans.docs,
    queries.SpanNear2: spans.docs,
}
