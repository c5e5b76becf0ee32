"""A tree of HTML, or of trafilatura's XML, as blocks in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from digest.ingest.extract.inline import Inline, address, east_asian_lines, text_of
from digest.model import Block, BlockKind
from digest.text import clean_code, clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_SKIPPED = frozenset(
    str.split(
        "script style noscript svg math template iframe object embed canvas audio video select"
        " option button textarea input rt rp area map param track source datalist dialog"
    )
)
_BREAKING = frozenset(
    str.split(
        "p div section article main aside header footer nav address center form fieldset figcaption"
        " hgroup details summary dl body html main doc dt caption legend thead tbody tfoot"
    )
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_LISTS = frozenset(["ul", "ol", "list", "menu", "dir"])
_ITEMS = frozenset(["li", "item", "dd"])
_QUOTES = frozenset(["blockquote", "quote"])
_CELLS = frozenset(["td", "th", "cell"])
_IMAGES = frozenset(["img", "graphic"])
_BLOCK_LEVEL = _BREAKING | _LISTS | _ITEMS | _QUOTES | {"table", "pre"} | _HEADINGS
_MAX_DEPTH = 200
_MAX_CELLS = 60
_MAX_CELL = 5_000
_LEVEL_OF = re.compile(r"h([1-6])")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: what kind of block running text becomes here."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    ordinal: int = 0
    nesting: int = 0
    depth: int = 0


def blocks_of(root: _Element, base: str, *, without: frozenset[str] = frozenset()) -> list[Block]:
    """The blocks below `root` but for the elements named in `without`.

    Links and images are resolved against `base`.
    """
    walk = _Walk(base, _SKIPPED | without)
    walk.container(root, _Place())
    walk.flush(_Place())
    return walk.blocks


@dataclass(slots=True)
class _Walk:
    """Walks a tree in document order and gathers blocks; `line` is the block being written."""

    base: str
    skipped: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    line: Inline = field(default_factory=Inline)
    figures: list[Block] = field(default_factory=list)

    def flush(self, place: _Place) -> None:
        """End the block being written; images met inside it follow it."""
        spans = self.line.take()
        pieces = east_asian_lines(spans) if place.kind is BlockKind.PARAGRAPH else [spans]
        for piece in pieces:
            if piece:
                self.blocks.append(Block(place.kind, piece, place.level, place.ordinal))
        self.blocks += self.figures
        self.figures.clear()

    def container(self, element: _Element, place: _Place) -> None:
        """Everything inside `element`, as running text of the block kind of `place`."""
        self.line.add(element.text)
        within = replace(place, depth=place.depth + 1)
        items = 0
        for child in element:
            if isinstance(child.tag, str):
                if child.tag in _ITEMS:
                    items += 1
                self.element(child, within, items)
            self.line.add(child.tail)

    def element(self, element: _Element, place: _Place, number: int) -> None:
        """One element, by what it is; `number` counts the items of its list."""
        tag = element.tag
        if place.depth > _MAX_DEPTH:
            self.line.add(text_of(element))
        elif tag in self.skipped or (tag == "head" and not element.get("rend")):
            return
        elif tag in _ITEMS:
            self._item(element, place, number)
        elif handler := _HANDLERS.get(tag):
            handler(self, element, place)
        else:
            self.container(element, place)

    def on_break(self, _: _Element, place: _Place) -> None:
        """A line break; the second in a row ends the paragraph."""
        if self.line.break_line() and place.kind is not BlockKind.ITEM:
            self.flush(place)

    def on_heading(self, element: _Element, place: _Place) -> None:
        """`h1` to `h6`, and the headings of trafilatura."""
        match = _LEVEL_OF.match(element.get("rend") or element.tag)
        level = int(match[1]) if match else 2
        self._own_block(element, place, replace(place, kind=BlockKind.HEADING, level=level))

    def on_quote(self, element: _Element, place: _Place) -> None:
        """A quotation: each of its paragraphs is a block; inside a list item it stays an item."""
        kind = BlockKind.QUOTE if place.kind is not BlockKind.ITEM else place.kind
        self._own_block(element, place, replace(place, kind=kind))

    def on_paragraph(self, element: _Element, place: _Place) -> None:
        """An element that stands for itself; inside an item or a heading only a new line."""
        if place.kind in {BlockKind.ITEM, BlockKind.HEADING}:
            self.line.new_line()
            self.container(element, place)
            self.line.new_line()
        else:
            self._own_block(element, place, place)

    def _own_block(self, element: _Element, outside: _Place, inside: _Place) -> None:
        self.flush(outside)
        self.container(element, inside)
        self.flush(inside)

    def on_link(self, element: _Element, place: _Place) -> None:
        """A link; one around whole blocks is none."""
        if any(child.tag in _BLOCK_LEVEL for child in element.iter()):
            self.container(element, place)
            return
        self.line.href = address(element.get("href") or element.get("target") or "", self.base)
        self.container(element, place)
        self.line.href = ""

    def on_list(self, element: _Element, place: _Place) -> None:
        """A list: its items nest by `level`."""
        self.flush(place)
        ordered = element.tag == "ol" or (element.get("rend") or "").startswith("ol")
        nesting = place.nesting + 1
        inside = replace(
            place, kind=BlockKind.ITEM, level=nesting, nesting=nesting, ordinal=1 if ordered else 0
        )
        self.container(element, inside)
        self.flush(replace(inside, ordinal=0))

    def _item(self, element: _Element, place: _Place, number: int) -> None:
        ordinal = number if place.ordinal and place.kind is BlockKind.ITEM else 0
        level = max(place.level, 1)
        inside = _Place(BlockKind.ITEM, level, ordinal, max(place.nesting, 1), place.depth)
        self.flush(replace(inside, ordinal=0))
        self.container(element, inside)
        self.flush(inside)

    def on_code(self, element: _Element, place: _Place) -> None:
        """Preformatted text; `code` in one line is running text."""
        if element.tag == "code" and "\n" not in _raw_text(element):
            self.container(element, place)
            return
        self.flush(place)
        text = clean_code(_raw_text(element))
        if text:
            self.line.add_raw(text)
            self.flush(_Place(BlockKind.CODE))

    def on_table(self, element: _Element, place: _Place) -> None:
        """A table row by row; one that arranges a page as the blocks in its cells."""
        self.flush(place)
        if _is_layout(element):
            self._cells_as_blocks(element, place)
            return
        for row in element.iter("tr", "row"):
            cells = _cells(row)[:_MAX_CELLS]
            texts = tuple(clean_line(text_of(cell, " "), _MAX_CELL) for cell in cells)
            if any(texts):
                header = all(cell.tag == "th" or cell.get("role") == "head" for cell in cells)
                self.blocks.append(Block(BlockKind.ROW, cells=texts, header=header))

    def _cells_as_blocks(self, element: _Element, place: _Place) -> None:
        for child in element:
            if child.tag in _CELLS or child.tag == "caption":
                self._own_block(child, place, replace(place, depth=place.depth + 1))
            elif isinstance(child.tag, str):
                self._cells_as_blocks(child, place)

    def on_image(self, element: _Element, _: _Place) -> None:
        """A bare image: a sign drawn as an image is text; others follow the block they are in."""
        alt = clean_line(element.get("alt") or "")
        src = address(element.get("src") or element.get("data-src") or "", self.base)
        caption = clean_line(element.get("data-caption") or "")
        if len(alt) == 1 and not caption:
            self.line.add(alt)  # an emoji drawn as an image
        elif src and not _is_ornament(element):
            self.figures.append(_figure(caption or alt, src))

    def on_figure(self, element: _Element, place: _Place) -> None:
        """A picture with its caption; without a picture, ordinary text."""
        self.flush(place)
        image = next(element.iter(*_IMAGES), None)
        caption = next(element.iter("figcaption"), None)
        if image is None:
            self._own_block(element, place, place)
            return
        src = address(image.get("src") or image.get("data-src") or "", self.base)
        text = clean_line(text_of(caption) if caption is not None else "", _MAX_CELL)
        text = text or clean_line(image.get("data-caption") or image.get("alt") or "")
        if src or text:
            self.blocks.append(_figure(text, src))


def _figure(text: str, src: str) -> Block:
    line = Inline()
    line.add(text)
    return Block(BlockKind.FIGURE, line.take(), src=src)


def _is_ornament(image: _Element) -> bool:
    sizes = [image.get(name) or "" for name in ("width", "height")]
    return any(size.isdecimal() and int(size) <= 32 for size in sizes if len(size) < 6)


def _raw_text(element: _Element) -> str:
    pieces = [element.text or ""]
    for child in element.iterdescendants():
        if child.tag in {"br", "lb"}:
            pieces.append("\n")
        elif isinstance(child.tag, str):
            pieces.append(child.text or "")
        pieces.append(child.tail or "")
    return "".join(pieces)


def _is_layout(table: _Element) -> bool:
    """Whether a table arranges a page: it nests, has one cell a row, or holds whole paragraphs."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    rows = [_cells(row) for row in table.iter("tr", "row")]
    if all(len(row) <= 1 for row in rows):
        return True
    inside = next(table.iterdescendants(*_LISTS, *_QUOTES, "h1", "h2", "h3"), None)
    paragraphs = sum(1 for _ in table.iterdescendants("p"))
    cells = sum(len(row) for row in rows)
    return table.get("role") == "presentation" or inside is not None or paragraphs > cells * 2


def _cells(row: _Element) -> list[_Element]:
    return [cell for cell in row if cell.tag in _CELLS]


_HANDLERS: dict[str, Callable[[_Walk, _Element, _Place], None]] = {
    **dict.fromkeys(("br", "lb"), _Walk.on_break),
    **dict.fromkeys(("a", "ref"), _Walk.on_link),
    **dict.fromkeys(_IMAGES, _Walk.on_image),
    **dict.fromkeys(("pre", "code"), _Walk.on_code),
    **dict.fromkeys(_LISTS, _Walk.on_list),
    **dict.fromkeys((*_HEADINGS, "head"), _Walk.on_heading),
    **dict.fromkeys(_QUOTES, _Walk.on_quote),
    **dict.fromkeys((*_BREAKING, "hr"), _Walk.on_paragraph),
    "figure": _Walk.on_figure,
    "table": _Walk.on_table,
}
