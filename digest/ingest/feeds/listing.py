"""A page that lists articles, for sites without a feed: items by a CSS selector, dates near them.

    bytes → tree → selected elements → (link, title, date) each → entries in the page's order

The selector may name the links themselves or what encloses each of them. Nothing of the page
raises here but a selector that is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from digest.errors import SourceError
from digest.ingest.extract.dates import Found, date_of_address, find_dates
from digest.ingest.extract.decode import decode
from digest.ingest.extract.tree import parse
from digest.ingest.feeds import fields
from digest.ingest.feeds.entries import MAX_TITLE, Entry, ParsedFeed
from digest.text import clean_line, display_width

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_ITEMS = 300
_MAX_SELECTED = 3000
_NEAR_LEVELS = 5
_MAX_DATE_TEXT = 80
_AHEAD = timedelta(days=1)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMED_TITLE = re.compile(
    r"(?:^|[-_\s])(?:title|ttl|tit|headline|subject)(?:$|[-_\s])", re.IGNORECASE
)
# What is said of a file behind a link, and not of its content.
_FILE_NOTE = re.compile(
    r"\s*[(\[（［【〔]\s*(?:PDF|WORD|EXCEL|DOCX?|XLSX?)[^)\]）］】〕]{0,40}[)\]）］】〕]\s*$",
    re.IGNORECASE,
)
_BADGE = re.compile(r"^(?:NEW|new|最新|新着)[!！]?\s+|\s+(?:NEW|new)[!！]?$")
_SAYS_NOTHING = re.compile(
    r"(?:read |view |see |learn )?(?:more|all|details?)\W*|pdf|link|こちら|詳細(?:はこちら)?|"
    r"詳しく(?:はこちら|見る)?|続きを(?:読む|見る)|もっと(?:見る|読む)|更多|閱讀更多|詳全文|詳細內容|全文",
    re.IGNORECASE,
)
_EDGE = " \t\u3000|｜/／-–—:：・,、"


@dataclass(frozen=True, slots=True)
class _Page:
    """What the reading of one item needs of the page around it.

    Attributes:
        base: of relative addresses.
        zone: of its dates.
        now: the present, for dates without a year.
        items: how many selected items each enclosing element holds.
    """

    base: str
    zone: tzinfo
    now: datetime
    items: Counter[HtmlElement]


def parse_list(
    body: bytes,
    *,
    url: str,
    items: str,
    content_type: str = "",
    zone: tzinfo = UTC,
    now: datetime | None = None,
) -> ParsedFeed:
    """The articles that the page in `body` lists.

    Args:
        body: as sent.
        url: where it came from; the base of relative links unless the page names another.
        items: the CSS selector.
        content_type: as sent.
        zone: of dates.
        now: the present; dates after the day that follows it do not count.
    """
    try:
        root = parse(decode(body, content_type))
        return read_list(root, url=url, items=items, zone=zone, now=now)
    except SourceError as error:
        return ParsedFeed(problem=str(error))


def read_list(
    root: HtmlElement, *, url: str, items: str, zone: tzinfo = UTC, now: datetime | None = None
) -> ParsedFeed:
    """`parse_list` of a tree.

    Raises:
        SourceError: `items` is no CSS selector.
    """
    found = selected(root, items)
    around: Counter[HtmlElement] = Counter()
    for element in found:
        around.update((element, *element.iterancestors()))
    page = _Page(base_of(root, url), zone, now or datetime.now(UTC), around)
    entries = (_entry(element, page) for element in found)
    once = {entry.url: entry for entry in reversed([entry for entry in entries if entry])}
    problem = ""
    if not once:
        problem = (
            f"nothing on this page fits items = {items!r}; "
            "'digest feeds add' with its address shows what would"
        )
    return ParsedFeed(
        title=clean_line(next((element.text_content() for element in root.iter("title")), "")),
        link=url,
        entries=tuple(reversed(once.values()))[:MAX_ITEMS],
        problem=problem,
        lang=fields.line(root.get("lang") or "", 40),
    )


def selected(root: HtmlElement, items: str) -> list[HtmlElement]:
    """The elements that a CSS selector names, in the page's order; at most 3,000.

    Raises:
        SourceError: it is no CSS selector.
    """
    from cssselect import SelectorError  # noqa: PLC0415 - for list pages alone
    from lxml import etree  # noqa: PLC0415 - lxml costs 40 ms
    from lxml.cssselect import CSSSelector  # noqa: PLC0415 - likewise

    try:
        found = CSSSelector(items, translator="html")(root)
    except (SelectorError, etree.XPathError, RecursionError) as error:
        raise SourceError(f"{items!r} is no CSS selector that can be used: {error}") from error
    return found[:_MAX_SELECTED] if isinstance(found, list) else []


def base_of(root: HtmlElement, url: str) -> str:
    """What relative addresses on the page are relative to."""
    named = next((element.get("href") for element in root.iter("base")), None)
    return fields.web_address(named, url) or url


def _entry(element: HtmlElement, page: _Page) -> Entry | None:
    link = _link(element, page.base)
    if link is None:
        return None
    address = fields.web_address(link.get("href"), page.base)
    scope = _scope(element, page)
    title = _title(link, scope)
    if not title:
        return None
    return Entry(
        guid=fields.identity("", address),
        url=address,
        title=title,
        published=_date(link, scope, address, page),
    )


def _link(element: HtmlElement, base: str) -> HtmlElement | None:
    """The item's link: itself, the one around it, or inside it one in a heading or the longest."""
    around = [element] if element.tag == "a" else list(element.iterancestors("a"))[:1]
    inside = [] if element.tag == "a" else list(element.iter("a"))
    found = [link for link in (*inside, *around) if fields.web_address(link.get("href"), base)]
    headed = [link for link in found if any(up.tag in _HEADINGS for up in link.iterancestors())]
    return max(headed or found, key=lambda link: display_width(_own_title(link)), default=None)


