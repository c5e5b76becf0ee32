"""Text in blocks, and places in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A piece of running text; `href` is an absolute http(s) address where it is a link."""

    text: str
    href: str = ""


class BlockKind(StrEnum):
    """What a block of an article is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    ROW = "row"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an article's structured text.

    Attributes:
        kind: what it is.
        spans: its running text in order; of a figure, the caption. Empty for a row.
        level: of a heading 1 to 6; of a list item its nesting from 1; else 0.
        ordinal: the number of an item in an ordered list, from 1; 0 for a bullet.
        cells: the cells of a table row, in order.
        header: whether a table row is a header.
        src: the absolute http(s) address of a figure's image.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    ordinal: int = 0
    cells: tuple[str, ...] = ()
    header: bool = False
    src: str = ""

    @property
    def text(self) -> str:
        """The block as plain text; a tab between the cells of a row."""
        if self.kind is BlockKind.ROW:
            return "\t".join(self.cells)
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a snippet or title: where a hit stands in `Snippet.text`, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article's text as written, with the hits in it."""

    text: str
    marks: tuple[Mark, ...] = field(default=())
