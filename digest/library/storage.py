"""The library as ingest sees it: each call one transaction (`digest.ingest.ports.Storage`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from digest.config.settings import Feed
from digest.ingest.ports import Clock
from digest.ingest.relevance.score import ON_TOPIC
from digest.library import reprints
from digest.library.marking import Marker
from digest.model import Draft, FeedState, PageRetry, Saved, SaveStatus
from digest.store import articles, feeds, fresh, lines, retries, topics
from digest.store.database import Database


class LibraryStorage:
    """Stores what ingest brings. Safe to use from any thread."""

    def __init__(self, database: Database, clock: Clock, marker: Marker) -> None:
        self._database = database
        self._marker = marker
        self._clock = clock

    def feed_state(self, feed: Feed) -> FeedState:
        """What is remembered of a feed."""
        with self._database.write() as db:
            return feeds.remember(db, feed)

    def save_feed_state(self, state: FeedState) -> None:
        """Remember how a check went."""
        with self._database.write() as db:
            feeds.save(db, state)

    def known(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` that are, or once were, in the library."""
        with self._database.read() as db:
            return articles.known(db, keys)

    def pages_due(self, feed: int, before: datetime | None) -> list[PageRetry]:
        """The pages of a feed that are to be tried again."""
        with self._database.read() as db:
            return retries.due(db, feed, before)

    def page_failed(self, retry: PageRetry) -> None:
        """Remember when to try a page again."""
        with self._database.write() as db:
            retries.note(db, retry, self._clock())

    def page_read(self, key: str) -> None:
        """A page that had failed needs no further try."""
        with self._database.write() as db:
            retries.drop(db, [key])

    def save_all(self, drafts: Sequence[Draft]) -> list[Saved]:
        """Store drafts in one transaction, all or none; a disk is asked once, not for each."""
        with self._database.write() as db:
            now = self._clock()
            return [self._saved(db, draft, now) for draft in drafts]

    def save(self, draft: Draft) -> Saved:
        """Store a draft with its outbox entry, whole or not at all."""
        with self._database.write() as db:
            return self._saved(db, draft, self._clock())

    def _saved(self, db: sqlite3.Connection, draft: Draft, now: datetime) -> Saved:
        """Store a draft inside the current transaction, with all that is derived from it at once.

        What repeats in it is counted and hidden, whom it names marked, and it is folded with its
        copies.
        """
        saved = articles.save(db, draft, now)
        if saved.status is not SaveStatus.DUPLICATE:
            lines.settle(db, saved.id)
            self._marker.mark(db, [saved.id])
            if (
                saved.status is SaveStatus.NEW
                and draft.topic_only
                and not self._on_topic(db, saved.id)
            ):
                topics.hide(db, saved.id)
                return Saved(saved.id, SaveStatus.OFF_TOPIC)
            if saved.status is SaveStatus.NEW:
                fresh.note(db, saved.id)
            reprints.fold_in(db, saved.id)
        return saved

    @staticmethod
    def _on_topic(db: sqlite3.Connection, ident: int) -> bool:
        score = topics.relevance(db, ident).score
        return score is not None and score >= ON_TOPIC
