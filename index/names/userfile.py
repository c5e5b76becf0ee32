"""A user's own names, read strictly from a TOML file.

    ignore = ["日本晴"]                  # words in which no name is to be seen

    [[names]]
    id = "lai-ching-te"                  # without it, made from the first form
    kind = "person"                      # one of KINDS
    en = ["LAI Ching-te", "William Lai"] # capitals mark a person's surname
    zh = ["賴清德"]
    ja = ["頼清徳"]
    ambiguous = ["Lai"]                  # found by who:, never expanded
    side = "taiwan"                      # one of SIDES: what an article with it concerns

    [[names]]
    id = "some-id"
    remove = true                        # this entry of the package is to be forgotten

An entry with the id of one that the package ships takes its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from index.names.model import KINDS, Entity, NamesError
from index.names.packing import Entry
from index.names.sides import SIDES
from index.names.spelling import distinct, match_key, orders, without_macrons

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGES = ("en", "zh", "ja")
_KEYS = ("id", "kind", *_LANGUAGES, "ambiguous", "side", "remove")
_TOP = ("names", "ignore")
_LONGEST_FORM = 80
_MOST_NAMES = 10_000
# The table's own signs, and what steers a terminal or hides.
_BREAKING = re.compile(
    "[|\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)


@dataclass(frozen=True, slots=True)
class UserNames:
    """What a user's file says.

    Attributes:
        entries: their own entries.
        hidden: ids of shipped entries that theirs replace or remove.
        ignored: words in which no name is to be seen.
        sides: the side of those of their entries that have one.
        rows: the id of each [[names]] table in the file, in order.
    """

    entries: tuple[Entry, ...] = ()
    hidden: frozenset[str] = frozenset()
    ignored: tuple[str, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()


def latin_forms(kind: str, forms: list[str]) -> tuple[list[str], list[str]]:
    """The English forms to show, and those that are only looked for.

    A person's marked forms come in both orders; macrons are only looked for.
    """
    written = [order for form in forms for order in orders(form)] if kind == "person" else forms
    shown = distinct(without_macrons(form) for form in written)
    return shown, [form for form in written if form not in shown]


def slug(form: str) -> str:
    """An id made from a form: its Latin letters and digits, else its code points."""
    plain = re.sub(r"[^a-z0-9]+", "-", match_key(form).replace("'", "")).strip("-")
    return plain or "-".join(f"{ord(char):x}" for char in form)


def read_names(path: Path) -> UserNames:
    """Read a user's file.

    Raises:
        NamesError: it is not TOML, or something in it is not known or has the wrong shape.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise NamesError(f"{path}: {error}. Correct the file of names.") from error
    return parse_names(text, path)


def parse_names(text: str, path: Path) -> UserNames:
    """What a user's file with this text says; `path` is for messages.

    Raises:
        NamesError: as in `read_names`.
    """
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        raise NamesError(f"{path}: {error}. Correct the file of names.") from error
    return _Reader(path, text).read(table)


class _Reader:
    """Turns the parsed table into entries; knows the file for its messages."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._heads = [
            number
            for number, line in enumerate(text.split("\n"), 1)
            if re.match(r"\s*\[\[\s*names\s*\]\]", line)
        ]

    def read(self, table: Mapping[str, Any]) -> UserNames:
        self._known(table, _TOP, 1)
        ignored = self._forms(table, "ignore", 1)
        rows = table.get("names", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._error("names are written as [[names]] tables", 1)
        if len(rows) > _MOST_NAMES:
            raise self._error(f"more than {_MOST_NAMES:,} names", 1)
        entries: dict[str, Entry] = {}
        removed: set[str] = set()
        sides: dict[str, str] = {}
        ids: list[str] = []
        for place, row in enumerate(rows):
            line = self._heads[place] if place < len(self._heads) else 1
            if (entry := self._entry(row, line)) is None:
                removed.add(row["id"])
                ids.append(row["id"])
            elif entry.entity.id in entries or entry.entity.id in removed:
                raise self._error(f"the id {entry.entity.id!r} is there twice", line)
            else:
                entries[entry.entity.id] = entry
                ids.append(entry.entity.id)
                if side := self._side(row, line):
                    sides[entry.entity.id] = side
        hidden = frozenset(entries) | removed
        own = tuple(entries.values())
        return UserNames(own, hidden, tuple(ignored), sides, tuple(ids))

    def _entry(self, row: Mapping[str, Any], line: int) -> Entry | None:
        """One entry; None when it only removes a shipped one."""
        self._known(row, _KEYS, line)
        if row.get("remove", False) is not False:
            if row["remove"] is not True or set(row) != {"id", "remove"}:
                raise self._error("an entry to remove has an id and remove = true alone", line)
            self._id(row, "", line)
            return None
        kind = row.get("kind", "term")
        if kind not in KINDS:
            raise self._error(f"kind is one of {', '.join(KINDS)}", line)
        forms = {lang: self._forms(row, lang, line) for lang in _LANGUAGES}
        shown, sought = latin_forms(kind, forms["en"])
        first = next((form for form in (*shown, *forms["zh"], *forms["ja"])), None)
        if first is None:
            raise self._error("a name needs a form in en, zh or ja", line)
        entity = Entity(
            self._id(row, slug(first), line),
            kind,
            tuple(shown),
            *map(tuple, (forms["zh"], forms["ja"])),
        )
        ambiguous = tuple(self._forms(row, "ambiguous", line))
        return Entry(entity, tuple(sought), ambiguous, curated=True)

    def _side(self, row: Mapping[str, Any], line: int) -> str:
        side = row.get("side", "")
        if side and side not in SIDES:
            raise self._error(f"side is one of {', '.join(SIDES)}", line)
        return str(side)

    def _id(self, row: Mapping[str, Any], made: str, line: int) -> str:
        wanted = row.get("id", made)
        if not isinstance(wanted, str) or not _ID.fullmatch(wanted) or len(wanted) > _LONGEST_FORM:
            raise self._error("an id has small letters, digits and hyphens", line)
        return wanted

    def _forms(self, row: Mapping[str, Any], key: str, line: int) -> list[str]:
        forms = row.get(key, [])
        if not isinstance(forms, list) or not all(isinstance(form, str) for form in forms):
            raise self._error(f"{key} is a list of texts", line)
        for form in forms:
            if not match_key(form) or len(form) > _LONGEST_FORM or _BREAKING.search(form):
                raise self._error(
                    f"a form in {key} is empty, longer than {_LONGEST_FORM} characters or has a |, "
                    "a line break or another hidden character",
                    line,
                )
        return forms

    def _known(self, table: Mapping[str, Any], known: tuple[str, ...], line: int) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, 1, 0.5)
                hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
                raise self._error(f"unknown key {key!r}{hint}", line)

    def _error(self, message: str, line: int) -> NamesError:
        return NamesError(f"{self._path}, line {line}: {message}")
