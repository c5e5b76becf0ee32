"""Pieces of text as written around the hits of a query, for lists and for the reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from index.highlight import Hit, Marker, merged, relaxed_wishes, strict_wishes
from index.model import Passage, Passages, Text
from index.query.ast import Query, Words

COLUMNS = 160  # of a passage; Han and kana take two each
MAX_TEXT = 400_000  # characters of a text that are looked at
_CHOICE = 300  # hits to choose a piece among
_LONG_WORD = 40  # characters; a longer word may be cut
_MORE = "…"
_UNKNOWN = 0xFF

_SENTENCE = re.compile(r"[。！？!?][」』”’)）]*|\.(?=\s)|\n")
_SPACE = re.compile(r"\s+")


class Highlighter:
    """Marks the hits of one query.

    Text in which nothing of what was asked for stands, as the relaxed reading finds it, has its
    single words and pairs of characters marked.
    """

    def __init__(self, query: Query) -> None:
        root = query.root
        markers: dict[tuple[Words, ...], Marker] = {}  # the same for all fields in most queries

        def marker(field: str = "") -> Marker:
            wishes = tuple(strict_wishes(root, field))
            if wishes not in markers:
                markers[wishes] = Marker(wishes)
            return markers[wishes]

        self._root = root
        self._everywhere = marker()
        self._fields = {name: marker(name) for name in Text._fields}

    @cached_property
    def _relaxed(self) -> Marker:
        return Marker(relaxed_wishes(self._root))

    def marks(self, texts: Sequence[str]) -> list[tuple[tuple[int, int], ...]]:
        """All hits in each of the texts of one document."""
        found = [self._everywhere.hits(text) for text in texts]
        if not any(found):
            found = [self._relaxed.hits(text) for text in texts]
        return [merged(hits) for hits in found]

    def passages(self, text: Text, columns: int = COLUMNS) -> Passages:
        """The title, and the piece of body or note that shows most of what was asked for."""
        parts = Text(*(part[:MAX_TEXT] for part in text))._asdict()
        hits = {name: self._fields[name].early_hits(part) for name, part in parts.items()}
        if not any(hits.values()):
            hits = {name: self._relaxed.early_hits(part) for name, part in parts.items()}
        name = "note" if hits["note"] and not hits["body"] else "body"
        return Passages(
            Passage(text.title, merged(hits["title"])),
            passage(parts[name], hits[name], columns),
        )


def passage(text: str, hits: Sequence[Hit], columns: int = COLUMNS) -> Passage:
    """About `columns` of a text with the most different hits, the earliest of such pieces.

    It is cut at a sentence where one is near, else between words, with `…` where text is left
    out; any space is one space.
    """
    first, last = _window(text, hits[:_CHOICE], columns)
    room = columns - _width(text[first:last])
    following = _width(text[last : _forward(text, last, room)])
    start = _start(text, first, room, following)
    end = _end(text, last, columns - _width(text[start:last]))
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    return _clean(text, start, end, merged(inside))


def _window(text: str, hits: Sequence[Hit], columns: int) -> tuple[int, int]:
    """From the first to the last hit of the piece with the most different ones."""
    best, most = (0, 0), 0
    possible = len({hit.wish for hit in hits})
    room = columns * 3 // 4
    stops = _stops(text, hits, room) if hits else []
    inside: dict[int, int] = {}  # how many hits of each wish fit behind the first one
    behind = 0  # the first hit that does not
    for number, (start, end, wish) in enumerate(hits):
        if most == possible:
            break
        for _, _, other in hits[behind : max(stops[number], number + 1)]:
            inside[other] = inside.get(other, 0) + 1
        behind = max(behind, stops[number], number + 1)
        if len(inside) > most:
            ends = (hit.end for hit in hits[number + 1 : behind])
            best = start, max(min(end, start + room), *ends, 0)
            most = len(inside)
        if inside[wish] == 1:
            del inside[wish]
        else:
            inside[wish] -= 1
    return best


def _stops(text: str, hits: Sequence[Hit], room: int) -> list[int]:
    """For each hit the first behind it that ends too far from its start.

    A piece has room for so many columns, and for so many characters.
    """
    starts, ends, _ = np.array(hits).T
    first = starts[0]
    sums = np.zeros(ends.max() - first + 1, np.int64)
    np.cumsum(_all_columns(text[first : first + len(sums) - 1]), out=sums[1:])
    far = np.maximum.accumulate(ends)
    wide = sums[far - first]
    by_size = far.searchsorted(starts + room, "right")
    by_width = wide.searchsorted(sums[starts - first] + room, "right")
    stops: list[int] = np.minimum(by_size, by_width).tolist()
    return stops


def _all_columns(text: str) -> NDArray[np.uint8]:
    """How many columns each character takes."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _table()
    columns = table[codes]
    if (unknown := columns == _UNKNOWN).any():
        for code in set(codes[unknown].tolist()):
            table[code] = _columns(chr(code))
        columns = table[codes]
    return columns


