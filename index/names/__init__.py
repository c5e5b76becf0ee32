"""Names of people, bodies, places and fixed terms, in any of their forms in three languages."""

from index.names.model import (
    KINDS,
    Entity,
    Expansion,
    Mention,
    NamesError,
    QueryName,
)
from index.names.names import DATA, Names
from index.names.userfile import UserNames, parse_names, slug

__all__ = [
    "DATA",
    "KINDS",
    "Entity",
    "Expansion",
    "Mention",
    "Names",
    "NamesError",
    "QueryName",
    "UserNames",
    "parse_names",
    "slug",
]
