"""When a page that could not be read is tried again. Pure.

Sites have short troubles (an overloaded server, a page that is announced before it is there) and
long ones (a firewall that does not like us). So a page is tried again after a quarter of an hour,
an hour, six hours, a day and three days, by the fetch that comes then; after that it is left until
a person asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from digest.ingest.extract.values import Hints
from digest.ingest.feeds.entries import Entry
from digest.model import PageRetry
from digest.text import clean_line

WAITS = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)


def first_failure(entry: Entry, hints: Hints, *, feed: int, key: str) -> PageRetry:
    """What is needed to read the page of `entry` later; `key` is its canonical address."""
    return PageRetry(
        key=key,
        url=entry.url,
        feed=feed,
        guid=entry.guid,
        title=entry.title,
        author=entry.author,
        published=entry.published,
        updated=entry.updated,
        lang=hints.lang,
        outlet=hints.outlet,
    )


def after_failure(retry: PageRetry, error: str, now: datetime) -> PageRetry:
    """One failure more: due after its wait, never again once all waits are used up."""
    due = now + WAITS[retry.tries] if retry.tries < len(WAITS) else None
    return replace(retry, tries=retry.tries + 1, due=due, error=clean_line(error))


def entry_of(retry: PageRetry) -> Entry:
    """The entry as the feed had it, without its text."""
    return Entry(
        title=retry.title,
        url=retry.url,
        guid=retry.guid,
        author=retry.author,
        published=retry.published,
        updated=retry.updated,
    )
