"""The configuration in force, written out: as TOML for people, as plain data for `--json`.

Logins in addresses are left out: what is shown is pasted into reports of faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from digest.config.rewrite import render, render_key
from digest.config.schema import LISTS, NAMED, TABLES
from digest.config.settings import Config
from digest.shown import without_login


def as_data(config: Config) -> dict[str, Any]:
    """Every table by name, in plain dicts and lists; keys that are not set are left out."""
    shown: dict[str, Any] = {name: _plain(getattr(config, name)) for name in TABLES}
    for name in LISTS:
        shown[name] = [_plain(table) for table in getattr(config, name)]
    for name in NAMED:
        shown[name] = {key: _value(value) for key, value in getattr(config, name).items()}
    return shown


def as_toml(config: Config) -> str:
    """The whole configuration as a file that reads back to the same settings, but for logins."""
    data = as_data(config)
    lines = [f"{name} = []" for name in LISTS if not data[name]]
    for name in (*TABLES, *NAMED):
        lines += ["", f"[{name}]", *_entries(data[name])]
    for name in LISTS:
        for table in data[name]:
            lines += ["", f"[[{name}]]", *_entries(table)]
    return "\n".join(lines).lstrip("\n") + "\n"


def _entries(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{render_key(key)} = {render(value)}"


def _plain(table: Any) -> dict[str, Any]:
    values = {each.name: getattr(table, each.name) for each in fields(table)}
    return {key: _value(value) for key, value in values.items() if value is not None}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return without_login(value) if isinstance(value, str) else value
