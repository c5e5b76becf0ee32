"""What a fetch and an adding came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from digest.model.feeds import FeedStatus


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """One feed's line in a fetch. `url` is the configured one; `http` is None without an answer."""

    url: str
    name: str
    status: FeedStatus
    http: int | None = None
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    off_topic: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class FetchReport:
    """A whole fetch: an outcome per feed, in configuration order."""

    feeds: tuple[FeedOutcome, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch is. `feed` is set on the event that ends a feed."""

    feeds_done: int
    feeds_total: int
    pages_done: int
    pages_total: int
    new: int = 0
    feed: FeedOutcome | None = None


class Added(NamedTuple):
    """One thing that `add` brought in."""

    id: int
    title: str
    source: str


class AlreadyThere(NamedTuple):
    """One thing that `add` found in the library already."""

    id: int
    source: str


class AddFailure(NamedTuple):
    """One thing that `add` could not read, and why."""

    source: str
    error: str


@dataclass(frozen=True, slots=True)
class AddReport:
    """What `add` came to, each list in the order the sources were given.

    `noted` are the articles whose notes or highlights were changed by files of notes.
    """

    added: tuple[Added, ...] = ()
    duplicates: tuple[AlreadyThere, ...] = ()
    failed: tuple[AddFailure, ...] = ()
    noted: tuple[int, ...] = ()
