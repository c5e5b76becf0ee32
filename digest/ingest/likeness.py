"""How much text two articles share, and the few numbers by which articles that share are found.

Text is compared as its letters and digits alone, folded, cut into overlapping *shingles*: 8
characters where it is mostly Han and Kana, 20 elsewhere (about four English words). Two measures
are taken of the sets of shingles:

- *resemblance*, the share of both that is common (Jaccard);
- *containment*, the share of the smaller that stands in the larger.

Comparing every pair is out of the question, so that each article gets a *sketch*: MinHash taken
locally, the smallest hash of every window of shingles ("winnowing": Schleimer, Wilkerson and
Aiken, SIGMOD 2003). Texts that share a run as long as a window and a shingle share a number for
certain, however much else stands in the longer one, which the MinHash of a whole document (as
`datasketch` and `rensa` compute it) does not see: a wire text that is a tenth of an article has
a resemblance of .1 with it. It takes 0.2 ms of numpy, which the index needs anyway.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

WIDE_SHINGLE = 8
NARROW_SHINGLE = 20
WINDOW = 64  # a power of two
# Shingles of a text that are looked at; a longer one is a book, and its beginning will do.
MAX_SHINGLES = 60_000
# Numbers of a sketch; past that the smallest are kept, which is a MinHash of the whole again.
MAX_SKETCH = 192

_LETTERS = re.compile(r"[^\W_]+")
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_PRIME = np.uint64(0x9E3779B97F4A7C15)

# A text shorter than this (shingles) is a caption or a headline, and never a near copy.
MIN_SHINGLES = 60
# Share of the smaller text that has to stand in the larger, and more where one is twice the other.
MIN_CONTAINED = 0.6
MIN_CONTAINED_IN_LONGER = 0.75
# A wire text may be this small a part of the article that carries it.
MIN_PART = 0.1
# Share of the smaller text's numbers: reprints keep them, forms filled in anew do not.
MIN_NUMBERS = 0.6
# Fewer numbers than this that differ say nothing.
MISSING_NUMBERS = 2
# How much more of two filled-in forms agrees once their numbers are blanked.
FORM_GAIN = 0.1


class Likeness(NamedTuple):
    """What two texts have in common.

    Attributes:
        shared: common shingles.
        smaller: shingles of the smaller text.
        larger: shingles of the larger one.
    """

    shared: int
    smaller: int
    larger: int

    @property
    def containment(self) -> float:
        """The share of the smaller that stands in the larger."""
        return self.shared / self.smaller if self.smaller else 0.0

    @property
    def resemblance(self) -> float:
        """The share of both that is common."""
        return self.shared / (self.smaller + self.larger - self.shared) if self.smaller else 0.0


def shingles(folded: str) -> Hashes:
    """The hashes of the shingles of a text in their order; of one too short, none."""
    plain = "".join(_LETTERS.findall(folded))[:MAX_SHINGLES]
    if not plain:
        return np.zeros(0, np.uint64)
    wide = 2 * sum(map(len, _WIDE.findall(plain))) >= len(plain)
    size = WIDE_SHINGLE if wide else NARROW_SHINGLE
    codes = np.frombuffer(plain.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64)
    if len(codes) < size:
        return np.zeros(0, np.uint64)
    count = len(codes) - size + 1
    mixed = np.zeros(count, np.uint64)
    for place in range(size):
        mixed = mixed * _PRIME + codes[place : place + count]
    return _scattered(mixed)


def _scattered(values: Hashes) -> Hashes:
    """Values spread evenly, so that the smallest are a fair sample (SplitMix64's finaliser)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def sketch(hashes: Hashes) -> list[int]:
    """The smallest hash of every window, as 32-bit numbers, ascending and each once."""
    if not len(hashes):
        return []
    if len(hashes) <= WINDOW:
        chosen = hashes.min(keepdims=True)
    else:
        smallest, size = hashes, 1  # of the windows of this size
        while size < WINDOW:
            smallest, size = np.minimum(smallest[:-size], smallest[size:]), 2 * size
        chosen = np.unique(smallest)[:MAX_SKETCH]
    return [int(one) for one in np.unique(chosen >> np.uint64(32))]


def likeness(one: Hashes, other: Hashes) -> Likeness:
    """How much two texts share, by the hashes of their shingles."""
    first, second = np.unique(one), np.unique(other)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return Likeness(shared, min(len(first), len(second)), max(len(first), len(second)))


class Shingled(NamedTuple):
    """A text made ready to be compared.

    Attributes:
        text: the folded text.
        hashes: of its shingles.
        numbers: the numbers written in it with digits.
    """

    text: str
    hashes: Hashes
    numbers: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> Self:
        """A folded text, made ready."""
        return cls(folded, shingles(folded), frozenset(_NUMBER.findall(folded)))


def is_near_copy(one: Shingled, other: Shingled) -> bool:
    """Whether one text is the other with changes, or stands in it.

    Enough of the smaller has to stand in the larger, and it must not be the same form filled in
    anew: two eurobonds, two earthquakes or two days of prices in the same words are no copies.
    The limits were read off wire texts of 1987 and copy-edited pairs (`make bench-neardup`).
    """
    found = likeness(one.hashes, other.hashes)
    if found.smaller < MIN_SHINGLES or found.smaller < MIN_PART * found.larger:
        return False
    longer = found.larger > 2 * found.smaller
    if found.containment < (MIN_CONTAINED_IN_LONGER if longer else MIN_CONTAINED):
        return False
    return not _filled_in_anew(one, other, found.containment)


def _filled_in_anew(one: Shingled, other: Shingled, contained: float) -> bool:
    """Whether two texts differ by their numbers: most are others, and the words around agree."""
    few, many = sorted((one.numbers, other.numbers), key=len)
    missing = len(few - many)
    if missing < MISSING_NUMBERS or missing <= (1 - MIN_NUMBERS) * len(few):
        return False
    blank = likeness(*(shingles(_NUMBER.sub("0", text.text)) for text in (one, other)))
    return blank.containment > contained + FORM_GAIN
