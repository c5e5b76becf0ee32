"""What a single value of the configuration may be.

Each check takes the value as TOML gave it and returns it as the settings hold it, or raises
ValueError with the end of a sentence that begins with the key's name ("must be …").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from digest.config.durations import parse_duration, parse_interval
from digest.shown import unstacked, without_login

Check = Callable[[object], Any]

LONGEST_TEXT = 10_000
LONGEST_LIST = 1_000
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
KINDS = {bool: "true or false", int: "a number", float: "a number", str: "text in quotes"}


def nearest(word: str, known: list[str]) -> str:
    """The member of `known` (not empty) that looks most like `word`."""
    from difflib import get_close_matches  # noqa: PLC0415 - 10 ms, needed for messages only

    return get_close_matches(word.lower(), known, n=1, cutoff=0.0)[0]


def kind_of(value: object) -> str:
    """What a TOML value is, in a user's words."""
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a table"
    return KINDS.get(type(value), "a date or time")


def mistyped(wanted: str, value: object) -> ValueError:
    """The error for a value of the wrong TOML type."""
    return ValueError(f"must be {wanted}, not {kind_of(value)}")


def text(value: object) -> str:
    """One line of text, maybe empty."""
    if not isinstance(value, str):
        raise mistyped("text in quotes", value)
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"must not be longer than {LONGEST_TEXT:,} characters")
    if CONTROL.search(value):
        raise ValueError("must be one line of plain text without control characters")
    return unstacked(value)


def filled(value: object) -> str:
    """One line of text with something in it."""
    if not text(value).strip():
        raise ValueError("must not be empty")
    return text(value).strip()


def ascii_line(value: object) -> str:
    """Text that can stand in an HTTP header."""
    if not text(value).isascii():
        raise ValueError("must be written in plain ASCII, because it is sent as an HTTP header")
    return text(value)


def switch(value: object) -> bool:
    """A yes or no."""
    if not isinstance(value, bool):
        raise mistyped("true or false, without quotes", value)
    return value


def whole(low: int, high: int) -> Check:
    """A check for a whole number from `low` to `high`."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise mistyped("a whole number", value)
        if not low <= value <= high:
            raise ValueError(f"must be from {low:,} to {high:,}, not {value:,}")
        return value

    return check


def number(low: float, high: float) -> Check:
    """A check for a number from `low` to `high`; NaN is outside of every range."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise mistyped("a number", value)
        if not low <= value <= high:
            raise ValueError(f"must be from {low:g} to {high:g}, not {value:g}")
        return float(value)

    return check


def choice(*words: str) -> Check:
    """A check for one of a few words."""

    def check(value: object) -> str:
        word = text(value)
        if word in words:
            return word
        listed = ", ".join(f'"{each}"' for each in words)
        hint = f'; nearest: "{nearest(word, list(words))}"' if len(words) > 1 else ""
        raise ValueError(
            f'must be {"one of " if len(words) > 1 else ""}{listed}, not "{word}"{hint}'
        )

    return check


def duration(value: object) -> str:
    """A duration like `30d`."""
    parse_duration(text(value))
    return text(value)


def interval_or_nothing(value: object) -> str:
    """How often something is done, as `30m` (minutes) or `2h`, or "" for never."""
    written = text(value).strip()
    if written:
        parse_interval(written)
    return written


def time_zone(value: object) -> str:
    """An IANA time zone that this machine knows."""
    name = text(value)
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        zones = sorted(available_timezones()) or ["UTC"]
        hint = nearest(name, [zone.lower() for zone in zones])
        found = next(zone for zone in zones if zone.lower() == hint)
        message = f'must be a time zone like "Asia/Taipei", not "{name}"; nearest: "{found}"'
        raise ValueError(message) from None
    return name


def web_address(value: object) -> str:
    """An http or https address with a host."""
    address = filled(value)
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme.lower() not in {"http", "https"} or re.search(r"\s", address):
        # A sign that has to be written as %23 may be what is wrong, in the middle of a password.
        shown = re.sub(r"//.*@", "//", address)
        raise ValueError(f'must be an address that begins with http:// or https://, not "{shown}"')
    return address


def proxy(value: object) -> str:
    """An http(s) address with its port, or "" for none."""
    address = text(value).strip()
    if not address:
        return ""
    web_address(address)
    if urlsplit(address).port is None:
        shown = without_login(address)
        raise ValueError(f'must name its port, like "http://proxy.example:3128", not "{shown}"')
    return address


def language_tag(value: object) -> str:
    """A BCP 47 language tag, or "" for unknown."""
    tag = text(value)
    if tag and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,8}", tag):
        raise ValueError(f'must be a language tag like "en", "zh" or "ja", not "{tag}"')
    return tag


def selector(value: object) -> str:
    """A CSS selector, or "" for none."""
    written = text(value).strip()
    if written:
        from cssselect import SelectorError, parse  # noqa: PLC0415 - for list pages alone

        try:
            parse(written)
        except (SelectorError, RecursionError) as error:
            raise ValueError(f"is no CSS selector: {error}") from None
    return written


def texts(value: object) -> tuple[str, ...]:
    """A list of texts, none of them empty."""
    return _list_of(filled)(value)


def arguments(value: object) -> tuple[str, ...]:
    """A program and its arguments; a text alone would need a shell."""
    return _list_of(text)(value)


def program(value: object) -> tuple[str, ...]:
    """A program and its arguments, at least the program."""
    found = arguments(value)
    if not found or not found[0].strip():
        raise ValueError('must begin with the program, like ["tool", "{url}"]')
    return found


def effects(value: object) -> tuple[str, ...]:
    """What a rule does: `+tag`, `-tag`, `star`, `read`, `mute`."""
    found = _list_of(filled)(value)
    for effect in found:
        if not re.fullmatch(r"[+-]\S+", effect) and effect not in {"star", "read", "mute"}:
            message = f'may hold "+tag", "-tag", "star", "read" and "mute", not "{effect}"'
            raise ValueError(message)
    return found


def _list_of(check: Check) -> Callable[[object], tuple[str, ...]]:
    def check_all(value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise mistyped("a list in square brackets", value)
        if len(value) > LONGEST_LIST:
            raise ValueError(f"must not hold more than {LONGEST_LIST:,} things")
        for item in value:
            try:
                check(item)
            except ValueError as error:
                raise ValueError(f"has a member that {error}") from None
        return tuple(check(item) for item in value)

    return check_all
