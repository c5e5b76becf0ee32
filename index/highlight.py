"""Where the words of a query stand in text as written, whichever form the query used.

Texts are folded with their places; Han and kana are then found as substrings, words by their
stems, phrases of both by a pattern. Written forms (`=word`) are found in the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from index.exact import places
from index.fold import fold, fold_with_places
from index.patterns import named, spellings, wanted
from index.query.ast import Node, Words
from index.relaxed import terms as relaxed_terms
from index.tokens import is_cjk, run_pattern, runs, stem, written_form

ENOUGH = 300  # hits to choose a piece among
LOOK = 30_000  # characters of a text that are looked at for its most telling piece
_CHUNK = 10_000  # characters that are looked at together
_ACROSS = 400  # characters of the next chunk into which a hit may reach
_HIRAGANA = re.compile("[ぁ-ゟ]")
MAX_MARKED = 96  # terms of a relaxed reading
_GAP = re.compile(r"[\s。！？；、，]")


class Hit(NamedTuple):
    """A hit from `start` to `end` (exclusive); `wish` numbers what it fulfils."""

    start: int
    end: int
    wish: int


class Marker:
    """Finds some wishes for text in texts."""

    def __init__(self, wishes: Iterable[Words]) -> None:
        self._literals: list[tuple[str, int]] = []
        self._stems: dict[str, int] = {}
        self._prefixes: list[tuple[str, int]] = []
        self._phrases: list[tuple[_Phrase, int]] = []
        self._exact: list[tuple[Words, int]] = []
        self._size = 0
        self._wishes = _Known(self._wish_of)
        for number, words in enumerate(wishes):
            self._size = number + 1
            if words.exact:
                self._exact.append((words, number))
            else:
                for text in spellings(fold(words.text)):
                    self._add(runs(text), words, number)
        self._beginnings = tuple(prefix for prefix, _ in self._prefixes)

    def _add(self, found: list[str], words: Words, number: int) -> None:
        if len(found) > 1:
            self._phrases.append((_Phrase(found, prefix=words.prefix), number))
        elif found and is_cjk(found[0]):
            self._literals.append((found[0], number))
        elif found and words.prefix:
            self._prefixes.append((written_form(found[0]), number))
        elif found:
            self._stems.setdefault(stem(found[0]), number)

    def hits(self, text: str) -> list[Hit]:
        """All hits in a text as written, by place."""
        folded = fold_with_places(text)
        found = [
            Hit(*folded.span(start, end), wish) for start, end, wish in self._folded(folded.text)
        ]
        for words, wish in self._exact:
            found += (Hit(start, end, wish) for start, end in places(words, text))
        return sorted(found)

    def early_hits(self, text: str) -> list[Hit]:
        """The hits in the beginning of a text: enough to choose a piece to show.

        That is the first `LOOK` characters, fewer when all wishes are met before or there are
        `ENOUGH` hits, and where nothing stands in them the text up to the next hits.
        """
        found: list[Hit] = []
        wishes: set[int] = set()
        for start, end in _chunks(text):
            done = start >= LOOK or len(wishes) == self._size or len(found) >= ENOUGH
            if found and done:
                break
            for hit in self.hits(text[start : end + _ACROSS]):
                if hit.start < end - start:
                    found.append(Hit(hit.start + start, hit.end + start, hit.wish))
                    wishes.add(hit.wish)
        return found

    def _folded(self, text: str) -> Iterator[Hit]:
        for literal, wish in self._literals:
            at = text.find(literal)
            while at >= 0:
                yield Hit(at, at + len(literal), wish)
                at = text.find(literal, at + len(literal))
        if self._stems or self._prefixes or self._phrases:
            yield from self._by_runs(text)

    def _by_runs(self, text: str) -> Iterator[Hit]:
        """Hits of words and phrases; which runs a text has tells whether it can have any."""
        pattern = run_pattern(text)
        different = set(pattern.findall(text))
        wishes = self._wishes
        words = {run: wish for run in different if (wish := wishes[run]) is not None}
        if words:
            for match in pattern.finditer(text):
                if (run := match[0]) in words:
                    yield Hit(match.start(), match.end(), words[run])
        read = _Read(text, different)
        phrases = [pair for pair in self._phrases if pair[0].may_stand_in(read)]
        if phrases:
            found = [(match[0], match.start()) for match in pattern.finditer(text)]
            for phrase, wish in phrases:
                yield from (Hit(start, end, wish) for start, end in phrase.spans(found))

    def _wish_of(self, run: str) -> int | None:
        """The wish that a run fulfils as a word."""
        wish = self._stems.get(stem(run)) if run < "\u3005" or not is_cjk(run) else None
        if wish is None and self._prefixes:
            form = written_form(run)
            if form.startswith(self._beginnings):
                wish = next(w for prefix, w in self._prefixes if form.startswith(prefix))
        return wish


class _Known(dict[str, int | None]):
    """The wish of each run that was met; texts have most runs in common."""

    def __init__(self, wish_of: Callable[[str], int | None]) -> None:
        super().__init__()
        self._wish_of = wish_of

    def __missing__(self, run: str) -> int | None:
        wish = self[run] = self._wish_of(run)
        return wish


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of about `_CHUNK` characters; each ends at a space or mark where one is near."""
    start = 0
    while start < len(text):
        end = min(start + _CHUNK, len(text))
        gap = _GAP.search(text, end, end + _ACROSS)
        end = gap.start() if gap else end
        yield start, end
        start = end


