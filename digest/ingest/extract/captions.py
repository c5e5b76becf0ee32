"""Pictures whose captions stand in plain boxes, made figures as HTML has them.

News sites of Taiwan and Japan seldom write `figure`: a box holds the picture and a line of text
with a class such as `caption` or `ph_d`, or a box with the class `photo` a plain paragraph. Left
so, the caption is taken for a paragraph of the article or lost.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from digest.ingest.extract.inline import text_of
from digest.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CAPTION = re.compile(
    r"^(?!.*player).*"
    r"(?:caption|(?:^|[\s_-])(?:ph_d|(?:pic|photo|image|img)[_-]?(?:info|te?xt|meta|desc\w*))\b)",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"(?:^|[\s_-])(?:photo|image|img|pic)s?(?:$|[\s_-])", re.IGNORECASE)
_HOLDERS = ("p", "div", "span", "dd", "small", "em", "td", "li", "font")
_BOXES = frozenset(["p", "div", "span", "dl", "center", "section", "aside"])
_MOST = 100  # captions on a page
_LONGEST = 300  # characters of a caption
_CREDIT = 40  # characters beside it: who took the picture
_LEVELS = 3
_ELEMENTS = 40  # in a box; an article has more


def make_figures(tree: HtmlElement) -> None:
    """Turn boxes of one picture and its caption into `figure` and `figcaption`."""
    found = (one for one in tree.iter(*_HOLDERS) if _is_caption(one))
    for caption in list(islice(found, _MOST)):
        if (box := _box(caption)) is not None:
            box.tag, caption.tag = "figure", "figcaption"


def _is_caption(element: HtmlElement) -> bool:
    if named := element.get("class"):
        return _CAPTION.search(named) is not None
    parent = element.getparent()
    box = "" if parent is None or element.tag != "p" else parent.get("class") or ""
    return _PICTURE.search(box) is not None


def _box(caption: HtmlElement) -> HtmlElement | None:
    """The box that holds this caption, one picture, and next to nothing else."""
    size = len(_text(caption))
    if not 0 < size <= _LONGEST or caption.find(".//img") is not None:
        return None
    box = caption
    for _ in range(_LEVELS):
        parent = box.getparent()
        if parent is None or parent.tag not in _BOXES:
            return None
        box = parent
        if pictures := box.findall(".//img"):
            rest = len(_text(box)) - size
            return box if len(pictures) == 1 and 0 <= rest <= _CREDIT else None
    return None


def _text(element: HtmlElement) -> str:
    """The text of a small element, "" of a large one."""
    large = sum(1 for _ in islice(element.iter(), _ELEMENTS + 1)) > _ELEMENTS
    return "" if large else clean_line(text_of(element), 3 * _LONGEST)
