"""What ingest needs of the rest of the program, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from digest.config.settings import Feed
from digest.model import Draft, Entity, FeedState, FetchProgress, Mention, PageRetry, Saved

Report = Callable[[FetchProgress], None]
Cancelled = Callable[[], bool]
Clock = Callable[[], datetime]


class Storage(Protocol):
    """Where articles and feed states are kept. Safe to call from any thread."""

    def feed_state(self, feed: Feed) -> FeedState:
        """What is remembered of `feed`; a feed never seen before gets its row here."""
        ...

    def save_feed_state(self, state: FeedState) -> None:
        """Remember how a check of a feed went."""
        ...

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` (canonical addresses and `feed-id:guid` pairs) that are in the library.

        Deleted articles count as known, so that they do not come back; so do entries whose
        page is tried again.
        """
        ...

    def pages_due(self, feed: int, before: datetime | None) -> list[PageRetry]:
        """Pages of a feed to be tried again: those due by `before`; None for all not given up."""
        ...

    def page_failed(self, retry: PageRetry) -> None:
        """Remember when to try a page again."""
        ...

    def page_read(self, key: str) -> None:
        """The page with this canonical address needs no further try."""
        ...

    def save(self, draft: Draft) -> Saved:
        """Store a draft in one transaction, with its outbox entry.

        An article with the same address or guid is updated (a revision is kept) when its text
        differs; one with the same text is a duplicate. A person's state and corrections stay.

        Raises:
            LibraryError: it could not be written; nothing of it was.
        """
        ...


class Recogniser(Protocol):
    """Finds the people, places, bodies and fixed terms that a text names, in three languages.

    Safe to call from any thread; a text of some thousand characters takes under a millisecond.
    """

    def mentions(self, title: str, text: str) -> Sequence[Mention]:
        """Every name, those of the title first, each from left to right, none overlapping.

        A name that several bear equally gives a mention for each of them, at the same place.
        """
        ...

    def side(self, ident: str) -> str:
        """`taiwan`, `japan`, `both` or `elsewhere` for an entity that has a side, else ""."""
        ...

    def entity(self, ident: str) -> Entity | None:
        """The entity with this id, None when no list of names has it (any more)."""
        ...
