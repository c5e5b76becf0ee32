"""Our segments through Whoosh's codec interface, so that its own readers and matchers work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from index.segments.columns import BYTE_LENGTHS
from index.segments.matcher import PostingsMatcher
from index.segments.postings import FieldReader
from index.whooshes import ColumnReader, TermInfo, TermNotFound, base

if TYPE_CHECKING:
    from index.segments.snapshot import Leaf

Term = tuple[str, bytes]


class LeafSegment(base.Segment):  # type: ignore[misc]  # Whoosh is untyped
    """A segment of a snapshot as Whoosh knows segments."""

    def __init__(self, leaf: Leaf) -> None:
        super().__init__("segments")
        self.segid = leaf.segment.id
        self.leaf = leaf

    def codec(self) -> LeafCodec:
        """The codec that reads it."""
        return LeafCodec()


class LeafCodec(base.Codec):  # type: ignore[misc]  # Whoosh is untyped
    """Reads segments. They are written whole, by `buffer` and `merging`, not posting by posting."""

    def terms_reader(self, _storage: object, segment: LeafSegment) -> LeafTerms:
        """Terms and postings."""
        return LeafTerms(segment.leaf)

    def per_document_reader(self, _storage: object, segment: LeafSegment) -> LeafDocuments:
        """Lengths, columns, deletions."""
        return LeafDocuments(segment.leaf)


class LeafTerms(base.TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """Terms and postings of a segment."""

    def __init__(self, leaf: Leaf) -> None:
        self._segment = leaf.segment

    def _place(self, field: str, term: bytes) -> tuple[FieldReader, int]:
        reader = self._segment.field(field)
        index = reader.find(term) if reader else -1
        if reader is None or index < 0:
            raise TermNotFound(f"{field}:{term!r}")
        return reader, index

    def __contains__(self, term: Term) -> bool:
        reader = self._segment.field(term[0])
        return reader is not None and reader.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return sorted(self._segment.totals)

    def terms(self) -> Iterator[Term]:
        """All terms, by field and text."""
        for field in self.indexed_field_names():
            yield from self.terms_from(field, b"")

    def terms_from(self, field: str, prefix: bytes) -> Iterator[Term]:
        """The terms of a field from `prefix` on."""
        reader = self._segment.field(field)
        if reader:
            for index in range(reader.bisect(prefix), reader.size):
                yield field, reader.term(index)

    def items(self) -> Iterator[tuple[Term, Any]]:
        """All terms with what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[Term, Any]]:
        """The terms of a field from `prefix` on, with what is known of each."""
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, term: bytes) -> Any:
        """How often a term occurs, and in which documents."""
        reader, index = self._place(field, term)
        start, end = reader.span(index)
        docs, freqs = reader.docs[start:end], reader.frequencies(start, end)
        lengths = BYTE_LENGTHS[self._segment.lengths(field)[docs]]
        return TermInfo(
            float(freqs.sum(dtype=np.int64)),
            int(end - start),
            int(lengths.min()),
            int(lengths.max()),
            float(freqs.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        """How often a term occurs."""
        return float(self.term_info(field, term).weight()) if (field, term) in self else 0.0

    def doc_frequency(self, field: str, term: bytes) -> int:
        """How many documents have a term."""
        reader = self._segment.field(field)
        index = reader.find(term) if reader else -1
        return reader.frequency(index) if reader and index >= 0 else 0

    def cursor(self, field: str, fieldobj: Any) -> LeafCursor:
        """A cursor on a field's terms."""
        return LeafCursor(self, self._segment.field(field), field, fieldobj)

    def matcher(self, field: str, term: bytes, format_: Any, scorer: Any = None) -> PostingsMatcher:
        """A matcher on the postings of a term."""
        reader, index = self._place(field, term)
        return PostingsMatcher(
            reader, index, (field, term), format_, scorer, self.term_info(field, term)
        )


class LeafCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh is untyped
    """Walks the terms of a field; each step returns the term as text, None behind the last."""

    def __init__(self, terms: LeafTerms, reader: FieldReader | None, name: str, field: Any) -> None:
        self._terms = terms
        self._reader = reader
        self._name = name
        self._field = field
        self._index = 0

    def is_valid(self) -> bool:
        """Whether it stands at a term."""
        return self._reader is not None and self._index < self._reader.size

    def text(self) -> str | None:
        """The term it stands at."""
        if self._reader is None or self._index >= self._reader.size:
            return None
        text: str = self._field.from_bytes(self._reader.term(self._index))
        return text

    def first(self) -> str | None:
        """Go to the first term."""
        self._index = 0
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._index += 1
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term not before `term`."""
        wanted = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._index = self._reader.bisect(wanted) if self._reader else 0
        return self.text()

    def term_info(self) -> Any:
        """What is known of the term it stands at."""
        if self._reader is None:
            raise TermNotFound(self._name)
        return self._terms.term_info(self._name, self._reader.term(self._index))


class LeafDocuments(base.PerDocumentReader):  # type: ignore[misc]  # Whoosh is untyped
    """What a segment keeps by document."""

    def __init__(self, leaf: Leaf) -> None:
        self._segment = leaf.segment
        self._live = leaf.live

    def doc_count_all(self) -> int:
        """All documents, deleted ones included."""
        return self._segment.documents

    def doc_count(self) -> int:
        """Live documents."""
        live = self._live
        return self._segment.documents if live is None else int(np.count_nonzero(live))

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return self._live is not None

    def is_deleted(self, docnum: int) -> bool:
        """Whether this document is deleted."""
        return self._live is not None and not self._live[docnum]

    def deleted_docs(self) -> list[int]:
        """The deleted documents."""
        return [] if self._live is None else np.flatnonzero(~self._live).tolist()

    def supports_columns(self) -> bool:
        """Whether there can be columns."""
        return True

    def has_column(self, field: str) -> bool:
        """Whether the segment has a column of this name."""
        return field in self._segment.columns

    def column_reader(self, field: str, _column: object = None) -> LeafColumn:
        """A column's values as they are, not in the form in which Whoosh sorts them."""
        values: list[Any] = self._segment.column(field).tolist()
        table = self._segment.tables.get(field)
        if table is not None:
            values = [table[code] for code in values]
        return LeafColumn(values)

    def doc_field_length(self, docnum: int, field: str, default: int = 0) -> int:
        """The length of a field of a document, as coarse as its byte."""
        return int(BYTE_LENGTHS[self._segment.lengths(field)[docnum]]) or default

    def field_length(self, field: str) -> int:
        """The true sum of a field's lengths."""
        return self._segment.totals.get(field, 0)

    def min_field_length(self, field: str) -> int:
        """The least length of a field."""
        return int(BYTE_LENGTHS[self._segment.lengths(field)].min())

    def max_field_length(self, field: str) -> int:
        """The greatest length of a field."""
        return int(BYTE_LENGTHS[self._segment.lengths(field)].max())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The values of all columns."""
        return {name: self.column_reader(name)[docnum] for name in self._segment.columns}


class LeafColumn(ColumnReader):  # type: ignore[misc]  # Whoosh is untyped
    """A column as Whoosh reads columns."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def sort_key(self, docnum: int) -> Any:
        """What to sort by."""
        return self._values[docnum]

    def load(self) -> list[Any]:
        """All values."""
        return self._values
