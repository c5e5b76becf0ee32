"""Reads the names written by hand for this subject: `scripts/curated/*.tsv`.

A line has five columns with tabs between them: id, kind, forms in Traditional Chinese, in Japanese,
in English; forms have `|` between them, the commonest first. A Latin form of a person marks the
surname by capitals, in the order that is commonest. A sign behind a form says how it counts:

    Abe*         ambiguous: it helps `who:` to find the entry, and stands for it nowhere
    成大~         only in a query; in running text it is too often part of other words (造成大)
    Taiwanese^   found in text, never shown, and not expanded
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from index.names.model import KINDS, Entity
from index.names.packing import Entry
from index.names.spelling import keys_of
from index.names.userfile import latin_forms

FOLDER = Path(__file__).resolve().parents[1] / "curated"
_COLUMNS = 5
# How a name is read, surname and given name apart: found, never shown.
_READING = re.compile("[\u3041-\u309fー]+・[\u3041-\u309fー]+")


class _Marked(NamedTuple):
    shown: list[str]
    ambiguous: list[str]
    weak: list[str]
    silent: list[str]


def _marked(column: str) -> _Marked:
    found = _Marked([], [], [], [])
    for form in column.split("|"):
        plain = form.rstrip("*~^")
        if form.endswith("*"):
            found.ambiguous.append(plain)
        elif form.endswith("^"):
            found.silent.append(plain)
        elif plain:
            found.shown.append(plain)
            if form.endswith("~"):
                found.weak.append(plain)
    return found


def read_line(line: str) -> Entry:
    """One line as an entry.

    Raises:
        ValueError: it has not five columns, or its kind is not known.
    """
    columns = line.split("\t")
    if len(columns) != _COLUMNS or columns[1] not in KINDS:
        raise ValueError(line)
    entity_id, kind, *written = columns
    zh, ja, en = map(_marked, written)
    shown, sought = latin_forms(kind, en.shown)
    readings = [form for form in ja.shown if _READING.fullmatch(form)]
    in_japanese = tuple(form for form in ja.shown if form not in readings)
    entity = Entity(entity_id, kind, tuple(shown), tuple(zh.shown), in_japanese)
    silent = [form for marked in (zh, ja, en) for form in marked.silent]
    weak = [form for marked in (zh, ja, en) for form in marked.weak]
    return Entry(
        entity,
        spellings=(*sought, *readings, *silent),
        ambiguous=(*zh.ambiguous, *ja.ambiguous, *en.ambiguous),
        curated=True,
        weak=frozenset(key for form in weak for key in keys_of(form)),
        silent=frozenset(key for form in silent for key in keys_of(form)),
    )


def curated_lines(folder: Path = FOLDER) -> Iterator[str]:
    """All lines with names, file by file."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#"):
                yield line


def read_curated(folder: Path = FOLDER) -> list[Entry]:
    """All entries of the curated files."""
    return [read_line(line) for line in curated_lines(folder)]


def read_guards(folder: Path = FOLDER) -> list[str]:
    """The words in which no name is to be seen."""
    lines = (folder / "guards.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]