class _Read:
    """Folded text and the different runs in it."""

    def __init__(self, text: str, different: set[str]) -> None:
        self.text = text
        self._different = different

    @cached_property
    def stems(self) -> set[str]:
        return set(map(stem, self._different))

    @cached_property
    def _forms(self) -> list[str]:
        return sorted(map(written_form, self._different))

    def has_beginning(self, beginning: str) -> bool:
        """Whether the written form of a run begins so; "" is the beginning of any."""
        if not beginning:
            return True
        at = bisect_left(self._forms, beginning)
        return at < len(self._forms) and self._forms[at].startswith(beginning)


class _Phrase:
    """Several runs in a row: the first may begin within one of a text, the last may go on."""

    def __init__(self, found: list[str], *, prefix: bool) -> None:
        last = len(found) - 1
        self._wanted = found
        self._literals = [run for run in found if is_cjk(run)]
        words = [run for run in found if not is_cjk(run)]
        self._beginning = written_form(words.pop()) if prefix and not is_cjk(found[-1]) else ""
        self._stems = set(map(stem, words))
        self._checks = [
            _check(run, first=number == 0, last=number == last, prefix=prefix)
            for number, run in enumerate(found)
        ]

    def may_stand_in(self, text: _Read) -> bool:
        """Whether a text has all the parts."""
        if not all(literal in text.text for literal in self._literals):
            return False
        return self._stems <= text.stems and text.has_beginning(self._beginning)

    def spans(self, found: list[tuple[str, int]]) -> Iterator[tuple[int, int]]:
        """Where the phrase stands among the runs of folded text."""
        first, *rest = self._checks
        for number in range(len(found) - len(rest)):
            run, start = found[number]
            if not first(run):
                continue
            row = found[number + 1 : number + 1 + len(rest)]
            if all(check(other) for check, (other, _) in zip(rest, row, strict=True)):
                inner = len(run) - len(self._wanted[0]) if is_cjk(run) else 0
                last, end = row[-1]
                size = len(self._wanted[-1]) if is_cjk(last) else len(last)
                yield start + inner, end + size


def _check(run: str, *, first: bool, last: bool, prefix: bool) -> Callable[[str], bool]:
    """Whether a run of a text is what a run of a phrase asks for at its place."""
    if is_cjk(run):
        if first:
            return lambda other: other.endswith(run)
        return (lambda other: other.startswith(run)) if last else (lambda other: other == run)
    if last and prefix:
        beginning = written_form(run)
        return lambda other: written_form(other).startswith(beginning)
    term = stem(run)
    return lambda other: stem(other) == term


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
