"""Pictures with their captions, put back where they stood among an article's blocks.

trafilatura drops captions, and keeping images in its input makes it keep the picture cards of
related articles too. So figures are noted before it runs, with the text around them, and placed
after it has chosen the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from digest.ingest.extract.inline import address, text_of
from digest.model import Block, BlockKind, Span
from digest.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_FIGURES = 60
_MAX_CAPTION = 1_000
_KEY = 40
_WORDS = re.compile(r"[^\W_]+")
_TEXTS = frozenset(["p", "h1", "h2", "h3", "h4", "li", "blockquote", "pre"])
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")


class Figure(NamedTuple):
    """A picture and the keys of the texts before and after it, "" where there is none."""

    block: Block
    before: str
    after: str


def note_figures(tree: HtmlElement, base: str) -> list[Figure]:
    """The figures of a page in order; without a caption or a description they say nothing."""
    if tree.find(".//figure") is None:
        return []
    found: list[tuple[Block, str]] = []
    afters: list[str] = []
    before = ""
    inside: set[HtmlElement] = set()
    for element in tree.iter("figure", *_TEXTS):
        if element.tag == "figure":
            inside.update(element.iterdescendants(*_TEXTS))
            if block := _block(element, base):
                found.append((block, before))
        elif element not in inside and (key := _key(text_of(element))):
            before = key
            afters += [key] * (len(found) - len(afters))
        if len(found) == _MAX_FIGURES:
            break
    afters += [""] * (len(found) - len(afters))
    return [Figure(block, key, after) for (block, key), after in zip(found, afters, strict=True)]


def _block(figure: HtmlElement, base: str) -> Block | None:
    image = figure.find(".//img")
    if image is None:
        return None
    sources = (address(image.get(name) or "", base) for name in _SOURCES)
    src = next((source for source in sources if source), "")
    caption = figure.find(".//figcaption")
    text = clean_line(text_of(caption), _MAX_CAPTION) if caption is not None else ""
    text = text or clean_line(image.get("alt") or "", _MAX_CAPTION)
    return Block(BlockKind.FIGURE, (Span(text),), src=src) if text else None


def place_figures(blocks: Sequence[Block], figures: Sequence[Figure]) -> list[Block]:
    """The blocks with those figures whose neighbouring text is among them.

    A figure goes after the block it followed, else before the block that followed it.
    """
    if not figures:
        return list(blocks)
    places: dict[str, int] = {}
    for place, block in enumerate(blocks):
        if key := _key(block.text):
            places.setdefault(key, place)
    following: dict[int, list[Block]] = {}
    seen: set[str] = set()
    for figure in figures:
        place = places.get(figure.before, places.get(figure.after, -2) - 1)
        if place < -1 or figure.block.text in seen:
            continue
        seen.add(figure.block.text)
        following.setdefault(place, []).append(figure.block)
    result = following.get(-1, [])[:]
    for place, block in enumerate(blocks):
        result.append(block)
        result += following.get(place, ())
    return result


def _key(text: str) -> str:
    """What a text begins with, letters and digits only; "" for too little to tell it by."""
    folded = "".join(_WORDS.findall(text[: _KEY * 4]))[:_KEY]
    return folded if len(folded) >= 4 else ""
