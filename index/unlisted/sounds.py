"""From Latin letters to Han characters that are read so and stand in the index, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any

from index.compile import BOOSTS
from index.fold import fold
from index.names.readings import Parts, readings
from index.segments.snapshot import Snapshot
from index.tokens import stem
from index.whooshes import queries

_FIELDS = ("title", "body")
_SURNAMES = 12  # the commonest of a sound
_LOOKED_UP = 64  # first characters of pairs for one name
_MOST = 200  # pairs that stand in the index


class Sounds:
    """Looks for names in one snapshot by their sound."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._left = 0
        self._following: dict[str, set[bytes]] = {}

    def in_han(self, words: tuple[str, ...]) -> Any | None:
        """A query for a Latin name as Chinese and Japanese texts have it, None for no name."""
        self._left = _LOOKED_UP
        found = [
            query
            for parts in readings().parts(list(words))
            if (pairs := self._pairs_of(parts))
            for field in _FIELDS
            if (query := _adjacent(field, pairs)) is not None
        ]
        return queries.Or(found) if found else None

    def in_latin(self, name: str) -> Any | None:
        """A query for a Han name as English texts have it, None where it is no Chinese name."""
        parts = readings().split(fold(name))
        if parts is None:
            return None
        surname, given = parts
        family = [readings().spelt(char, surname=len(surname) == 1) for char in surname]
        rest = [readings().spelt(char) for char in given]
        if not all(family) or not all(rest):
            return None
        found = []
        for field in _FIELDS:
            first = _any_word(field, _joined(family))
            apart = [_any_word(field, spelt) for spelt in rest]
            orders = [[first, *apart], [*apart, first]]
            if len(rest) > 1:
                joined = _any_word(field, _joined(rest))
                orders += [[first, joined], [joined, first]]
            boost = BOOSTS.get(field, 1.0)
            found += [queries.Sequence(order, boost=boost) for order in orders]
        return queries.Or(found)

    def _pairs_of(self, parts: Parts) -> list[list[str]]:
        """For each two neighbours of a name the pairs that stand somewhere in the index."""
        left, rows = parts.surname[:_SURNAMES], []
        for chars in parts.given:
            row = list(islice(self._pairs(left, chars), _MOST))
            if not row:
                return []
            rows.append(row)
            left = "".join(dict.fromkeys(pair[1] for pair in row))
        return rows

    def _pairs(self, left: str, right: str) -> Iterator[str]:
        known = {one: behind for one in left if (behind := self._behind(one))}
        for other in right:
            key = other.encode()
            yield from (one + other for one, behind in known.items() if key in behind)

    def _behind(self, char: str) -> set[bytes]:
        """What comes behind a character anywhere in a title or body; nothing once it is enough.

        All terms that begin with it are read at once, which takes as long as looking up fifteen.
        """
        found = self._following.get(char)
        if found is None:
            if not self._left:
                return set()
            self._left -= 1
            found = self._following[char] = self._read(char.encode())
        return found

    def _read(self, start: bytes) -> set[bytes]:
        return {
            term[len(start) :]
            for leaf in self._snapshot.leaves
            for field in _FIELDS
            if (reader := leaf.segment.field(field)) is not None
            for term in reader.terms(*reader.prefixed(start))
        }


def _joined(parts: list[list[str]]) -> list[str]:
    return ["".join(spelt) for spelt in product(*parts)]


def _any_word(field: str, spelt: Iterable[str]) -> Any:
    terms = dict.fromkeys(stem(word) for word in spelt)
    return queries.Or([queries.Term(field, term) for term in terms])


def _adjacent(field: str, rows: list[list[str]]) -> Any:
    """One of each row of pairs, one after the other: they overlap, so together they are a name."""
    parts = [queries.Or([queries.Term(field, pair) for pair in row]) for row in rows]
    boost = BOOSTS.get(field, 1.0)
    return queries.Sequence(parts, boost=boost) if len(parts) > 1 else parts[0]
