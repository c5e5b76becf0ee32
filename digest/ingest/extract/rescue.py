"""Structure regained where trafilatura gave up and flattened the page to one paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.blocks import to_text
from digest.ingest.extract.structure import blocks_of
from digest.model import Block

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FRAMES = (
    "//article",
    "//main",
    "//*[@role='main']",
    "//*[@itemprop='articleBody']",
)
_ASIDE = frozenset(["nav", "aside", "header", "footer", "form"])
# A frame is taken for the article if it has this share of the flattened text's length.
_LEAST = 0.2


def with_structure(blocks: list[Block], tree: HtmlElement, base: str) -> list[Block]:
    """`blocks`, or those of the page's one article element when `blocks` is a single one."""
    if len(blocks) != 1:
        return blocks
    flat = len(blocks[0].text)
    for frame in _FRAMES:
        elements = tree.xpath(frame)
        if len(elements) == 1:
            found = blocks_of(elements[0], base, without=_ASIDE)
            size = len(to_text(found))
            if len(found) > 1 and flat * _LEAST <= size <= flat * 1.5:
                return found
    return blocks