def _scope(element: HtmlElement, page: _Page) -> HtmlElement:
    """The largest element around the item that holds no other item."""
    scope = element
    for around in element.iterancestors():
        if around.tag in ("body", "html") or page.items[around] > page.items[element]:
            break
        scope = around
    return scope


def _title(link: HtmlElement, scope: HtmlElement) -> str:
    """What the link says, else its title, its heading, its picture's words, what is around it."""
    headings = (element for element in scope.iter() if _is_title(element))
    candidates: Iterator[str] = iter(
        (
            _own_title(link),
            link.get("title") or link.get("aria-label") or "",
            *(_plain(element) for element in headings),
            *(image.get("alt") or "" for image in link.iter("img")),
            _without_dates(_plain(scope)),
        )
    )
    for text in candidates:
        title = clean_line(_BADGE.sub("", _FILE_NOTE.sub("", text)).strip(_EDGE), MAX_TITLE)
        if title and not _SAYS_NOTHING.fullmatch(title):
            return title
    return ""


def _own_title(link: HtmlElement) -> str:
    inside = [element for element in link.iterdescendants() if _is_title(element)]
    if inside and (text := _plain(inside[0])):
        return text
    return _without_dates(_plain(link))


def _is_title(element: HtmlElement) -> bool:
    return element.tag in _HEADINGS or bool(_NAMED_TITLE.search(element.get("class") or ""))


def _plain(element: HtmlElement) -> str:
    """The element's text without the dates that are marked as such."""
    pieces = (str(text).strip() for text in element.xpath(".//text()[not(ancestor::time)]"))
    return clean_line(" ".join(piece for piece in pieces if piece), MAX_TITLE * 2)


def _without_dates(text: str) -> str:
    """The text without a date that it begins or ends with, as in `2026.11.08 | A title`."""
    for pattern in (_DATE_BEFORE, _DATE_BEHIND):
        rest = pattern.sub("", text).strip(_EDGE)
        text = rest or text
    return text


_DAY = (
    r"(?:(?:令和|平成|民國|民国)?\s?(?:\d{2,4}|元)\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?日?"
    r"|\d{1,2}月\d{1,2}日)"
)
_WEEKDAY = r"\s?(?:[(（](?:[月火水木金土日一二三四五六]|Mon|Tue|Wed|Thu|Fri|Sat|Sun)[)）])?"
_CLOCK = r"(?:\s?\d{1,2}[:：]\d{2})?"
_DATE_BEFORE = re.compile(rf"^[\[(（【]?\s?{_DAY}{_WEEKDAY}{_CLOCK}\s?[\])）】]?")
_DATE_BEHIND = re.compile(rf"[\[(（【]?\s?{_DAY}{_WEEKDAY}{_CLOCK}\s?[\])）】]?$")


def _date(link: HtmlElement, scope: HtmlElement, address: str, page: _Page) -> datetime | None:
    """The day beside the link, else the one written above, in its words, or in its address."""
    marked = [part.get("datetime") or part.text_content() for part in scope.iter("time")]
    beside = [*marked[:2], *_texts_beside(link, scope), *_texts_above(scope, page)]
    inside = clean_line(link.text_content())
    for near in (None, page.now):
        for text in (*beside, inside) if near is None else beside:
            for found in find_dates(text, zone=page.zone, near=near, ahead=_AHEAD):
                if found.at <= page.now + _AHEAD:
                    return _moment(found, page)
    return date_of_address(address, zone=page.zone)


def _moment(found: Found, page: _Page) -> datetime:
    """As found; today's noon, which a date without a time means, is not ahead of the present."""
    return found.at if found.has_time else min(found.at, max(page.now, _midnight(found, page)))


def _midnight(found: Found, page: _Page) -> datetime:
    local = found.at.astimezone(page.zone)
    return datetime.combine(local.date(), time(), page.zone).astimezone(UTC)


def _texts_beside(link: HtmlElement, scope: HtmlElement) -> Iterator[str]:
    """The pieces of text in the scope, those outside the link first."""
    own = set(link.iter())
    pieces = [
        (text.getparent() in own and not text.is_tail, clean_line(str(text)))
        for text in scope.xpath(".//text()")[:200]
    ]
    for is_own in (False, True):
        for inside, text in pieces:
            if inside is is_own and 4 < len(text) <= _MAX_DATE_TEXT:
                yield text


def _texts_above(scope: HtmlElement, page: _Page) -> Iterator[str]:
    """Short texts that stand before the item and belong to it, as `dt` does to its `dd`s."""
    level = scope
    for _ in range(_NEAR_LEVELS):
        for before in level.itersiblings(preceding=True):
            if page.items[before]:
                if before.tag != level.tag:
                    break
                continue
            text = clean_line(before.text_content())
            if text:
                if len(text) <= _MAX_DATE_TEXT:
                    yield text
                break
        parent = level.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        level = parent
