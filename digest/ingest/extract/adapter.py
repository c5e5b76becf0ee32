"""trafilatura behind one function; nothing else knows it."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.errors import SourceError

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.etree import _Element
    from lxml.html import HtmlElement

# Below these sizes trafilatura falls back to the whole page without its structure, and it counts
# characters, in which an East Asian text says the same in about a third. Found with
# bench/extract.py: smaller ones lose recall, larger ones precision on short pages.
_MIN_CHARACTERS = 100
_MIN_EAST_ASIAN = 25
# The extractors that trafilatura compares its own with take quadratic time over paragraphs.
_MAX_COMPARED = 12_000


@lru_cache(maxsize=2)
def _config(minimum: int) -> ConfigParser:
    from trafilatura.settings import use_config  # noqa: PLC0415 - trafilatura costs 195 ms

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(minimum))
    return config


def main_text(tree: HtmlElement, *, east_asian: bool) -> _Element:
    """The part of a page that is its article, as trafilatura's XML.

    The elements are `head`, `p`, `list`, `item`, `quote`, `code`, `table`, `row`, `cell`,
    `graphic`, `ref`, `hi`, `del` and `lb`; links are as written. `tree` is consumed.

    Raises:
        SourceError: no article was found.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - trafilatura costs 195 ms

    try:
        document = bare_extraction(
            tree,
            include_comments=False,
            include_links=True,
            include_images=False,
            fast=int(tree.xpath("count(//*)")) > _MAX_COMPARED,
            config=_config(_MIN_EAST_ASIAN if east_asian else _MIN_CHARACTERS),
        )
    except Exception as error:  # its faults on odd pages are many and unlisted
        raise SourceError("No article could be read from the page.") from error
    body: _Element | None = getattr(document, "body", None)
    if body is None:
        raise SourceError("There is no article on the page.")
    return body
