"""One form for everything that means the same: width, case, accents and Han variants.

The fold goes character by character, so that a place in folded text leads back to the text as
written:

1. Unicode's NFKC and case folding (full-width letters and half-width kana, ligatures, `㎞`).
2. Accents of Latin and Greek letters fall away (Tōkyō, Tokyo), and what cannot be seen does too
   (soft hyphens, zero-width and bidi characters, variation selectors).
3. Small katakana becomes large (キャノン, キヤノン). Kana stays kana.
4. Each Han character becomes the form in `data/fold.txt`, a table that `scripts/build_fold.py`
   makes of OpenCC's data (its licence lies beside it): 台 for 臺, 湾 for 灣, 赖 for 頼 and 賴.

Only a base with what combines with it (`e` and an acute accent, half-width `ﾊ` and `ﾟ`, Hangul
letters) is composed as one unit. What is folded stays as it is when folded again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category, normalize

_DATA = Path(__file__).with_name("data") / "fold.txt"

# Characters that compose with what stands before them.
_JOINING = (
    "\u0300-\u036f\u3099\u309a\uff9e\uff9f\u0653-\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe"
    "\u0bd7\u0c56\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1161-\u1175\u11a8-\u11c2\u1b35"
)
_JOINER = re.compile(f"[{_JOINING}]")
_JOINERS = re.compile(f"[{_JOINING}]*")
_SPECIAL = {
    **dict.fromkeys("‘’ʼʻ′‛", "'"),
    **dict.fromkeys("™®©℠\u3099\u309a", ""),
    **{sign: sign for sign in "…‥⋯"},
    **dict(
        zip(
            "ァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ",
            "アイウエオツヤユヨワカケクシストヌハヒフヘホムラリルレロ",
            strict=True,
        )
    ),
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŋ": "n",
    "þ": "th",
    "ŧ": "t",
    "ƶ": "z",
    "ǝ": "e",
    "ə": "e",
}  # fmt: skip - a table


@cache
def han_table() -> dict[str, str]:
    """What each Han character with variants becomes; characters that stay are not in it."""
    sources, targets = _DATA.read_text(encoding="utf-8").split("\n")[:2]
    return dict(zip(sources, targets, strict=True))


def _bare(char: str) -> str:
    """A letter without its accents; combining accents alone are nothing."""
    if "\u0300" <= char <= "\u036f" or "\ufe00" <= char <= "\ufe0f" or char >= "\U000e0000":
        return ""
    if char < "\u0400" or "\u1e00" <= char < "\u2000":
        plain = normalize("NFKD", char)
        return "".join(part for part in plain if not "\u0300" <= part <= "\u036f")
    return char


def _step(char: str) -> str:
    """One round of folding of one character."""
    if char in _SPECIAL:
        return _SPECIAL[char]
    if category(char) == "Cf":
        return ""
    wide = normalize("NFKC", char).casefold()
    han = han_table()
    return "".join(_SPECIAL.get(part, han.get(part) or _bare(part)) for part in wide)


def _stable(text: str) -> str:
    """Fold until nothing changes any more."""
    while (again := "".join(map(_step, text))) != text:
        text = again
    return text


class _Table(dict[int, str]):
    """What `str.translate` needs; each character is worked out when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()  # characters that become fewer or more than one

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _stable(char)
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


_TABLE = _Table()


class _Codes:
    """The same table as an array over all code points: ten times as fast on long text."""

    UNKNOWN = 0xFFFFFFFF
    UNEVEN = 0xFFFFFFFE

    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - folding a query does not need it

        self._codes = np.full(0x110000, self.UNKNOWN, np.uint32)

    def fold(self, text: str) -> tuple[str, list[int]]:
        """`text` with all folded that becomes exactly one character, and where the rest stands."""
        import numpy as np  # noqa: PLC0415 - as above

        written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        folded = self._codes[written]
        if (unknown := folded == self.UNKNOWN).any():
            self._learn(set(written[unknown].tolist()))
            folded = self._codes[written]
        uneven = np.flatnonzero(folded == self.UNEVEN)
        folded[uneven] = written[uneven]
        return folded.tobytes().decode("utf-32-le", "surrogatepass"), uneven.tolist()

    def _learn(self, codes: set[int]) -> None:
        for code in codes:
            folded = "" if _JOINER.match(chr(code)) else _TABLE[code]
            self._codes[code] = ord(folded) if len(folded) == 1 else self.UNEVEN


@cache
def _codes() -> _Codes:
    return _Codes()


# From this many characters on the array is faster than `str.translate`.
_LONG = 200


def _fold_even(text: str) -> tuple[str, list[int]]:
    """`text` with all folded that stays in its place, and the places of the other characters."""
    if text.isascii():
        return text.lower(), []
    if len(text) >= _LONG:
        return _codes().fold(text)
    folded = [_TABLE[ord(char)] for char in text]
    moving = [
        place for place, new in enumerate(folded) if len(new) != 1 or _JOINER.match(text, place)
    ]
    for place in moving:
        folded[place] = text[place]
    return "".join(folded), moving


class _Piece(NamedTuple):
    """Folded text and where it stands as written; `even` when places are the same inside."""

    text: str
    start: int
    end: int
    even: bool


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces of `text` that are folded each on its own, in order."""
    even, moving = _fold_even(text)
    at = 0
    for place in moving:
        if place < at:
            continue
        start = place - 1 if place > at and _JOINER.match(text, place) else place
        joiners = _JOINERS.match(text, place + 1)
        end = joiners.end() if joiners else place + 1
        unit = text[start:end] if end - start == 1 else normalize("NFKC", text[start:end])
        yield _Piece(even[at:start], at, start, even=True)
        yield _Piece(unit.translate(_TABLE), start, end, even=False)
        at = end
    yield _Piece(even[at:], at, len(text), even=True)


def fold(text: str) -> str:
    """The form under which `text` is indexed and looked for."""
    return text.lower() if text.isascii() else "".join(piece.text for piece in _pieces(text))


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text with the way back to the text as written.

    Attributes:
        text: the folded text.
        starts: where in the original each folded character begins; None when every place is the
            same in both.
        ends: where each ends; None with `starts`.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of folded `[start, end)`, which is not empty."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold_with_places(text: str) -> Folded:
    """Like `fold`, and every character of the result knows where it came from."""
    pieces = [piece for piece in _pieces(text) if piece.end > piece.start]
    folded = "".join(piece.text for piece in pieces)
    if all(piece.even for piece in pieces):
        return Folded(folded)
    starts: list[int] = []
    ends: list[int] = []
    for piece in pieces:
        if piece.even:
            starts += range(piece.start, piece.end)
            ends += range(piece.start + 1, piece.end + 1)
        else:
            starts += [piece.start] * len(piece.text)
            ends += [piece.end] * len(piece.text)
    return Folded(folded, starts, ends)
