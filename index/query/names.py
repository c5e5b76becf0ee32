"""The words of the query language: fields and their values, as parser and completion know them."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from index.query.ast import IS_VALUES, Order

TEXT_FIELDS = ("title", "body", "note", "author")

# Other names of a field.
ALIASES = {"from": "feed"}

# What a person may write before a colon, with what it is for.
FIELDS = {
    "title": "words in the headline",
    "body": "words in the text",
    "note": "words in my note",
    "author": "words in the author's name",
    "feed": "part of a feed's name, host or group",
    "from": "the same as feed:",
    "lang": "language: en, zh, ja",
    "tag": "a tag",
    "who": "a person, place or organisation",
    "story": "a story by its number",
    "id": "an article by its number",
    "is": "a state, such as unread",
    "after": "from this day on",
    "before": "before this day",
    "date": "a day, a month, or a range a..b",
    "newer": "not older than, such as 3d",
    "older": "older than, such as 2w",
    "sort": "order of the results",
    "like": "more like the article with this number",
}

# Values to offer for a field that has a fixed set of them.
VALUES: dict[str, tuple[str, ...]] = {
    "is": IS_VALUES,
    "sort": tuple(order.value for order in Order),
    "lang": ("en", "zh", "ja"),
    "newer": ("1d", "3d", "1w", "1m", "1y"),
    "older": ("1d", "3d", "1w", "1m", "1y"),
}

# Codes people write for a language that has another one.
LANGUAGES = {
    "jp": "ja",
    "jpn": "ja",
    "cn": "zh",
    "tw": "zh",
    "zho": "zh",
    "chi": "zh",
    "eng": "en",
    "english": "en",
    "chinese": "zh",
    "japanese": "ja",
}


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice most like `word`, "" when none is like it."""
    found = get_close_matches(word[:40].lower(), list(choices), n=1, cutoff=0.6)
    return found[0] if found else ""
