"""The words of the names: entities, where they stand in a text, what a query becomes."""

from __future__ import annotations

from typing import NamedTuple

from index.errors import IndexFailure

KINDS = (
    "person",
    "office",
    "party",
    "agency",
    "organisation",
    "company",
    "media",
    "university",
    "place",
    "treaty",
    "ship",
    "event",
    "term",
)


class NamesError(IndexFailure):
    """A user's file of names is wrong; the message names the file, the line and what to do."""


class Entity(NamedTuple):
    """Someone or something with names, the commonest form first in each language.

    `id` is stable and made of lower-case letters, digits and hyphens; `kind` is one of `KINDS`.
    """

    id: str
    kind: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The form to show where there is room for one: English, else Chinese, else Japanese."""
        return (self.en or self.zh or self.ja)[0]


class Mention(NamedTuple):
    """An entity named in a text as written, at `[start, end)`."""

    entity_id: str
    start: int
    end: int


class Expansion(NamedTuple):
    """The other forms of a name in a query, commonest first in each language.

    What folds to the same as the name itself, or as a form before it, is left out; so at most
    twelve forms stand here.
    """

    entity_id: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()
    ja: tuple[str, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, Chinese and Japanese first: they say more with less."""
        return self.zh + self.ja + self.en


class QueryName(NamedTuple):
    """A name in a query at `[start, end)`, and what it stands for."""

    start: int
    end: int
    expansions: tuple[Expansion, ...]
