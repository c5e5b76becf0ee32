"""Where the words of a query stand in text as written, whichever form the query used.

Texts are folded with their places; Han and kana are then found as substrings, words by their
stems, phrases of both by a pattern. Written forms (`=word`) are found in the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, starmap
from typing import NamedTuple

from index.exact import places
from index.fold import fold, fold_with_places
from index.patterns import named, spellings, wanted
from index.query.ast import Node, Words
from index.relaxed import terms as relaxed_terms
from index.tokens import is_cjk, runs
from index.word_places import KnownWords, Phrase, Read

LOOK = 30_000  # characters of a text that are looked at for its most telling piece
MANY = 8  # wishes, of more of which less work is enough
_ACROSS = 400  # characters of the next chunk into which a hit may reach
_BESIDE = 400  # characters behind a hit that may be shown with it
_HIRAGANA = re.compile("[ぁ-ゟ]")
MAX_MARKED = 96  # terms of a relaxed reading
_GAP = re.compile(r"[\s。！？；、，]")


class Hit(NamedTuple):
    """A hit from `start` to `end` (exclusive); `wish` numbers what it fulfils."""

    start: int
    end: int
    wish: int


class _Effort(NamedTuple):
    """How much of the texts of a page is looked at for pieces to show.

    Attributes:
        hits: that are enough to choose a piece of a text among.
        read: characters of all texts, after which it is `least` of each text that follows.
        least: characters.
        together: characters of a text that are looked at together.
    """

    hits: int
    read: int
    least: int
    together: int


_FOR_FEW = _Effort(hits=300, read=200_000, least=5_000, together=10_000)
_FOR_MANY = _Effort(hits=150, read=100_000, least=2_500, together=4_000)

_Place = tuple[int, int, int]  # as a `Hit`, which takes ten times as long to make


class Marker:
    """Finds some wishes for text in texts."""

    def __init__(self, wishes: Iterable[Words]) -> None:
        self._literals: list[tuple[str, int]] = []
        self._words = KnownWords()
        self._phrases: list[tuple[Phrase, int]] = []
        self._exact: list[tuple[Words, int]] = []
        self._size = 0
        self._read = 0  # characters, for pieces to show
        for number, words in enumerate(wishes):
            self._size = number + 1
            if words.exact:
                self._exact.append((words, number))
            else:
                for text in spellings(fold(words.text)):
                    self._add(runs(text), words, number)

    def _add(self, found: list[str], words: Words, number: int) -> None:
        if len(found) > 1:
            self._phrases.append((Phrase(found, prefix=words.prefix), number))
        elif found and is_cjk(found[0]):
            self._literals.append((found[0], number))
        elif found:
            self._words.add(found[0], number, prefix=words.prefix)

    def hits(self, text: str) -> list[Hit]:
        """All hits in a text as written, by place."""
        return list(starmap(Hit, self._places(text)))

    def early_hits(self, text: str) -> list[Hit]:
        """The hits in the beginning of a text: enough to choose a piece to show.

        That is the first `LOOK` characters, fewer when all wishes are met before or there are
        enough hits, and where nothing stands in them the text up to the next hits. Behind so many
        hits only those that may stand in one piece with them are given. Of many wishes, and of many
        long texts in a row, it is less: the work for a page is bounded.
        """
        if not self._size:
            return []
        effort = _FOR_MANY if self._size > MANY else _FOR_FEW
        look = LOOK if self._read < effort.read else effort.least
        found: list[_Place] = []
        wishes: set[int] = set()
        for start, end in _chunks(text, min(effort.together, look)):
            done = start >= look or len(wishes) == self._size or len(found) >= effort.hits
            if done and (found or self._read > 2 * effort.read):
                break
            size = end - start
            self._read += size
            here = [one for one in self._places(text[start : end + _ACROSS]) if one[0] < size]
            found += [(at + start, to + start, wish) for at, to, wish in here]
            wishes.update(wish for _, _, wish in here)
        if len(found) > effort.hits:
            del found[bisect_left(found, (found[effort.hits - 1][1] + _BESIDE,)) :]
        return list(starmap(Hit, found))

    def _places(self, text: str) -> list[_Place]:
        """All hits in a text as written, in order."""
        folded = fold_with_places(text)
        found = self._folded(folded.text)
        if folded.starts is not None:
            found = [(*folded.span(start, end), wish) for start, end, wish in found]
        for words, wish in self._exact:
            found += [(start, end, wish) for start, end in places(words, text)]
        found.sort()
        return found

    def _folded(self, text: str) -> list[_Place]:
        found: list[_Place] = []
        for literal, wish in self._literals:
            size, at = len(literal), text.find(literal)
            while at >= 0:
                found.append((at, at + size, wish))
                at = text.find(literal, at + size)
        if self._words or self._phrases:
            found += self._by_runs(text)
        return found

    def _by_runs(self, text: str) -> Iterator[_Place]:
        """Hits of words and phrases; which runs a text has tells whether it can have any."""
        read = Read(text)
        if words := self._words.among(read.different):
            found = compress(
                zip(read.starts, read.runs, strict=False), map(words.__contains__, read.runs)
            )
            yield from ((start, start + len(run), words[run]) for start, run in found)
        for phrase, wish in self._phrases:
            if phrase.may_stand_in(read):
                yield from ((start, end, wish) for start, end in phrase.spans(read))


def _chunks(text: str, size: int) -> Iterator[tuple[int, int]]:
    """Pieces of about `size` characters; each ends at a space or mark where one is near."""
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        gap = _GAP.search(text, end, end + _ACROSS)
        end = gap.start() if gap else end
        yield start, end
        start = end


def strict_wishes(root: Node, field: str = "") -> list[Words]:
    """What a tree asks for in a field, "" for anywhere; of names all forms."""
    others = [form for name in named(root) for form in name.others]
    found = [*wanted(root), *others]
    return [words for words in found if not field or words.field in ("", field)]


def relaxed_wishes(root: Node, field: str = "") -> list[Words]:
    """The single terms that a relaxed reading looks for in a field, "" for anywhere.

    Pairs with a particle or an ending in them are not worth a mark where there are others.
    """
    found = [
        term.written or term.text
        for column, term in relaxed_terms(root)[:MAX_MARKED]
        if not field or column in ("", field)
    ]
    telling = [text for text in found if not _HIRAGANA.search(text)]
    return [Words(text) for text in telling or found]


def merged(hits: Sequence[Hit]) -> tuple[tuple[int, int], ...]:
    """The places of sorted hits; those that touch or overlap are one."""
    places: list[tuple[int, int]] = []
    for hit in hits:
        if places and hit.start <= places[-1][1]:
            places[-1] = places[-1][0], max(places[-1][1], hit.end)
        else:
            places.append((hit.start, hit.end))
    return tuple(places)
