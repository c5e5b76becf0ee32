"""Packs entries into the parts that `index.names.table` reads.

Every entry claims the keys of its forms; who is meant by a key is decided here, once:

- the strongest claim wins: a curated entry's before a list's first form, before its other forms;
- a key that several win with equal right is ambiguous. It does not stand for any of them, except
  that a full name (two Latin words, three Han characters) may expand to up to three namesakes;
- a form that a curated entry calls ambiguous, and one Han character alone, stand for nobody;
- a key that is a word as well, or has a few owners, expands for none of them but may be read
  loosely (`Use.LOOSE`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntFlag
from itertools import chain

from index.names.model import Entity
from index.names.spelling import is_han, is_katakana, is_latin, keys_of, match_key
from index.sections import pack_lines, pack_numbers, pack_rows

# How long the starts of keys are for which the text is searched first.
_HEAD_LATIN = 6
_HEAD_OTHER = 2

_ACRONYM = 4
# One character alone is a surname, a number or a letter.
_SHORTEST = 2
_NAMESAKES = 3
_LOOSELY = 4  # owners of a key that may be read loosely
# Of an ambiguous key no more owners are kept.
_OWNERS = 255
# Kinds whose English forms are ordinary words: written small, and in the plural.
COMMON_NOUNS = frozenset({"term", "office", "event"})


class Use(IntFlag):
    """What a key may be used for, and how it has to be written in a text."""

    EXPANDS = 1  # alone in a query it stands for its entity
    RECOGNISED = 2  # in running text too
    UPPER = 4  # only in capitals: DPP
    CAPITAL = 8  # only with a capital in front
    STRICT = 16  # only in capitals in a query too: WHO, US
    LOOSE = 32  # what follows the strict matches may take it for any of its few owners


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a source.

    Attributes:
        entity: its forms as they are shown; Latin forms of persons already in both orders.
        spellings: more forms under which it is found and which are never shown.
        ambiguous: forms that only help `who:` to find it.
        curated: written for this subject by hand; such claims win.
        weak: keys that count in a query but not in running text.
        void: keys that are common words as well and stand for the entry in neither.
        silent: keys that are found in running text and do not expand in a query.
        strict: keys of acronyms that are words when written small.
    """

    entity: Entity
    spellings: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    curated: bool = False
    weak: frozenset[str] = frozenset()
    void: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    strict: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Claims:
    """Who claims a key, by strength; and whether all that claim it for running text hold back."""

    by_strength: dict[int, dict[int, None]] = field(default_factory=lambda: defaultdict(dict))
    weak: set[int] = field(default_factory=set)
    bare: bool = False  # some entry shows the form in lower case: no capital is asked for
    upper: bool = False  # some entry shows the form in capitals
    strict: bool = False
    silent: bool = False


_VOID, _OTHER_FORM, _FIRST_FORM, _CALLED_AMBIGUOUS, _CURATED = range(5)


def _claim(claims: dict[str, _Claims], number: int, entry: Entry) -> None:
    entity = entry.entity
    plural = entity.kind in COMMON_NOUNS
    firsts = {forms[0] for forms in (entity.en, entity.zh, entity.ja) if forms}
    shown = chain(entity.zh, entity.ja, entity.en, entry.spellings)
    for form in shown:
        first = _FIRST_FORM if form in firsts else _OTHER_FORM
        for key in keys_of(form, plural=plural):
            strength = _CURATED if entry.curated else first
            if len(key) < _SHORTEST or key in entry.void:
                strength = _VOID
            claim = claims[key]
            claim.by_strength[strength][number] = None
            claim.bare |= form[:1].islower()
            claim.upper |= _is_acronym(form)
            claim.silent |= key in entry.silent
            claim.strict |= key in entry.strict
            if key in entry.weak:
                claim.weak.add(number)
    for form in entry.ambiguous:
        for key in keys_of(form):
            claims[key].by_strength[_CALLED_AMBIGUOUS][number] = None


