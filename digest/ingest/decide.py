"""What to do with each entry of a feed. Pure: it sees, it says, it touches nothing.

The rules, first match wins:

1. An entry without a title, a text and an address says nothing: SKIP.
2. An entry whose address another feed of this run brings is a DUPLICATE, whether or not the
   article is stored by now; except where the library knows it by this feed's own id for it.
3. An entry that the library knows, by its address or by the feed's id for it, is KNOWN: it stays
   as it is, deleted ones too. Only when it came through this feed, and the feed says that it was
   changed since the last good check, is it read again as in 4 and 5 (`again`: a page that cannot
   be read is then not replaced by a summary). A feed that stamps all its entries with one time
   says nothing by it; and at most 20 entries of a check are read again.
4. Where full texts are wanted and the entry has an address: read its PAGE.
5. Else its own content or summary is the article: FEED_TEXT. An entry that has neither is read
   from its page after all; a title alone, without an address, is SKIPped.

Whether an article is on topic shows only in its text: what a feed of `scope = "topic"` brings is
read all the same, and hidden when it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from digest.config.settings import Feed
from digest.ingest.feeds.entries import Entry

MAX_AGAIN = 20
# A feed's clock may be ahead of ours by this much.
_TOLERANCE = timedelta(hours=1)


class Action(StrEnum):
    """What becomes of an entry."""

    PAGE = "page"
    FEED_TEXT = "feed-text"
    KNOWN = "known"
    DUPLICATE = "duplicate"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the keys by which the library may know it.

    Attributes:
        entry: as parsed.
        url: its canonical address, or "".
        key: the feed's number and its id for the entry.
    """

    entry: Entry
    url: str
    key: str

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys to ask the library about."""
        return (self.url, self.key) if self.url else (self.key,)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one entry; `again` when the library has it already."""

    candidate: Candidate
    action: Action
    again: bool = False


def candidates(
    entries: Sequence[Entry], feed_id: int, canonical: Callable[[str], str]
) -> list[Candidate]:
    """The entries with their keys, each address and each id once, in the feed's order."""
    found: list[Candidate] = []
    seen: set[str] = set()
    for entry in entries:
        candidate = Candidate(entry, canonical(entry.url), f"{feed_id}:{entry.guid}")
        if seen.isdisjoint(candidate.keys):
            found.append(candidate)
        seen.update(candidate.keys)
    return found


def decide(
    found: Sequence[Candidate],
    *,
    feed: Feed,
    full_text: bool,
    known: Collection[str],
    claimed: Collection[str],
    last_good: datetime | None,
    now: datetime,
) -> list[Decision]:
    """A decision for each candidate, in order.

    Args:
        found: the feed's entries.
        feed: as configured; its own `full_text` wins over `full_text`.
        full_text: what `[fetch]` says.
        known: the keys that the library has.
        claimed: the canonical addresses that other feeds of this run bring.
        last_good: when the feed was last read well, None for never.
        now: the time of this check.
    """
    wants_page = full_text if feed.full_text is None else feed.full_text
    changed = _changed(found, known, last_good, now)
    decisions = []
    for candidate in found:
        # Another feed of this run brings it, and may have done so already.
        url, key = candidate.url, candidate.key
        is_claimed = key not in known and bool(url) and url in claimed
        is_known = not is_claimed and (key in known or url in known)
        again = is_known and key in changed
        decisions.append(
            Decision(
                candidate,
                _action(
                    candidate,
                    is_known=is_known and not again,
                    is_claimed=is_claimed,
                    wants_page=wants_page,
                ),
                again,
            )
        )
    return decisions


def _action(candidate: Candidate, *, is_known: bool, is_claimed: bool, wants_page: bool) -> Action:
    entry = candidate.entry
    has_text = bool(entry.content_html or entry.summary_html)
    if not (entry.title or has_text or candidate.url):
        return Action.SKIP
    if is_known:
        return Action.KNOWN
    if is_claimed:
        return Action.DUPLICATE
    if candidate.url and (wants_page or not has_text):
        return Action.PAGE
    return Action.FEED_TEXT if has_text else Action.SKIP


def _changed(
    found: Sequence[Candidate],
    known: Collection[str],
    last_good: datetime | None,
    now: datetime,
) -> set[str]:
    """The keys of known entries that the feed says were changed since `last_good`."""
    if last_good is None:
        return set()
    stamps = {c.entry.updated for c in found}
    if len(found) > 1 and len(stamps) == 1:
        return set()
    since = [
        candidate.key
        for candidate in found
        if candidate.key in known
        and candidate.entry.updated is not None
        and last_good < candidate.entry.updated <= now + _TOLERANCE
    ]
    return set(since[:MAX_AGAIN])
