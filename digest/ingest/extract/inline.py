"""Running text in the making: pieces and links, joined to clean spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.model import Span
from digest.text import clean_line, scrub

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_ADDRESS = 2048
# Most links: absolute, in ASCII, without a port or credentials.
_PLAIN = re.compile(r"https?://[a-zA-Z0-9.-]{1,253}/[!#-;=?-Z_a-z~]{0,1700}")
_SPACE = re.compile(r"[ \t\r\f\v\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_AROUND_BREAK = re.compile(r" *\n *")
_SENTENCE_BREAK = re.compile(r"(?<=[。！？」』）])\n")
_BREAKS = re.compile(r"\n{2,}")


def address(href: str, base: str) -> str:
    """`href` as an absolute http(s) address without credentials, or "" when it is none."""
    if _PLAIN.fullmatch(href):
        return href
    href = clean_line(href, _MAX_ADDRESS + 1)
    if not href or href.startswith("#") or len(href) > _MAX_ADDRESS:
        return ""
    try:
        absolute = urljoin(base, href)
        parts = urlsplit(absolute)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return ""
        if parts.username is not None or parts.password is not None:
            parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    except ValueError:
        return ""
    return parts.geturl().replace(" ", "%20")[:_MAX_ADDRESS]


def text_of(element: _Element, joint: str = "") -> str:
    """All text inside an element, its pieces joined with `joint`."""
    return joint.join(map(str, element.itertext()))


@dataclass(slots=True)
class Inline:
    """One block's text being gathered; text added while `href` is set is a link.

    White space of the source is one space; only `break_line` and `new_line` make a newline.
    """

    href: str = ""
    _pieces: list[Span] = field(default_factory=list)
    _breaks: int = 0
    _raw: bool = False

    def add(self, text: str | None) -> None:
        """Add text whose newlines are mere white space."""
        if not text:
            return
        if self._breaks and not text.isspace():
            self._breaks = 0
        self._pieces.append(Span(text.replace("\n", " "), self.href))

    def add_raw(self, text: str) -> None:
        """Add text that is clean already and keeps its white space."""
        self._raw = True
        self._pieces.append(Span(text))

    def break_line(self) -> bool:
        """A line break; True when it follows another one at once, which ends a paragraph."""
        self._breaks += 1
        self._pieces.append(Span("\n"))
        return self._breaks > 1

    def new_line(self) -> None:
        """What follows begins a new line of the same block."""
        self._pieces.append(Span("\n"))

    def take(self) -> tuple[Span, ...]:
        """The clean spans gathered so far; a new block begins."""
        pieces, raw = self._pieces, self._raw
        self._pieces, self._breaks, self._raw = [], 0, False
        return tuple(pieces) if raw else _squeezed(pieces)


def _squeezed(pieces: list[Span]) -> tuple[Span, ...]:
    """Neighbours with one address joined, white space squeezed within and across them."""
    joined: list[tuple[list[str], str]] = []
    for text, href in pieces:
        if joined and (joined[-1][1] == href or not text.strip()):
            joined[-1][0].append(text)
        else:
            joined.append(([text], href))
    spans: list[Span] = []
    for texts, href in joined:
        text = _SPACE.sub(" ", scrub("".join(texts)))
        text = _BREAKS.sub("\n", _AROUND_BREAK.sub("\n", text))
        if not spans or spans[-1].text.endswith("\n"):
            text = text.lstrip(" \n")
        elif spans[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            spans.append(Span(text, href))
    while spans:
        last = spans.pop()
        if text := last.text.rstrip():
            spans.append(Span(text, last.href))
            break
    return tuple(spans)


def east_asian_lines(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    """The spans as paragraphs, ended by each line break behind a full East Asian sentence.

    Chinese and Japanese pages often write a paragraph's end as one line break.
    """
    lines: list[list[Span]] = [[]]
    for text, href in spans:
        first, *others = _SENTENCE_BREAK.split(text)
        if first:
            lines[-1].append(Span(first, href))
        lines.extend([Span(other, href)] if other else [] for other in others)
    return [tuple(line) for line in lines]
