"""Where things stand in the text of a TOML file.

tomllib gives values without places. This walks the same text again and notes the lines of each
table header and each key; it trusts tomllib's verdict that the text is valid TOML.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

Path = tuple[str | int, ...]

# A string of any of the four kinds, a comment, or one character of anything else.
TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|.",
    re.DOTALL,
)


class Statement(NamedTuple):
    """A table header or a key with its value.

    `path` is where it is in the document, list places as numbers from 0; `first` and `last` are
    line numbers from 1, `last` included; `header` tells a `[table]` line from a key.
    """

    path: Path
    first: int
    last: int
    header: bool


def statements(text: str) -> list[Statement]:
    """Every statement of a valid TOML text, in order."""
    found: list[Statement] = []
    table: Path = ()
    counts: dict[Path, int] = {}
    for source, first, last in _chunks(text):
        if source.startswith("["):
            table = _table(source, counts)
            found.append(Statement(table, first, last, header=True))
        else:
            found.append(Statement((*table, *_key(source)), first, last, header=False))
    return found


def line_of(text: str, path: Path) -> int:
    """The line (from 1) where `path`, or the nearest thing that holds it, is written."""
    if not path:
        return 1
    for statement in statements(text):
        if statement.path[: len(path)] == path:
            return statement.first
    return line_of(text, path[:-1])


def _chunks(text: str) -> Iterator[tuple[str, int, int]]:
    """Each statement's own text without comments, with its first and last line."""
    parts: list[str] = []
    depth, line, first = 0, 1, 1
    for match in TOKEN.finditer(text + "\n"):
        piece = match[0]
        if piece == "\n" and depth == 0:
            if source := "".join(parts).strip():
                yield source, first, line
            parts = []
        elif not piece.startswith("#"):
            if not parts and not piece.isspace():
                first = line
            if parts or not piece.isspace():
                parts.append(piece)
            depth += (piece in "[{") - (piece in "]}")
        line += piece.count("\n")


def _table(header: str, counts: dict[Path, int]) -> Path:
    """The place a header opens; `counts` is how many tables each list has so far."""
    listed = header.startswith("[[")
    names = _names(header.strip("[] \t"))
    place: Path = ()
    for at, name in enumerate(names):
        place = (*place, name)
        if at == len(names) - 1 and listed:
            counts[place] = counts.get(place, 0) + 1
        if place in counts:
            place = (*place, counts[place] - 1)
    return place


def _key(source: str) -> Path:
    """The key at the start of `key = value`."""
    key = ""
    for match in TOKEN.finditer(source):
        if match[0] == "=":
            break
        key += match[0]
    return _names(key)


def _names(key: str) -> Path:
    """The parts of a dotted, maybe quoted key."""
    found: list[str | int] = []
    inner: object = tomllib.loads(f"{key} = 0")
    while isinstance(inner, dict):
        name, inner = next(iter(inner.items()))
        found.append(name)
    return tuple(found)
