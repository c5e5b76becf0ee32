"""Where words stand together: phrases, sequences and words near each other.

A place in a segment is one number, `document << 32 | position`. Positions have 24 bits, so places
of different documents are further apart than any distance that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.occurrences import Tokens, Word
from index.segments.evaluate.phrase import POSITION_BITS, blocks, phrase_docs, phrase_ends
from index.segments.postings import check_positions
from index.whooshes import queries

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, LeafMatches, Place

Places = NDArray[np.int64]

_DOC = POSITION_BITS
_FARTHEST = 1 << 24
_PAIRS = 1 << 21  # pairs of spans that are looked at together
_EMPTY: Places = np.zeros(0, np.int64)


class Spans(NamedTuple):
    """Stretches of text from `start` to `end` (inclusive), sorted by both."""

    start: Places
    end: Places


class Near(NamedTuple):
    """How far apart two spans may be; the distance of neighbours is 1."""

    least: int
    most: int
    ordered: bool


class Unsupported(Exception):
    """The query has parts whose places only Whoosh's own matchers know."""


def docs(leaf: LeafMatches, node: Any) -> Docs:
    """The documents in which the parts of a positional query stand as it says."""
    try:
        return _docs(leaf, node)
    except Unsupported:
        return leaf.stock_docs(node)


def _docs(leaf: LeafMatches, node: Any) -> Docs:
    if type(node) is queries.Phrase and node.slop == 1 and len(node.words) > 1:
        return phrase_docs(leaf, node.fieldname, node.words)
    parts, near = _parts(node)
    if not parts:
        return _documents(_EMPTY)
    within = leaf.all_of([leaf.docs(part) for part in parts])
    if not len(within) or len(parts) == 1:
        return within
    if type(node) is queries.Sequence:
        half = len(parts) // 2
        first = _tree(leaf, parts[:half], near, within)
        return _documents(_near_places(first, _tree(leaf, parts[half:], near, within), near))
    runs = _runs(leaf, parts, within)
    return np.concatenate([_EMPTY, *(_near(leaf, parts, near, run) for run in runs)])


def _runs(leaf: LeafMatches, parts: list[Any], within: Docs) -> Iterable[Docs]:
    """The documents in the runs in which they are best looked at."""
    if any(type(part) is not queries.Term for part in parts):
        return [within]
    places = [leaf.place(part.fieldname, part.text) for part in parts]
    return blocks(within, [(Word(place), None) for place in places if place])


def _near(leaf: LeafMatches, parts: list[Any], near: Near, within: Docs) -> Docs:
    """The documents in which each part has the one before it near."""
    found = _spans(leaf, parts[0], within)
    for part in parts[1:-1]:
        found = _joined(found, _spans(leaf, part, within), near)
    return _documents(_near_places(found, _spans(leaf, parts[-1], within), near))


def _parts(node: Any) -> tuple[list[Any], Near]:
    """The parts of a positional query and how near they are to stand."""
    if type(node) is queries.Phrase:
        parts = [queries.Term(node.fieldname, word) for word in node.words]
        return parts, Near(1, _bounded(node.slop), ordered=True)
    if type(node) is queries.Sequence:
        return list(node.subqueries), Near(1, _bounded(node.slop), node.ordered)
    if node.mindist < 1:
        raise Unsupported
    parts = [node.a, node.b] if type(node) is queries.SpanNear else list(node.qs)
    return parts, Near(node.mindist, _bounded(node.slop), node.ordered)


def _bounded(distance: int) -> int:
    return min(max(distance, 0), _FARTHEST)


def _spans(leaf: LeafMatches, node: Any, within: Docs) -> Spans:
    """All spans of a query in the documents `within`."""
    kind = type(node)
    if kind is queries.Term:
        place = leaf.place(node.fieldname, node.text)
        places = _places(place, within) if place else _EMPTY
        return Spans(places, places)
    if kind is queries.Prefix:
        places = _prefix_places(leaf, node, within)
        return Spans(places, places)
    if kind is queries.Or:
        found = [_spans(leaf, child, within) for child in node.subqueries]
        if all(spans.start is spans.end for spans in found):  # words, as most are
            places = np.sort(np.concatenate([spans.start for spans in found]), kind="stable")
            places = places[np.diff(places, prepend=-1) > 0]
            return Spans(places, places)
        return _distinct(
            np.concatenate([spans.start for spans in found]),
            np.concatenate([spans.end for spans in found]),
        )
    if kind in (queries.Phrase, queries.Sequence, queries.SpanNear, queries.SpanNear2):
        return _positional(leaf, node, within)
    raise Unsupported


