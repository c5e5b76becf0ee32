"""Reads the gazetteer: trilingual names from open lists, one JSON object a line.

Lists of names hold much that is a word as well, and much that a running text spells by chance. What
is taken from them is therefore held back where it may mislead:

- a form that the dictionary knows as a word, and does not translate by the name itself, is void;
- a name of two Han characters, of few kana or of one Latin word counts in a query but not in
  running text, unless it is a country or a city of some size: most are surnames too.
"""

from __future__ import annotations

import calendar
import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.dictionary.dictionary import Dictionary
from index.names.model import Entity
from index.names.packing import Entry
from index.names.spelling import distinct, is_han, is_latin, keys_of, match_key
from index.names.userfile import slug

# Lists whose licence does not let them be part of one data file with the others.
_LEFT_OUT = ("LGPL",)
# A city of so many people is named in the news by its bare name.
_CITY = 150_000
_MOST_FORMS = 6
_LONGEST_FORM = 60
# More one-word forms are readings that a Han form may have in any name; the first are the usual.
_READINGS = 3
_FIRST_READINGS = 2

# Names of days and months are proper names to a list, and none to a reader.
_CALENDAR = {name.lower() for name in (*calendar.day_name, *calendar.month_name)}

_KINDS = {"person": "person", "org": "organisation", "city": "place", "country": "place"}
_PLACE = re.compile(
    r"\b(?:county|township|town|district|city|province|prefecture|river|lake|island|islands|mount|"
    r"mountain|bay|sea|strait|peninsula|region|plain|village|port|autonomous|capital)\b",
    re.IGNORECASE,
)
_UNIVERSITY = re.compile(r"\buniversity\b|\bcollege\b", re.IGNORECASE)
# `Hengchun town in Pingtung County`, `Kaohsiung, city in Taiwan`, `Qidu District of Keelung City`.
_EXPLAINED = re.compile(
    r" (?:town|township|city|county|district|village|province|prefecture) (?:in|of) .*$|,.*$",
    re.IGNORECASE,
)
# Of a body a comma is part of the name (`Ministry of Health, Labour and Welfare`), but for one word
# behind several: `Society of Evolutionary Studies, Japan`.
_SEAT = re.compile(r"^(\S+ [^,]+), [\w.]+$")
_OR = re.compile(r" or | / ")
_TAIL = re.compile(r" (?:town|township|city|county|district|prefecture|village)$")
_MARKS = re.compile(r"[()\"“”|]")
_SIGN = re.compile(f"(?<=..)[{match_key('縣市區鄉鎮町村')}]$")
_PERSON = re.compile(r"[A-Z][\w'’]+(?: [A-Z][\w'’]+)?(?:[ -][A-Za-z][\w'’]+){1,2}")

Row = Mapping[str, Any]


def _kind(row: Row) -> str:
    if row["type"] in _KINDS:
        return _KINDS[row["type"]]
    name = row["en"][0]
    if _UNIVERSITY.search(name):
        return "university"
    if any(map(_PLACE.search, row["en"])):
        return "place"
    han = row["zh_hant"][0]
    hyphened = any("-" in form and _PERSON.fullmatch(form) for form in row["en"])
    return "person" if len(han) in (3, 4) and all(map(is_han, han)) and hyphened else "term"


def _plain(form: str, *, body: bool) -> list[str]:
    """A form without what explains it: `Huwei town in Yunlin`, `Xinzhu or Hsinchu`."""
    whole = body and len(form) <= _LONGEST_FORM
    plain = _SEAT.sub(r"\1", form) if whole else _EXPLAINED.sub("", form)
    names = [_TAIL.sub("", part) for part in _OR.split(plain)]
    return [name for name in names if name[:1].isupper() and not _MARKS.search(name)]


def _english(rows: Iterable[Row]) -> list[str]:
    """The forms to show of those that a list gives."""
    plain = [
        name
        for row in rows
        for form in row["en"]
        for name in _plain(form, body=row["type"] == "org")
    ]
    usable = distinct(form for form in plain if 1 < len(form) <= _LONGEST_FORM)
    readings = [form for form in usable if " " not in form]
    return usable[:_MOST_FORMS] if len(readings) <= _READINGS else usable[:_FIRST_READINGS]


def _usable(form: str) -> bool:
    return len(match_key(form)) > 1 and len(form) <= _LONGEST_FORM and "|" not in form


def _is_taken(row: Row) -> bool:
    return not row["license"].startswith(_LEFT_OUT) and row["en"][0].lower() not in _CALENDAR


