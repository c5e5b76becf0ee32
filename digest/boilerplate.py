"""Which blocks of an article are not its own but repeat across its outlet: pure rules.

A block is known again by its *key*: its letters folded, and in a short label the numbers blanked,
so that 「公開日：2026年11月8日」 is one line whatever the day; a sentence with another number says
something else. How often keys are seen is counted per site elsewhere;
here is decided what a count means (`judged`) and which blocks of one article are hidden (`hidden`).

- A line seen in at least 4 articles of a site, and in a quarter of them, is *repeated*; a sentence
  has to be in half of them, and a long one in at least 6. What is seen in at least 6 and in half of
  them is *everywhere*.
- What is everywhere is hidden wherever it stands. What is repeated is hidden before and behind the
  article's own text; inside it only if it is no sentence and no number.
- Behind a repeated line, blocks that are nothing but links (「延伸閱讀」) are hidden with it.
- A heading is hidden only with all that stands under it: one with text of its own is the article's.
- Never hidden: quotes, programs, tables; a block that is half of the article; everything, where
  nothing would be left; what a person has kept a quote from, or has said to be no boilerplate.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple

from digest.model import Block, BlockKind

LEAST_ARTICLES, LEAST_SHARE = 4, 0.25
MANY_ARTICLES, MANY_SHARE = 6, 0.5
# A site that has been read for long needs more than a few articles in a row to show a habit.
_RECENT = 30
# Sizes are in Latin letters; a Han or Kana character says as much as three.
_MAX_SIZE = 600
_LABEL, _LONG = 90, 200
_MAX_LINES = 40
_LARGEST_SHARE = 0.5
_KINDS = frozenset([BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING, BlockKind.FIGURE])
_OWN = frozenset([BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM, BlockKind.ROW])
_NUMBER = re.compile(r"\d+")
_NOISE = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[。．.!?！？」』”\"]\s*$")
_WIDE = "\u2e80"


class Level(IntEnum):
    """What is known of a line of a site."""

    KEPT = -1  # a person says that it is no boilerplate
    COUNTED = 0
    REPEATED = 1
    EVERYWHERE = 2


class Form(IntEnum):
    """What a line looks like: the more it does like writing, the more often it has to repeat."""

    LABEL = 0
    SENTENCE = 1
    LONG = 2


class Line(NamedTuple):
    """A block by which a site may give itself away.

    Attributes:
        place: its index among the article's blocks.
        key: a signed 64-bit number, the same for the same line.
        size: its length in Latin letters.
        form: what it looks like.
    """

    place: int
    key: int
    size: int
    form: Form


class Count(NamedTuple):
    """How often a line was seen.

    Attributes:
        articles: in how many articles of its site.
        since: how many articles of the site there were from the first of them on.
        all: how many articles of the site there are.
    """

    articles: int
    since: int
    all: int


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """The blocks that are short enough to be a line of the site, at most 40: the last ones first.

    What sites add stands at the end of a text more often than at its beginning.
    """
    found = []
    for place, block in enumerate(blocks):
        if block.kind not in _KINDS:
            continue
        text = block.text
        if len(text) > _MAX_SIZE or (size := size_of(text)) > _MAX_SIZE:
            continue
        if key := _key_of(block, size):
            found.append(Line(place, key, size, _form(text, size)))
    if len(found) > _MAX_LINES:
        head = _MAX_LINES // 4
        found = found[:head] + found[head - _MAX_LINES :]
    return found


def _key_of(block: Block, size: int) -> int:
    """The number by which a line is known again; 0 for one that says nothing.

    A picture is known by its address too: one caption (「資料照」) stands under many.
    """
    folded = unicodedata.normalize("NFKC", block.text).casefold()
    if size <= _LABEL and not _SENTENCE.search(block.text):
        folded = _NUMBER.sub("0", folded)
    plain = _NOISE.sub("", folded)
    if len(plain) < 2 or (block.kind is BlockKind.FIGURE and not block.src):
        return 0
    source = f"{plain}\0{block.src}" if block.kind is BlockKind.FIGURE else plain
    digest = hashlib.blake2b(source.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def size_of(text: str) -> int:
    """The length of a text in Latin letters."""
    return len(text) if text.isascii() else len(text) + 2 * sum(map(_WIDE.__lt__, text))


def _form(text: str, size: int) -> Form:
    if size > _LONG:
        return Form.LONG
    return Form.SENTENCE if _SENTENCE.search(text) else Form.LABEL


def judged(count: Count, form: Form) -> Level:
    """What a line is after it was seen so often."""
    base = max(count.since, min(count.all, _RECENT))
    share = count.articles / base if base else 0.0
    if count.articles >= MANY_ARTICLES and share >= MANY_SHARE:
        return Level.EVERYWHERE
    least = LEAST_SHARE if form is Form.LABEL else MANY_SHARE
    if form is not Form.LONG and count.articles >= LEAST_ARTICLES and share >= least:
        return Level.REPEATED
    return Level.COUNTED


def hidden(
    blocks: Sequence[Block],
    lines: Iterable[Line],
    levels: Mapping[int, Level],
    *,
    kept: Collection[int] = (),
) -> tuple[int, ...]:
    """The indexes of the blocks that are not shown, ascending.

    Args:
        blocks: of the article.
        lines: those that `lines_of` found in them.
        levels: what is known of the lines by their keys; unknown ones are merely counted.
        kept: indexes of blocks that have to stay.
    """
    article = _Article(blocks, list(lines), levels)
    found = article.hidden() - set(kept)
    return tuple(sorted(found)) if article.leaves_text(found) else ()


class _Article:
    """One article while it is looked at."""

    def __init__(
        self, blocks: Sequence[Block], lines: Sequence[Line], levels: Mapping[int, Level]
    ) -> None:
        self._blocks = blocks
        self._sizes = [size_of(block.text) for block in blocks]
        self._size = sum(self._sizes)
        often = Counter(line.key for line in lines)
        self._repeated: dict[int, Level] = {}
        self._scattered: set[int] = set()  # those that stand in the article again and again
        self._kept = {line.place for line in lines if levels.get(line.key) is Level.KEPT}
        for line in lines:
            level = levels.get(line.key, Level.COUNTED)
            if level >= Level.REPEATED and line.size <= _LARGEST_SHARE * self._size:
                self._repeated[line.place] = level
                if often[line.key] > 2:
                    self._scattered.add(line.place)

    def hidden(self) -> set[int]:
        if not self._repeated:
            return set()
        edges = self._edges()
        found = {
            place
            for place, level in self._repeated.items()
            if self._blocks[place].kind is not BlockKind.HEADING
            and (place in edges or self._hidden_inside(place, level))
        }
        found |= self._link_lists(found) - self._kept
        return found | self._empty_headings(found)

    def leaves_text(self, found: set[int]) -> bool:
        """Whether something of the article's own is still to be read."""
        return any(
            block.kind in _OWN and block.text
            for place, block in enumerate(self._blocks)
            if place not in found
        )

    def _hidden_inside(self, place: int, level: Level) -> bool:
        """Whether a repeated line is hidden between paragraphs of the article's own."""
        text = self._blocks[place].text
        if place in self._scattered or _mostly_numbers(text):
            return False
        return level is Level.EVERYWHERE or not _SENTENCE.search(text)

    def _edges(self) -> set[int]:
        """The blocks before the article's own text begins and behind its end."""
        found: set[int] = set()
        for places in (range(len(self._blocks)), range(len(self._blocks) - 1, -1, -1)):
            for place in places:
                if not self._is_passed(place):
                    break
                found.add(place)
        return found

    def _is_passed(self, place: int) -> bool:
        block = self._blocks[place]
        if place in self._repeated or block.kind is BlockKind.FIGURE or not block.text:
            return True
        return block.kind is BlockKind.HEADING or _is_link(block)

    def _link_lists(self, found: set[int]) -> set[int]:
        """Blocks that are nothing but links, right behind a repeated line."""
        lists: set[int] = set()
        led = False
        for place, block in enumerate(self._blocks):
            if place in found or (block.kind is BlockKind.HEADING and place in self._repeated):
                led = True
            elif led and _is_link(block):
                lists.add(place)
            else:
                led = False
        return lists

    def _empty_headings(self, found: set[int]) -> set[int]:
        """Repeated headings under which all is hidden."""
        headings: set[int] = set()
        is_empty = True
        for place in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[place]
            if block.kind is BlockKind.HEADING:
                if is_empty and place in self._repeated:
                    headings.add(place)
                is_empty = True
            elif place not in found and block.text:
                is_empty = False
        return headings


def _is_link(block: Block) -> bool:
    """Whether a block is nothing but links."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.ITEM}:
        return False
    plain = _NOISE.sub("", "".join(span.text for span in block.spans if not span.href))
    return not plain and any(span.href for span in block.spans)


def _mostly_numbers(text: str) -> bool:
    letters = [char for char in text if char.isalnum()]
    return 3 * sum(1 for char in letters if char.isdecimal()) >= len(letters)
