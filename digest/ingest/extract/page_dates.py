"""When an article was published and changed, by what its page says and shows.

Machines are told in meta elements and JSON-LD; readers see a line such as 「公開日：2026年11月8日
更新日：2026年11月9日」, whose parts are told apart by the words in front of the dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from digest.ingest.extract.dates import date_of_address, find_date
from digest.ingest.extract.jsonld import Node, text_of
from digest.ingest.extract.values import Hints
from digest.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AHEAD = timedelta(days=2)
_MAX_CHILDREN = 12
_MAX_NAMED = 40
_SHOWN = 160  # characters of an element that is named for dates
_PUBLISHED = str.split(
    """
    article:published_time og:article:published_time datepublished publishdate publish_date pubdate
    publish-date parsely-pub-date sailthru.date dc.date.issued dcterms.issued dc.date
    dcterms.created dcterms.date cxenseparse:recs:publishtime article.published
    originalpublicationdate date release_date rel:release_date iso-8601-publish-date section_date
    dc.date.created
    """
)
_MODIFIED = str.split(
    """
    article:modified_time og:article:modified_time og:updated_time datemodified dcterms.modified
    last-modified lastmod
    """
)
_NAMED = "({})[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')\
 or contains(@id, 'date') or contains(@id, 'time')]".format(
    "|".join(f"descendant::{tag}" for tag in ("p", "span", "div", "li", "dd", "td"))
)
# A word that says what the date right behind it is of.
_LABEL = re.compile(
    r"(?:(?P<modified>(?:最終|最後|最新)?(?:更新|修正|修改|改訂)|(?:last )?(?:updated|modified))"
    r"|公開|公布|掲載|発表|配信|投稿|發布|發佈|发布|發稿|刊登|published|posted)"
    r"(?=(?:日時|日期|時間|时间|日|on|at)?[\s:：／/|]{0,4}[(（]?\s?(?:[0-9０-９]|[a-z]{3,9}\.? \d"
    r"|民國|中華民國|令和|平成))",
    re.IGNORECASE,
)

Meta = Mapping[str, Sequence[str]]
Items = Mapping[str, Sequence["HtmlElement"]]


class PageDates(NamedTuple):
    """Moments in UTC, None where the page does not tell."""

    published: datetime | None
    modified: datetime | None


def page_dates(
    tree: HtmlElement, meta: Meta, node: Node, items: Items, *, url: str, hints: Hints
) -> PageDates:
    """The dates of an article.

    Args:
        tree: its page.
        meta: the contents of the page's meta elements by their names.
        node: what JSON-LD says of the article.
        items: the elements that microdata marks, by the property.
        url: the address, which may hold a date.
        hints: of the feed; its date wins, unless it knows the day alone and the page the time.
    """
    shown = _Shown(tree)
    marked = _times(tree, items)
    published = _published(meta, node, marked, url, hints, shown)
    modified = _first_date([text_of(node, "dateModified"), *_each(meta, _MODIFIED)], hints)
    if modified is None:
        seen = _first_date(shown.modified, hints, inferred=True)
        modified = seen if seen and not (published and seen < published) else None
    return PageDates(published, modified)


def line_of(element: HtmlElement) -> str:
    """The text inside an element as one clean line."""
    return clean_line("".join(element.itertext()))


class _Shown:
    """What a reader sees of dates on a page, looked up once when it is asked for."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._parts: list[tuple[bool, str]] | None = None

    @property
    def published(self) -> list[str]:
        """Texts that may hold the date of publication, without those of changes."""
        return [text for is_modified, text in self._split() if not is_modified]

    @property
    def modified(self) -> list[str]:
        """Texts that hold dates of changes."""
        return [text for is_modified, text in self._split() if is_modified]

    def _split(self) -> list[tuple[bool, str]]:
        if self._parts is None:
            self._parts = [part for text in _visible(self._tree) for part in _by_label(text)]
        return self._parts


def _by_label(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a line, each with whether its date is of a change."""
    start, is_modified = 0, False
    for label in _LABEL.finditer(text):
        yield is_modified, text[start : label.start()]
        start, is_modified = label.start(), label["modified"] is not None
    yield is_modified, text[start:]


def _published(
    meta: Meta, node: Node, marked: Iterable[str], url: str, hints: Hints, shown: _Shown
) -> datetime | None:
    """The feed's date, unless it knows the day alone and the page the time of that day."""
    given = hints.published
    if given is not None and given.astimezone(UTC).time() != time(0):
        return given.astimezone(UTC)
    page = _first_date(
        chain(
            [text_of(node, "datePublished")],
            _each(meta, _PUBLISHED),
            [text_of(node, "uploadDate"), text_of(node, "dateCreated")],
            marked,
        ),
        hints,
    )
    if given is None:
        return page or _written(shown, url, hints)
    page = page or _first_date(shown.published, hints)
    if page is not None and abs(page - given) < timedelta(hours=36):
        return page
    return given.astimezone(UTC)


def _written(shown: _Shown, url: str, hints: Hints) -> datetime | None:
    """The date a reader sees, or that of the address; one without its year as a last resort."""
    return (
        _first_date(shown.published, hints)
        or date_of_address(url, zone=hints.zone)
        or _first_date(shown.published, hints, inferred=True)
        or _first_date(shown.modified, hints, inferred=True)
    )


def _first_date(texts: Iterable[str], hints: Hints, *, inferred: bool = False) -> datetime | None:
    """The first of `texts` that is a date with a time, else the first that is a date at all.

    Dates without a year count when they are to be `inferred`, or when the hints have a date that
    tells the year.
    """
    now = hints.now or datetime.now(UTC)
    near = hints.published or (now if inferred else None)
    day: datetime | None = None
    for text in texts:
        found = find_date(text, zone=hints.zone, near=near) if text else None
        if found is None or found.at > now + _AHEAD:
            continue
        if found.has_time:
            return found.at
        day = day or found.at
    return day


def _each(meta: Meta, names: Iterable[str]) -> list[str]:
    return [content for name in names for content in meta.get(name, ())]


def _times(tree: HtmlElement, items: Items) -> Iterator[str]:
    """What marked-up dates say: `time` elements and microdata, of publication first."""
    for element in items.get("datePublished", ())[:3]:
        yield element.get("datetime") or element.get("content") or line_of(element)
    for element in islice(tree.iter("time"), 1):
        yield element.get("datetime") or line_of(element)


def _visible(tree: HtmlElement) -> Iterator[str]:
    """Texts in elements that are named for dates, then what stands beside the headline."""
    for element in tree.xpath(_NAMED)[:_MAX_NAMED]:
        if len(element) < _MAX_CHILDREN:
            yield line_of(element)[:_SHOWN]
    for heading in islice(tree.iter("h1", "h2"), 1):
        for element in islice(heading.itersiblings(), 8):
            yield line_of(element)[:_SHOWN]
