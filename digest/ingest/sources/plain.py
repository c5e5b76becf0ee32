"""Plain text as people paste and keep it: its headline, its date, its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from digest.blocks import bounded
from digest.errors import SourceError
from digest.ingest.extract.authors import author_line
from digest.ingest.extract.decode import decode
from digest.ingest.extract.language import language
from digest.ingest.extract.titles import is_sound
from digest.ingest.sources.evidence import published
from digest.ingest.sources.options import Reading
from digest.ingest.sources.paragraphs import paragraphs
from digest.model import Block, BlockKind, Draft, Span
from digest.text import clean_line, cut_headline, display_width

_MAX_HEADLINE_COLUMNS = 160
_NO_HEADLINE_END = tuple("。．.，,、;；：:")
_MAX_BYLINE = 60
_BYLINES = ("By ", "文／", "文/", "記者", "作者", "撰文", "執筆", "著者")
_QUOTES = "”’」』）)\"'"


def read_plain(data: bytes, reading: Reading) -> Draft:
    """A plain text.

    Raises:
        SourceError: it is no text, or empty.
    """
    if (
        b"\x00" in data[:4096]
        and not data.startswith((b"\xff\xfe", b"\xfe\xff"))
        and data.count(0) * 5 < len(data)
    ):
        raise SourceError("This is no text.")
    return draft_of_text(decode(data), reading)


def draft_of_text(text: str, reading: Reading, *, title: str = "") -> Draft:
    """A draft of text that nothing but perhaps its `title` is known of.

    Raises:
        SourceError: it is empty.
    """
    lines = paragraphs(text)
    serials: list[str] = []
    while len(lines) > 1 and not is_sound(lines[0]):
        serials.append(lines.pop(0))
    if not lines:
        raise SourceError("There is no text in it.")
    title, body = _split(lines, title)
    blocks, cut = bounded(Block(BlockKind.PARAGRAPH, (Span(line),)) for line in body)
    return Draft(
        title=title,
        blocks=blocks,
        author=_author(body),
        lang=language("\n".join(lines)),
        published=published(lines, serials, reading),
        partial=cut,
    )


def date_of_text(blocks: Sequence[Block], reading: Reading) -> datetime | None:
    """The date that blocks of text give, for formats that carry none of their own."""
    return published([line for block in blocks if (line := block.text)], [], reading)


def _split(lines: list[str], title: str) -> tuple[str, list[str]]:
    """The headline and the text without it."""
    if not title:
        return split_headline(lines)
    repeated = len(lines) > 1 and lines[0].casefold() == title.casefold()
    return title, lines[1:] if repeated else lines


def split_headline(lines: list[str]) -> tuple[str, list[str]]:
    """The headline and the rest: the first line if it looks like one, else the first sentence.

    A headline is short, does not end like a sentence, and is followed by more.
    """
    first = lines[0]
    looks_like_one = (
        len(lines) > 1
        and display_width(first) <= _MAX_HEADLINE_COLUMNS
        and not first.rstrip(_QUOTES).endswith(_NO_HEADLINE_END)
    )
    if looks_like_one:
        return clean_line(first), lines[1:]
    return cut_headline("\n".join(lines)), lines


def _author(lines: list[str]) -> str:
    """The by-line, where the first lines have one."""
    found = [line for line in lines[:2] if len(line) <= _MAX_BYLINE and line.startswith(_BYLINES)]
    return author_line([lambda: found[:1]], outlets=())
