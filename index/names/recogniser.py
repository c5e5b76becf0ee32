"""Finds names in running text.

An automaton over the first characters of all names (two of Han and Kana, six of Latin letters)
finds where one may begin; the table of names then says which is the longest there. Over the first
characters alone the automaton is built in a few hundredths of a second; over whole names it takes
ten times as long, and finds no faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from index.fold import Folded, fold_with_places
from index.names.matching import longest_names
from index.names.model import Mention
from index.names.packing import Use
from index.names.spelling import evened
from index.names.table import Table

# As plain numbers: an enumeration's operators take a microsecond each.
_RECOGNISED, _UPPER, _CAPITAL = Use.RECOGNISED.value, Use.UPPER.value, Use.CAPITAL.value

# Halves of a character that no encoding can express; a text from outside may hold them.
_SURROGATES = re.compile("[\ud800-\udfff]")


class Recogniser:
    """Recognises the names of some tables; of the same form the first table's counts."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        heads = sorted({head for table in tables for head in table.heads() if head})
        self._automaton = AhoCorasick(
            heads, store_patterns=False, implementation=Implementation.ContiguousNFA
        )

    def recognise(self, text: str) -> list[Mention]:
        """The names in `text` from left to right; places are those of `text` as written."""
        folded = fold_with_places(text)
        haystack = _SURROGATES.sub("\ufffd", evened(folded.text))
        if not haystack:
            return []
        matches = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        starts = sorted({start for _, start, _ in matches})
        written = _Written(text, folded)
        return [
            Mention(owner, *folded.span(found.start, found.end))
            for found in longest_names(haystack, starts, self._tables, written.fits)
            for owner in found.table.owner_ids(found.key)
        ]


class _Written:
    """Compares the case that a key asks for with the text as written."""

    def __init__(self, text: str, folded: Folded) -> None:
        self._text, self._folded = text, folded

    def fits(self, use: int, start: int, end: int) -> bool:
        if not use & _RECOGNISED:
            return False
        if use & _UPPER:
            first, last = self._folded.span(start, end)
            return self._text[first:last].isupper()
        if use & _CAPITAL:
            first, _ = self._folded.span(start, start + 1)
            return not self._text[first].islower()
        return True