def _merged(rows: list[Row]) -> Entity:
    """One entity of all rows that are spelt the same in Han or kana; without an id yet."""
    en = _english(rows)
    zh = distinct(form for row in rows for form in row["zh_hant"] if _usable(form))
    ja = distinct(form for row in rows for form in row["ja"] if _usable(form))
    return Entity("", _kind(rows[0]), tuple(en), tuple(zh[:_MOST_FORMS]), tuple(ja[:_MOST_FORMS]))


def _groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows with the same Han form and both persons, or both none, belong together.

    A place is the same with and without the sign of what it is: 竹東, 竹東鎮.
    """
    groups: dict[tuple[str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        person = _kind(row) == "person"
        key = match_key(row["zh_hant"][0])
        groups[key if person else _SIGN.sub("", key), person].append(row)
    return list(groups.values())


def _identified(entities: list[Entity]) -> list[Entity]:
    """Ids from the first English form; namesakes get a checksum of their Han form as well."""
    by_slug: dict[str, list[Entity]] = defaultdict(list)
    for entity in entities:
        by_slug[slug(entity.name)].append(entity)
    found = []
    for plain, namesakes in by_slug.items():
        for entity in namesakes:
            tail = (
                f"-{zlib.crc32(match_key(entity.zh[0]).encode()):08x}" if len(namesakes) > 1 else ""
            )
            found.append(entity._replace(id=plain + tail))
    return found


class _Words:
    """Judges which keys of an entity are words as well."""

    def __init__(self) -> None:
        self._dictionary = Dictionary.load()

    def _is_word(self, key: str, own: set[str]) -> bool:
        """Whether the dictionary knows `key` as something other than this name."""
        for lang in ("en",) if is_latin(key[0]) else ("zh", "ja"):
            if self._dictionary.knows(key, lang):
                meant = self._dictionary.translations(key, lang)
                if not own & {match_key(form) for form in (*meant.en, *meant.zh, *meant.ja)}:
                    return True
        return False

    def void(self, entity: Entity) -> frozenset[str]:
        """The keys of `entity` that are common words."""
        keys = {key for form in (*entity.en, *entity.zh, *entity.ja) for key in keys_of(form)}
        single = {key for key in keys if " " not in key}
        return frozenset(key for key in single if self._is_word(key, keys))

    def acronyms(self, entity: Entity) -> frozenset[str]:
        """The keys of acronyms that are English words when written small."""
        keys = {key for form in entity.en if form.isupper() for key in keys_of(form)}
        return frozenset(key for key in keys if self._dictionary.knows(key, "en"))


def with_acronyms(entries: list[Entry]) -> list[Entry]:
    """Entries with the keys marked that only capitals tell from a word."""
    words = _Words()
    return [replace(entry, strict=words.acronyms(entry.entity)) for entry in entries]


def _is_weak(key: str, rows: list[Row]) -> bool:
    """Whether a key is too short to be told from other words in running text."""
    if any(row["type"] == "country" or row.get("pop", 0) >= _CITY for row in rows):
        return False
    if is_latin(key[0]):
        return " " not in key
    return len(key) < (3 if all(map(is_han, key)) else 4)


def read_gazetteer(path: Path, taken: Iterable[Entry]) -> list[Entry]:
    """The entries of the gazetteer that no curated entry of `taken` stands for already."""
    known = {
        key
        for entry in taken
        for form in (*entry.entity.zh, *entry.entity.ja, *entry.spellings, *entry.ambiguous)
        for key in keys_of(form)
    }
    ids = {entry.entity.id for entry in taken}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    allowed = [row for row in rows if _is_taken(row)]
    sources = []
    for group in _groups(allowed):
        entity = _merged(group)
        keys = {key for form in (*entity.zh, *entity.ja) for key in keys_of(form)}
        if entity.zh and entity.ja and entity.en and known.isdisjoint(keys):
            sources.append((entity, group))
    named = _identified([entity for entity, _ in sources])
    by_forms = {(entity.kind, entity.zh, entity.ja): group for entity, group in sources}
    words = _Words()
    entries = []
    for entity in named:
        group = by_forms[entity.kind, entity.zh, entity.ja]
        keys = {key for form in (*entity.en, *entity.zh, *entity.ja) for key in keys_of(form)}
        final = entity._replace(id=entity.id + "-2") if entity.id in ids else entity
        entries.append(
            Entry(
                final,
                weak=frozenset(key for key in keys if _is_weak(key, group)),
                void=words.void(entity),
                strict=words.acronyms(entity),
            )
        )
    return entries
