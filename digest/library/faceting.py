"""What a result is made of: its feeds, languages, months, entities and tags, and its course."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.library.values import Facets, Timeline
from digest.model import EntityCount
from digest.store import counting, entities, tagging
from digest.store.criteria import Everything, matching
from digest.store.database import Database

if TYPE_CHECKING:
    from index.calendar import Period
    from index.engine import Engine
    from index.facets import Facets as Counted

PERIODS: tuple[Period, ...] = ("day", "week", "month")
BARS = 24
ENTITIES = 20
Buckets = tuple[tuple[str, str, int], ...]


class Faceter:
    """Counts what articles are made of. Safe to use from any thread.

    Articles that the index has still to learn are not counted.
    """

    def __init__(self, database: Database, engine: Callable[[], Engine]) -> None:
        self._database = database
        self._engine = engine

    def facets(self, ids: Sequence[int], zone: ZoneInfo) -> Facets:
        """All counts of these articles."""
        counted = self._counted(ids)
        named = counted.entities(ENTITIES)
        with self._database.read() as db:
            outlets = {str(one.id): one.name for one in counting.outlets(db)}
            names = entities.names(db, named)
            tags = _tags(db, counted)
        months = counted.periods("month", zone)
        return Facets(
            articles=counted.total,
            languages=counted.languages(),
            feeds=_summed((outlets.get(str(one), ""), n) for one, n in counted.feeds().items()),
            months={_label(one.start, "month"): one.count for one in months},
            entities=tuple(EntityCount(one, names.get(one, one), n) for one, n in named.items()),
            tags=tags,
            timeline=self._timeline(counted, zone),
        )

    def spread(self, ids: Sequence[int], zone: ZoneInfo) -> tuple[dict[str, int], Timeline]:
        """Languages and course alone, in a millisecond or two: for a search as it is typed."""
        counted = self._counted(ids)
        return counted.languages(), self._timeline(counted, zone)

    def buckets(self, ids: Sequence[int], zone: ZoneInfo, *, by: str, split: str) -> Buckets:
        """(period, series, articles) in order of time; see `Stats.buckets`."""
        period = next(one for one in PERIODS if one == by)
        found = self._counted(ids).periods(period, zone, split)
        outlets: dict[str, str] = {}
        if split == "feed":
            with self._database.read() as db:
                outlets = {str(one.id): one.name for one in counting.outlets(db)}
        summed: dict[tuple[str, str], int] = {}
        for one in found:
            key = _label(one.start, period), outlets.get(one.series, one.series)
            summed[key] = summed.get(key, 0) + one.count
        return tuple((when, series, number) for (when, series), number in sorted(summed.items()))

    def named(self, ids: Sequence[int], limit: int) -> dict[str, int]:
        """Articles by id of an entity they name, the `limit` most frequent, most first."""
        return self._counted(ids).entities(limit)

    def everything(self) -> list[int]:
        """The ids of all articles."""
        with self._database.read() as db:
            return matching(db, Everything())

    def bring_up(self) -> None:
        """Have the index and the marks know of all articles, where nothing else sees to it."""
        self._engine()

    def _counted(self, ids: Sequence[int]) -> Counted:
        import numpy as np  # noqa: PLC0415 - the index has it loaded by now

        return self._engine().facets(np.array(ids, np.int64))

    @staticmethod
    def _timeline(counted: Counted, zone: ZoneInfo) -> Timeline:
        found = counted.histogram(zone, BARS)
        return Timeline(found.period, found.start, found.counts)


def _tags(db: sqlite3.Connection, counted: Counted) -> dict[str, int]:
    import numpy as np  # noqa: PLC0415 - the index has it loaded by now

    groups = tagging.tagged(db)
    return counted.among({name: np.array(ids, np.int64) for name, ids in groups.items()})


def _label(start: str, period: str) -> str:
    """A period by its first day: an ISO day, an ISO week or a month."""
    if period == "month":
        return start[:7]
    if period == "week":
        year, week, _ = date.fromisoformat(start).isocalendar()
        return f"{year}-W{week:02}"
    return start


def _summed(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by name, most first; outlets of one name count together."""
    counts: dict[str, int] = {}
    for name, number in pairs:
        counts[name] = counts.get(name, 0) + number
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
