"""Finds the configuration, checks it and puts a user's file over the shipped one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.config.judge import Verdict, judge
from digest.config.schema import LISTS, NAMED, TABLES
from digest.config.settings import Config
from digest.config.source import Problem, UnreadableError, read_source
from digest.errors import ConfigError
from digest.paths import config_candidates, shipped_config


def load(home: Path, given: Path | None = None) -> Config:
    """The configuration for the library in `home`.

    The user's file overrides the shipped one key by key: a key left out keeps its shipped value, a
    list of tables and `[commands]` replace the shipped one whole, `[keys]` adds to it.

    Args:
        home: the library folder, where `config.toml` is looked for first.
        given: the file named by `--config`; it has to exist, like one in `$DIGEST_CONFIG`.

    Raises:
        ConfigError: the file cannot be read or something in it is wrong; the message names the
            file, the line and the nearest known key.
    """
    shipped = _accepted(shipped_config())
    path = user_file(home, given)
    if path is None:
        return _config(shipped.tables, None)
    return _config(_merged(shipped.tables, _accepted(path).tables), path)


def check(path: Path) -> list[Problem]:
    """Every problem in a configuration file, in order of lines; empty when it is good."""
    try:
        return judge(read_source(path)).problems
    except UnreadableError as error:
        return [error.problem]


def user_file(home: Path, given: Path | None = None) -> Path | None:
    """The user's configuration file, None when there is none and the shipped one stands alone.

    A file that was named (`given` or `$DIGEST_CONFIG`) is returned whether or not it exists.
    """
    candidates = config_candidates(home, given)
    if given is not None or os.environ.get("DIGEST_CONFIG"):
        return candidates[0]
    return next((path for path in candidates if os.path.lexists(path)), None)


def _accepted(path: Path) -> Verdict:
    verdict = judge(read_source(path))
    if verdict.problems:
        more = len(verdict.problems) - 1
        rest = f" ({more} more: `digest config check` lists them)" if more else ""
        raise ConfigError(f"{verdict.problems[0]}{rest}")
    return verdict


def _merged(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**shipped, **own}
    for name in (*TABLES, "keys"):
        merged[name] = {**shipped.get(name, {}), **own.get(name, {})}
    return merged


def _config(tables: Mapping[str, Any], source: Path | None) -> Config:
    plain = {name: make(**tables.get(name, {})) for name, (make, _) in TABLES.items()}
    lists = {name: tables.get(name, ()) for name in LISTS}
    named = {name: tables.get(name, {}) for name in NAMED}
    return Config(**plain, **lists, **named, source=source)
