"""What `field:value` means for each field that is not text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from unicodedata import normalize
from zoneinfo import ZoneInfo

from index.query.ast import IS_VALUES, Dates, Filter, Languages, Node, Nothing, Or, Order
from index.query.dates import Period, moment_ago, period
from index.query.names import ALIASES, LANGUAGES, VALUES, nearest

MAX_VALUE = 200  # characters
_MAX_ID = 2**63 - 1
_LIST = re.compile("[,，、]")
_RANGE = re.compile(r"\.\.+|…|‥")


class Misunderstood(Exception):
    """A value that means nothing; the message says what would."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What dates are read against."""

    now: datetime
    zone: ZoneInfo


def meaning(field: str, value: str, clock: Clock) -> Node | Order:
    """What `field:value` asks for.

    Raises:
        Misunderstood: nothing that could be understood.
    """
    field = ALIASES.get(field, field)
    value = value.strip()
    if not value:
        raise Misunderstood(f"{field}: needs a value right behind the colon")
    if len(value) > MAX_VALUE:
        raise Misunderstood(f"the value of {field}: is longer than {MAX_VALUE} characters")
    return _READERS[field](field, value, clock)


def _state(field: str, value: str, _: Clock) -> Node:
    return Filter(field, value)


def _number(field: str, value: str, _: Clock) -> Node:
    found = [_one_number(field, part.strip()) for part in _LIST.split(value) if part.strip()]
    if not found:
        raise Misunderstood(f"{field}: takes a number")
    return found[0] if len(found) == 1 else Or(tuple(found))


def _one_number(field: str, text: str) -> Node:
    digits = normalize("NFKC", text)
    if not (digits.isascii() and digits.isdigit()):
        raise Misunderstood(f"{field}: takes a number, not “{text}”")
    digits = digits.lstrip("0") or "0"
    if len(digits) > len(str(_MAX_ID)) or int(digits) > _MAX_ID:
        return Nothing()
    return Filter(field, digits)


def _is(field: str, value: str, _: Clock) -> Node:
    word = normalize("NFKC", value).lower()
    if word in IS_VALUES:
        return Filter(field, word)
    raise Misunderstood(f"is: knows no “{value}”{_suggestion('is', word)}")


def _languages(_field: str, value: str, _: Clock) -> Node:
    codes = []
    for part in _LIST.split(normalize("NFKC", value).lower()):
        primary = re.split("[-_]", part.strip())[0]
        code = LANGUAGES.get(primary, primary)
        if not re.fullmatch("[a-z]{2,3}", code):
            raise Misunderstood("lang: takes codes such as en, zh or ja")
        codes.append(code)
    return Languages(tuple(dict.fromkeys(codes)))


def _after(_field: str, value: str, clock: Clock) -> Node:
    return Dates(_period(value, clock).start, None)


def _before(_field: str, value: str, clock: Clock) -> Node:
    return Dates(None, _period(value, clock).start)


def _date(_field: str, value: str, clock: Clock) -> Node:
    parts = _RANGE.split(value, maxsplit=1)
    first = _period(parts[0], clock) if parts[0].strip() else None
    last = _period(parts[-1], clock) if parts[-1].strip() else None
    if first is None and last is None:
        raise Misunderstood("date: needs a day on one side of the dots at least")
    if first and last and last < first:
        first, last = last, first
    return Dates(first.start if first else None, last.end if last else None)


def _newer(_field: str, value: str, clock: Clock) -> Node:
    return Dates(_ago("newer", value, clock), None)


def _older(_field: str, value: str, clock: Clock) -> Node:
    return Dates(None, _ago("older", value, clock))


def _sort(_field: str, value: str, _: Clock) -> Order:
    word = normalize("NFKC", value).lower()
    try:
        return Order(word)
    except ValueError:
        raise Misunderstood(f"sort: knows no “{value}”{_suggestion('sort', word)}") from None


def _period(value: str, clock: Clock) -> Period:
    found = period(value, clock.now, clock.zone)
    if found is not None:
        return found
    if moment_ago(value, clock.now, clock.zone) is not None:
        raise Misunderstood(f"a day is meant here; an age goes with newer:{value}")
    raise Misunderstood(f"“{value}” is no date; write 2026-08-15, 2026-08 or 2026")


def _ago(field: str, value: str, clock: Clock) -> int:
    found = moment_ago(value, clock.now, clock.zone)
    if found is not None:
        return found
    raise Misunderstood(f"{field}: takes a number and one of h d w m y, such as {field}:3d")


def _suggestion(field: str, word: str) -> str:
    near = nearest(word, VALUES[field])
    return f"; did you mean {field}:{near}?" if near else f"; it takes {', '.join(VALUES[field])}"


_READERS: dict[str, Callable[[str, str, Clock], Node | Order]] = {
    "feed": _state,
    "tag": _state,
    "who": _state,
    "story": _number,
    "id": _number,
    "like": _number,
    "is": _is,
    "lang": _languages,
    "after": _after,
    "before": _before,
    "date": _date,
    "newer": _newer,
    "older": _older,
    "sort": _sort,
}
