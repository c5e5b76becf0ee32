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
    """

    id: int
    title: str
    body: str
    note: str = ""
    author: str = ""
    feed: int = 0
    lang: str = ""
    date: int = 0


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


class Hit(NamedTuple):
    """One document of a page. `match` is `text`, `name`, `dictionary`, `relaxed` or `meaning`."""

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
        matches: the `match` word of each related id, in their order.
        problems: what could not be done in full, such as a search that was cut short.
    """

    ids: Ids
    scores: NDArray[np.float64]
    strict: int
    matches: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def hits(self, offset: int, limit: int) -> list[Hit]:
        """The page of `limit` hits from `offset`."""
        found = []
        for place in range(offset, min(offset + limit, len(self.ids))):
            match = "text" if place < self.strict else self.matches[place - self.strict]
            found.append(Hit(int(self.ids[place]), float(self.scores[place]), match))
        return found
