"""Words that stand one behind the other: exact phrases.

The tokens of the rarest word are the candidates. Each other word in turn keeps those that it
stands next to. Many candidates look themselves up in a map of all positions in which the word's
are marked, few are searched for among them. Three things save work:

- where the rarest word stands once in most of its documents, as rare pairs of characters do, a
  table by document says where the next word has to stand (`index.segments.evaluate.once`);
- a document is done with its first hit, so of words that stand often in a document the first few
  occurrences are looked at before all of them;
- documents are looked at in runs so short that all that is read stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.segments.evaluate import once
from index.segments.evaluate.occurrences import EMPTY, Tokens, Word
from index.segments.evaluate.once import Words

if TYPE_CHECKING:
    from index.segments.evaluate.match import Docs, LeafMatches

POSITION_BITS = 32  # a place in a segment is one number, `document << 32 | position`
_BLOCK = 1 << 16  # occurrences of a word that are looked at together
_FEWEST = 256  # documents that are looked at together, at least
_LOOK_UP = 40.0  # what finding a candidate in a sorted array costs (a nanosecond or so is 1)
_MARK = 3.0  # what marking a token in the map costs
_CLEAR = 0.1  # what clearing a place of the map costs
_EARLY = 16  # occurrences of the rarest word in a document that are looked at first
_OFTEN = 2.0  # times that many, in the mean, from which on it saves work
_WORTH = 1000  # documents
_HANDFUL = 1000  # occurrences of all words that Python itself compares sooner than whole arrays


def blocks(within: Docs, words: Iterable[tuple[Word, int | None]]) -> Iterator[Docs]:
    """The documents in runs so short that all that is read of the words stays in the cache.

    With each word comes how many of its occurrences in a document are read at most. Without words
    there are no runs.
    """
    reads = [word.density if most is None else min(word.density, most) for word, most in words]
    if not reads:
        return
    step = max(_FEWEST, int(_BLOCK / max(reads)))
    for start in range(0, len(within), step):
        yield within[start : start + step]


def phrase_docs(leaf: LeafMatches, field: str, texts: list[Any]) -> Docs:
    """The documents in which at least two words stand as a phrase."""
    words = _words(leaf, field, texts)
    if not words:
        return EMPTY
    found, left = once.documents(words, leaf.size) if once.fits(words) else (EMPTY, None)
    within = leaf.all_of([*([] if left is None else [left]), *(word.docs for word, _ in words)])
    if left is None and _is_frequent(words, within):
        found, within = _by_first_occurrences(leaf, words, within)
    if not len(within):
        return found
    looked_up = len(within) * sum(word.density for word, _ in words) < _HANDFUL
    rest = _looked_up(words, within) if looked_up else _documents(words, within)
    if not len(found) or not len(rest):
        return rest if len(rest) else found
    return np.flatnonzero(leaf.mask_of([found, rest]))  # `rest` may have some of those found


def _is_frequent(words: Words, within: Docs) -> bool:
    """Whether to look at the first occurrences of each word before all of them."""
    return len(within) >= _WORTH and words[0][0].density >= _OFTEN * _EARLY


def _by_first_occurrences(leaf: LeafMatches, words: Words, within: Docs) -> tuple[Docs, Docs]:
    """The documents in which the first occurrences of the words make a phrase, and the unknown."""
    most = [max(1, int(_EARLY * word.density / words[0][0].density)) for word, _ in words]
    found = _documents(words, within, most)
    more = [word.docs[word.freqs > few] for (word, _), few in zip(words, most, strict=True)]
    return found, leaf.without(within[leaf.mask_of(more).take(within)], [found])


def _documents(words: Words, within: Docs, most: Sequence[int] = ()) -> Docs:
    """The documents with a phrase; `most` says how many occurrences of each word to look at."""
    found: list[Docs] = [EMPTY]
    mosts: Sequence[int | None] = most or [None] * len(words)
    *others, (last, rest) = words
    for block in blocks(within, zip((word for word, _ in words), mosts, strict=True)):
        ends = _ends(others, block, mosts)
        if len(ends.docs):
            found.append(ends.having(_beside(ends, last.tokens(ends.docs, mosts[-1]), rest)))
    return np.concatenate(found)


def _looked_up(words: Words, within: Docs) -> Docs:
    """The documents with a phrase, quicker than `_documents` where there is little to read."""
    ends: set[int] | None = None
    for word, rest in words:
        found = word.tokens(within)
        places = set(found.numbered((found.docs << POSITION_BITS) + rest).tolist())
        ends = places if ends is None else ends & places
    docs = sorted({end >> POSITION_BITS for end in ends or ()})
    return np.array(docs, np.int64)


def phrase_ends(leaf: LeafMatches, field: str, texts: list[Any], within: Docs) -> Iterator[Tokens]:
    """Where a phrase ends, that is the occurrences of its last word, a few documents at a time."""
    words = _words(leaf, field, texts)
    every = [None] * len(words)
    for block in blocks(within, ((word, None) for word, _ in words)):
        yield _ends(words, block, every)


def _words(leaf: LeafMatches, field: str, texts: list[Any]) -> Words:
    """The words of a phrase, the rarest first, and how many follow each; none if one is unknown."""
    places = []
    for text in texts:
        place = leaf.place(field, text)
        if place is None:
            return []
        places.append(place)
    words = [(Word(place), len(texts) - 1 - at) for at, place in enumerate(places)]
    return sorted(words, key=lambda word: word[0].total)


def _ends(words: Words, within: Docs, mosts: Sequence[int | None]) -> Tokens:
    """Where the words, each as far from the end as it is to be, have an end in common."""
    rarest, rest = words[0]
    ends = rarest.tokens(within, mosts[0]).moved(rest)
    for (word, rest), most in zip(words[1:], mosts[1:], strict=False):
        if len(ends.docs):
            ends = ends.kept(_beside(ends, word.tokens(ends.docs, most), rest))
    return ends


def _beside(ends: Tokens, word: Tokens, rest: int) -> NDArray[np.bool_]:
    """Which ends of a phrase a word stands `rest` places before."""
    if not len(word.docs):
        return np.zeros(len(ends.positions), np.bool_)
    last = word.last() + np.int64(rest)
    looking_up = len(ends.positions) * _LOOK_UP
    if looking_up < len(word.positions) * _MARK + int(last.sum()) * _CLEAR:
        return _found(ends, word, rest)
    return _marked(ends, word, last, rest)


def _found(ends: Tokens, word: Tokens, rest: int) -> NDArray[np.bool_]:
    """Which ends are found among the places of a word's occurrences, in order."""
    marks = word.numbered((word.docs << POSITION_BITS) + rest)
    wanted = ends.numbered(ends.docs << POSITION_BITS)
    at = marks.searchsorted(wanted)
    np.minimum(at, len(marks) - 1, out=at)
    found: NDArray[np.bool_] = marks.take(at) == wanted
    return found


def _marked(ends: Tokens, word: Tokens, last: NDArray[np.int64], rest: int) -> NDArray[np.bool_]:
    """Which ends are marked in a map of all positions, with a stretch for each document."""
    base = min(ends.docs.item(0), word.docs.item(0))
    docs, others = ends.docs - base, word.docs - base
    room = np.zeros(max(docs.item(-1), others.item(-1)) + 1, np.int64)
    room[docs] = ends.last()
    room[others] = np.maximum(room.take(others), last)
    room += 1
    stops = np.cumsum(room)
    begins = stops - room
    marked = np.zeros(stops.item(-1), np.bool_)
    marked[word.numbered(begins.take(others) + rest)] = True
    return marked.take(ends.numbered(begins.take(docs)))