def _is_acronym(form: str) -> bool:
    letters = form.replace(".", "").replace("-", "")
    return len(letters) <= _ACRONYM and letters.isascii() and letters.isupper()


def _decide(key: str, claim: _Claims) -> tuple[list[int], Use]:
    """The entries that a key names, and what it may be used for."""
    best = max(claim.by_strength)
    winners = list(claim.by_strength[best])[:_OWNERS]
    use = Use(0)
    if best in (_VOID, _CALLED_AMBIGUOUS):
        strongest_first = sorted(claim.by_strength, reverse=True)
        everyone = chain(*(claim.by_strength[strength] for strength in strongest_first))
        owners = list(dict.fromkeys(everyone))[:_OWNERS]
        return owners, _loosely(key, claim, owners) if best == _VOID else use
    if len(winners) == 1:
        use = Use(0) if claim.silent else Use.EXPANDS
        if winners[0] not in claim.weak:
            use |= Use.RECOGNISED
    elif len(winners) <= _NAMESAKES and _is_full_name(key):
        use = Use.EXPANDS
    else:
        use = _loosely(key, claim, winners)
    if is_latin(key[0]):
        if claim.upper and len(key.replace(".", "")) <= _ACRONYM:
            use |= Use.UPPER | (Use.STRICT if claim.strict else Use(0))
        elif not claim.bare:
            use |= Use.CAPITAL
    return winners, use


def _loosely(key: str, claim: _Claims, owners: list[int]) -> Use:
    plain = len(key) >= _SHORTEST and not claim.silent and not claim.upper
    return Use.LOOSE if plain and len(owners) <= _LOOSELY else Use(0)


def _is_full_name(key: str) -> bool:
    if is_latin(key[0]):
        return " " in key
    return sum(map(is_han, key)) > 2 or (is_katakana(key[0]) and len(key) > 5)


def _head(key: str) -> str:
    return key[: _HEAD_LATIN if is_latin(key[0]) else _HEAD_OTHER]


def _shorter(keys: list[str]) -> list[int]:
    """For each of the sorted keys 1 + the number of the longest key it begins with, or 0."""
    found: list[int] = []
    chain_now: list[int] = []
    for number, key in enumerate(keys):
        while chain_now and not key.startswith(keys[chain_now[-1]]):
            chain_now.pop()
        found.append(chain_now[-1] + 1 if chain_now else 0)
        chain_now.append(number)
    return found


def entity_line(entry: Entry) -> str:
    """One entity as a line of the data file."""
    entity = entry.entity
    lists = ("|".join(forms) for forms in (entity.en, entity.zh, entity.ja))
    return "\t".join((entity.id, entity.kind, *lists, "curated" if entry.curated else ""))


def pack_names(entries: Iterable[Entry], guards: Iterable[str] = ()) -> dict[str, bytes]:
    """The parts of a table of names.

    `guards` are words that look as if a name stood in them (本日本 holds 日本): they are found
    before it, and name nothing. No two entries have the same id.
    """
    ordered = sorted(entries, key=lambda entry: entry.entity.id)
    claims: dict[str, _Claims] = defaultdict(_Claims)
    for number, entry in enumerate(ordered):
        _claim(claims, number, entry)
    decided = {key: _decide(key, claim) for key, claim in claims.items()}
    for guard in guards:
        decided.setdefault(match_key(guard), ([], Use.RECOGNISED))
    keys = sorted(decided)
    heads = sorted({_head(key) for key in keys if Use.RECOGNISED in decided[key][1]})
    return {
        **pack_lines("entities", [entity_line(entry) for entry in ordered]),
        **pack_lines("keys", keys),
        **pack_rows("owners", [decided[key][0] for key in keys]),
        **pack_lines("heads", heads),
        "shorter": pack_numbers(_shorter(keys)),
        "uses": bytes(decided[key][1] for key in keys),
    }
