"""Feeds gathered from a stranger's list: cleaned, limited, one per address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from digest.config.settings import Feed
from digest.config.values import web_address
from digest.errors import SourceError
from digest.text import clean_line

MAX_FEEDS = 5_000
MAX_GROUPS = 50
URL_LIMIT = 2_000
NAME_LIMIT = 200
REMARKS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list of feeds held: each address once, and a remark on each thing left out."""

    feeds: tuple[Feed, ...]
    remarks: tuple[str, ...] = ()


class Collector:
    """Gathers feeds from a stranger's list: cleaned, limited, one per address."""

    def __init__(self) -> None:
        self._feeds: dict[str, Feed] = {}
        self._remarks: list[str] = []

    def add(self, feed: Feed) -> None:
        """Take a feed, or its groups where its address is known already.

        Raises:
            SourceError: there are too many.
        """
        try:
            url = web_address(feed.url[: URL_LIMIT + 1])
        except ValueError as error:
            self.remark(f"left out {_shown(feed)}: its address {error}")
            return
        if len(url) > URL_LIMIT:
            self.remark(f"left out {_shown(feed)}: its address is too long")
            return
        known = self._feeds.get(url)
        groups = _clean_all((*(known.groups if known else ()), *feed.groups))
        if known is None and len(self._feeds) >= MAX_FEEDS:
            raise SourceError(f"the list holds more than {MAX_FEEDS:,} feeds; split it")
        name = clean_line(feed.name, NAME_LIMIT)
        fresh = replace(feed, url=url, name=name, tags=_clean_all(feed.tags))
        self._feeds[url] = replace(known or fresh, groups=groups)

    def remark(self, text: str) -> None:
        """Note something that was left out."""
        self._remarks.append(clean_line(text))

    def imported(self) -> Imported:
        """Everything gathered; of very many remarks the first hundred."""
        remarks = self._remarks[:REMARKS_SHOWN]
        if len(self._remarks) > len(remarks):
            remarks.append(f"and {len(self._remarks) - len(remarks):,} more were left out")
        return Imported(tuple(self._feeds.values()), tuple(remarks))


def _clean_all(texts: Iterable[str]) -> tuple[str, ...]:
    """Cleaned, none empty, each once, in order."""
    cleaned = (clean_line(text, NAME_LIMIT) for text in texts)
    return tuple(dict.fromkeys(text for text in cleaned if text))[:MAX_GROUPS]


def _shown(feed: Feed) -> str:
    return f'"{clean_line(feed.title, 80)}"'
