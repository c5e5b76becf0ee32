"""The questions every engine is asked, and how an engine is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

from bench.search.corpus import Article
from bench.search.words import Words

TOP = 50  # results that are wanted of each query

Task = Callable[[], int]

RARE, COMMON, AND, OR = "rare term", "common term", "AND of two", "OR of five"
PHRASE, NEAR, PREFIX = "phrase", "near, 5", "prefix"
HAN2, HAN2_RARE, HAN4, BOTH = "CJK 2", "CJK 2, rare", "CJK 4", "title or body"
NEWEST, FACET, FILTER = "newest first", "facet of feeds", "filter by ids"

TEXT = (RARE, COMMON, AND, OR, PHRASE, NEAR, PREFIX, HAN2, HAN2_RARE, HAN4, BOTH)
ROWS = (*TEXT, NEWEST, FACET, FILTER)


class Opened(Protocol):
    """An index that is open."""

    def first(self, word: str) -> int:
        """Search for one word; returns the number of results."""
        ...

    def tasks(self, words: Words, ids: Sequence[int]) -> dict[str, Task]:
        """By row, what answers its question once; all find the best or newest `TOP`."""
        ...

    def commit(self, articles: Sequence[Article]) -> None:
        """Add articles durably, so that the next search finds them."""
        ...


class Engine(Protocol):
    """One of the rivals."""

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        """Make an index of all articles in a new folder."""
        ...

    def open(self, folder: Path) -> Opened:
        """Open it; what it imports is imported before."""
        ...
