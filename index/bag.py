"""A text as a bag of single terms: what each of them gives to which document.

A term gives a document `weight * (share(all fields) + TITLE * share(title))`, where

- `share = c * (K1 + 1) / (c + norm)` is BM25's part for a term that stands there `c` times, with a
  norm of the length; fields are added up before they saturate (Robertson, Zaragoza and Taylor,
  "Simple BM25 extension to multiple weighted fields", 2004), which matters as soon as a query has
  thirty terms;
- `weight = log(1 + (N - n + 0.5) / (n + 0.5))`, where n of N documents have the term in any field:
  near zero for what most have. Whoosh adds 1 to its logarithm, so that a particle in every other
  document counts a fifth of the rarest word; that is harmless where all words have to be there
  anyway, and not where any of them will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.ranking import Scores
from index.schema import TEXT_FIELDS
from index.segments.postings import FieldReader
from index.segments.snapshot import Leaf
from index.view import K1, Docs, View

TITLE = 2.0
OPEN = "*"  # at the end of a term: what begins so
_OF_FORMS = ("title", "body")  # where the other forms of a word are looked for

_Place = tuple[Leaf, FieldReader, int, int]  # a segment, a field in it, a range of its postings


class Scored(NamedTuple):
    """Document numbers in no order, deleted documents among them, and a score above 0 for each."""

    docs: Docs
    scores: Scores


NOTHING = Scored(np.zeros(0, np.int64), np.zeros(0))


class Bag:
    """Scores terms in one view; each is worked out once. For one thread."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._counts = np.zeros(view.size)  # these two are zeros between two calls
        self._best = np.zeros(view.size)
        self._known: dict[tuple[str, tuple[str, ...]], Scored] = {}
        self._found: dict[tuple[str, str], list[_Place]] = {}
        self._readers = {
            name: [
                (leaf, reader)
                for leaf in view.snapshot.leaves
                if (reader := leaf.segment.field(name))
            ]
            for name in TEXT_FIELDS
        }

    def nothing(self) -> Scores:
        """A score of 0 for each document."""
        return np.zeros(self._view.size)

    def frequency(self, text: str, field: str = "") -> int:
        """About how many documents have a term in a field, "" for any."""
        return self._frequency(text, _fields(field))

    def _frequency(self, text: str, fields: Sequence[str]) -> int:
        return max(
            sum(end - start for _, _, start, end in self._places(text, name)) for name in fields
        )

    def scored(self, text: str, field: str = "") -> Scored:
        """The documents that have a term in a field, "" for any, and what it gives to each."""
        docs, shares = self._having(text, _fields(field))
        return Scored(docs, shares * self._weight(len(docs)))

    def any_of(self, forms: Sequence[Sequence[str]]) -> Scored:
        """The documents that have all terms of at least one of the forms of a word.

        The forms count as one word (Pirkola, "The effects of query structure and dictionary setups
        in dictionary-based cross-language information retrieval", 1998), which weighs by how many
        documents have any of them. Were each weighed by itself, the rarest translation, which
        often is the wrong one, would count most.
        """
        best = self._best
        found: list[Docs] = []
        for form in forms:
            if self._is_everywhere(form):
                continue
            docs, shares = self._whole(form)
            found.append(docs[best[docs] == 0])
            best[docs] = np.maximum(best[docs], shares)
        docs = np.concatenate(found) if found else NOTHING.docs
        scores = best[docs] * self._weight(len(docs))
        best[docs] = 0
        return Scored(docs, scores)

    def _is_everywhere(self, form: Sequence[str]) -> bool:
        """Whether a form is one character, and that begins more pairs than there are documents."""
        text = form[0]
        return _is_open(text) and self._frequency(text, _OF_FORMS) > self._view.size

    def _weight(self, having: int) -> float:
        return log(1 + (self._view.size - having + 0.5) / (having + 0.5))

    def _whole(self, terms: Sequence[str]) -> Scored:
        """The documents that have all of some terms, with the share of the one they have least."""
        rarest = sorted(terms, key=lambda term: self._frequency(term, _OF_FORMS))
        docs, shares = self._having(rarest[0], _OF_FORMS)
        for term in rarest[1:]:
            if not len(docs):
                break
            others = self._having(term, _OF_FORMS)
            self._counts[others.docs] = others.scores
            more = self._counts[docs]
            self._counts[others.docs] = 0
            both = more > 0
            docs, shares = docs[both], np.minimum(shares[both], more[both])
        return Scored(docs, shares)

    def _having(self, text: str, fields: tuple[str, ...]) -> Scored:
        """The documents that have a term in any of some fields, and its shares in them."""
        key = text, fields
        if key not in self._known:
            found = self._shares(text, fields, self._view.norms)
            if len(found.docs) and "title" in fields:
                titles = self._shares(text, ("title",), self._view.title_norms)
                self._counts[titles.docs] = titles.scores * TITLE
                more = self._counts[found.docs]
                self._counts[titles.docs] = 0
                found = Scored(found.docs, found.scores + more)
            self._known[key] = found
        return self._known[key]

    def _shares(self, text: str, fields: Sequence[str], norms: NDArray[np.float64]) -> Scored:
        """The documents that have a term in any of some fields, and its share in these together."""
        counts = self._counts
        found: list[Docs] = []
        for name in fields:
            if places := self._places(text, name):
                parts = [_postings(*place, together=_is_open(text)) for place in places]
                docs = np.concatenate([docs for docs, _ in parts])
                often = np.concatenate([often for _, often in parts])
                found.append(docs[counts[docs] == 0] if found else docs)
                counts[docs] += often
        if not found:
            return NOTHING
        docs = np.concatenate(found)
        often = counts[docs]
        counts[docs] = 0
        return Scored(docs, often * (K1 + 1) / (often + norms[docs]))

    def _places(self, text: str, field: str) -> list[_Place]:
        """Where the postings of a term are, segment by segment."""
        found = self._found.get((text, field))
        if found is None:
            look = _begun if _is_open(text) else _found
            term = text.removesuffix(OPEN).encode("utf-8", "surrogatepass")
            found = self._found[text, field] = [
                (leaf, reader, *span)
                for leaf, reader in self._readers[field]
                if (span := look(reader, term))
            ]
        return found


def _is_open(term: str) -> bool:
    return term.endswith(OPEN)


def _found(reader: FieldReader, term: bytes) -> tuple[int, int] | None:
    """Where the postings of a term are; None where there are none."""
    at = reader.find(term)
    return reader.span(at) if at >= 0 else None


def _begun(reader: FieldReader, prefix: bytes) -> tuple[int, int] | None:
    """Where the postings of all terms with a beginning are; None where there are none."""
    low, high = reader.prefixed(prefix)
    return (reader.starts[low], reader.starts[high]) if low < high else None


def _fields(field: str) -> tuple[str, ...]:
    return (field,) if field else TEXT_FIELDS


def _postings(
    leaf: Leaf, reader: FieldReader, start: int, end: int, *, together: bool
) -> tuple[Docs, NDArray[Any]]:
    """The numbers of the documents of some postings, and how often each has the term.

    `together`, a document may be in several postings.
    """
    docs = reader.docs[start:end].astype(np.int64)
    often = reader.frequencies(start, end)
    if together:
        often = np.bincount(docs, often)
        docs = np.flatnonzero(often)
        often = often[docs]
    return docs + leaf.offset, often
