"""Queries that nobody would write on purpose, and a few that somebody would."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

SIGNS = "\"'()[]{}<>*?~^|&!=#@-:,.、。：（）＂－＃＊｜「」『』“”　\t\n\0\ud800\udfff😀"
OPERATORS = ("OR", "AND", "NOT", "NEAR", "NEAR/3", "NEAR/9999", "TO", "|", "-", "(", ")", '"', "=")
FIELDS = (
    *("title", "body", "note", "author", "feed", "from", "lang", "tag", "who", "story", "id", "is"),
    *("after", "before", "date", "newer", "older", "sort", "like"),
)
VALUES = (
    "a",
    "台",
    "2026-08",
    "2026-02-30",
    "1..",
    "..9",
    "9" * 40,
    "-1",
    '"',
    "(",
    "*",
    "read",
    "en,ja",
)
UNITS = (
    *(
        "(",
        ")",
        "-",
        '"',
        "「",
        "*",
        "=",
        "NOT ",
        "a OR ",
        "(a OR ",
        "a NEAR/3 ",
        "台 ",
        "a* ",
        "ab* ",
    ),
    *(
        "台* ",
        "who:林 ",
        "@x ",
        "title:",
        "=the ",
        '"of the" ',
        "-a ",
        "ー",
        "ｶﾞ",
        "-(a ",
        '"a b"* ',
    ),
)
COMMON = ("the", "of", "a", "s", "in", "台", "日", "の", "に", "東", "一", "of the", "1", "20")
Maker = Callable[[random.Random, Sequence[str]], str]


def _noise(chance: random.Random, _words: Sequence[str]) -> str:
    ranges = ((0, 0x7F), (0, 0x2FF), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0, 0x10FFFF))
    low, high = chance.choice(ranges)
    return "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(0, 200)))


def _soup(chance: random.Random, words: Sequence[str]) -> str:
    parts = (*SIGNS, *OPERATORS, *(f"{field}:" for field in FIELDS), *VALUES, *COMMON, *words[:50])
    glue = chance.choice(("", " "))
    return glue.join(chance.choice(parts) for _ in range(chance.randint(1, 120)))


def _repeated(chance: random.Random, words: Sequence[str]) -> str:
    units = (*UNITS, f"{chance.choice(words)} ", f"{chance.choice(words)} OR ")
    unit = chance.choice(units)
    return (unit * chance.randint(1, 2000))[: chance.choice((20, 200, 1000, 2500))]


def _beginnings(chance: random.Random, words: Sequence[str]) -> str:
    found = []
    for _ in range(chance.randint(1, 40)):
        word = chance.choice((*COMMON, *words))
        begun = word[: chance.randint(1, 4)]
        field = chance.choice(("", "", "title:", "body:"))
        found.append(chance.choice((f"{field}{begun}*", f'{field}"{word} {begun}"*')))
    return chance.choice((" ", " OR ")).join(found)


def _common(chance: random.Random, _words: Sequence[str]) -> str:
    return chance.choice((" ", " OR ", "")).join(chance.choices(COMMON, k=chance.randint(1, 80)))


def _near(chance: random.Random, words: Sequence[str]) -> str:
    pool = (*COMMON, *words)
    parts = [chance.choice(pool)]
    for _ in range(chance.randint(1, 30)):
        parts += [chance.choice(("NEAR/100", "NEAR/2", "NEAR")), chance.choice(pool)]
    return " ".join(parts)


def _nested(chance: random.Random, words: Sequence[str]) -> str:
    text = chance.choice(words)
    for _ in range(chance.randint(1, 60)):
        other = chance.choice((*COMMON, *words))
        text = chance.choice(
            (f"({text} OR {other})", f"-({text} {other})", f"title:({text}) {other}*")
        )
    return text


def _pasted(chance: random.Random, words: Sequence[str]) -> str:
    """A headline or a whole paragraph."""
    return " ".join(chance.choices(words, k=chance.choice((5, 20, 100, 300))))[:2000]


def _exact(chance: random.Random, words: Sequence[str]) -> str:
    pool = (*COMMON, *words)
    return " ".join(f"={chance.choice(pool)}" for _ in range(chance.randint(1, 20)))


def _names(chance: random.Random, words: Sequence[str]) -> str:
    pool = (
        "林",
        "李",
        "lee",
        "lai",
        "王",
        "台灣",
        "Japan",
        "東京",
        "安倍",
        "chen",
        "DPP",
        *words[:20],
    )
    return chance.choice((" ", " OR ", " -")).join(
        chance.choice(("who:", "", "title:")) + chance.choice(pool)
        for _ in range(chance.randint(1, 40))
    )


KINDS: dict[str, Maker] = {
    "noise": _noise,
    "soup": _soup,
    "repeated": _repeated,
    "beginnings": _beginnings,
    "common": _common,
    "near": _near,
    "nested": _nested,
    "pasted": _pasted,
    "exact": _exact,
    "names": _names,
}


def queries(count: int, seed: int, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """`count` queries of all kinds in turn, each with its kind; the same for the same arguments."""
    chance = random.Random(seed)
    kinds = list(KINDS.items())
    pool = list(words) or ["trade"]
    for number in range(count):
        kind, maker = kinds[number % len(kinds)]
        yield kind, maker(chance, pool)
