"""The postings of one term as one of Whoosh's matchers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from index.segments.postings import FieldReader
from index.whooshes import LeafMatcher, ReadTooFar, Span


class PostingsMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh is untyped
    """Walks the documents of a term."""

    def __init__(
        self,
        reader: FieldReader,
        index: int,
        term: tuple[str, bytes],
        format_: Any,
        scorer: Any,
        info: Any,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self.terminfo = info
        self._term = term
        self._reader = reader
        self._index = index
        start, end = reader.span(index)
        self._docs = reader.docs[start:end].tolist()
        self._freqs = reader.frequencies(start, end)
        self._at = 0

    def is_active(self) -> bool:
        """Whether it stands at a posting."""
        return self._at < len(self._docs)

    def id(self) -> int:
        """The document it stands at."""
        document: int = self._docs[self._at]
        return document

    def all_ids(self) -> Iterator[int]:
        """The documents from here on."""
        return iter(self._docs[self._at :])

    def next(self) -> None:
        """Go to the next posting."""
        self._at += 1

    def reset(self) -> None:
        """Go to the first posting."""
        self._at = 0

    def skip_to(self, docnum: int) -> None:
        """Go to the first posting not before a document."""
        if not self.is_active():
            raise ReadTooFar
        if docnum > self.id():
            self._at += int(np.searchsorted(self._docs[self._at :], docnum))

    def skip_to_quality(self, quality: float) -> int:
        """Give up when no posting can score higher; there is one block."""
        if self.block_quality() > quality:
            return 0
        self._at = len(self._docs)
        return 1

    def copy(self) -> PostingsMatcher:
        """Another matcher that stands at the same posting."""
        other = PostingsMatcher(
            self._reader, self._index, self._term, self.format, self.scorer, self.terminfo
        )
        other._at = self._at
        return other

    def weight(self) -> float:
        """How often the term occurs in the document."""
        return float(self._freqs[self._at])

    def score(self) -> float:
        """The score of the posting, its weight without a scorer."""
        return float(self.scorer.score(self)) if self.scorer else self.weight()

    def positions(self) -> list[int]:
        """Where the term occurs in the document."""
        first = self._reader.tokens[self._index]
        first += int(self._freqs[: self._at].sum(dtype=np.int64))
        found: list[int] = self._reader.positions.slice(
            first, first + int(self._freqs[self._at])
        ).tolist()
        return found

    def value(self) -> bytes:
        """The posting as the field's format has it."""
        if not self._reader.has_positions:
            return b""
        encoded: bytes = self.format.encode(self.positions())
        return encoded

    def spans(self) -> list[Any]:
        """Where the term occurs in the document."""
        return [Span(position) for position in self.positions()]

    def block_min_length(self) -> int:
        """The least length of the field where the term occurs."""
        return int(self.terminfo.min_length())

    def block_max_length(self) -> int:
        """The greatest length of the field where the term occurs."""
        return int(self.terminfo.max_length())

    def block_max_weight(self) -> float:
        """How often the term occurs at most."""
        return float(self.terminfo.max_weight())

    def block_max_id(self) -> int:
        """The last document of the term."""
        last: int = self._docs[-1]
        return last