def _positional(leaf: LeafMatches, node: Any, within: Docs) -> Spans:
    parts, near = _parts(node)
    if type(node) is queries.Phrase and near.most == 1:
        phrases = phrase_ends(leaf, node.fieldname, node.words, within)
        end = np.concatenate([_EMPTY, *map(_numbered, phrases)])
        return Spans(end - (len(node.words) - 1), end)
    if type(node) is queries.Sequence:
        return _tree(leaf, parts, near, within)
    found = _spans(leaf, parts[0], within)
    for part in parts[1:]:
        found = _joined(found, _spans(leaf, part, within), near)
    return found


def _tree(leaf: LeafMatches, parts: list[Any], near: Near, within: Docs) -> Spans:
    """The spans of a sequence, joined pair by pair as Whoosh does."""
    if len(parts) == 1:
        return _spans(leaf, parts[0], within)
    half = len(parts) // 2
    first = _tree(leaf, parts[:half], near, within)
    return _joined(first, _tree(leaf, parts[half:], near, within), near)


def _places(place: Place, within: Docs) -> Places:
    """The places of a term in at least those of the documents `within` that have it."""
    return _numbered(Word(place).tokens(within))


def _numbered(found: Tokens) -> Places:
    return found.numbered(found.docs << _DOC)


def _prefix_places(leaf: LeafMatches, node: Any, within: Docs) -> Places:
    reader = leaf.leaf.segment.field(node.fieldname)
    text = leaf.terms.term(node.fieldname, node.text)
    if reader is None or text is None:
        return _EMPTY
    check_positions(reader)
    low, high = reader.prefixed(text)
    start, end = reader.starts[low], reader.starts[high]
    first, last = reader.tokens[low], reader.tokens[high]
    docs = np.repeat(reader.docs[start:end], reader.frequencies(start, end))
    wanted = leaf.mask_of([within]).take(docs)
    places = docs[wanted].astype(np.int64) << _DOC
    places += reader.positions.slice(first, last)[wanted]
    places.sort(kind="stable")  # the places of each term are in order already
    return places


def _near_places(some: Spans, others: Spans, near: Near) -> Places:
    """Starts of spans of the fewer side that have one of the other side near."""
    if len(others.start) < len(some.start):
        some, others, before, after = others, some, True, not near.ordered
    else:
        before, after = not near.ordered, True
    found = np.zeros(len(some.start), np.bool_)
    if after:
        found |= _between(others.start, some.end + near.least, some.end + near.most)
    if before:
        ends = others.end if others.end is others.start else np.sort(others.end)
        found |= _between(ends, some.start - near.most, some.start - near.least)
    return some.start[found]


def _between(values: Places, low: Places, high: Places) -> NDArray[np.bool_]:
    """For each pair of `low` and `high`, whether one of the sorted `values` lies between."""
    if not len(values):
        return np.zeros(len(low), np.bool_)
    at = values.searchsorted(low)
    inside = at < len(values)
    np.minimum(at, len(values) - 1, out=at)
    return inside & (values.take(at) <= high)


def _joined(some: Spans, others: Spans, near: Near) -> Spans:
    """For each pair that stands near, the stretch from the one to the other."""
    if not len(some.start) or not len(others.start):
        return Spans(_EMPTY, _EMPTY)
    widest = int((others.end - others.start).max())
    earliest = some.start if near.ordered else some.start - near.most - widest
    low = np.searchsorted(others.start, earliest)
    counts = np.searchsorted(others.start, some.end + near.most, "right") - low
    starts, ends = [], []
    at = 0
    sums = np.cumsum(counts)
    while at < len(counts):
        stop = max(
            at + 1, int(np.searchsorted(sums, (sums[at - 1] if at else 0) + _PAIRS, "right"))
        )
        block = _block(some, others, near, slice(at, stop), low, counts)
        starts.append(block.start)
        ends.append(block.end)
        at = stop
    return _distinct(np.concatenate(starts), np.concatenate(ends))


def _block(
    some: Spans,
    others: Spans,
    near: Near,
    block: slice,
    low: NDArray[np.intp],
    counts: NDArray[np.intp],
) -> Spans:
    counts = counts[block]
    left = np.repeat(np.arange(block.start, block.stop), counts)
    right = np.arange(len(left)) + np.repeat(low[block] - (np.cumsum(counts) - counts), counts)
    a, b, c, d = some.start[left], some.end[left], others.start[right], others.end[right]
    distance = np.maximum(c - b, a - d)
    kept = (distance >= near.least) & (distance <= near.most)
    if near.ordered:
        kept &= a <= c
    return _distinct(np.minimum(a, c)[kept], np.maximum(b, d)[kept])


def _distinct(start: Places, end: Places) -> Spans:
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    new = np.ones(len(start), np.bool_)
    new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    return Spans(start[new], end[new])


def _documents(places: Places) -> Docs:
    """The documents of places, ascending."""
    docs = places >> _DOC
    new = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=new[1:])
    return docs[new]
