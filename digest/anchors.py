"""Where a kept quote stands in an article, also after the article was extracted anew.

A quote is kept with a little of the text before and behind it. All blocks are seen as one text with
a line feed between two blocks; white space of any kind and amount counts as one space, so that a
page that was cleaned differently still matches.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.model import Block

CONTEXT = 48
"""How many characters before and behind a quote are kept with it."""
MAX_QUOTE = 20_000
_STRETCH = 2
_SPACE = re.compile(r"\s+")


class Extent(NamedTuple):
    """From `start` in the text of block `first` up to `end`, exclusive, in that of `last`."""

    first: int
    start: int
    last: int
    end: int


class Quote(NamedTuple):
    """What is kept of a passage: its text and its surroundings; `paragraph` is its first block."""

    text: str
    before: str
    after: str
    paragraph: int


def whole(blocks: Sequence[Block], first: int, last: int) -> Extent:
    """The blocks from `first` to `last`, both included."""
    return Extent(first, 0, last, len(blocks[last].text))


def quote_of(blocks: Sequence[Block], extent: Extent) -> Quote:
    """What to keep of a passage; without white space around it; `text` is "" for a blank one."""
    flow = _Flow(blocks)
    start, end = flow.places(extent)
    while start < end and flow.text[start].isspace():
        start += 1
    while end > start and flow.text[end - 1].isspace():
        end -= 1
    end = min(end, start + MAX_QUOTE)
    return Quote(
        flow.text[start:end],
        flow.text[max(0, start - CONTEXT) : start],
        flow.text[end : end + CONTEXT],
        flow.extent(start, max(start, end)).first,
    )


def find(blocks: Sequence[Block], quote: Quote) -> Extent | None:
    """Where a quote stands now, None when it is gone.

    Of several places the one with the most of the old surroundings wins, then the one nearest to
    the old paragraph. Where the words themselves were changed, what now stands between the old
    surroundings is taken, unless that is more than twice as long.
    """
    flow = _Flow(blocks)
    best: tuple[int, int, tuple[int, int]] | None = None
    for start, end in _occurrences(flow.text, quote.text):
        likeness = _tail(flow.text[:start], quote.before) + _head(flow.text[end:], quote.after)
        distance = abs(flow.extent(start, end).first - quote.paragraph)
        if best is None or (likeness, -distance) > best[:2]:
            best = (likeness, -distance, (start, end))
    place = best[2] if best else _between(flow.text, quote)
    return None if place is None else flow.extent(*place)


@dataclass(slots=True, init=False)
class _Flow:
    """All blocks as one text, and where each block starts in it."""

    text: str
    starts: list[int]

    def __init__(self, blocks: Sequence[Block]) -> None:
        texts = [block.text for block in blocks]
        self.text = "\n".join(texts)
        self.starts = []
        place = 0
        for text in texts:
            self.starts.append(place)
            place += len(text) + 1

    def places(self, extent: Extent) -> tuple[int, int]:
        return self.starts[extent.first] + extent.start, self.starts[extent.last] + extent.end

    def extent(self, start: int, end: int) -> Extent:
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        if not self.starts:
            return Extent(0, 0, 0, 0)
        return Extent(first, start - self.starts[first], last, end - self.starts[last])


def _occurrences(text: str, quote: str) -> Iterator[tuple[int, int]]:
    words = quote.split()
    if words:
        pattern = r"\s+".join(map(re.escape, words))
        for found in re.finditer(pattern, text):
            yield found.span()


def _between(text: str, quote: Quote) -> tuple[int, int] | None:
    """What stands between the old surroundings, if both are still there."""
    if not quote.before.strip() or not quote.after.strip():
        return None
    for _before, start in _occurrences(text, quote.before):
        window = text[start : start + _STRETCH * len(quote.text) + 2 * CONTEXT]
        for end, _after in _occurrences(window, quote.after):
            if 0 < end <= _STRETCH * len(quote.text) and window[:end].strip():
                return start + (end - len(window[:end].lstrip())), start + len(
                    window[:end].rstrip()
                )
    return None


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text)


def _head(text: str, context: str) -> int:
    """How many characters both begin with."""
    return _common(_squeezed(text[: 2 * CONTEXT]), _squeezed(context))


def _tail(text: str, context: str) -> int:
    """How many characters both end with."""
    return _common(_squeezed(text[-2 * CONTEXT :])[::-1], _squeezed(context)[::-1])


def _common(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
