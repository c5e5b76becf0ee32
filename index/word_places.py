"""Words and phrases in folded text, looked at as runs.

A text has thousands of runs and hundreds of different ones, so what can be asked of these is asked
of them once, and places are worked out only for what was found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from itertools import accumulate, compress

from index.tokens import is_cjk, run_pattern, stem, stems, written_form, written_forms_of


class Read:
    """Folded text as runs, each looked at as little as possible: a text has thousands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = _splitter(run_pattern(text)).split(text)  # between two runs what parts them
        self.runs = self._parts[1::2]
        self.different = set(self.runs)

    @cached_property
    def starts(self) -> list[int]:
        """Where each run begins, and the end of the text."""
        return list(accumulate(map(len, self._parts)))[::2]

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """The different runs by their stem, of Han and kana by their last character."""
        keys: dict[str, list[str]] = {}
        words = list(filter(_is_word, self.different))
        for word, term in zip(words, stems(words), strict=True):
            keys.setdefault(term, []).append(word)
        for run in self.different.difference(words):
            keys.setdefault(run[-1], []).append(run)
        return keys

    def numbers(self, wanted: Iterable[str]) -> list[int]:
        """Which runs are among those wanted."""
        among = frozenset(wanted).__contains__
        return list(compress(range(len(self.runs)), map(among, self.runs)))

    @cached_property
    def _forms(self) -> list[str]:
        return sorted(written_forms_of(self.runs))

    def has_beginning(self, beginning: str) -> bool:
        """Whether the written form of a word begins so; "" is the beginning of any."""
        if not beginning:
            return True
        at = bisect_left(self._forms, beginning)
        return at < len(self._forms) and self._forms[at].startswith(beginning)


@cache
def _splitter(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"({pattern.pattern})")


def _is_word(run: str) -> bool:
    return run < "\u3005" or not is_cjk(run)


class Phrase:
    """Several runs in a row: the first may begin within one of a text, the last may go on."""

    def __init__(self, found: list[str], *, prefix: bool) -> None:
        last = len(found) - 1
        self._wanted = found
        self._literals = [run for run in found if is_cjk(run)]
        words = [run for run in found if not is_cjk(run)]
        self._beginning = written_form(words.pop()) if prefix and not is_cjk(found[-1]) else ""
        self._stems = set(stems(words))
        self._key = found[0][-1] if is_cjk(found[0]) else stem(found[0])
        self._checks = [
            _check(run, first=number == 0, last=number == last, prefix=prefix)
            for number, run in enumerate(found)
        ]

    def may_stand_in(self, text: Read) -> bool:
        """Whether a text has all the parts."""
        if not all(literal in text.text for literal in self._literals):
            return False
        return self._stems <= text.keys.keys() and text.has_beginning(self._beginning)

    def spans(self, text: Read) -> Iterator[tuple[int, int]]:
        """Where the phrase stands in folded text."""
        first, *rest = self._checks
        begun = filter(first, text.keys.get(self._key, ()))
        for number in text.numbers(begun):
            run, row = text.runs[number], text.runs[number + 1 : number + 1 + len(rest)]
            if len(row) == len(rest) and all(map(_holds, rest, row)):
                inner = len(run) - len(self._wanted[0]) if is_cjk(run) else 0
                size = len(self._wanted[-1]) if is_cjk(row[-1]) else len(row[-1])
                end = text.starts[number + len(rest)]
                yield text.starts[number] + inner, end + size


def _holds(check: Callable[[str], bool], run: str) -> bool:
    return check(run)


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


class KnownWords:
    """Words and beginnings of words, and which runs of texts are one of them.

    Each different run is looked at once; texts have most of them in common.
    """

    def __init__(self) -> None:
        self._stems: dict[str, int] = {}
        self._beginnings: list[tuple[str, int]] = []
        self._seen: set[str] = set()
        self._fulfilling: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._stems or self._beginnings)

    def add(self, run: str, wish: int, *, prefix: bool) -> None:
        """Take a word that fulfils a wish; of the same word the first wish counts."""
        if prefix:
            self._beginnings.append((written_form(run), wish))
        else:
            self._stems.setdefault(stem(run), wish)

    def among(self, different: set[str]) -> dict[str, int]:
        """Those of some runs that fulfil a wish, with the wish."""
        if new := different - self._seen:
            self._seen |= new
            self._learn([run for run in new if _is_word(run)])
        return {run: self._fulfilling[run] for run in self._fulfilling.keys() & different}

    def _learn(self, new: list[str]) -> None:
        if self._beginnings:
            beginnings = tuple(beginning for beginning, _ in self._beginnings)
            for run in new:
                form = written_form(run)
                if form.startswith(beginnings):
                    self._fulfilling[run] = next(
                        wish for beginning, wish in self._beginnings if form.startswith(beginning)
                    )
        for run, term in zip(new, stems(new), strict=True):
            if term in self._stems:
                self._fulfilling[run] = self._stems[term]
