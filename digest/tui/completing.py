"""What may be typed next in a query: fields and their values, saved views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.tui.rendering.outline import quoted

FIELDS = (
    "title:",
    "body:",
    "note:",
    "author:",
    "feed:",
    "lang:",
    "tag:",
    "who:",
    "id:",
    "is:",
    "after:",
    "before:",
    "date:",
    "newer:",
    "older:",
    "sort:",
)
_VALUES = {
    "is": ("unread", "read", "starred", "noted", "tagged", "copy", "offtopic"),
    "sort": ("newest", "oldest"),
    "newer": ("1d", "3d", "1w", "1m", "1y"),
    "older": ("1w", "1m", "1y"),
}
_WIDE_SIGNS = str.maketrans("：（＃＠－", ":(#@-")
MOST = 8


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names a query may use, as they are in the library now."""

    tags: Sequence[str] = ()
    feeds: Sequence[str] = ()
    langs: Sequence[str] = ("en", "zh", "ja")
    views: Sequence[str] = ()
    names: Sequence[str] = ()
    searches: Sequence[str] = ()


class Completion(NamedTuple):
    """What may stand in `text[start:end]` instead of what was begun there."""

    start: int
    end: int
    options: tuple[str, ...]


def complete(text: str, cursor: int, words: Vocabulary) -> Completion:
    """What may be typed on at `cursor`: into an empty box, what was searched for before."""
    if not text.strip():
        return Completion(0, len(text), tuple(words.searches)[:MOST])
    start = _word_start(text, cursor)
    begun = text[start:cursor].translate(_WIDE_SIGNS)
    lead = begun[: len(begun) - len(begun.lstrip("-("))]
    begun = begun[len(lead) :]
    start += len(lead)
    return Completion(start, cursor, tuple(_options(begun, words))[:MOST])


def accept(text: str, completion: Completion, option: int) -> tuple[str, int]:
    """The text with an option put in, and where the cursor is then."""
    chosen = completion.options[option]
    # A field waits for its value; anything else is a whole word.
    chosen += "" if chosen.endswith(":") else " "
    rest = text[completion.end :].removeprefix(" " if chosen.endswith(" ") else "")
    return text[: completion.start] + chosen + rest, completion.start + len(chosen)


def _word_start(text: str, cursor: int) -> int:
    """Where the word under the cursor starts; a value in open quotes belongs to its field."""
    start = cursor
    quotes = text[:cursor].count('"')
    while start > 0 and (quotes % 2 or not text[start - 1].isspace()):
        start -= 1
        if text[start] == '"':
            quotes -= 1
    return start


def _options(begun: str, words: Vocabulary) -> Iterable[str]:
    if not begun:
        return ()
    if begun.startswith("@"):
        return (f"@{quoted(name)}" for name in _starting(words.views, begun[1:]))
    if begun.startswith("#"):
        return (f"#{name}" for name in _starting(words.tags, begun[1:]) if " " not in name)
    field, colon, value = begun.partition(":")
    if not colon:
        return (name for name in FIELDS if name.startswith(begun.lower()))
    return _values(field.lower(), value.lstrip('"'), words)


def _values(field: str, value: str, words: Vocabulary) -> Iterable[str]:
    known = {
        "tag": words.tags,
        "feed": words.feeds,
        "from": words.feeds,
        "lang": words.langs,
        "who": words.names,
        **_VALUES,
    }.get(field, ())
    return (f"{field}:{quoted(name)}" for name in _starting(known, value) if name != value)


def _starting(names: Iterable[str], begun: str) -> list[str]:
    """Names that start with what was begun, then those that have it inside."""
    low = begun.casefold()
    every = [(name, name.casefold()) for name in names]
    first = [name for name, folded in every if folded.startswith(low)]
    return first + [name for name, folded in every if low in folded and not folded.startswith(low)]
