"""Another spelling for Latin words of a query that nothing, or hardly anything, was found for.

A word that no document has, and no name, is compared with the words of the index and of the names
that begin with the same letters (or with the first ones exchanged, or without the second) by
optimal string alignment: the distance of Damerau and Levenshtein in which no part is edited twice.
One edit is allowed in up to five letters, two in longer words. The nearest wins, among equals the
word of most documents. Work is bounded by `MAX_WORDS` and `MAX_TERMS`, however large the index is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from index.fold import fold
from index.query.lexer import Kind, Lexer, Token
from index.query.names import TEXT_FIELDS
from index.schema import FORM
from index.segments.snapshot import Snapshot

MAX_WORDS = 4  # of a query that are compared
MAX_TERMS = 5_000  # that one word is compared with
_SHORTEST = 4  # letters; a shorter word is near to too many
_LONG = 6  # letters from which two edits are allowed
_FIELDS = ("", "who", *TEXT_FIELDS)

# Words of names that begin with some letters: at most so many.
NamesBeginning = Callable[[str, int], Iterable[str]]


class Suggestion(NamedTuple):
    """A query with other words, and the place in the one asked of the first word exchanged."""

    query: str
    start: int
    end: int


def suggest(source: str, snapshot: Snapshot, names: NamesBeginning) -> Suggestion | None:
    """The query in the nearest spelling that is known; None when every word is, or none is near."""
    found: list[tuple[int, int, str]] = []
    looked = 0
    for token in Lexer(source[:2000]).tokens():
        for start, end in _words(token):
            word = fold(source[start:end])
            if looked >= MAX_WORDS or _frequency(snapshot, word):
                continue
            looked += 1
            if better := _nearest(word, snapshot, names):
                found.append((start, end, better))
    if not found:
        return None
    text, at = "", 0
    for start, end, better in found:
        text += source[at:start] + better
        at = end
    return Suggestion(text + source[at:], found[0][0], found[0][1])


def _words(token: Token) -> Iterator[tuple[int, int]]:
    """Where the Latin words of an atom stand that may be misspelt."""
    if token.kind is not Kind.ATOM or token.field not in _FIELDS or token.exact or token.prefix:
        return
    at = token.begin
    for part in token.text.split(" "):
        if len(part) >= _SHORTEST and part.isalpha() and fold(part).isascii():
            yield at, at + len(part)
        at += len(part) + 1


def _frequency(snapshot: Snapshot, word: str) -> int:
    key = word.encode()
    readers = (leaf.segment.field(FORM) for leaf in snapshot.leaves)
    places = ((reader, reader.find(key)) for reader in readers if reader)
    return sum(reader.frequency(place) for reader, place in places if place >= 0)


def _nearest(word: str, snapshot: Snapshot, names: NamesBeginning) -> str:
    edits = 2 if len(word) >= _LONG else 1
    counts: dict[str, int] = {}
    for start in dict.fromkeys((word[:2], word[1::-1], word[0] + word[2])):
        for term, count in _beginning(snapshot, start):
            if _may_be_near(word, term, edits):
                counts[term] = counts.get(term, 0) + count
        for term in names(start, MAX_TERMS):
            if _may_be_near(word, term, edits):
                counts.setdefault(term, 0)
    if word in counts:
        return ""
    ranked = ((distance(word, term, edits), -count, term) for term, count in counts.items())
    near = [one for one in ranked if one[0] <= edits]
    return min(near)[2] if near else ""


def _beginning(snapshot: Snapshot, start: str) -> Iterator[tuple[str, int]]:
    """Words of documents that begin so, with the number of documents; large segments first."""
    left = MAX_TERMS
    leaves = sorted(snapshot.leaves, key=lambda leaf: -leaf.segment.documents)
    for leaf in leaves:
        if (reader := leaf.segment.field(FORM)) and left > 0:
            low, high = reader.prefixed(start.encode())
            high = min(high, low + left)
            left -= high - low
            if low < high:
                counts = reader.starts.counts[low:high].tolist()
                for term, count in zip(reader.terms(low, high), counts, strict=True):
                    yield term.decode("utf-8", "replace"), count


def _may_be_near(word: str, term: str, edits: int) -> bool:
    """A quick look that refuses most: lengths, and how many letters the words do not share."""
    if abs(len(word) - len(term)) > edits or not term.isalpha():
        return False
    return len(set(word) ^ set(term)) <= 2 * edits


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, replace or exchange with the next; `most` + 1 for more."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, char in enumerate(one, 1):
        line = [row]
        for column, sign in enumerate(other, 1):
            best = min(last[column] + 1, line[-1] + 1, last[column - 1] + (char != sign))
            crossed = row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == sign
            line.append(min(best, before[column - 2] + 1) if crossed else best)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)
