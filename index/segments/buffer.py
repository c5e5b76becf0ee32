"""Documents on their way into a segment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.segments.columns import Numbers, Strings, length_bytes, write_lengths
from index.segments.fields import ID, FieldPlan
from index.segments.files import Files
from index.segments.inversion import MAX_TERMS, Pool
from index.segments.layout import SegmentFileWriter
from index.segments.manifest import Entry, fresh_id

MAX_TOKENS = 14_000_000  # about 20 bytes of memory each while they are sorted
MAX_BUFFERED = 50_000  # documents

Take = Callable[[int, Any], None]


class Buffer:
    """Takes documents one by one and writes them as one segment."""

    def __init__(self, plans: tuple[FieldPlan, ...]) -> None:
        self.size = 0
        self._plans = plans
        self._pools = {
            plan.name: Pool(
                positions=plan.postings == "positions",
                gaps=plan.postings == "positions" and plan.tokens is None,
            )
            for plan in plans
            if plan.postings
        }
        self._columns = {
            plan.name: Numbers() if plan.column == "number" else Strings()
            for plan in plans
            if plan.column
        }
        self._takes = [(plan.name, self._take(plan)) for plan in plans if plan.postings]

    @property
    def full(self) -> bool:
        """Whether it is time to write it out."""
        return (
            self.size >= MAX_BUFFERED
            or sum(pool.size for pool in self._pools.values()) >= MAX_TOKENS
            or any(pool.terms >= MAX_TERMS // 2 for pool in self._pools.values())
        )

    def add(self, document: Mapping[str, object]) -> None:
        """Take a document; fields that it lacks or that are None stay empty."""
        get = document.get
        for name, take in self._takes:
            value = get(name)
            if value is not None:
                take(self.size, value)
        for name, column in self._columns.items():
            column.add(get(name))
        self.size += 1

    def ids(self) -> NDArray[np.int64]:
        """The ids of the documents, in order."""
        column = self._columns[ID]
        if not isinstance(column, Numbers):
            raise TypeError(f'the column "{ID}" holds whole numbers')
        return column.array()

    def write(self, files: Files) -> Entry:
        """Write a segment in which the last document of each id is alive.

        Raises:
            OSError: the disk is full or fails; what was written stays as an orphan.
        """
        segment = fresh_id()
        file = SegmentFileWriter(files, f"{segment}.seg", segment)
        try:
            size = self._write(file)
        except BaseException:
            file.abandon()
            raise
        return Entry(segment, size, self.size, _last_of_each(self.ids()))

    def _write(self, file: SegmentFileWriter) -> int:
        fields, tables = {}, {}
        for plan in self._plans:
            pool = self._pools.get(plan.name)
            if pool is not None and pool.size:
                if plan.scorable:
                    write_lengths(file, plan.name, self._lengths(pool))
                with_counts = plan.postings != "documents"
                fields[plan.name] = pool.write(file, plan.name, frequencies=with_counts)
        for name, column in self._columns.items():
            table = column.write(file, name)
            if table is not None:
                tables[name] = table
        ids = self.ids()
        return file.finish(
            {
                "documents": self.size,
                "fields": fields,
                "columns": list(self._columns),
                "tables": tables,
                "ids": [int(ids.min()), int(ids.max())],
            }
        )

    def _lengths(self, pool: Pool) -> NDArray[np.uint8]:
        lengths = np.zeros(self.size, np.int64)
        lengths[np.frombuffer(pool.docs, np.uint32)] = np.frombuffer(pool.lengths, np.uint32)
        return length_bytes(lengths)

    def _take(self, plan: FieldPlan) -> Take:
        """How a field's value goes into its pool."""
        pool, field, tokens = self._pools[plan.name], plan.field, plan.tokens
        if tokens is not None and plan.postings == "documents":
            return lambda doc, value: pool.add(doc, list(set(tokens(value))))
        if tokens is not None:
            return lambda doc, value: pool.add(doc, tokens(value))
        if plan.postings == "positions":

            def analyzed(doc: int, value: object) -> None:
                found = [
                    (token.text, token.pos)
                    for token in field.analyzer(value, positions=True, mode="index")
                ]
                pool.add(doc, [text for text, _ in found], [place for _, place in found])

            return analyzed

        def indexed(doc: int, value: object) -> None:
            pool.add(doc, [term for term, count, *_ in field.index(value) for _ in range(count)])

        return indexed


def _last_of_each(ids: NDArray[np.int64]) -> NDArray[np.bool_] | None:
    """Which documents have no later one with their id; None when all."""
    unique, first = np.unique(ids[::-1], return_index=True)
    if len(unique) == len(ids):
        return None
    live = np.zeros(len(ids), np.bool_)
    live[len(ids) - 1 - first] = True
    return live
