"""Merging segments, so that there are few: which ones, and how without holding them in memory.

Terms are merged range by range. The size of what comes out is known beforehand, so each range
goes straight to its place in the new file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.segments.columns import write_codes, write_lengths, write_numbers
from index.segments.fields import ID, FieldPlan
from index.segments.layout import SegmentFileWriter
from index.segments.manifest import Entry, Live
from index.segments.packed import Integers
from index.segments.postings import FieldReader, FieldWriter
from index.segments.segment import Segment

if TYPE_CHECKING:
    from index.segments.snapshot import Leaf

LARGEST = 50_000  # documents in a merged segment
FAN_IN = 8  # segments of one tier before they are merged
_LARGE = 4096  # documents: segments from here on are one tier, and worth merging sooner,
_LARGE_FAN_IN = 4  # since each costs every query some time
_AT_ONCE = 10  # segments in one merge
_SPARSE = 0.6  # a segment with a smaller share of live documents is written anew
_RANGE = 1 << 18  # postings of all segments in one range of terms, about
# Terms of the largest segment in one range; sorting them lets no other thread in between.
_TERMS = 1 << 13
_BLOCK = 1 << 22  # postings that are counted at a time


def choose(entries: Sequence[Entry]) -> list[int]:
    """The places of the segments to merge next, none when they are few enough.

    Segments are in tiers by live documents, each `FAN_IN` times the one before up to `_LARGE`.
    The lowest tier that is full gives its smallest segments, as many as make one of at most
    `LARGEST`.
    """
    tiers: dict[int, list[tuple[int, int]]] = {}
    for place, entry in enumerate(entries):
        alive = entry.alive
        if alive < _SPARSE * entry.documents:
            return [place]
        if alive <= LARGEST // 2:
            level = int(log(min(max(alive, 1), _LARGE), FAN_IN) + 1e-9)
            tiers.setdefault(level, []).append((alive, place))
    for level, tier in sorted(tiers.items()):
        if len(tier) >= (_LARGE_FAN_IN if FAN_IN**level >= _LARGE else FAN_IN):
            return _smallest(tier)
    return []


def _smallest(tier: list[tuple[int, int]]) -> list[int]:
    total, chosen = 0, []
    for alive, place in sorted(tier)[:_AT_ONCE]:
        total += alive
        if total > LARGEST:
            break
        chosen.append(place)
    return sorted(chosen)


@dataclass(frozen=True, slots=True)
class Source:
    """A segment that goes into a merge: what lives in it, and each document's new number."""

    segment: Segment
    live: Live
    numbers: NDArray[np.uint16]


def sources(leaves: Sequence[Leaf]) -> list[Source]:
    """The leaves of a snapshot with the numbers that their documents get."""
    found, base = [], 0
    for leaf in leaves:
        count = leaf.segment.documents
        live = np.ones(count, np.bool_) if leaf.live is None else leaf.live
        numbers = base + np.cumsum(live) - 1
        found.append(Source(leaf.segment, leaf.live, numbers.astype(np.uint16)))
        base += int(np.count_nonzero(live))
    return found


def write(file: SegmentFileWriter, plans: Sequence[FieldPlan], parts: Sequence[Source]) -> Entry:
    """Write the live documents of `parts` as one segment, in their order.

    Raises:
        OSError: the disk is full or fails.
    """
    fields, tables = {}, {}
    documents = sum(len(_kept(part, part.numbers)) for part in parts)
    for plan in plans:
        readers = [(part, reader) for part in parts if (reader := part.segment.field(plan.name))]
        if readers:
            fields[plan.name] = _write_field(file, plan, readers)
        if plan.scorable:
            lengths = [_kept(part, part.segment.lengths(plan.name)) for part in parts]
            write_lengths(file, plan.name, np.concatenate(lengths))
        if plan.column == "number":
            write_numbers(file, plan.name, _column(parts, plan.name))
        elif plan.column == "text":
            tables[plan.name] = _write_strings(file, plan.name, parts)
    ids = _column(parts, ID)
    size = file.finish(
        {
            "documents": documents,
            "fields": fields,
            "columns": [plan.name for plan in plans if plan.column],
            "tables": tables,
            "ids": [int(ids.min()), int(ids.max())],
        }
    )
    return Entry(file.segment, size, documents)


def deleted_since(parts: Sequence[Source], now: Sequence[Live], documents: int) -> Live:
    """What lives of the merged documents when, by `now`, more of the parts' have been deleted."""
    live = np.ones(documents, np.bool_)
    for part, current in zip(parts, now, strict=True):
        if current is not None:
            gone = ~current if part.live is None else part.live & ~current
            live[part.numbers[gone]] = False
    return None if live.all() else live


def _kept(part: Source, values: NDArray[Any]) -> NDArray[Any]:
    return values if part.live is None else values[part.live]


def _column(parts: Sequence[Source], name: str) -> NDArray[np.int64]:
    return np.concatenate([_kept(part, part.segment.column(name)) for part in parts])


def _write_strings(file: SegmentFileWriter, name: str, parts: Sequence[Source]) -> list[str]:
    codes: dict[str, int] = {}
    values = []
    for part in parts:
        table = part.segment.tables[name]
        recoded = np.array([codes.setdefault(text, len(codes)) for text in table], np.int64)
        values.append(recoded[_kept(part, part.segment.column(name))])
    write_codes(file, name, np.concatenate(values), len(codes))
    return list(codes)


