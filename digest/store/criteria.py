"""Conditions on articles that SQLite answers, as values and as SQL over `articles a`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No article."""


@dataclass(frozen=True, slots=True)
class Is:
    """`read`, `unread`, `starred`, `noted`, `tagged`, `copy` or `offtopic`."""

    what: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """The article has one of these tags (ids of the tag table)."""

    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InStory:
    """The article belongs to this story."""

    story: int


@dataclass(frozen=True, slots=True)
class FromOutlets:
    """The article is from one of these outlets (ids of the outlet table)."""

    outlets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InLanguages:
    """The primary subtag of the article's language is one of these."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """The article's time is in `[start, end)`, seconds since the epoch; None is open."""

    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The article is one of these."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All parts hold."""

    parts: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Criterion


Criterion = (
    Everything
    | Nothing
    | Is
    | Tagged
    | InStory
    | FromOutlets
    | InLanguages
    | Dated
    | OneOf
    | All
    | Any
    | Not
)
Sql = tuple[str, list[object]]

_IN_STORY = "a.story_id = coalesce((SELECT s.merged_into FROM stories s WHERE s.id = ?), ?)"
_IS = {
    "read": "a.id IN (SELECT article_id FROM reads)",
    "unread": "a.id NOT IN (SELECT article_id FROM reads)",
    "starred": "a.id IN (SELECT article_id FROM stars)",
    "noted": "(a.id IN (SELECT article_id FROM notes)"
    " OR a.id IN (SELECT article_id FROM highlights))",
    "tagged": "a.id IN (SELECT article_id FROM article_tags)",
    "copy": "a.copy_of IS NOT NULL",
    "offtopic": "a.offtopic IS NOT NULL",
}
_LANG = "lower(substr(a.lang, 1, instr(a.lang || '-', '-') - 1))"
_DATED = {
    (True, True): "a.at >= ? AND a.at < ?",
    (True, False): "a.at >= ?",
    (False, True): "a.at < ?",
    (False, False): "1",
}


def to_sql(criterion: Criterion) -> Sql:  # noqa: PLR0912 - a branch for each kind
    """A condition for a WHERE clause, and its parameters in order."""
    match criterion:
        case Everything():
            return "1", []
        case Nothing():
            return "0", []
        case Is(what):
            return _IS.get(what, "0"), []
        case Tagged(tags):
            chosen, values = _values(tags)
            return f"a.id IN (SELECT article_id FROM article_tags WHERE tag_id IN {chosen})", values
        case InStory(story):
            return _IN_STORY, [story, story]
        case FromOutlets(outlets):
            chosen, values = _values(outlets)
            return f"a.outlet_id IN {chosen}", values
        case InLanguages(codes):
            chosen, values = _values(codes)
            return f"{_LANG} IN {chosen}", values
        case Dated(start, end):
            bounds: list[object] = [bound for bound in (start, end) if bound is not None]
            return f"({_DATED[start is not None, end is not None]})", bounds
        case OneOf(ids):
            chosen, values = _values(ids)
            return f"a.id IN {chosen}", values
        case All(parts):
            return _joined(" AND ", parts, empty="1")
        case Any(parts):
            return _joined(" OR ", parts, empty="0")
        case Not(part):
            condition, values = to_sql(part)
            return f"NOT ({condition})", values
        case _:
            assert_never(criterion)


def _values(values: Sequence[int] | Sequence[str]) -> Sql:
    return "(SELECT value FROM json_each(?))", [json.dumps(list(values))]


def _joined(glue: str, parts: tuple[Criterion, ...], *, empty: str) -> Sql:
    if not parts:
        return empty, []
    pieces = [to_sql(part) for part in parts]
    values = [value for _, found in pieces for value in found]
    return "(" + glue.join(condition for condition, _ in pieces) + ")", values


_ORDERS = {"newest": "a.at DESC, a.id DESC", "oldest": "a.at ASC, a.id ASC", "id": "a.id ASC"}


def _there(criterion: Criterion) -> str:
    """Articles that are there: live ones, and what is off topic where it is asked for."""
    if _asks_for_off_topic(criterion):
        return "(a.deleted IS NULL OR a.offtopic IS NOT NULL)"
    return "a.deleted IS NULL"


def _asks_for_off_topic(criterion: Criterion) -> bool:
    match criterion:
        case Is("offtopic"):
            return True
        case All(parts) | Any(parts):
            return any(map(_asks_for_off_topic, parts))
        case _:
            return False


def matching(db: sqlite3.Connection, criterion: Criterion, *, order: str = "id") -> list[int]:
    """The ids of all live articles that meet the criterion; `order` is newest, oldest or id."""
    condition, values = to_sql(criterion)
    where = f"{_there(criterion)} AND {condition}"
    sql = f"SELECT a.id FROM articles a WHERE {where} ORDER BY {_ORDERS[order]}"
    return [row[0] for row in db.execute(sql, values)]


def count(db: sqlite3.Connection, criterion: Criterion) -> int:
    """How many live articles meet the criterion."""
    condition, values = to_sql(criterion)
    sql = f"SELECT count(*) FROM articles a WHERE {_there(criterion)} AND {condition}"
    return int(db.execute(sql, values).fetchone()[0])
