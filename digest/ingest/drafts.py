"""From what was extracted to a draft: whose word counts for which field. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest.config.settings import Feed
from digest.ingest.canonical import canonical_url
from digest.ingest.extract.language import language
from digest.ingest.extract.values import Extracted, Hints
from digest.ingest.feeds.entries import Entry
from digest.ingest.landing import is_front
from digest.ingest.net.client import Response
from digest.ingest.twins import site_of
from digest.model import Draft
from digest.text import clean_line

# A publisher's clock may be wrong; a date further ahead than this is no date.
_AHEAD = timedelta(days=1)
# Programs write the two times of a new entry seconds apart.
_MOMENT = timedelta(minutes=1)
_FRAGMENT_TYPE = "text/html; charset=utf-8"


def hints_for(
    entry: Entry, feed: Feed, *, title: str, lang: str, zone: ZoneInfo, now: datetime
) -> Hints:
    """What the feed says of an entry, for the reading of its page.

    Args:
        entry: as parsed.
        feed: as configured; its name and language win over the feed's own.
        title: the feed's own name.
        lang: the language the feed declares.
        zone: of dates without one.
        now: for dates without a year.
    """
    return Hints(
        title=entry.title,
        author=entry.author,
        published=believable(entry.published, now),
        lang=feed.lang or lang,
        outlet=clean_line(feed.name or title),
        zone=zone,
        now=now,
    )


def believable(moment: datetime | None, now: datetime) -> datetime | None:
    """`moment`, unless it is more than a day ahead of `now`."""
    return None if moment is not None and moment > now + _AHEAD else moment


def page_draft(extracted: Extracted, response: Response, *, hints: Hints) -> Draft:
    """The article of a downloaded page, as if nobody knew a feed."""
    return Draft(
        title=extracted.title or hints.title or response.url,
        blocks=extracted.blocks,
        url=_address(extracted.canonical_url, response.url),
        author=extracted.author or hints.author,
        outlet=extracted.outlet or hints.outlet or _host(response.url),
        lang=extracted.lang,
        published=extracted.published or hints.published,
        modified=extracted.modified,
        section=extracted.section,
        image=extracted.image,
        headline=extracted.headline,
        partial=extracted.partial,
        raw=response.body,
        raw_type=clean_line(response.content_type, 200) or "text/html",
        raw_url=response.url,
    )


def of_paper(draft: Draft, response: Response, *, hints: Hints) -> Draft:
    """The article of a downloaded paper, with where it came from."""
    return replace(
        draft,
        url=canonical_url(response.url),
        outlet=hints.outlet or _host(response.url),
        raw=response.body,
        raw_type="application/pdf",
        raw_url=response.url,
    )


def fragment_draft(extracted: Extracted, entry: Entry, markup: str, *, hints: Hints) -> Draft:
    """The article of an entry whose text is the feed's own; partial if that is but a summary."""
    return Draft(
        title=hints.title or extracted.title,
        blocks=extracted.blocks,
        url=canonical_url(entry.url),
        author=extracted.author or hints.author,
        outlet=hints.outlet or extracted.outlet or _host(entry.url),
        lang=extracted.lang,
        published=hints.published or extracted.published,
        modified=extracted.modified or _changed(entry, hints.published),
        section=extracted.section,
        image=extracted.image,
        partial=extracted.partial or not entry.content_html,
        raw=markup.encode("utf-8", "replace"),
        raw_type=_FRAGMENT_TYPE,
        raw_url=entry.url,
    )


def headline_draft(entry: Entry, *, hints: Hints) -> Draft:
    """What there is of an entry without a text whose page cannot be read: a headline to open."""
    return Draft(
        title=hints.title,
        blocks=(),
        url=canonical_url(entry.url),
        author=hints.author,
        outlet=hints.outlet or _host(entry.url),
        lang=language(hints.title, hint=hints.lang),
        published=hints.published,
        modified=_changed(entry, hints.published),
        partial=True,
    )


def _changed(entry: Entry, published: datetime | None) -> datetime | None:
    """When the feed says that the entry was changed, if that was after it was published."""
    later = entry.updated and published and entry.updated - published >= _MOMENT
    return entry.updated if later else None


def _address(claimed: str, came_from: str) -> str:
    """The page's own canonical address if it can be believed, else where it came from.

    A page may name another form of itself, not the front page (a common mistake that would make
    one article of all) and not somebody else's page.
    """
    own = canonical_url(came_from)
    if not claimed:
        return own
    theirs, ours = urlsplit(claimed), urlsplit(own)
    if is_front(claimed) and not is_front(own):
        return own
    same_site = site_of(theirs.hostname or "") == site_of(ours.hostname or "")
    return claimed if same_site else own


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
