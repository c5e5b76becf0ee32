"""The library as ingest sees it, in memory: `ports.Storage` without a disk."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from digest.blocks import to_text
from digest.config.settings import Feed
from digest.model import Draft, FeedState, PageRetry, Saved, SaveStatus


class MemoryStorage:
    """Keeps drafts by id and knows them by address, by feed and guid, and by their text."""

    def __init__(self) -> None:
        self.articles: dict[int, Draft] = {}
        self.states: dict[str, FeedState] = {}
        self.retries: dict[str, PageRetry] = {}
        self._keys: dict[str, int] = {}
        self._lock = threading.RLock()

    def feed_state(self, feed: Feed) -> FeedState:
        with self._lock:
            if feed.url not in self.states:
                self.states[feed.url] = FeedState(len(self.states) + 1, feed.url, feed.title)
            return self.states[feed.url]

    def save_feed_state(self, state: FeedState) -> None:
        with self._lock:
            self.states[state.url] = state

    def known(self, keys: Sequence[str]) -> set[str]:
        with self._lock:
            waiting = {f"{one.feed}:{one.guid}" for one in self.retries.values()}
            return {key for key in keys if key in self._keys or key in waiting}

    def pages_due(self, feed: int, before: datetime | None) -> list[PageRetry]:
        with self._lock:
            return [
                replace(one, kept=self._size(one.key))
                for one in self.retries.values()
                if one.feed == feed and one.due and (before is None or one.due <= before)
            ]

    def page_failed(self, retry: PageRetry) -> None:
        with self._lock:
            self.retries[retry.key] = retry

    def page_read(self, key: str) -> None:
        with self._lock:
            self.retries.pop(key, None)

    def save(self, draft: Draft) -> Saved:
        with self._lock:
            keys = _keys(draft)
            ident = next((self._keys[key] for key in keys if key in self._keys), None)
            if ident is None:
                ident = self._twin(draft)
                status = SaveStatus.DUPLICATE if ident else SaveStatus.NEW
                ident = ident or len(self.articles) + 1
                self.articles.setdefault(ident, draft)
            elif _text(self.articles[ident]) == _text(draft):
                status = SaveStatus.DUPLICATE
            else:
                status = SaveStatus.UPDATED
                self.articles[ident] = draft
            self._keys.update(dict.fromkeys(keys, ident))
            return Saved(ident, status)

    def _twin(self, draft: Draft) -> int | None:
        for ident, other in self.articles.items():
            if _text(other) == _text(draft):
                return ident
        return None

    def _size(self, key: str) -> int | None:
        ident = self._keys.get(key)
        return len(to_text(self.articles[ident].blocks)) if ident else None

    @property
    def titles(self) -> list[str]:
        return [draft.title for draft in self.articles.values()]


def _keys(draft: Draft) -> list[str]:
    keys = [draft.url] if draft.url else []
    return keys + ([f"{draft.feed}:{draft.guid}"] if draft.guid else [])


def _text(draft: Draft) -> tuple[str, ...]:
    return (draft.title, *(block.text for block in draft.blocks))
