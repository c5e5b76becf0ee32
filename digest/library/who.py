"""People, places and organisations: their forms, who writes of them and when, and with whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from digest.library.profiles import Known, Profile, Series, Week, counted, series
from digest.model import EntityCount
from digest.store import counting, mentions
from digest.store.database import Database
from digest.store.mentions import Namings
from digest.store.times import from_epoch

if TYPE_CHECKING:
    from index.names.model import Entity

__all__ = ["Known", "Profile", "Week", "Who"]

WEEKS = 26
BESIDE = 20  # names that one appears with
_ALL = 4000  # entities that are looked through for those of one kind


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
        self,
        ident: str,
        within: Sequence[int] | None = None,
        *,
        weeks: int = WEEKS,
        lang: str = "",
    ) -> Profile:
        """What the library knows of the entity with this id; `within` as in `named`.

        Whom it appears with is called as in `lang` (`en`, `zh`, `ja`), where it has a name in that.

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
        langs = series(found.langs, primary)
        feeds = series(found.outlets, lambda one: outlets.get(one, ""))
        return Profile(
            who=self._known(entity, len(found.articles)),
            mentions=sum(found.counts),
            first=from_epoch(found.times[-1]) if found.times else None,
            last=from_epoch(found.times[0]) if found.times else None,
            languages=counted(langs.names, langs.codes),
            feeds=counted(feeds.names, feeds.codes),
            weeks=tuple(self._weeks(found, langs, feeds, weeks)),
            beside=self._beside(ident, found.articles, lang),
            articles=found.articles,
        )

    def _weeks(self, found: Namings, langs: Series, feeds: Series, most: int) -> list[Week]:
        import numpy as np  # noqa: PLC0415 - the index has it loaded by now

        from index.calendar import local_days, period_numbers, started  # noqa: PLC0415 - as above

        if not found.times:
            return []
        moments = np.array([int(self._clock().timestamp()), *found.times], np.int64)
        numbers = period_numbers(local_days(moments, self._zone()), "week")
        now, numbers = int(numbers[0]), numbers[1:]
        newest = int(numbers.max())
        last = now if 0 <= now - newest < most else newest
        first = max(int(numbers.min()), last - most + 1)
        counts = np.array(found.counts)
        weeks = []
        for number in range(first, last + 1):
            (rows,) = np.nonzero(numbers == number)
            weeks.append(
                Week(
                    start=started(number, "week"),
                    articles=len(rows),
                    mentions=int(counts[rows].sum()),
                    languages=counted(langs.names, langs.codes[rows]),
                    feeds=counted(feeds.names, feeds.codes[rows]),
                )
            )
        return weeks

    def _beside(self, ident: str, articles: Sequence[int], lang: str) -> tuple[EntityCount, ...]:
        counts = self._faceter.named(articles, 4 * BESIDE)
        with self._database.read() as db:
            known = mentions.kinds(db, counts)
        found = [
            EntityCount(one, self._naming.label(one, lang) or known[one][1], number)
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
