"""From a query's characters to its tokens; every token knows its place in the query.

Nothing here can fail: what is no operator is text. Each character is looked at a bounded number
of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from index.query.names import FIELDS
from index.tokens import is_cjk

# Full-width signs that people type within Chinese and Japanese, and their ASCII twins.
_TWINS = str.maketrans("：（）＂－＃＊｜＝＠／\u3000", ':()"-#*|=@/ ') | {
    code + 0xFEE0: chr(code)
    for code in (
        *range(ord("0"), ord("9") + 1),
        *range(ord("A"), ord("Z") + 1),
        *range(ord("a"), ord("z") + 1),
    )
}
_UNSAFE = re.compile("[\0-\x1f\x7f-\x9f\ud800-\udfff]")
_CLOSERS = {
    '"': '"“”',
    "“": '”“"',
    "”": '”“"',
    "„": "“”",
    "‟": "”",
    "«": "»",
    "「": "」",
    "『": "』",
    "｢": "｣",
    "〝": "〞〟",
}
_FIELD = re.compile(r"([A-Za-z]{1,20}):")
_HYPHENS = re.compile("-+")
_BARS = re.compile(r"\|+")
_WORD = re.compile(rf"[^\s()|{''.join(_CLOSERS)}]+")
_NEAR = re.compile(r"NEAR(?:/([0-9]{1,4}))?")
# Where an unquoted word may fall apart.
_SIGNS = re.compile(
    "[、。；：！？…‥·・／〈〉《》【】〔〕〖〗［］｛｝～〜—–]+|，+|[,;:!?/&+~\\[\\]]+"
)


class Kind(StrEnum):
    """What a token is."""

    OPEN = "("
    CLOSE = ")"
    OR = "OR"
    AND = "AND"
    NOT = "NOT"
    NEAR = "NEAR"
    ATOM = "atom"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query.

    Attributes:
        kind: what it is.
        start: where it begins in the query.
        end: where it ends.
        text: of an atom its value as written, without field, sign, quotes and final asterisk.
        begin: where `text` begins in the query.
        field: the field written before it, in lower case; "tag" for `#x`, "@" for `@x`.
        quoted: whether the text stood in quotes.
        closed: False when the closing quote is missing.
        exact: whether `=` stood before it.
        prefix: whether an asterisk stood behind it.
        number: of NEAR, its distance, None when not given.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    begin: int = 0
    field: str = ""
    quoted: bool = False
    closed: bool = True
    exact: bool = False
    prefix: bool = False
    number: int | None = None


class Lexer:
    """Cuts a query into tokens. `names` are those of the saved searches."""

    def __init__(self, source: str, names: Iterable[str] = ()) -> None:
        self._text = _UNSAFE.sub(" ", source)
        self._plain = self._text.translate(_TWINS)
        self._names = sorted(names, key=len, reverse=True)

    def tokens(self) -> list[Token]:
        """All tokens, with one of the kind END at the end."""
        found = list(self._tokens())
        found.append(Token(Kind.END, len(self._text), len(self._text)))
        return found

    def _tokens(self) -> Iterator[Token]:
        at, plain = 0, self._plain
        while at < len(plain):
            char = plain[at]
            if char.isspace():
                at += 1
                continue
            if char in "()":
                token = Token(Kind(char), at, at + 1)
            elif char == "|":
                token = Token(Kind.OR, at, self._after(_BARS, at))
            elif char == "-":
                end = self._after(_HYPHENS, at)
                negates = (end - at) % 2 == 1 and end < len(plain) and plain[end] not in " )|"
                if not negates:
                    at = end
                    continue
                token = Token(Kind.NOT, at, end)
            else:
                token = self._atom(at)
            yield token
            at = max(token.end, at + 1)

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        """Where the characters of `pattern` that may stand at `at` end."""
        match = pattern.match(self._plain, at)
        return match.end() if match else at

    def _atom(self, start: int) -> Token:
        """The word, phrase, field or operator that begins at `start`."""
        field, at = "", start
        named = _FIELD.match(self._plain, at)
        if named and named[1].lower() in FIELDS:
            field, at = named[1].lower(), named.end()
            if self._plain.startswith("(", at):
                return Token(Kind.OPEN, start, at + 1, field=field)
        elif self._plain[at] in "#@" and self._goes_on(at + 1):
            field = "tag" if self._plain[at] == "#" else "@"
            at += 1
        exact = self._plain.startswith("=", at) and self._goes_on(at + 1)
        return self._value(start, at + exact, field, exact=exact)

    def _goes_on(self, at: int) -> bool:
        return at < len(self._plain) and self._plain[at] not in " ()|"

    def _value(self, start: int, at: int, field: str, *, exact: bool) -> Token:
        """The rest of an atom from `at` on."""
        if field == "@" and (name := self._saved_name(at)):
            return Token(Kind.ATOM, start, at + len(name), name, at, field)
        opener = self._plain[at : at + 1]
        if opener and opener in _CLOSERS:
            return self._quoted(start, at, field, exact=exact)
        end = self._after(_WORD, at)
        if start == at and (operator := _operator(self._plain[at:end], at, end)):
            return operator
        stop = end
        while stop > at and self._plain[stop - 1] == "*":
            stop -= 1
        text = self._text[at:stop]
        return Token(Kind.ATOM, start, end, text, at, field, exact=exact, prefix=stop < end)

    def _quoted(self, start: int, at: int, field: str, *, exact: bool) -> Token:
        """A phrase whose opening quote stands at `at`."""
        closers = _CLOSERS[self._plain[at]]
        places = (self._plain.find(closer, at + 1) for closer in closers)
        close = min((place for place in places if place >= 0), default=-1)
        stop = close if close >= 0 else len(self._plain)
        end = stop + (close >= 0)
        prefix = close >= 0 and self._plain.startswith("*", end)
        return Token(
            Kind.ATOM,
            start,
            end + prefix,
            self._text[at + 1 : stop],
            at + 1,
            field,
            quoted=True,
            closed=close >= 0,
            exact=exact,
            prefix=prefix,
        )

    def _saved_name(self, at: int) -> str:
        """The longest name of a saved search that stands at `at`, "" when none does."""
        for name in self._names:
            end = at + len(name)
            if self._text[at:end].lower() == name.lower() and not self._goes_on(end):
                return self._text[at:end]
        return ""


def _operator(word: str, start: int, end: int) -> Token | None:
    """The operator that a word is, if it is one; written in capitals."""
    word = normalize("NFKC", word) if len(word) <= 9 else ""
    if word in ("OR", "AND", "NOT"):
        return Token(Kind(word), start, end)
    if near := _NEAR.fullmatch(word):
        return Token(Kind.NEAR, start, end, number=int(near[1]) if near[1] else None)
    return None


def unknown_field(token: Token) -> str:
    """The name before the colon when an unquoted word looks like `name:value`, else ""."""
    named = _FIELD.match(token.text.translate(_TWINS))
    if not named or token.field or token.quoted or token.exact:
        return ""
    rest = token.text[named.end() :]
    return "" if not rest or rest.startswith("//") else named[1]


def pieces(token: Token) -> list[tuple[str, int]]:
    """The text of an atom, cut where an unquoted word falls apart, and where each piece begins."""
    if token.quoted or token.exact:
        return [(token.text, token.begin)]
    found, at = [], 0
    for match in _SIGNS.finditer(token.text):
        if not _parts(token.text, *match.span()):
            continue
        found.append((token.text[at : match.start()], token.begin + at))
        at = match.end()
    found.append((token.text[at:], token.begin + at))
    return [(text, place) for text, place in found if text]


def _parts(text: str, start: int, end: int) -> bool:
    """Whether the signs in `[start, end)` part a word.

    Those of Chinese and Japanese do, unless they are a comma within a number; ASCII ones do
    beside Han or kana.
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if text[start] == "，":
        return not (before.isdigit() and after.isdigit())
    if text[start].isascii():
        return any(char.isalnum() and is_cjk(char) for char in (before, after))
    return True
