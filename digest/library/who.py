"""People, places and organisations: their forms, who writes of them and when, and with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from digest.errors import UnknownName
from digest.ingest.ports import Clock
from digest.library import own_names
from digest.library.faceting import Faceter
from digest.library.indexing import primary
from digest.library.naming import FILE, Naming
from digest.library.own_names import OwnName
from digest.model import EntityCount
from digest.store import counting, mentions
from digest.store.database import Database
from digest.store.mentions import Naming as Named
from digest.store.times import from_epoch

if TYPE_CHECKING:
    from index.names import Entity

WEEKS = 26
BESIDE = 20  # names that one appears with
_ALL = 4000  # entities that are looked through for those of one kind


@dataclass(frozen=True, slots=True)
class Known:
    """Someone or something that the library knows by name.

    Attributes:
        id: its stable id.
        kind: `person`, `place`, ... (docs/names.md).
        name: the form to show where there is room for one.
        forms: its forms by language (`en`, `zh`, `ja`), the commonest first.
        articles: how many articles name it.
        query: a query that finds these articles.
    """

    id: str
    kind: str
    name: str
    forms: Mapping[str, tuple[str, ...]]
    articles: int
    query: str


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday in the configured zone.

    Attributes:
        start: its Monday, an ISO date.
        articles: how many articles name the entity.
        mentions: how often all of them together.
        languages: articles by ISO 639-1 code, most first.
        feeds: articles by outlet name, most first.
    """

    start: str
    articles: int = 0
    mentions: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)
    feeds: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The week as ISO 8601 writes it: `2026-W03`."""
        year, week, _ = date.fromisoformat(self.start).isocalendar()
        return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class Profile:
    """What the library knows of someone or something.

    Attributes:
        who: whom or what this is of.
        mentions: how often all articles together name it.
        first: the time of the earliest article, None without one.
        last: that of the latest.
        languages: articles by ISO 639-1 code, most first.
        feeds: articles by outlet name, most first.
        weeks: the last ones in a row, the silent ones included.
        beside: whom and what the same articles name, with how many of them, most first; terms of
            the subject are left out.
        articles: the ids of the articles, the newest first.
    """

    who: Known
    mentions: int
    first: datetime | None
    last: datetime | None
    languages: Mapping[str, int]
    feeds: Mapping[str, int]
    weeks: tuple[Week, ...]
    beside: tuple[EntityCount, ...]
    articles: tuple[int, ...]


class Who:
    """Whom and what the articles of one library name. Safe to use from any thread."""

    def __init__(
        self,
        home: Path,
        database: Database,
        naming: Naming,
        faceter: Faceter,
        clock: Clock,
        zone: Callable[[], ZoneInfo],
    ) -> None:
        self._file = home / FILE
        self._database = database
        self._naming = naming
        self._faceter = faceter
        self._clock = clock
        self._zone = zone

    # asking ---------------------------------------------------------------------------------

    def meant(self, name: str) -> list[Known]:
        """Whom or what `name`, any form of it or its id, may mean; [] when no list has it.

        Those that the most articles name come first, then the likeliest.
        """
        found = self._naming.names().lookup(name)
        with self._database.read() as db:
            tallies = mentions.tallies(db, [one.id for one in found])
        counts = {key: tally.articles for key, tally in tallies.items()}
        known = [self._known(one, counts.get(one.id, 0)) for one in found]
        return sorted(known, key=lambda one: -one.articles)

    def named(
        self, within: Sequence[int] | None = None, *, kind: str = "", limit: int = 20
    ) -> list[Known]:
        """Whom and what the articles name most; `within` are ids of the only ones that count."""
        ids = self._faceter.everything() if within is None else within
        counts = self._faceter.named(ids, _ALL if kind else limit)
        names = self._naming.names()
        found = ((names.entity(one), number) for one, number in counts.items())
        chosen = [(one, number) for one, number in found if one and kind in ("", one.kind)]
        return [self._known(one, number) for one, number in chosen[:limit]]

    def profile(
        self, ident: str, within: Sequence[int] | None = None, *, weeks: int = WEEKS
    ) -> Profile:
        """What the library knows of the entity with this id; `within` as in `named`.

        The last of the weeks is this one, or that of the last mention when it is longer ago.

        Raises:
            UnknownName: no list has an entity with this id.
        """
        entity = self._naming.names().entity(ident)
        if entity is None:
            raise UnknownName(f"there is no name with the id {ident}; 'digest who' shows ids")
        self._faceter.bring_up()
        with self._database.read() as db:
            found = mentions.namings(db, ident, within)
            outlets = {one.id: one.name for one in counting.outlets(db)}
        found.sort(key=lambda one: (-one.at, -one.article))
        ids = tuple(one.article for one in found)
        return Profile(
            who=self._known(entity, len(found)),
            mentions=sum(one.times for one in found),
            first=from_epoch(found[-1].at) if found else None,
            last=from_epoch(found[0].at) if found else None,
            languages=_most_first(primary(one.lang) for one in found),
            feeds=_most_first(outlets.get(one.outlet, "") for one in found),
            weeks=tuple(self._weeks(found, outlets, weeks)),
            beside=self._beside(ident, ids),
            articles=ids,
        )

    def _weeks(self, found: Sequence[Named], outlets: Mapping[int, str], most: int) -> list[Week]:
        import numpy as np  # noqa: PLC0415 - the index has it loaded by now

        from index.calendar import local_days, period_numbers, started  # noqa: PLC0415 - as above

        if not found:
            return []
        moments = np.array([int(self._clock().timestamp()), *(one.at for one in found)], np.int64)
        now, *numbers = period_numbers(local_days(moments, self._zone()), "week").tolist()
        newest = max(numbers)
        last = now if 0 <= now - newest < most else newest
        first = max(min(numbers), last - most + 1)
        groups: dict[int, list[Named]] = {}
        for number, one in zip(numbers, found, strict=True):
            groups.setdefault(number, []).append(one)
        return [
            Week(
                start=started(number, "week"),
                articles=len(group),
                mentions=sum(one.times for one in group),
                languages=_most_first(primary(one.lang) for one in group),
                feeds=_most_first(outlets.get(one.outlet, "") for one in group),
            )
            for number in range(first, last + 1)
            for group in [groups.get(number, [])]
        ]

    def _beside(self, ident: str, articles: Sequence[int]) -> tuple[EntityCount, ...]:
        counts = self._faceter.named(articles, 4 * BESIDE)
        with self._database.read() as db:
            known = mentions.kinds(db, counts)
        found = [
            EntityCount(one, known[one][1], number)
            for one, number in counts.items()
            if one != ident and one in known and known[one][0] != "term"
        ]
        return tuple(found[:BESIDE])

    def _known(self, entity: Entity, articles: int) -> Known:
        forms = {"en": entity.en, "zh": entity.zh, "ja": entity.ja}
        query = self._query(entity)
        return Known(entity.id, entity.kind, entity.name, forms, articles, query)

    def _query(self, entity: Entity) -> str:
        """`who:` with the shortest thing that means this entity and no other, else its name."""
        lookup = self._naming.names().lookup
        for word in (entity.id, entity.name, *entity.zh, *entity.ja, *entity.en):
            if [one.id for one in lookup(word)] == [entity.id]:
                break
        else:
            word = entity.name
        return (
            f'who:"{word}"'
            if any(not char.isalnum() and char != "-" for char in word)
            else (f"who:{word}")
        )

    # teaching -------------------------------------------------------------------------------

    def add(self, name: OwnName) -> Known:
        """Write a new name into the user's `names.toml`, whose comments stay.

        Raises:
            UsageError: there is one with this id.
            ConfigError: it is no valid name, or the file is wrong or cannot be written.
        """
        taken = self._naming.names()
        return self._written(own_names.add(self._file, name, lambda one: bool(taken.entity(one))))

    def correct(self, ident: str, name: OwnName) -> Known:
        """Put what `name` has in the place of what the entity has; the rest of it stays.

        Raises:
            UnknownName: no list has an entity with this id.
            ConfigError: as in `add`.
        """
        entity = self._naming.names().entity(ident)
        if entity is None:
            raise UnknownName(f"there is no name with the id {ident}; 'digest who' shows ids")
        own_names.correct(self._file, entity, name)
        return self._written(ident)

    def forget(self, ident: str) -> None:
        """Let an entity be no name any more.

        Raises:
            UnknownName: no list has an entity with this id.
            ConfigError: as in `add`.
        """
        if self._naming.names().entity(ident) is None:
            raise UnknownName(f"there is no name with the id {ident}; 'digest who' shows ids")
        own_names.forget(self._file, ident)

    def _written(self, ident: str) -> Known:
        entity = self._naming.names().entity(ident)
        if entity is None:
            raise UnknownName(f"the name {ident} was written to {self._file} and is not found")
        return self._known(entity, 0)


def _most_first(names: Iterable[str]) -> dict[str, int]:
    counts = Counter(names)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
