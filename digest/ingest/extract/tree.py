"""HTML as a bounded tree, without what is never text and without readings over Han."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from digest.errors import SourceError
from digest.text import without_escapes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CHARACTERS = 8_000_000
MAX_TAGS = 150_000
MAX_ELEMENTS = 30_000
MAX_DEPTH = 150
_TOO_DEEP = f"boolean({'/*' * (MAX_DEPTH + 1)})"
_TOO_LARGE = f"{_TOO_DEEP} or count(//*) > {MAX_ELEMENTS}"
# What pages of old forget to close, so that each one nests in the one before; it says nothing here.
_FORGOTTEN = ("font", "b", "i", "u", "strong", "em", "small", "big", "center", "span")
_NEVER_TEXT = (
    "style",
    "svg",
    "template",
    "iframe",
    "object",
    "canvas",
    "audio",
    "video",
    "rt",
    "rtc",
    "rp",
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_EAST_ASIAN = "\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60"
_INLINE = r"</?(?:a|b|i|u|em|strong|span|font|ruby|mark)\b[^<>]{0,400}>"
_EAST_ASIAN_SIGN = re.compile(f"[{_EAST_ASIAN}]")
# A line break in the source between two East Asian signs is layout, not a space; nor is one
# between such a sign and a link or another mark inside the line.
_BREAK = r"[ \t]*\r?\n[ \t\r\n]*"
_WRAPPED = re.compile(rf"([{_EAST_ASIAN}]){_BREAK}(?=[{_EAST_ASIAN}]|{_INLINE})")
_WRAPPED_BEHIND_MARK = re.compile(rf"({_INLINE}){_BREAK}(?=[{_EAST_ASIAN}])")
# What XML cannot hold, in UTF-8: controls, and the two characters that are none.
_CONTROLS = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# References by number to characters below 256, and to those that XML does not have.
_LOW_REFERENCE = re.compile(
    r"&#(?:x0*([0-9a-f]{1,2}|fff[ef])|0*(\d{1,3}|6553[45]))(?![0-9a-f]);?", re.IGNORECASE
)
# libxml2 takes quadratic time over the attributes of one element; nothing real has this many.
_MAX_ATTRIBUTES = 200
_ATTRIBUTE = r"""[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'>]++)?+)?+"""
_FLOODED = re.compile(
    r"<([a-zA-Z][^\s/>]*+)"
    rf"(?:[\s/]++{_ATTRIBUTE}){{{_MAX_ATTRIBUTES}}}(?:[\s/]++(?:{_ATTRIBUTE})?+)*+"
)


def parse(html: str) -> HtmlElement:
    """The tree of a page: scripts stay (they hold metadata), other non-text is gone.

    Raises:
        SourceError: there is nothing in it.
    """
    return parsed(html)[0]


def parsed(html: str) -> tuple[HtmlElement, bool]:
    """The tree of a page as by `parse`, and whether the limits cost it anything.

    Raises:
        SourceError: there is nothing in it.
    """
    from lxml import etree  # noqa: PLC0415 - lxml costs 40 ms
    from lxml import html as lxml_html  # noqa: PLC0415 - lxml costs 40 ms

    # Without huge_tree the parser drops all that is deeper than 256; the limits here are our own.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(_source(html), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise SourceError("The page is empty or no HTML.") from error
    etree.strip_elements(root, *_NEVER_TEXT, with_tail=False)
    cut = len(html) > MAX_CHARACTERS or html.count("<") > MAX_TAGS
    if root.xpath(_TOO_LARGE):
        if root.xpath(_TOO_DEEP):
            etree.strip_tags(root, *_FORGOTTEN)
        if root.xpath(_TOO_LARGE):
            cut = _bound(root) or cut
    return root, cut


def _source(html: str) -> bytes:
    """The source in UTF-8, within the limits, without controls, East Asian lines unwrapped."""
    source = _LOW_REFERENCE.sub(_resolved, _DECLARATION.sub("", html[:MAX_CHARACTERS]))
    if "\x1b" in source:
        source = without_escapes(source)
    data = source.encode("utf-8", "ignore")  # lone surrogates go
    clean = data.translate(None, _CONTROLS)
    for character in _NONCHARACTERS:
        clean = clean.replace(character, b"")
    # Most pages have nothing of all this, and their bytes are made once.
    source = source if len(clean) == len(data) else clean.decode()
    bounded = source
    if source.count("<") > MAX_TAGS:
        bounded = "<".join(source.split("<", MAX_TAGS)[:MAX_TAGS])
    bounded = _FLOODED.sub(r"<\1", bounded)
    if not bounded.isascii() and _EAST_ASIAN_SIGN.search(bounded):
        bounded = _WRAPPED_BEHIND_MARK.sub(r"\1", _WRAPPED.sub(r"\1", bounded))
    return clean if bounded is source else bounded.encode()


def _resolved(reference: re.Match[str]) -> str:
    """The control itself, to be removed as such; 128 to 159 are Windows-1252's, as in browsers."""
    point = int(reference[1], 16) if reference[1] else int(reference[2])
    if 0x80 <= point < 0xA0:
        return bytes([point]).decode("cp1252", "ignore")
    is_control = (point < 0x20 and point not in {9, 10, 13}) or point in {0x7F, 0xFFFE, 0xFFFF}
    return chr(point) if is_control else reference[0]


def _bound(root: HtmlElement) -> bool:
    """Cut what goes beyond the limits: what is too deep becomes text, the rest of a flood goes.

    Returns whether anything went.
    """
    surplus: list[HtmlElement] = []
    too_deep: list[HtmlElement] = []
    pending = [(root, 0)]
    seen = 0
    while pending:
        element, depth = pending.pop()
        seen += 1
        if seen > MAX_ELEMENTS:
            surplus.append(element)
        elif depth == MAX_DEPTH:
            too_deep.append(element)
        else:
            pending.extend((child, depth + 1) for child in reversed(element))
    for element in too_deep:
        text = "".join(element.itertext())
        for child in list(element):
            element.remove(child)
        element.text = text
    for element in reversed(surplus):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return bool(surplus)
