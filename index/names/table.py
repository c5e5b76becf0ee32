"""A table of names: keys with their owners, entities, and the longest name at a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from index.names.model import Entity
from index.names.packing import Use
from index.names.spelling import keys_of
from index.sections import Parts

# No key is longer; a longer one would not be found at its full length.
LONGEST = 80


class Table:
    """Reads what `index.names.packing.pack_names` packed.

    Keys and entities have numbers; those of entities are in the order of their ids. Entities whose
    ids are in `hidden` are as if they were not there.
    """

    def __init__(self, parts: Parts, hidden: frozenset[str] = frozenset()) -> None:
        self._keys = parts.lines("keys")
        self._owners = parts.rows("owners")
        self._uses = parts.bytes("uses")
        self._shorter = parts.numbers("shorter")
        self._entities = parts.lines("entities")
        self._parts = parts
        self._hidden = hidden
        self._void = {key for entity_id in hidden for key in self._keys_of(entity_id)}

    def _keys_of(self, entity_id: str) -> Iterator[int]:
        """The numbers of the keys that no entity names but this one."""
        if (entity := self._stored(entity_id)) is not None:
            for form in chain(entity.en, entity.zh, entity.ja):
                for key in keys_of(form, plural=True):
                    number = self.find(key)
                    if number is not None and not self.owners(number):
                        yield number

    @property
    def version(self) -> str:
        """Differs when the names do."""
        return self._parts.version

    def heads(self) -> list[str]:
        """The first characters of all keys that are looked for in running text."""
        return self._parts.lines("heads").text().split("\n")

    def use(self, key: int) -> int:
        """What the key of this number may be used for: bits of `Use`."""
        return 0 if key in self._void else self._uses[key]

    def stands_alone(self, key: int) -> bool:
        """Whether the key means its owners and nobody else."""
        return bool(self.use(key) & Use.EXPANDS)

    def find(self, key: str) -> int | None:
        """The number of a key."""
        return self._keys.find(key)

    def owners(self, key: int) -> list[Entity]:
        """The entities that a key names, none for a guard."""
        owners = (self._entity(number) for number in self._owners[key])
        return [owner for owner in owners if owner.id not in self._hidden]

    def owner_ids(self, key: int) -> list[str]:
        """Their ids alone."""
        owners = (self._entities[number].partition("\t")[0] for number in self._owners[key])
        return [owner for owner in owners if owner not in self._hidden]

    def entity(self, entity_id: str) -> Entity | None:
        """The entity with this id, unless it is hidden."""
        return None if entity_id in self._hidden else self._stored(entity_id)

    def _stored(self, entity_id: str) -> Entity | None:
        place = self._entities.place(entity_id + "\t")
        if place < len(self._entities):
            found = self._entity(place)
            return found if found.id == entity_id else None
        return None

    def is_curated(self, entity_id: str) -> bool:
        """Whether the entry was written by hand."""
        place = self._entities.place(entity_id + "\t")
        return place < len(self._entities) and self._entities[place].endswith("\tcurated")

    def longest(self, window: str, accepts: Callable[[int, int], bool]) -> tuple[int, int] | None:
        """The number and length of the longest key at the start of `window` that is accepted.

        `accepts(number, length)` judges a key; the next shorter one is tried when it refuses. All
        keys that `window` begins with are ends of one chain: the last key that sorts before it, the
        longest key that one begins with, and so on.
        """
        number = self._keys.place(window + "\0")
        while number:
            key = self._keys[number - 1]
            if window.startswith(key) and accepts(number - 1, len(key)):
                return number - 1, len(key)
            number = self._shorter[number - 1]
        return None

    def starting(self, prefix: str, most: int) -> Iterator[int]:
        """The numbers of up to `most` keys that begin with `prefix`."""
        first = self._keys.place(prefix)
        for number in range(first, min(first + most, len(self._keys))):
            if not self._keys[number].startswith(prefix):
                return
            yield number

    def keys_starting(self, prefix: str, most: int) -> Iterator[str]:
        """Up to `most` keys that begin with `prefix`."""
        return (self._keys[number] for number in self.starting(prefix, most))

    def with_word(self, word: str, most: int) -> Iterator[int]:
        """The numbers of up to `most` Latin keys in which `word` is a whole word."""
        for key in self._keys.having(word):
            if most <= 0:
                break
            if (number := self._keys.find(key)) is not None:
                most -= 1
                yield number

    def _entity(self, number: int) -> Entity:
        entity_id, kind, *forms, _ = self._entities[number].split("\t")
        en, zh, ja = (tuple(part.split("|")) if part else () for part in forms)
        return Entity(entity_id, kind, en, zh, ja)
