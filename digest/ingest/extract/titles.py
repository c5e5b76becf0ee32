"""Which of the titles that a page and its feed offer is its headline."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from digest.ingest.extract.values import Hints
from digest.model import Block, BlockKind
from digest.text import clean_line

_SEPARATOR = re.compile(r"\s+[|｜\-–—:：»«•·/@_]+\s+|\s*[|｜»]\s*|(?<=\S)[_＿]|\s*::\s*|\s+@\s+")
_SERIAL = re.compile(
    r"[a-z]{0,12}[-_ ]?\d[\d\s_.-]{3,}|[\W\d_]+|https?://\S+|[\w.-]+\.(?:html?|pdf|txt)",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    [
        *("untitled", "no title", "(no subject)", "home", "index", "article", "news", "loading..."),
        *("無題", "无题", "無標題", "無主題", "タイトルなし"),
    ]
)
_SECTION = 16
_CUT = re.compile(r"\s*(?:…+|\.{3,}|\[…\])$")


class PageTitles(NamedTuple):
    """What a page calls itself: for machines, in its head, in its largest heading; and the site."""

    headline: str = ""
    shared: str = ""
    document: str = ""
    heading: str = ""
    site: str = ""


def is_sound(title: str) -> bool:
    """Whether `title` says something: no serial number, address, file name or placeholder."""
    title = title.strip()
    if len(title) < 2 or title.lower() in _EMPTY:
        return False
    return _SERIAL.fullmatch(title) is None and any(char.isalpha() for char in title)


def best_title(titles: PageTitles, hints: Hints) -> str:
    """The headline, one clean line; "" when nobody offers a sound one.

    A sound title from the feed wins, but one that is cut short gives way to the page's title that
    goes on where it ends.
    """
    hint = clean_line(hints.title)
    page = [clean_line(title) for title in _of_page(titles, hints.outlet)]
    sound = [title for title in page if is_sound(title) and _fold(title) != _fold(titles.site)]
    if is_sound(hint):
        if not _CUT.search(hint):
            return hint
        start = _fold(_CUT.sub("", hint))
        return next((title for title in sound if _fold(title).startswith(start)), hint)
    return sound[0] if sound else ""


def _of_page(titles: PageTitles, outlet: str) -> list[str]:
    """The page's titles without the site's name, the likeliest headline first."""
    sites = _site_names(titles, outlet)
    document = without_site(titles.document, sites)
    heading = "" if _fold(titles.heading) in sites else titles.heading
    # A shared title may be the heading and more, the site and its section, and then is the heading.
    for shared in (without_site(titles.shared, sites), without_site(titles.headline, sites)):
        if shared and not _is_start(heading, shared):
            return [shared, heading, document]
        if shared:
            return [heading, shared, document]
    if len(sites) < 2:
        document = _first_part(document)
    # A few words beside a longer heading are the site's or the section's name.
    is_section = len(document) < _SECTION and len(heading) > len(document)
    is_headline = _is_start(heading, document) or is_section
    return [heading, document] if is_headline else [document, heading]


def _site_names(titles: PageTitles, outlet: str) -> set[str]:
    """What the site is called: as it says, its parts, and a heading that ends the head's title."""
    names = {titles.site, outlet, *_SEPARATOR.split(titles.site)}
    last = _SEPARATOR.split(titles.document.strip(" :|-"))[-1]
    if last and last != titles.document and _fold(last) == _fold(titles.heading):
        names.add(last)
    return {folded for name in names if name and (folded := _fold(name))} | {""}


def _is_start(heading: str, title: str) -> bool:
    """Whether the heading is what a title begins with, and enough of it to be the headline."""
    start, whole = _fold(heading), _fold(title)
    return len(start) >= 6 and whole.startswith(start) and len(start) * 3 >= len(whole)


def without_site(title: str, sites: set[str]) -> str:
    """`title` without the site's name at its end or its beginning."""
    title = title.strip(" :|｜·")
    for match in reversed(list(_SEPARATOR.finditer(title))):
        if _fold(title[match.end() :]) in sites:
            return without_site(title[: match.start()], sites)
    match_first = _SEPARATOR.search(title)
    if match_first and _fold(title[: match_first.start()]) in sites:
        return title[match_first.end() :]
    return title


def _first_part(title: str) -> str:
    """Without what follows a bar or underscore, which is the site's where it has no other name."""
    first = re.split(r"\s*[|｜]\s*|\s+::\s+|_", title)[0]
    return first if len(first) >= 6 else title


def without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The blocks without a heading at their beginning that repeats the title."""
    wanted = _fold(title)
    for place, block in enumerate(blocks[:4]):
        if block.kind is BlockKind.HEADING and _fold(block.text) == wanted and len(blocks) > 1:
            return blocks[:place] + blocks[place + 1 :]
    return blocks


def _fold(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(char for char in folded if char.isalnum())
