"""What a page says of its article: in JSON-LD, in meta elements, in its markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from digest.ingest.canonical import canonical_url
from digest.ingest.extract.authors import author_line
from digest.ingest.extract.jsonld import Node, article_node, is_paid, names_of, text_of
from digest.ingest.extract.lead_image import CARDS, OPEN_GRAPH, images_of
from digest.ingest.extract.page_dates import Items, line_of, page_dates
from digest.ingest.extract.titles import PageTitles
from digest.ingest.extract.values import Hints
from digest.ingest.twins import site_of
from digest.text import clean_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_CONTENT = 2_000
_MAX_CHILDREN = 12  # of an element that names a person
_AUTHORS = str.split(
    """
    author article:author byl parsely-author dc.creator dcterms.creator sailthru.author
    cxenseparse:author
    """
)
_SECTIONS = str.split(
    """
    article:section og:article:section articlesection parsely-section cxenseparse:section section
    dable:section
    """
)
_MAX_SECTION = 40
_BYLINES = (
    "descendant::*[@class[contains(., 'byline') or contains(., 'author-name')"
    " or contains(., 'reporter')] or @rel='author' or @itemprop='author']"
)
_SITES = str.split("og:site_name application-name apple-mobile-web-app-title")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page and the hints say of an article, chosen and cleaned, but for the title."""

    titles: PageTitles
    author: str
    outlet: str
    languages: tuple[str, ...]
    published: datetime | None
    modified: datetime | None
    section: str
    images: tuple[str, ...]
    canonical_url: str
    paid: bool


def read_metadata(tree: HtmlElement, *, url: str, hints: Hints) -> Metadata:
    """Everything that `tree`, a whole page or a fragment, and `hints` say."""
    meta = _meta(tree)
    node = article_node(
        script.text or ""
        for script in tree.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
    )
    items: dict[str, list[HtmlElement]] = {}
    for element in tree.xpath("descendant::*[@itemprop]"):
        items.setdefault(element.get("itemprop"), []).append(element)
    dates = page_dates(tree, meta, node, items, url=url, hints=hints)
    sites = [*_each(meta, _SITES), *names_of(node, "publisher")]
    names = (clean_line(site, 100) for site in sites)
    outlet = next((name for name in names if not name.startswith("http")), "")
    return Metadata(
        titles=_titles(tree, meta, node, items, outlet),
        author=author_line(
            (
                lambda: [hints.author],
                lambda: names_of(node, "author"),
                lambda: _each(meta, _AUTHORS),
                lambda: _bylines(tree),
            ),
            outlets=(outlet, hints.outlet),
        ),
        outlet=outlet,
        languages=tuple(_languages(tree, meta, node)),
        published=dates.published,
        modified=dates.modified,
        section=_section(meta, node, {outlet, hints.outlet}),
        images=_images(tree, meta, node),
        canonical_url=_canonical(tree, meta, url),
        paid=is_paid(node),
    )


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the meta elements by their name, property or itemprop in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for kind in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := element.get(kind)):
                found.setdefault(name.strip().lower(), []).append(content[:_MAX_CONTENT])
    return found


def _each(meta: dict[str, list[str]], names: Iterable[str]) -> list[str]:
    return [content for name in names for content in meta.get(name, ())]


def _titles(
    tree: HtmlElement, meta: dict[str, list[str]], node: Node, items: Items, site: str
) -> PageTitles:
    headings = [*items.get("headline", ())[:1], *tree.iter("h1")]
    return PageTitles(
        headline=clean_line(text_of(node, "headline")),
        shared=clean_line(next(iter(_each(meta, ["og:title", "twitter:title", "dc.title"])), "")),
        document=clean_line(next((line_of(element) for element in tree.iter("title")), "")),
        heading=next((text for text in map(line_of, headings[:9]) if text), ""),
        site=site,
    )


def _bylines(tree: HtmlElement) -> list[str]:
    """The first by-line; further ones are beside other articles."""
    marked = tree.xpath(_BYLINES)
    texts = (line_of(element) for element in marked[:6] if len(element) < _MAX_CHILDREN)
    return [text for text in texts if any(map(str.isalpha, text))][:1]


def _section(meta: dict[str, list[str]], node: Node, outlets: set[str]) -> str:
    """The part of the publication the article stands in; the publication itself is none."""
    for written in [*names_of(node, "articleSection")[:1], *_each(meta, _SECTIONS)]:
        section = clean_line(unescape(written), _MAX_SECTION + 1)
        is_name = len(section) <= _MAX_SECTION and any(map(str.isalpha, section))
        if is_name and "://" not in section and section not in outlets:
            return section
    return ""


def _images(tree: HtmlElement, meta: dict[str, list[str]], node: Node) -> tuple[str, ...]:
    """The addresses, as written, of what the page gives as the article's picture."""
    links = [
        link.get("href") or ""
        for link in tree.iter("link")
        if "image_src" in (link.get("rel") or "").lower().split()
    ]
    return (*_each(meta, OPEN_GRAPH), *images_of(node), *_each(meta, CARDS), *links)


def _languages(tree: HtmlElement, meta: dict[str, list[str]], node: Node) -> list[str]:
    declared = [tree.get("lang") or tree.get("xml:lang") or "", text_of(node, "inLanguage")]
    declared += _each(meta, ["og:locale", "content-language", "dc.language"])
    return [tag for tag in declared if tag]


def _canonical(tree: HtmlElement, meta: dict[str, list[str]], url: str) -> str:
    links = [
        link.get("href") or ""
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for address in [*links, *_each(meta, ["og:url"])]:
        try:
            own = canonical_url(urljoin(url, address.strip()))
        except ValueError:
            continue
        if own and _is_plausible(own, url):
            return own
    return ""


def _is_plausible(own: str, url: str) -> bool:
    """A canonical address that is the site's front page, or another site's, says nothing."""
    page = urlsplit(canonical_url(url))
    named = urlsplit(own)
    if not page.netloc:
        return True
    if named.path == "/" and not named.query and page.path != "/":
        return False
    return site_of(named.hostname or "") == site_of(page.hostname or "")
