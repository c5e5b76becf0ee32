"""Finding a written form in text as written, without folding, stemming or other names."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import numpy as np

from index.errors import SearchCancelled
from index.model import Ids, Text, Texts
from index.query.ast import Words
from index.tokens import IN_WORD, is_word

BATCH = 200  # texts that are read at a time


def places(words: Words, text: str) -> Iterator[tuple[int, int]]:
    """Where exactly this text stands: words whole, Han and kana anywhere, any space for a space."""
    return (match.span() for match in _pattern(words.text).finditer(text))


@lru_cache(256)
def _pattern(text: str) -> re.Pattern[str]:
    """Finds a text between what is no letter or digit of a word, where it begins or ends with one.

    What stands before is looked at behind the first piece: a pattern that begins with letters is
    searched for several times as fast.
    """
    pieces = text.split()
    first, *rest = map(re.escape, pieces)
    before = f"(?<!{IN_WORD}{first})" if is_word(pieces[0][0]) else ""
    behind = f"(?!{IN_WORD})" if is_word(pieces[-1][-1]) else ""
    return re.compile(r"\s+".join([first + before, *rest]) + behind)


def holds(words: Words, text: Text) -> bool:
    """Whether a document has the written form in the field asked for.

    Authors are not among the texts; of them the folded form has to do.
    """
    if words.field == "author":
        return True
    texts = (getattr(text, words.field),) if words.field else text
    pattern = _pattern(words.text)
    return any(map(pattern.search, texts))


class Checker:
    """Checks candidates against their texts, in batches and for a bounded time."""

    def __init__(
        self, texts: Texts, *, seconds: float | None, cancelled: Callable[[], bool] | None
    ) -> None:
        """`seconds` is how long all checks together may take, None for as long as needed."""
        self._texts = texts
        self._deadline = None if seconds is None else time.monotonic() + seconds
        self._cancelled = cancelled
        self.cut = False  # whether candidates were left unchecked

    def holding(self, words: Words, ids: Ids) -> Ids:
        """Those of `ids`, in their order, whose text has exactly this written form."""
        return np.array(list(self._holding(words, ids)), np.int64)

    def _holding(self, words: Words, ids: Ids) -> Iterable[int]:
        for start in range(0, len(ids), BATCH):
            if self._cancelled and self._cancelled():
                raise SearchCancelled
            if self._deadline is not None and time.monotonic() > self._deadline:
                self.cut = True
                return
            batch = ids[start : start + BATCH].tolist()
            found = self._texts.texts(batch)
            yield from (id_ for id_ in batch if id_ in found and holds(words, found[id_]))
