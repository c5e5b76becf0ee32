"""One open segment: its fields, lengths and columns as arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.segments.columns import Lengths
from index.segments.fields import ID
from index.segments.files import Files
from index.segments.layout import SegmentFile
from index.segments.manifest import Entry
from index.segments.postings import FieldReader


class Segment:
    """An immutable segment; which of its documents are alive is not its business.

    Raises:
        IndexDamaged: the file is not what the manifest says.
        FileNotFoundError: there is none; perhaps a merge has just replaced it.
    """

    def __init__(self, files: Files, entry: Entry) -> None:
        self.id = entry.id
        self.bytes = entry.size
        self._file = SegmentFile(files, entry.file, entry.id, entry.size)
        properties = self._file.properties
        self.documents: int = properties["documents"]
        if self.documents != entry.documents:
            raise IndexDamaged(f"The index file {entry.file} is not complete; rebuild the index.")
        self.totals: dict[str, int] = properties["fields"]
        self.tables: dict[str, list[str]] = properties["tables"]
        self.columns: list[str] = properties["columns"]
        self.ids: tuple[int, int] = properties["ids"]
        self._fields: dict[str, FieldReader] = {}
        self._lengths: dict[str, Lengths] = {}
        self._columns: dict[str, NDArray[np.int64]] = {}

    def field(self, name: str) -> FieldReader | None:
        """The postings of a field, None when no document has terms in it."""
        reader = self._fields.get(name)
        if reader is None and name in self.totals:
            reader = self._fields[name] = FieldReader(self._file, name, self.totals[name])
        return reader

    def lengths(self, name: str) -> Lengths:
        """The length byte of each document in a field, 0 where it has none of it."""
        lengths = self._lengths.get(name)
        if lengths is None:
            stored = self._file.has(f"{name}.lengths")
            lengths = self._lengths[name] = (
                self._file.array(f"{name}.lengths")
                if stored
                else np.zeros(self.documents, np.uint8)
            )
        return lengths

    def column(self, name: str) -> NDArray[np.int64]:
        """A column's numbers, or its codes for `tables[name]`."""
        values = self._columns.get(name)
        if values is None:
            values = self._columns[name] = self._file.array(f"{name}.column").astype(np.int64)
        return values

    def may_have(self, low: int, high: int) -> bool:
        """Whether an id from `low` to `high` can be in the segment."""
        return self.ids[0] <= high and low <= self.ids[1]

    def holding(self, ids: NDArray[np.int64]) -> NDArray[np.intp]:
        """The documents with one of `ids`."""
        if not len(ids) or not self.may_have(int(ids.min()), int(ids.max())):
            return np.zeros(0, np.intp)
        return np.flatnonzero(np.isin(self.column(ID), ids))

    def verify(self) -> None:
        """Read the whole file and compare checksums.

        Raises:
            IndexDamaged: something in it is not what was written.
        """
        self._file.verify()
