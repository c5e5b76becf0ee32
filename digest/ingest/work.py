"""One feed's way through a run, and the verdict at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.config.settings import Feed
from digest.ingest import schedule, vitals
from digest.ingest.check import Answer
from digest.model import FeedOutcome, FeedState, FeedStatus
from digest.text import clean_line

STOPPED = "stopped before it was finished"


@dataclass(slots=True)
class Work:
    """One feed of a run, from its place in the configuration to its outcome.

    Attributes:
        number: its place.
        feed: as configured.
        state: before the run.
        answer: what the feed answered, None until then.
        waiting: entries that are not stored yet.
        new, updated, duplicates, off_topic: what the stored ones came to.
        unread: why entries could not be stored.
        fault: an unexpected fault in words, "" without one.
        outcome: None until the feed is done.
    """

    number: int
    feed: Feed
    state: FeedState
    answer: Answer | None = None
    waiting: int = 0
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    off_topic: int = 0
    unread: list[str] = field(default_factory=list)
    fault: str = ""
    outcome: FeedOutcome | None = None

    def ended(self, status: FeedStatus, error: str = "") -> FeedOutcome:
        """The outcome with what was counted so far."""
        return FeedOutcome(
            url=self.feed.url,
            name=self.feed.title,
            status=status,
            http=self.answer.http if self.answer else None,
            new=self.new,
            updated=self.updated,
            duplicates=self.duplicates,
            off_topic=self.off_topic,
            error=clean_line(error),
        )


def verdict(work: Work, *, now: datetime, chance: float) -> tuple[FeedState, FeedOutcome]:
    """What to remember of the feed and what to say of it, once all its entries are stored.

    A feed with a fault counts as failed, so that its entries are looked at again.
    """
    answer = work.answer or Answer(work.feed.url)
    error = clean_line(work.fault or answer.error)
    before = replace(work.state, vitals=vitals.after(work.state.vitals, answer, now))
    if answer.gone:
        return schedule.after_gone(before, now=now, error=error), work.ended(FeedStatus.GONE, error)
    if error:
        state = schedule.after_failure(
            before, now=now, error=error, wait=answer.wait, chance=chance
        )
        return state, work.ended(FeedStatus.FAILED, error)
    state = schedule.after_success(
        before,
        now=now,
        headers=answer.headers,
        content_hash=answer.content_hash,
        every=before.vitals.every,
        moved_to=answer.moved_to,
        asked=answer.asked,
    )
    return state, work.ended(_good_status(answer), _unread_in_words(work.unread))


def _good_status(answer: Answer) -> FeedStatus:
    if answer.moved_to:
        return FeedStatus.MOVED
    return FeedStatus.OK if answer.feed is not None else FeedStatus.UNCHANGED


def _unread_in_words(problems: Sequence[str]) -> str:
    """A remark on entries of which nothing could be stored."""
    if not problems:
        return ""
    count = f"{len(problems)} entries" if len(problems) > 1 else "1 entry"
    return f"{count} could not be read: {problems[0]}"
