"""One committed state of the index, and the answers it gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate.evaluation import Evaluation
from index.segments.fields import ID
from index.segments.manifest import Live, Manifest
from index.segments.segment import Segment
from index.whooshes import Schema

Numbers = NDArray[np.int64]

_SPARSE = 8  # ids reach further than this many times the documents: no table of all of them


@dataclass(frozen=True, slots=True)
class Leaf:
    """A segment as it stands in a snapshot: from which document number on, and what lives."""

    number: int
    segment: Segment
    offset: int
    live: Live

    @property
    def end(self) -> int:
        """The first document number behind it."""
        return self.offset + self.segment.documents


class Snapshot:
    """The index after one commit; later commits do not change it. Safe to use from any thread.

    Attributes:
        generation: counts commits.
        size: how many document numbers there are, deleted documents included.
        leaves: its segments.
    """

    def __init__(self, schema: Schema, manifest: Manifest, segments: Iterable[Segment]) -> None:
        self.schema = schema
        self.manifest = manifest
        self.generation = manifest.generation
        self.leaves: list[Leaf] = []
        self.size = 0
        for entry, segment in zip(manifest.entries, segments, strict=True):
            self.leaves.append(Leaf(len(self.leaves), segment, self.size, entry.live))
            self.size += segment.documents
        self._columns: dict[str, Numbers] = {}
        self._tables: dict[str, list[str]] = {}
        self.norms: dict[str, NDArray[np.float64]] = {}
        self._last: Evaluation | None = None

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """For each document number, whether the document is there."""
        live = np.ones(self.size, np.bool_)
        for leaf in self.leaves:
            if leaf.live is not None:
                live[leaf.offset : leaf.end] = leaf.live
        return live

    def column(self, name: str) -> Numbers:
        """A column's value for each document number; of strings, codes for `table(name)`."""
        values = self._columns.get(name)
        if values is None:
            parts = [self._codes(leaf, name) for leaf in self.leaves]
            values = np.concatenate(parts) if parts else np.zeros(0, np.int64)
            self._columns[name] = values
        return values

    def table(self, name: str) -> list[str]:
        """The strings that the codes of a column stand for."""
        table = self._tables.get(name)
        if table is None:
            found = [text for leaf in self.leaves for text in leaf.segment.tables.get(name, ())]
            table = self._tables[name] = list(dict.fromkeys(found))
        return table

    def docnums(self, ids: Iterable[int] | Numbers) -> Numbers:
        """The sorted numbers of the live documents with these ids; unknown ids are left out."""
        wanted = np.asarray(ids if isinstance(ids, np.ndarray) else list(ids), np.int64)
        if not len(wanted) or not self.size:
            return np.zeros(0, np.int64)
        table = self._numbers_by_id
        if table is None:
            return np.flatnonzero(np.isin(self.column(ID), wanted) & self.live)
        wanted = wanted[(wanted >= 0) & (wanted < len(table))]
        numbers = table[wanted]
        found = numbers[numbers >= 0].astype(np.int64)
        if len(found) > self.size // 16:
            mask = np.zeros(self.size, np.bool_)
            mask[found] = True
            return np.flatnonzero(mask)
        return np.unique(found)

    def match(self, query: Any) -> Numbers:
        """The sorted numbers of the live documents that a Whoosh query matches."""
        return self._evaluation(query).match()

    def score(self, query: Any, docnums: Numbers) -> NDArray[np.float64]:
        """The BM25F score of each of `docnums` (sorted), 0 for those `query` does not match."""
        return self._evaluation(query).score(docnums)

    def forget(self) -> None:
        """Let go of what the last queries left behind: parts of them, found once for all."""
        self._last = None

    def terms(self, field: str, prefix: str, limit: int) -> list[str]:
        """Up to `limit` terms of a field that begin with `prefix`, those of most documents first.

        With several segments, terms that are rare in each of them may be overlooked.
        """
        start = prefix.encode("utf-8", "surrogatepass")
        counts: dict[bytes, int] = {}
        readers = [reader for leaf in self.leaves if (reader := leaf.segment.field(field))]
        for reader in readers:
            low, high = reader.prefixed(start)
            sizes = reader.starts.counts[low:high].astype(np.int64)
            for place in np.argsort(-sizes, kind="stable")[: 2 * limit].tolist():
                counts.setdefault(reader.term(low + place), 0)
        for term in counts:
            places = [(reader, reader.find(term)) for reader in readers]
            counts[term] = sum(reader.frequency(at) for reader, at in places if at >= 0)
        best = nlargest(limit, counts, key=lambda term: (counts[term], [-byte for byte in term]))
        return [term.decode("utf-8", "surrogatepass") for term in best]

    def _evaluation(self, query: Any) -> Evaluation:
        """The evaluation of a query; the last one is kept, since scores follow matches.

        Other queries of the same search have the same parts; between searches it is to `forget`.
        """
        last = self._last
        if last is None or last.query is not query:
            last = self._last = Evaluation(self, query, last)
        return last

    def _codes(self, leaf: Leaf, name: str) -> Numbers:
        values = leaf.segment.column(name)
        local = leaf.segment.tables.get(name)
        if local is None:
            return values
        codes = {text: code for code, text in enumerate(self.table(name))}
        return np.array([codes[text] for text in local], np.int64)[values]

    @cached_property
    def _numbers_by_id(self) -> NDArray[np.int32] | None:
        """For each id the number of its document, -1 without one; None when ids are too sparse."""
        ids = self.column(ID)
        alive = np.flatnonzero(self.live)
        known = ids[alive]
        if not len(known):
            return np.zeros(0, np.int32)
        if known.min() < 0 or known.max() > _SPARSE * self.size + (1 << 20):
            return None
        table = np.full(int(known.max()) + 1, -1, np.int32)
        table[known] = alive
        return table
