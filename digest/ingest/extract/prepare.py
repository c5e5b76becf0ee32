"""What is changed in a page's tree before trafilatura reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.ingest.extract.captions import make_figures
from digest.ingest.extract.language import east_asian

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# In a figure these are text and not a picture's: quotes, programs, tables set apart from the run.
_TEXT_IN_FIGURES = ("blockquote", "pre", "p", "ul", "ol", "table")


def prepare(tree: HtmlElement) -> None:
    """Take out what would be read as text by mistake, and mend what would be lost or flattened."""
    from lxml import etree  # noqa: PLC0415 - loaded with the tree

    etree.strip_elements(tree, "script", with_tail=False)
    make_figures(tree)
    for figure in tree.iter("figure"):
        if figure.find(".//img") is None and any(
            figure.find(f".//{tag}") is not None for tag in _TEXT_IN_FIGURES
        ):
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"
    for pre in list(tree.iter("pre")):
        if len(pre) == 0 and east_asian(pre.text or ""):
            _as_lines(pre)


def _as_lines(pre: HtmlElement) -> None:
    """Prose that is set as preformatted text, as old ministry pages do, becomes lines."""
    from lxml.html import Element  # noqa: PLC0415 - loaded with the tree

    first, *others = (pre.text or "").split("\n")
    pre.tag, pre.text = "div", first
    for line in others:
        line_break = Element("br")
        line_break.tail = line
        pre.append(line_break)
