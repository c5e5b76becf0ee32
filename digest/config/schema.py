"""Which tables and keys the configuration has, and what each may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from digest.config import values as v
from digest.config.settings import Brief, Feed, Fetch, Keep, Rule, Search, Ui, View

Keys = Mapping[str, v.Check]


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of tables.

    Attributes:
        make: the settings class of one of them.
        keys: what each key may hold.
        required: the keys that must be there.
        unique: the key whose values must differ, "" for none.
    """

    make: Callable[..., Any]
    keys: Keys
    required: tuple[str, ...]
    unique: str = ""


TABLES: Final[Mapping[str, tuple[Callable[..., Any], Keys]]] = {
    "ui": (
        Ui,
        {
            "language": v.choice("auto", "en", "zh-Hant", "ja"),
            "theme": v.filled,
            "keys": v.choice("vim", "newsboat", "elfeed"),
        },
    ),
    "fetch": (
        Fetch,
        {
            "every": v.interval_or_nothing,
            "concurrency": v.whole(1, 64),
            "per_host": v.whole(1, 16),
            "timeout": v.number(1, 600),
            "max_bytes": v.whole(10_000, 1_000_000_000),
            "full_text": v.switch,
            "allow_private": v.switch,
            "user_agent": v.ascii_line,
            "proxy": v.proxy,
        },
    ),
    "library": (
        Keep,
        {"keep_raw": v.duration, "keep_deleted": v.duration, "backups": v.choice("weekly", "off")},
    ),
    "search": (
        Search,
        {
            "backend": v.choice("whoosh"),
            "meaning": v.switch,
            "dictionary": v.switch,
            "recency": v.number(0, 1),
            "timezone": v.time_zone,
        },
    ),
}

LISTS: Final[Mapping[str, Listed]] = {
    "feeds": Listed(
        Feed,
        {
            "url": v.web_address,
            "name": v.text,
            "lang": v.language_tag,
            "scope": v.choice("all", "topic"),
            "groups": v.texts,
            "tags": v.texts,
            "full_text": v.switch,
            "label": v.text,
            "kind": v.choice("feed", "sitemap", "page"),
            "items": v.selector,
            "secret": v.text,
            "boilerplate": v.switch,
        },
        required=("url",),
        unique="url",
    ),
    "views": Listed(
        View,
        {"name": v.filled, "query": v.text, "alert": v.switch},
        required=("name", "query"),
        unique="name",
    ),
    "rules": Listed(Rule, {"when": v.filled, "then": v.effects}, required=("when", "then")),
    "briefs": Listed(
        Brief,
        {
            "name": v.filled,
            "since": v.duration,
            "query": v.text,
            "sections": v.texts,
            "format": v.choice("md", "html", "epub", "json", "eml"),
            "lang": v.choice("", "en", "zh-Hant", "ja"),
            "to": v.text,
            "command": v.arguments,
        },
        required=("name",),
        unique="name",
    ),
}

# Tables whose keys are names: of an action in [keys], of the user's own making in [commands].
NAMED: Final[Mapping[str, v.Check]] = {"keys": v.filled, "commands": v.program}

TOP_LEVEL: Final = (*TABLES, *LISTS, *NAMED)
