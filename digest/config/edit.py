"""Changes to the user's configuration file; its comments and its order stay.

What is written goes to the file that `load` reads, or to `config.toml` in the library folder when
the user has none. A list that the user's file does not have yet (feeds, views) starts as a copy of
the shipped one, because a list there replaces the shipped one whole. Nothing is written that
`load` would not accept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from digest.config import rewrite
from digest.config.files import locked, write_whole
from digest.config.judge import Verdict, judge
from digest.config.load import user_file
from digest.config.schema import TABLES
from digest.config.settings import Feed
from digest.config.source import Source, parse, read_source
from digest.config.values import filled, nearest
from digest.errors import ConfigError, UnknownFeed, UsageError
from digest.paths import shipped_config

Change = Callable[[Verdict], str]

OPENING = """\
# Your own configuration. It overrides the shipped one key by key; a list here ([[feeds]],
# [[views]], ...) replaces the shipped list. `digest config show` prints what is in force.
"""


def target_file(home: Path, given: Path | None = None) -> Path:
    """The file that a change is written to; it may not exist yet."""
    return user_file(home, given) or home / "config.toml"


def add_feeds(home: Path, feeds: Iterable[Feed], given: Path | None = None) -> list[Feed]:
    """Add those feeds whose address is not configured yet, and return them.

    Raises:
        ConfigError: the file is wrong or cannot be written, or a feed is not valid.
        DiskFull: there is no room for it.
    """
    added: list[Feed] = []

    def change(now: Verdict) -> str:
        text = now.source.text
        known = {feed.url for feed in now.tables["feeds"]}
        for feed in feeds:
            if feed.url not in known:
                known.add(feed.url)
                added.append(feed)
                text = rewrite.add_table(text, "feeds", _written(feed))
        return text

    _rewrite(home, given, change, starting_with="feeds")
    return added


def remove_feed(home: Path, name: str, given: Path | None = None) -> Feed:
    """Remove the feed with this address or name, and return what it was.

    Raises:
        UnknownFeed: there is no such feed.
        UsageError: several feeds have this name.
        ConfigError: the file is wrong or cannot be written.
        DiskFull: there is no room for it.
    """
    removed: list[Feed] = []

    def change(now: Verdict) -> str:
        at = _find_feed(now.tables["feeds"], name)
        removed.append(now.tables["feeds"][at])
        return rewrite.remove_table(now.source.text, "feeds", at)

    _rewrite(home, given, change, starting_with="feeds")
    return removed[0]


def rename_feed(home: Path, name: str, new_name: str, given: Path | None = None) -> Feed:
    """Give the feed with this address or name a new name, and return what it was before.

    Raises:
        UnknownFeed: there is no such feed.
        UsageError: several feeds have this name.
        ConfigError: the new name is not valid, the file is wrong or cannot be written.
        DiskFull: there is no room for it.
    """
    before: list[Feed] = []
    _check("name", filled, new_name)

    def change(now: Verdict) -> str:
        at = _find_feed(now.tables["feeds"], name)
        before.append(now.tables["feeds"][at])
        return rewrite.set_key(now.source.text, ("feeds", at), "name", new_name.strip())

    _rewrite(home, given, change, starting_with="feeds")
    return before[0]


def add_view(
    home: Path, name: str, query: str, given: Path | None = None, *, alert: bool | None = None
) -> None:
    """Keep a saved search, or give the one with its name a new query; `alert` None leaves it.

    Raises:
        ConfigError: the view is not valid, the file is wrong or cannot be written.
        DiskFull: there is no room for it.
    """
    _check("name", filled, name)
    name = name.strip()
    written = {"query": query} | ({} if alert is None else {"alert": alert})

    def change(now: Verdict) -> str:
        names = [view.name for view in now.tables["views"]]
        text = now.source.text
        if name not in names:
            return rewrite.add_table(text, "views", {"name": name, **written})
        for key, value in written.items():
            text = rewrite.set_key(text, ("views", names.index(name)), key, value)
        return text

    _rewrite(home, given, change, starting_with="views")


def remove_view(home: Path, name: str, given: Path | None = None) -> None:
    """Remove a saved search.

    Raises:
        UsageError: there is none with this name.
        ConfigError: the file is wrong or cannot be written.
        DiskFull: there is no room for it.
    """

    def change(now: Verdict) -> str:
        names = [each.name for each in now.tables["views"]]
        if name not in names:
            hint = f'; the nearest is "{nearest(name, names)}"' if names else ""
            raise UsageError(f'there is no view "{name}"{hint}')
        return rewrite.remove_table(now.source.text, "views", names.index(name))

    _rewrite(home, given, change, starting_with="views")


def set_value(home: Path, table: str, key: str, value: object, given: Path | None = None) -> None:
    """Set one key of `[ui]`, `[fetch]`, `[library]`, `[search]`, `[keys]` or `[commands]`.

    Raises:
        ConfigError: there is no such key, the value is not allowed, or the file is wrong or
            cannot be written.
        DiskFull: there is no room for it.
    """
    if table in TABLES:
        keys = TABLES[table][1]
        if key not in keys:
            hint = nearest(key, list(keys))
            raise ConfigError(f'unknown key "{key}" in [{table}]; nearest known key: "{hint}"')
        _check(f"{key} in [{table}]", keys[key], value)

    def change(now: Verdict) -> str:
        place, last = _place_of(now.source.data.get(table, {}), (table,), key)
        return rewrite.set_key(now.source.text, place, last, value)

    _rewrite(home, given, change)


def _rewrite(home: Path, given: Path | None, change: Change, *, starting_with: str = "") -> None:
    """Read, change and write under one lock, so that of two changes none is lost."""
    target = target_file(home, given)
    if given is not None and not target.exists():
        read_source(target)
    with locked(target.resolve().parent):
        source = read_source(target) if target.exists() else Source(target, OPENING, {})
        text = _with_list(source, starting_with)
        now = _accepted(source, text)
        after = change(now)
        _accepted(source, after)
        if after != text:
            write_whole(target, after.replace("\n", source.newline).encode())


def _with_list(source: Source, name: str) -> str:
    """The text, with the shipped list `name` copied into it when it has none of its own."""
    if not name or name in source.data:
        return source.text
    shipped = rewrite.section(read_source(shipped_config()).text, name)
    return f"{source.text.rstrip()}\n\n{shipped}\n".lstrip("\n") if shipped else source.text


def _accepted(source: Source, text: str) -> Verdict:
    verdict = judge(Source(source.path, text, parse(source.path, text), source.newline))
    if verdict.problems:
        raise ConfigError(str(verdict.problems[0]))
    for name in ("feeds", "views"):
        verdict.tables.setdefault(name, ())
    return verdict


def _check(what: str, check: Callable[[object], Any], value: object) -> None:
    try:
        check(list(value) if isinstance(value, tuple) else value)
    except ValueError as error:
        raise ConfigError(f"{what} {error}") from None


def _place_of(
    table: Mapping[str, Any], place: tuple[str, ...], key: str
) -> tuple[tuple[str, ...], str]:
    """Where `key` is written: `article.tag = …` without quotes is a table in a table."""
    first, _, rest = key.partition(".")
    if place[0] == "keys" and rest and key not in table and isinstance(table.get(first), dict):
        return _place_of(table[first], (*place, first), rest)
    return place, key


def _written(feed: Feed) -> dict[str, Any]:
    """The keys of a feed that differ from what they are when left out."""
    plain = {each.name: (getattr(feed, each.name), each.default) for each in fields(feed)}
    return {key: value for key, (value, default) in plain.items() if value != default}


def _find_feed(feeds: tuple[Feed, ...], name: str) -> int:
    exact = [at for at, feed in enumerate(feeds) if name == feed.url]
    found = exact or [
        at for at, feed in enumerate(feeds) if name.casefold() == feed.name.casefold()
    ]
    if len(found) > 1:
        raise UsageError(f'{len(found)} feeds have the name "{name}"; give the address instead')
    if found:
        return found[0]
    titles = [feed.title for feed in feeds]
    hint = f'; the nearest is "{nearest(name, titles)}"' if titles else ""
    raise UnknownFeed(f'there is no feed "{name}"{hint}')
