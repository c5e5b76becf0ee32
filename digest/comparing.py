"""What a publisher changed between two texts: by paragraphs, and within them by words.

A word is a run of letters and digits; of Chinese and Japanese, which have no spaces, one character.
Paragraphs are aligned as `difflib` does (Ratcliff and Obershelp), those in between are paired with
the ones most like them. Everything is bounded: what is too large to compare counts as replaced.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

# Pairs of equal things that one comparison looks at in all: what time it may take.
MAX_PAIRS = 1_000_000
# Paragraphs that are paired with the ones most like them, on either side.
_MAX_PAIRED = 30
# How much of two paragraphs has to be the same for one to be a new form of the other.
_ALIKE = 0.4
_EAST_ASIAN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_EAST_ASIAN}]|(?:(?![{_EAST_ASIAN}])\w)+|\s+|[^\w\s]")


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """A piece of running text and what became of it."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: unchanged, gone, new, or (with pieces of several kinds) changed inside."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is not as it was."""
        return any(piece.kind is not Kind.SAME for piece in self.pieces)


def compare(old: Sequence[str], new: Sequence[str]) -> list[Passage]:
    """The paragraphs of both texts in reading order, each with what became of it."""
    return list(_Comparison().passages(old, new))


class _Comparison:
    """One comparison, which may cost `MAX_PAIRS`."""

    def __init__(self) -> None:
        self._left = MAX_PAIRS

    def passages(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
        """The paragraphs of both texts."""
        for tag, a, b, c, d in self._opcodes(old, new):
            if tag == "equal":
                yield from _whole(new[c:d], Kind.SAME)
            else:
                yield from self._replaced(old[a:b], new[c:d])

    def _replaced(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
        """Paragraphs in one place of both texts: those alike are one that changed, in order."""
        done = 0
        for text, partner in zip(new, self._partners(old, new), strict=True):
            if partner is None:
                yield Passage((Piece(text, Kind.ADDED),))
                continue
            yield from _whole(old[done:partner], Kind.REMOVED)
            yield Passage(tuple(self._words_compared(old[partner], text)))
            done = partner + 1
        yield from _whole(old[done:], Kind.REMOVED)

    def _partners(self, old: Sequence[str], new: Sequence[str]) -> list[int | None]:
        """For each new paragraph the old one it comes from, never crossing, None without one."""
        found: list[int | None] = []
        start = 0
        many = max(len(old), len(new)) > _MAX_PAIRED
        for text in new:
            candidates = [] if many else range(start, len(old))
            likeness = [(self._likeness(old[place], text), -place) for place in candidates]
            best, place = max(likeness, default=(0.0, 0))
            found.append(-place if best >= _ALIKE else None)
            if best >= _ALIKE:
                start = 1 - place
        return found

    def _likeness(self, old: str, new: str) -> float:
        """The share of two paragraphs' words that is the same, in order."""
        before, after = ([word for word in _words(text) if word.isalnum()] for text in (old, new))
        if not self._affords(before, after):
            return 0.0
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0

    def _words_compared(self, old: str, new: str) -> list[Piece]:
        """One paragraph's two forms as pieces in reading order; together they give both whole."""
        before, after = _words(old), _words(new)
        pieces: list[Piece] = []
        removed, added = "", ""
        for tag, a, b, c, d in self._opcodes(before, after):
            same = "".join(before[a:b])
            if tag == "equal" and not _is_crumb(same, removed, added, last=b == len(before)):
                pieces += [*_changes(removed, added), Piece(same, Kind.SAME)]
                removed, added = "", ""
            else:
                removed += same
                added += "".join(after[c:d])
        return _joined([*pieces, *_changes(removed, added)])

    def _opcodes(
        self, old: Sequence[str], new: Sequence[str]
    ) -> list[tuple[str, int, int, int, int]]:
        if not self._affords(old, new):
            return [("replace", 0, len(old), 0, len(new))]
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())

    def _affords(self, old: Sequence[str], new: Sequence[str]) -> bool:
        """Whether a comparison may be made; what it costs is then spent."""
        counts = Counter(new)
        cost = sum(count * counts[one] for one, count in Counter(old).items())
        if cost > self._left:
            return False
        self._left -= cost
        return True


def _whole(texts: Sequence[str], kind: Kind) -> list[Passage]:
    return [Passage((Piece(text, kind),)) for text in texts]


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _is_crumb(same: str, removed: str, added: str, *, last: bool) -> bool:
    """Whether a match between changes is chance (a space, a comma) and would only scatter them."""
    return not last and bool(removed and added) and not any(map(str.isalnum, same))


def _changes(removed: str, added: str) -> list[Piece]:
    pieces = (Piece(removed, Kind.REMOVED), Piece(added, Kind.ADDED))
    return [piece for piece in pieces if piece.text]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    groups = groupby(pieces, key=lambda piece: piece.kind)
    return [Piece("".join(piece.text for piece in group), kind) for kind, group in groups]
