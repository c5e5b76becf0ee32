"""Holds a configuration file against the schema: settings out, with every problem found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from digest.config import layout
from digest.config import values as v
from digest.config.actions import ACTIONS
from digest.config.schema import LISTS, NAMED, TABLES, TOP_LEVEL, Keys, Listed
from digest.config.source import Problem, Source

SHOWN = 60
Entry = tuple[str, layout.Path, Any]


@dataclass(slots=True)
class Verdict:
    """What a file says, by table, and what is wrong with it.

    `tables` holds for a plain or named table a dict of checked values by key, and for a list of
    tables a tuple of settings; only what the file has, and nothing that is wrong.
    """

    source: Source
    tables: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def blame(self, place: layout.Path, message: str) -> None:
        """Note a problem at a place in the document."""
        line = layout.line_of(self.source.text, place)
        self.problems.append(Problem(self.source.path, line, message))


def judge(source: Source) -> Verdict:
    """Check everything in a file; problems come in the order of their lines."""
    verdict = Verdict(source)
    for name, value in source.data.items():
        if name in TABLES:
            if _is_table(verdict, name, value):
                verdict.tables[name] = _checked(verdict, (name,), value, TABLES[name][1])
        elif name in NAMED:
            if _is_table(verdict, name, value):
                verdict.tables[name] = _named(verdict, name, value)
        elif name in LISTS:
            if _is_list(verdict, name, value):
                verdict.tables[name] = _listed(verdict, name, value, LISTS[name])
        else:
            verdict.blame((name,), _unknown_top(name, value))
    verdict.problems.sort(key=lambda problem: problem.line)
    return verdict


def _is_table(verdict: Verdict, name: str, value: object) -> bool:
    if isinstance(value, dict):
        return True
    double = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    how = f"write [{name}] with single brackets" if double else f"write it as a table [{name}]"
    verdict.blame((name,), f"{name} is one table, not {v.kind_of(value)}; {how}")
    return False


def _is_list(verdict: Verdict, name: str, value: object) -> bool:
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return True
    verdict.blame((name,), f"{name} is a list of tables; write [[{name}]] with double brackets")
    return False


def _checked(
    verdict: Verdict, place: layout.Path, table: Mapping[str, Any], keys: Keys
) -> dict[str, Any]:
    """The good values of one table."""
    good: dict[str, Any] = {}
    for key, value in table.items():
        if key not in keys:
            verdict.blame((*place, key), _unknown_key(key, place, keys))
            continue
        try:
            good[key] = keys[key](value)
        except ValueError as error:
            verdict.blame((*place, key), f"{key} in {_brackets(place)} {error}")
    return good


def _named(verdict: Verdict, name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    """The good entries of `[keys]`, whose names are actions, or of `[commands]`."""
    good: dict[str, Any] = {}
    entries = _flat((name,), table) if name == "keys" else _entries((name,), table)
    for key, place, value in entries:
        if name == "keys" and key not in ACTIONS:
            hint = v.nearest(key, list(ACTIONS))
            message = f'unknown action "{_short(key)}" in [keys]; nearest known action: "{hint}"'
            verdict.blame(place, message)
            continue
        try:
            good[key] = NAMED[name](value)
        except ValueError as error:
            verdict.blame(place, f'"{_short(key)}" in [{name}] {error}')
    return good


def _entries(place: layout.Path, table: Mapping[str, Any]) -> Iterator[Entry]:
    for key, value in table.items():
        yield key, (*place, key), value


def _flat(place: layout.Path, table: Mapping[str, Any], prefix: str = "") -> Iterator[Entry]:
    """`article.tag = "t"` without quotes makes a table in a table: both spellings become one."""
    for key, inner, value in _entries(place, table):
        if isinstance(value, dict):
            yield from _flat(inner, value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", inner, value


def _listed(
    verdict: Verdict, name: str, tables: list[dict[str, Any]], listed: Listed
) -> tuple[Any, ...]:
    """The good tables of a list."""
    found: list[Any] = []
    seen: dict[str, int] = {}
    for at, table in enumerate(tables):
        before = len(verdict.problems)
        good = _checked(verdict, (name, at), table, listed.keys)
        missing = [key for key in listed.required if key not in table]
        for key in missing:
            verdict.blame((name, at), f"{key} is missing in this [[{name}]]")
        _check_unique(verdict, (name, at), good, listed.unique, seen)
        if name == "feeds":
            _check_items(verdict, (name, at), {**table, **good})
        if len(verdict.problems) == before:
            found.append(listed.make(**good))
    return tuple(found)


def _check_unique(
    verdict: Verdict, place: layout.Path, table: Mapping[str, Any], key: str, seen: dict[str, int]
) -> None:
    value = table.get(key)
    if value is None:
        return
    if value in seen:
        line = layout.line_of(verdict.source.text, (place[0], seen[value], key))
        verdict.blame((*place, key), f'{key} "{_short(value)}" is there already, on line {line}')
    else:
        seen[value] = int(place[1])


def _check_items(verdict: Verdict, place: layout.Path, feed: Mapping[str, Any]) -> None:
    """`kind = "page"` needs `items`, and nothing else has a use for it."""
    kind, items = feed.get("kind", "feed"), feed.get("items", "")
    if kind == "page" and not items:
        verdict.blame(place, 'a feed with kind = "page" needs items = "a CSS selector"')
    elif items and kind != "page":
        verdict.blame((*place, "items"), 'items has a use only with kind = "page"')


def _unknown_top(name: str, value: object) -> str:
    if not isinstance(value, dict | list):
        for table, (_, keys) in TABLES.items():
            if name in keys:
                return f'"{name}" belongs under [{table}]'
    hint = v.nearest(name, list(TOP_LEVEL))
    return f'unknown table or key "{_short(name)}"; nearest known table: [{hint}]'


def _unknown_key(key: str, place: layout.Path, keys: Keys) -> str:
    where = _brackets(place)
    for table, (_, others) in TABLES.items():
        if key in others:
            return f'unknown key "{key}" in {where}; it belongs under [{table}]'
    return (
        f'unknown key "{_short(key)}" in {where}; nearest known key: "{v.nearest(key, list(keys))}"'
    )


def _brackets(place: layout.Path) -> str:
    return f"[[{place[0]}]]" if len(place) > 1 else f"[{place[0]}]"


def _short(name: str) -> str:
    """A name out of the file, safe and short enough for a message."""
    clean = re.sub(v.CONTROL, "�", name)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"
