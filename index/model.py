"""The words of the index: documents in, pages of hits out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.query.ast import Filter, Problem

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Document:
    """What is indexed of one article.

    Attributes:
        id: positive and unique; adding a document replaces the one with its id.
        title: plain text.
        body: plain text.
        note: what the reader wrote about it, found by `note:` and by plain words.
        author: names as written.
        feed: the number of its feed, 0 for none.
        lang: ISO 639-1 code in lower case (`en`, `zh`, `ja`), "" when unknown.
        date: seconds since the epoch by which it is sorted and filtered.
        entities: the ids of whom and what it names, found by `who:`.
    """

    id: int
    title: str
    body: str
    note: str = ""
    author: str = ""
    feed: int = 0
    lang: str = ""
    date: int = 0
    entities: tuple[str, ...] = ()


class Text(NamedTuple):
    """The text of one document as written, for snippets."""

    title: str
    body: str
    note: str = ""


class State(Protocol):
    """Answers the filters that the index has no column for."""

    def ids(self, condition: Filter) -> Ids:
        """The ids, in any order, of all documents for which `condition` holds."""
        ...


class Texts(Protocol):
    """Hands over the text of documents as written."""

    def texts(self, ids: Sequence[int]) -> Mapping[int, Text]:
        """The texts of those `ids` that still exist."""
        ...


class Neighbours(Protocol):
    """Finds documents by what they mean. Any method may find fewer than asked for, or none.

    `among` are the ids to choose from, in any order; ids without a vector are never chosen.
    """

    def nearest(self, text: str, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        """Up to `count` of `among` nearest to a text, and their cosines, best first."""
        ...

    def like(self, id_: int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        """Up to `count` of `among` nearest to the document `id_`, and their cosines, best first."""
        ...


# What a document was found by: the words as written, another form of a name in them; and, of
# related documents, the dictionary, any of the words, or meaning.
MATCHES = ("text", "name", "dictionary", "relaxed", "meaning")
TEXT, NAME, DICTIONARY, RELAXED, MEANING = range(5)


class Hit(NamedTuple):
    """One document of a page. `match` is one of `MATCHES`."""

    id: int
    score: float
    match: str


class Passage(NamedTuple):
    """A piece of text as written; `marks` are (start, end) of the hits in it, end exclusive."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Passages(NamedTuple):
    """A document's whole title and a piece of its body (or note) with the hits in them."""

    title: Passage
    body: Passage


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every document a query brings, in order: strict matches first, then related ones.

    Attributes:
        ids: the ids of all strict matches in order, followed by the related ones.
        scores: one score per id; 0.0 where the order is by date.
        strict: how many of `ids` are strict matches.
        kinds: for each id the place of its `match` in `MATCHES`.
        problems: what could not be done in full, such as a search that was cut short.
    """

    ids: Ids
    scores: NDArray[np.float64]
    strict: int
    kinds: NDArray[np.int8]
    problems: tuple[Problem, ...] = ()

    @property
    def matches(self) -> tuple[str, ...]:
        """The `match` word of each id."""
        return tuple(MATCHES[kind] for kind in self.kinds.tolist())

    def hits(self, offset: int, limit: int) -> list[Hit]:
        """The page of `limit` hits from `offset`."""
        page = slice(offset, offset + limit)
        found = zip(self.ids[page], self.scores[page], self.kinds[page], strict=True)
        return [Hit(int(id_), float(score), MATCHES[kind]) for id_, score, kind in found]