class Piece(NamedTuple):
    """A range of terms of one source, with new document numbers, as `FieldWriter.add` takes it."""

    terms: list[bytes]
    counts: Integers
    docs: Integers
    freqs: Integers
    positions: Integers | None


def _write_field(
    file: SegmentFileWriter, plan: FieldPlan, readers: list[tuple[Source, FieldReader]]
) -> int:
    sizes = [_live_size(part, reader) for part, reader in readers]
    tokens = sum(size[1] for size in sizes) if plan.postings == "positions" else None
    writer = FieldWriter(
        file,
        plan.name,
        sum(size[0] for size in sizes),
        tokens,
        frequencies=plan.postings != "documents",
    )
    for bounds in _ranges([reader for _, reader in readers]):
        pieces = [
            _piece(part, reader, low, high)
            for (part, reader), (low, high) in zip(readers, bounds, strict=True)
        ]
        filled = [piece for piece in pieces if piece.terms]
        if filled:
            writer.add(*(filled[0] if len(filled) == 1 else _combined(filled)))
    writer.finish()
    return writer.total


def _live_size(part: Source, reader: FieldReader) -> tuple[int, int]:
    """How many postings and tokens of a field are of live documents."""
    if part.live is None:
        return len(reader.docs), reader.total
    postings = tokens = 0
    for start in range(0, len(reader.docs), _BLOCK):
        end = min(start + _BLOCK, len(reader.docs))
        live = part.live[reader.docs[start:end]]
        postings += int(np.count_nonzero(live))
        tokens += int(reader.frequencies(start, end)[live].sum(dtype=np.int64))
    return postings, tokens


def _ranges(readers: list[FieldReader]) -> Iterator[list[tuple[int, int]]]:
    """The terms of all readers in common ranges, each as a pair of places in every reader."""
    largest = max(readers, key=lambda reader: len(reader.docs))
    count, stride = len(largest.docs), largest.starts.stride
    step = max(1, _RANGE * count // max(1, sum(len(reader.docs) for reader in readers)))
    blocks = largest.starts.every.searchsorted(np.arange(step, count, step))
    evenly = np.arange(0, largest.size // stride, _TERMS // stride)
    low = [0] * len(readers)
    for cut in (np.union1d(blocks, evenly[1:]) * stride).tolist():
        if cut < largest.size:
            pivot = largest.term(cut)
            high = [reader.bisect(pivot, at) for reader, at in zip(readers, low, strict=True)]
            yield list(zip(low, high, strict=True))
            low = high
    yield list(zip(low, (reader.size for reader in readers), strict=True))


def _piece(part: Source, reader: FieldReader, low: int, high: int) -> Piece:
    start, end = reader.starts[low], reader.starts[high]
    terms = reader.terms(low, high)
    counts: Integers = reader.starts.counts[low:high].astype(np.int64)
    docs = reader.docs[start:end]
    freqs = reader.frequencies(start, end)
    positions = None
    if reader.has_positions:
        positions = reader.positions.slice(reader.tokens[low], reader.tokens[high])
    if part.live is not None:
        live = part.live[docs]
        owners = np.repeat(np.arange(len(terms)), counts)[live]
        counts = np.bincount(owners, minlength=len(terms))
        if positions is not None:
            positions = positions[np.repeat(live, freqs)]
        docs, freqs = docs[live], freqs[live]
        kept = counts > 0
        terms = [term for term, is_kept in zip(terms, kept.tolist(), strict=True) if is_kept]
        counts = counts[kept]
    return Piece(terms, counts, part.numbers[docs], freqs, positions)


def _combined(pieces: list[Piece]) -> Piece:
    """Several pieces as one: of each term the postings of the first, then of the second..."""
    terms = sorted(set().union(*(piece.terms for piece in pieces)))
    ranks = {term: rank for rank, term in enumerate(terms)}
    owners = [
        np.fromiter(map(ranks.__getitem__, piece.terms), np.int64, len(piece.terms))
        for piece in pieces
    ]
    counts = np.zeros(len(terms), np.int64)
    for piece, own in zip(pieces, owners, strict=True):
        counts[own] += piece.counts
    following = np.cumsum(counts) - counts
    docs = np.empty(int(counts.sum()), np.uint16)
    freqs = np.empty(len(docs), np.result_type(*(piece.freqs.dtype for piece in pieces)))
    targets = []
    for piece, own in zip(pieces, owners, strict=True):
        before = np.cumsum(piece.counts) - piece.counts
        target = np.repeat(following[own] - before, piece.counts) + np.arange(len(piece.docs))
        following[own] += piece.counts
        docs[target] = piece.docs
        freqs[target] = piece.freqs
        targets.append(target)
    return Piece(terms, counts, docs, freqs, _combined_positions(pieces, targets, freqs))


def _combined_positions(
    pieces: list[Piece], targets: list[NDArray[np.int64]], freqs: Integers
) -> Integers | None:
    found = [piece.positions for piece in pieces if piece.positions is not None]
    if not found:
        return None
    starts = np.cumsum(freqs, dtype=np.int64) - freqs
    positions = np.empty(
        int(freqs.sum(dtype=np.int64)), np.result_type(*(values.dtype for values in found))
    )
    for piece, target, values in zip(pieces, targets, found, strict=True):
        own = np.cumsum(piece.freqs, dtype=np.int64) - piece.freqs
        where = np.repeat(starts[target] - own, piece.freqs)
        where += np.arange(len(values))
        positions[where] = values
    return positions