@cache
def _table() -> NDArray[np.uint8]:
    """The columns of each character that was met."""
    return np.full(0x110000, _UNKNOWN, np.uint8)


def _start(text: str, first: int, room: int, following: int) -> int:
    """Where to begin before `first`: with its sentence if that is near, else with a word.

    Earlier sentences come in where the text behind is too short to fill the room.
    """
    spare = room - following
    reach = _back(text, first, max(room // 2, spare))
    starts = [match.end() for match in _SENTENCE.finditer(text, reach, first)]
    if reach == 0:
        starts.insert(0, 0)
    if starts:
        fitting = [place for place in starts if _width(text[place:first]) <= spare]
        return fitting[0] if fitting else starts[-1]
    near = _back(text, first, max(room // 4, spare))
    places = range(near, min(first, near + _LONG_WORD))
    return next((place for place in places if _parts(text, place)), near)


def _end(text: str, last: int, room: int) -> int:
    """Where to stop behind `last`: at the end of a sentence near the limit, else at a word."""
    limit = _forward(text, last, room)
    if limit == len(text):
        return limit
    near = _forward(text, last, room // 2)
    ends = [match.end() for match in _SENTENCE.finditer(text, near, limit)]
    if ends:
        return ends[-1]
    places = range(limit, max(last, limit - _LONG_WORD), -1)
    return next((place for place in places if _parts(text, place)), limit)


def _parts(text: str, place: int) -> bool:
    """Whether a text may be cut at `place`: beside a space, or beside Han or kana."""
    before, after = text[place - 1 : place], text[place : place + 1]
    return not before or not after or before.isspace() or after.isspace() or _wide(before)


def _back(text: str, place: int, room: int) -> int:
    if text[max(place - room, 0) : place].isascii():
        return max(place - max(room, 0), 0)
    while place > 0 and room > 0:
        place -= 1
        room -= _columns(text[place])
    return place


def _forward(text: str, place: int, room: int) -> int:
    if text[place : place + max(room, 0)].isascii():
        return min(place + max(room, 0), len(text))
    while place < len(text) and room > 0:
        room -= _columns(text[place])
        place += 1
    return place


def _clean(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> Passage:
    """The piece with single spaces, and the marks where they are then."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    pieces = [_MORE] if start > 0 and text[:start].strip() else []
    size, places, at = sum(map(len, pieces)), [], start
    bounds = sorted({start, end, *(place for mark in marks for place in mark)})
    moved = {}
    for place in bounds:
        piece = _SPACE.sub(" ", text[at:place])
        pieces.append(piece)
        size += len(piece)
        moved[place], at = size, place
    places = [(moved[first], moved[last]) for first, last in marks]
    if text[end:].strip():
        pieces.append(_MORE)
    return Passage("".join(pieces), tuple(places))


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(8192)
def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if _wide(char) else 1


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"
