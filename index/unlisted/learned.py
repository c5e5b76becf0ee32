"""What else a name is called, as articles say it: `Brigitte Lin (林青霞)`, 林青霞（Brigitte Lin）.

News in one language gives a foreign name in the other letters at its first mention. The articles
that have the name of a query are read, and what stands in brackets behind it, or before brackets
around it, is another form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from index.fold import Folded, fold, fold_with_places
from index.names.readings import readings
from index.names.spelling import is_han

MOST = 4  # forms
_LONGEST_HAN = 4
_LONGEST = 48  # characters between brackets
_HAN = "\u3400-\u9fff々\U00020000-\U0003ffff"
_KANA = "\u30a1-\u30fa\u30fc"
_LATIN = r"[^\W\d_\u2e80-\U0003ffff]"
_BEHIND = re.compile(rf"\s?[『「\"”’'』」]?\s?\(([^()]{{2,{_LONGEST}}})")
_SEPARATED = re.compile(r"[\s\-‐‑・·=]")
_PARTED = re.compile("[,、;/:，；／：]| or |又名|本名")
_HAN_NAME = re.compile(f"[{_HAN}]{{2,5}}")
_KANA_NAME = re.compile(f"[{_KANA}][{_KANA}・ ]{{2,20}}")
_LATIN_NAME = re.compile(rf"(?:{_LATIN}[\w'’.\-]*)(?: {_LATIN}[\w'’.\-]*){{1,3}}")
# What stands before the brackets around the name.
_HAN_BEFORE = re.compile(f"[{_HAN}]{{2,}}$")
_KANA_BEFORE = re.compile(f"[{_KANA}][{_KANA}・]{{3,}}$")
_CAPITAL = r"[A-ZÀ-Þ][\w'’.\-‑]*"
_LATIN_BEFORE = re.compile(rf"(?:{_CAPITAL} ){{1,3}}{_CAPITAL}$")
_BRACKET = re.compile(r"\s?\((?:[^()]{0,30}[,、;/:] ?)?$")


def learned(name: str, texts: Iterator[str]) -> list[str]:
    """The other forms of `name` that articles give, those of most articles first."""
    votes: Counter[str] = Counter()
    pattern = _pattern(name)
    for text in texts:
        folded = fold_with_places(text)
        votes.update({form for form in _forms(pattern, text, folded) if fold(form) != fold(name)})
    return [form for form, _ in votes.most_common(MOST)]


def _pattern(name: str) -> re.Pattern[str]:
    words = _SEPARATED.split(fold(name))
    written = f"{_SEPARATED.pattern}?".join(map(re.escape, words))
    edge = r"\b" if words[0][:1] < "\u2e80" else ""
    return re.compile(f"{edge}{written}{edge}")


def _forms(pattern: re.Pattern[str], text: str, folded: Folded) -> Iterator[str]:
    for found in pattern.finditer(folded.text):
        if behind := _BEHIND.match(folded.text, found.end()):
            yield from _inside(behind[1])
        start = max(0, found.start() - _LONGEST)
        if bracket := _BRACKET.search(folded.text, start, found.start()):
            before = folded.text[start : bracket.start()]
            if before:
                first, last = folded.span(start, bracket.start())
                yield from _before(before, text[first:last])


def _inside(text: str) -> Iterator[str]:
    for part in _PARTED.split(text):
        piece = part.strip(" '\"")
        for pattern in (_HAN_NAME, _KANA_NAME, _LATIN_NAME):
            if pattern.fullmatch(piece):
                yield piece


def _before(folded: str, written: str) -> Iterator[str]:
    """The name that ends where the bracket opens; of Han, one that begins with a surname."""
    if (found := _LATIN_BEFORE.search(written)) or (found := _KANA_BEFORE.search(folded)):
        yield found[0]
    elif found := _HAN_BEFORE.search(folded):
        run = found[0]
        if len(run) <= _LONGEST_HAN and all(map(is_han, run)):
            yield run
        for size in (3, 2, 4):
            if size < len(run) and readings().split(run[-size:]):
                yield run[-size:]
                return
