"""Which links of a page are its list of articles: selectors proposed from the page's structure.

Links that stand at the same place of the same structure make a group. A group is likely a list of
articles when it has many links with long texts and a date beside each; navigation, which has short
words and stands in parts named for it, is not. For a likely group the shortest CSS selector that
names its links and few others is sought among the ids and classes around them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.errors import SourceError
from digest.ingest.feeds import fields
from digest.ingest.feeds.entries import Entry
from digest.ingest.feeds.listing import base_of, read_list, selected
from digest.ingest.twins import site_of
from digest.text import clean_line, display_width

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_PROPOSALS = 3
_MAX_LINKS = 5000
_FEWEST = 3
_TRIED = 8
_LEVELS = 8
_LEAST_SCORE = 10.0
_NARROWEST = 10  # columns of a headline on average: five Han signs or two English words
_NAVIGATION = re.compile(
    r"(?:^|[-_\s])(?:g?nav|global|menu|breadcrumbs?|topicpath|pankuzu|footer|header|sidebar|side|"
    r"pager|pagination|sns|share|social|lang(?:uage)?|banner|related|ranking|sitemap|search|tags?)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_NAVIGATION_TAGS = ("nav", "header", "footer", "aside", "form", "select")
# A name that a person gave: no hash of a build, no serial number.
_NAME = re.compile(r"(?!.*\d{3})[A-Za-z][A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A selector, and what it finds.

    Attributes:
        items: the CSS selector.
        entries: what it brings, in the page's order.
        score: how much this looks like a list of articles; only for comparing.
    """

    items: str
    entries: tuple[Entry, ...]
    score: float


def propose(
    root: HtmlElement, *, url: str, zone: tzinfo = UTC, now: datetime | None = None
) -> tuple[Proposal, ...]:
    """The likeliest lists of articles on a page, best first, at most three; none may be found."""
    groups = sorted(_groups(root, base_of(root, url)), key=_promise, reverse=True)
    found: dict[frozenset[str], Proposal] = {}
    for group in groups[:_TRIED]:
        selector = _selector(root, group)
        if selector is None:
            continue
        try:
            entries = read_list(root, url=url, items=selector, zone=zone, now=now).entries
        except SourceError:
            continue
        if len(entries) >= _FEWEST:
            dated = sum(entry.published is not None for entry in entries) / len(entries)
            proposal = Proposal(selector, entries, _promise(group) * (0.5 + 2 * dated))
            found.setdefault(frozenset(entry.url for entry in entries), proposal)
    ranked = sorted(found.values(), key=lambda one: one.score, reverse=True)
    least = max(_LEAST_SCORE, ranked[0].score / 5) if ranked else 0.0
    return tuple(one for one in ranked[:MAX_PROPOSALS] if one.score >= least)


def _groups(root: HtmlElement, base: str) -> list[list[HtmlElement]]:
    """The links of the page by where they stand; groups too small or too terse are left out."""
    host = site_of(urlsplit(base).hostname or "")
    groups: defaultdict[tuple[str, ...], dict[str, HtmlElement]] = defaultdict(dict)
    for link in list(root.iter("a"))[:_MAX_LINKS]:
        address = fields.web_address(link.get("href"), base)
        if not address or address.partition("#")[0] == base.partition("#")[0]:
            continue
        if site_of(urlsplit(address).hostname or "") == host:
            groups[_place(link)].setdefault(address, link)
    return [
        list(links.values())
        for links in groups.values()
        if len(links) >= _FEWEST and _width(list(links.values())) >= _NARROWEST
    ]


def _place(link: HtmlElement) -> tuple[str, ...]:
    """The tags from the root down, the nearest id above, and the link's own classes."""
    ancestors = list(link.iterancestors())
    named = next((up.get("id") for up in ancestors if _NAME.fullmatch(up.get("id") or "")), "")
    tags = [str(up.tag) for up in reversed(ancestors)]
    return (*tags, f"#{named}", f".{link.get('class') or ''}")


def _width(links: list[HtmlElement]) -> float:
    """The links' average width in columns."""
    return sum(display_width(clean_line(link.text_content())) for link in links) / len(links)


def _promise(group: list[HtmlElement]) -> float:
    """How much a group looks like headlines, before its dates are known."""
    around = group[0].iterancestors()
    is_navigation = any(
        up.tag in _NAVIGATION_TAGS
        or _NAVIGATION.search(f"{up.get('id') or ''} {up.get('class') or ''}")
        for up in around
        if up.tag not in ("html", "body")
    )
    amount: float = min(len(group), 30) ** 0.5
    return amount * min(_width(group), 60.0) * (0.2 if is_navigation else 1.0)


def _selector(root: HtmlElement, group: list[HtmlElement]) -> str | None:
    """The first selector that names just these links, or them and at most a tenth more."""
    wanted = set(group)
    for selector in dict.fromkeys(_candidates(group[0])):
        found = set(selected(root, selector))
        if wanted <= found and len(found) <= len(wanted) * 1.1:
            return selector
    return None


def _candidates(link: HtmlElement) -> list[str]:
    """Selectors for a link, the most lasting first.

    A name that somebody gave beats a bare tag, and what is near the link what is far from it: the
    more a selector encloses, the more may be put beside the list one day.
    """
    classes = _names(link.get("class"))
    own = [f"a.{name}" for name in classes] + ([] if classes else ["a", "a:not([class])"])
    found: list[tuple[bool, int, int, str]] = []
    between: list[str] = []
    for level, around in enumerate(list(link.iterancestors())[:_LEVELS]):
        tag = str(around.tag)
        handles = [f"{tag}.{name}" for name in _names(around.get("class"))]
        handles += [f"#{name}" for name in _names(around.get("id"))]
        if tag in ("main", "article", "body"):
            handles.append(tag)
        for handle in handles:
            for last in own:
                paths = {f"{handle} {last}", " > ".join((handle, *reversed(between), last))}
                paths |= {f"{handle} {between[0]} {last}"} if between else set()
                found += [(handle == tag, level, len(path), path) for path in paths]
        between.append(tag)
    return [path for *_, path in sorted(found)]


def _names(written: str | None) -> list[str]:
    """The ids or classes in an attribute that can be relied on, at most three."""
    return [name for name in (written or "").split() if _NAME.fullmatch(name)][:3]
