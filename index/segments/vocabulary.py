"""Numbering the terms of a field's documents, many tokens at a time.

Looking up each token in a dict costs more than everything else in building an index, since nearly
every look-up waits for memory. But most terms have at most eight bytes, pairs of Han or kana six.
So the tokens of some hundred documents are sorted together, as numbers, and each different term is
looked for once, in the order in which the known ones lie.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from itertools import count, islice

import numpy as np
from numpy.typing import NDArray

from index.segments.postings import head

Words = NDArray[np.uint64]
Numbers = NDArray[np.uint32]

_BATCH = 1 << 18  # tokens that are numbered together
_WORD = 8  # bytes
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_WORD + 1)], np.uint64)

# Multiplied by an odd number, different words stay different and differ in their high bits
# (Knuth, The Art of Computer Programming, volume 3, 6.4); its inverse brings them back.
_ODD = 0x9E3779B97F4A7C15
_SCATTER = np.uint64(_ODD)
_GATHER = np.uint64(pow(_ODD, -1, 1 << 64))
_PLACES = np.uint64((1 << 24) - 1)  # so many tokens are numbered at a time at most


class Vocabulary:
    """Takes the tokens of a field in order and gives each term a number.

    Attributes:
        numbers: of the tokens that are numbered; `flush` numbers those that wait.
    """

    def __init__(self) -> None:
        self.numbers = array("I")
        self._waiting = bytearray()  # tokens in UTF-8, a zero byte behind each
        self._tokens = 0  # of them
        self._following = count()
        self._words: Words = np.zeros(0, np.uint64)  # scattered terms of up to eight bytes, sorted
        self._word_numbers: Numbers = np.zeros(0, np.uint32)
        self._others = defaultdict[bytes, int](self._following.__next__)  # longer or odd terms

    def __len__(self) -> int:
        """How many different terms have been numbered."""
        return len(self._words) + len(self._others)

    @property
    def tokens(self) -> int:
        """How many tokens it has taken."""
        return len(self.numbers) + self._tokens

    def add(self, terms: Sequence[str] | Sequence[bytes]) -> None:
        """Take the tokens of a document, at most 2**24; all of them text, or all bytes."""
        data = _joined(terms)
        if data is None or self._tokens + len(terms) > _BATCH:
            self.flush()
        if data is None:
            self.numbers.extend(map(self._others.__getitem__, map(_encoded, terms)))
        else:
            self._waiting += data
            self._tokens += len(terms)

    def flush(self) -> None:
        """Number the tokens that wait."""
        if self._tokens:
            data = bytes(self._waiting)
            self._waiting.clear()
            self._tokens = 0
            self.numbers.frombytes(self._number(data).tobytes())

    def ranked(self) -> tuple[list[bytes], Words]:
        """All terms in the order of their bytes, and for each number the place of its term.

        To be called once, when all tokens are taken.
        """
        self.flush()
        again = {term: self._others.pop(term) for term in [*self._others] if _is_word(term)}
        twins = self._number(b"".join(term + b"\0" for term in again))
        heads = (self._words * _GATHER).byteswap()
        order = heads.argsort()
        heads = heads[order]
        others = sorted(self._others)
        other_heads = np.fromiter(map(head, others), np.uint64, len(others))
        places = heads.searchsorted(other_heads, "right") + np.arange(len(others))
        is_word = np.ones(len(heads) + len(others), np.bool_)
        is_word[places] = False
        terms = np.empty(len(is_word), np.object_)
        terms[is_word] = heads.astype(f">u{_WORD}").view(f"S{_WORD}")
        terms[places] = others
        ranks = np.empty(next(self._following), np.uint64)
        ranks[self._word_numbers[order]] = np.flatnonzero(is_word)
        ranks[[self._others[term] for term in others]] = places
        ranks[[*again.values()]] = ranks[twins]
        return terms.tolist(), ranks

    def _number(self, data: bytes) -> Numbers:
        """The numbers of terms in UTF-8 that have a zero byte behind each and none inside."""
        ends = np.flatnonzero(np.frombuffer(data, np.uint8) == 0)
        starts = np.concatenate(([0], ends + 1))[:-1]
        sizes = ends - starts
        words = np.ndarray(len(data) + 1, "<u8", data + bytes(_WORD), 0, (1,)).take(starts)
        words &= _MASKS.take(np.minimum(sizes, _WORD))
        words *= _SCATTER
        is_word = sizes <= _WORD
        numbers = np.empty(len(words), np.uint32)
        numbers[is_word] = self._of_words(words[is_word])
        for token in np.flatnonzero(~is_word).tolist():
            numbers[token] = self._others[data[starts[token] : ends[token]]]
        return numbers

    def _of_words(self, words: Words) -> Numbers:
        """The number of each scattered word; new ones are taken in."""
        order = _order(words)
        ordered = words[order]
        first = np.flatnonzero(np.diff(ordered, prepend=~ordered[:1]))
        different = ordered[first]
        places = self._words.searchsorted(different)
        is_new = np.ones(len(different), np.bool_)
        inside = np.flatnonzero(places < len(self._words))
        is_new[inside] = self._words[places[inside]] != different[inside]
        known, new = places[~is_new], places[is_new]
        found = np.empty(len(different), np.uint32)
        found[~is_new] = self._word_numbers[known]
        found[is_new] = np.fromiter(islice(self._following, len(new)), np.uint32, len(new))
        self._words = np.insert(self._words, new, different[is_new])
        self._word_numbers = np.insert(self._word_numbers, new, found[is_new])
        numbers = np.empty(len(words), np.uint32)
        numbers[order] = np.repeat(found, np.diff(first, append=len(words)))
        return numbers


def _order(words: Words) -> NDArray[np.int64]:
    """The places of words, sorted: `argsort` in half the time.

    High bits of the words are sorted with the places in their low bits. Where two different words
    have the same high bits, which is rare, the usual way is taken.
    """
    keys = words & ~_PLACES
    keys |= np.arange(len(words), dtype=np.uint64)
    keys.sort()
    keys &= _PLACES
    order = keys.view(np.int64)
    ordered = words[order]
    return words.argsort() if np.any(ordered[1:] < ordered[:-1]) else order


def _joined(terms: Sequence[str] | Sequence[bytes]) -> bytes | None:
    """The terms of a document in UTF-8, a zero byte behind each; None when one has such bytes."""
    if any(isinstance(term, bytes) for term in terms[:1]):
        return None
    data = _encoded("\0".join([*terms, ""]))
    return data if data.count(0) == len(terms) else None


def _encoded(term: str | bytes) -> bytes:
    return term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")


def _is_word(term: bytes) -> bool:
    return len(term) <= _WORD and 0 not in term
