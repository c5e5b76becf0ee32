"""The configuration as values: one dataclass per table of `config.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digest.shown import without_login


@dataclass(frozen=True, slots=True)
class Ui:
    """`[ui]`: how the terminal interface looks and feels."""

    language: str = "auto"
    theme: str = "paper"
    keys: str = "vim"


@dataclass(frozen=True, slots=True)
class Fetch:
    """`[fetch]`: how the network is used. `timeout` in seconds, `max_bytes` after decompression."""

    every: str = ""
    concurrency: int = 8
    per_host: int = 2
    timeout: float = 30.0
    max_bytes: int = 10_000_000
    full_text: bool = True
    allow_private: bool = False
    user_agent: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """`[library]`: how long derived and deleted things stay; durations like `30d`.

    `backups` is `weekly` or `off`.
    """

    keep_raw: str = "30d"
    keep_deleted: str = "30d"
    backups: str = "weekly"


@dataclass(frozen=True, slots=True)
class Search:
    """`[search]`: how results are found and ordered. `timezone` is an IANA name."""

    backend: str = "whoosh"
    meaning: bool = True
    dictionary: bool = True
    recency: float = 0.2
    timezone: str = "Asia/Taipei"


@dataclass(frozen=True, slots=True)
class Feed:
    """One `[[feeds]]` table.

    `full_text` None follows `[fetch]`; with `boilerplate` lines that repeat are hidden.
    """

    url: str
    name: str = ""
    lang: str = ""
    scope: str = "all"
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    full_text: bool | None = None
    label: str = ""
    kind: str = "feed"
    items: str = ""
    secret: str = ""
    boilerplate: bool = True

    @property
    def title(self) -> str:
        """The name, or the address where there is none."""
        return self.name or self.shown

    @property
    def shown(self) -> str:
        """The address as it may be seen: without a login in it."""
        return without_login(self.url)


@dataclass(frozen=True, slots=True)
class View:
    """One `[[views]]` table: a saved search."""

    name: str
    query: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One `[[rules]]` table: what happens to new articles that match."""

    when: str
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One `[[briefs]]` table: a named brief; `lang` is "" for the language of the interface."""

    name: str
    since: str = "24h"
    query: str = ""
    sections: tuple[str, ...] = ()
    format: str = "html"
    lang: str = ""
    to: str = ""
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration, shipped values overridden by the user's file.

    Attributes:
        keys: key by action id.
        commands: argument list by name.
        source: the user's file it was read from, None when only the shipped one was.
    """

    ui: Ui = field(default_factory=Ui)
    fetch: Fetch = field(default_factory=Fetch)
    library: Keep = field(default_factory=Keep)
    search: Search = field(default_factory=Search)
    feeds: tuple[Feed, ...] = ()
    views: tuple[View, ...] = ()
    rules: tuple[Rule, ...] = ()
    briefs: tuple[Brief, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: Path | None = None
