"""Names of people, offices, bodies, places and fixed terms in three languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from index.names.model import Entity, Expansion, Mention, QueryName
from index.names.packing import pack_names
from index.names.query import expand, names_in_query
from index.names.sides import sides
from index.names.spelling import is_latin, match_key
from index.names.table import Table
from index.names.userfile import UserNames, read_names
from index.sections import Parts, Sections

if TYPE_CHECKING:
    from index.names.recogniser import Recogniser

DATA = Path(__file__).resolve().parents[1] / "data" / "names.bin"

# Raised by hand when the same names are found in other places of a text.
RECOGNITION = 1

# How many entities a name that is part of many may bring.
_LOOKED_UP = 100

# Names looked up last whose entities are kept: `who:` is asked again at each key.
_REMEMBERED = 64


class Names:
    """The names that the package ships, and a user's own before them.

    Any thread may ask. The first question unpacks the data, the first text the recogniser.

    Raises:
        DataDamaged: the data file of the package cannot be read.
        NamesError: the user's file is wrong.
    """

    def __init__(self, shipped: Parts, user: UserNames | None = None) -> None:
        own = user or UserNames()
        self._hidden = own.hidden
        self._sides = own.sides
        tables = [Table(shipped, hidden=own.hidden)]
        if own.entries or own.ignored:
            tables.insert(0, Table(Parts(pack_names(own.entries, own.ignored))))
        self._tables: Sequence[Table] = tables

    @staticmethod
    def load(user_file: Path | None = None) -> Names:
        """The shipped names; a `user_file` that does not exist is no user file."""
        user = read_names(user_file) if user_file is not None and user_file.exists() else None
        return Names(_shipped(), user)

    @cached_property
    def _recogniser(self) -> Recogniser:
        from index.names.recogniser import Recogniser  # noqa: PLC0415 - queries do without

        return Recogniser(self._tables)

    @cached_property
    def version(self) -> str:
        """Differs when a text may be found to name others than before."""
        parts = (table.version for table in self._tables)
        return "-".join([str(RECOGNITION), *parts, *sorted(self._hidden), str(self._sides or "")])

    def recognise(self, text: str) -> list[Mention]:
        """The names in a text, longest first from the left; places are those of `text`."""
        return self._recogniser.recognise(text)

    def side(self, ident: str) -> str:
        """The side an entity belongs to: one of `index.names.sides.SIDES`, "" for none."""
        return self._sides.get(ident) or sides().get(ident, "")

    def entities(self, title: str, body: str) -> dict[str, int]:
        """How often an article names each entity, most often first, then by first mention."""
        mentions = self.recognise(f"{title}\n{body}")
        return dict(Counter(mention.entity_id for mention in mentions).most_common())

    def expand(self, name: str) -> list[Expansion]:
        """What else a query or phrase may be called that is, as a whole, one name.

        An ambiguous name gives nothing; a full name with up to three namesakes gives each of them.
        """
        return expand(name, self._tables)

    def in_query(
        self, text: str, *, inside_runs: bool = False, loosely: bool = False
    ) -> list[QueryName]:
        """The names in a query of several words, longest first from the left.

        A run of Han and Kana is a name as a whole or not at all, unless `inside_runs`. Names that
        are words as well, or those of a few namesakes, count only when read `loosely`.
        """
        return names_in_query(text, self._tables, inside_runs=inside_runs, loosely=loosely)

    def lookup(self, name: str) -> list[Entity]:
        """Whom or what `name` may mean, likeliest first: for `who:`.

        A name that only one entity has finds that one, and so does an id that is no name. Otherwise
        all that have it as a word of their name (Latin letters) or begin with it (Han and Kana)
        follow, up to a hundred.
        """
        return list(self._owners(name))

    @cached_property
    def _owners(self) -> Callable[[str], tuple[Entity, ...]]:
        """`_look_up` with a memory, which ends with these names."""
        return lru_cache(_REMEMBERED)(self._look_up)

    def _look_up(self, name: str) -> tuple[Entity, ...]:
        key = match_key(name)
        if not key:
            return ()
        sure = [owner for table in self._tables for owner in self._sure(table, key)]
        if sure:
            return tuple(dict.fromkeys(sure))
        parts = dict.fromkeys(self._having(key))
        if not parts and (meant := self.entity(name.strip().lower())) is not None:
            return (meant,)
        curated_first = sorted(parts, key=lambda entity: not self._is_curated(entity))
        return tuple(curated_first[:_LOOKED_UP])

    def words_beginning(self, start: str, most: int) -> Iterator[str]:
        """The first words of the Latin names that begin with `start`, of up to `most` forms."""
        seen = set()
        for table in self._tables:
            for key in table.keys_starting(start, most):
                word = key.partition(" ")[0]
                if word not in seen:
                    seen.add(word)
                    yield word

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with this id, None when no list has it (any more)."""
        if entity_id in self._hidden:
            return self._tables[0].entity(entity_id) if len(self._tables) > 1 else None
        found = (table.entity(entity_id) for table in self._tables)
        return next((entity for entity in found if entity is not None), None)

    def _sure(self, table: Table, key: str) -> list[Entity]:
        number = table.find(key)
        return table.owners(number) if number is not None and table.stands_alone(number) else []

    def _having(self, key: str) -> Iterator[Entity]:
        for table in self._tables:
            exact = table.find(key)
            if exact is not None:
                yield from table.owners(exact)
            word = is_latin(key[0])
            search = table.with_word if word else table.starting
            for number in search(key, _LOOKED_UP):
                yield from table.owners(number)

    def _is_curated(self, entity: Entity) -> bool:
        return any(table.is_curated(entity.id) for table in self._tables)


@cache
def _shipped() -> Parts:
    return Sections(DATA)
