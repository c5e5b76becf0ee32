"""`secrets.toml`: what a person's own subscriptions need, for one host each.

    [nikkei]
    host = "www.nikkei.com"              # or a list; "*.nikkei.com" is the domain and all below it
    headers = { Authorization = "..." }
    cookies = { session = "..." }

The file is read only when it belongs to its reader alone. No message, log, export or `repr` holds
a value out of it: a mistake is named by its place.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from digest.config.values import nearest
from digest.errors import ConfigError
from digest.paths import config_candidates

FILE = "secrets.toml"
MAX_BYTES = 1_000_000
_KEYS = ("host", "headers", "cookies")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")  # RFC 9110 5.6.2
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]{0,8000}")  # RFC 9110 5.5
_COOKIE = re.compile(r"[\x21-\x3a\x3c-\x7e]{0,8000}")  # RFC 6265 4.1.1, as browsers take it
_HOST = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9._-]{0,250}[a-z0-9_])?")
# What the connection itself is made of; another value breaks it.
_NOT_OURS = ("host", "content-length", "transfer-encoding", "connection", "accept-encoding")


@dataclass(frozen=True, slots=True)
class Secret:
    """One entry: what is sent to its hosts, and to no other.

    Attributes:
        name: how feeds name it.
        hosts: in lower case, without ports; one that begins with `*.` is a domain and all below.
        headers: by lower-case name.
        cookies: by name.
    """

    name: str
    hosts: tuple[str, ...]
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)

    def fits(self, host: str) -> bool:
        """Whether it is meant for `host`."""
        host = host.lower().rstrip(".")
        return any(
            host == one or (one.startswith("*.") and (host == one[2:] or host.endswith(one[1:])))
            for one in self.hosts
        )


class Secrets:
    """The entries of a file that is read when the first of them is asked for."""

    def __init__(self, read: Callable[[], Mapping[str, Secret]] = dict) -> None:
        self._read = read
        self._entries: Mapping[str, Secret] | None = None

    def named(self, name: str) -> Secret | None:
        """The entry that a feed names; None for "".

        Raises:
            ConfigError: there is none of this name, or the file is refused.
        """
        if not name:
            return None
        entries = self._all()
        if name not in entries:
            hint = f'; the nearest is "{nearest(name, list(entries))}"' if entries else ""
            raise ConfigError(f"there is no [{name}] in {FILE}{hint}")
        return entries[name]

    def for_host(self, host: str) -> Secret | None:
        """The first entry that is meant for `host`, None without one.

        Raises:
            ConfigError: the file is refused.
        """
        return next((one for one in self._all().values() if one.fits(host)), None)

    def _all(self) -> Mapping[str, Secret]:
        if self._entries is None:
            self._entries = self._read()
        return self._entries


def secrets_of(home: Path, given: Path | None = None) -> Secrets:
    """The secrets in the library folder, else beside the configuration.

    `given` is the configuration file in force.
    """

    def read() -> Mapping[str, Secret]:
        path = secrets_file(home, given)
        return {} if path is None else read_secrets(path)

    return Secrets(read)


def secrets_file(home: Path, given: Path | None = None) -> Path | None:
    """The file that is read, None when there is none."""
    beside = [given] if given is not None else []
    folders = [path.parent for path in (home / FILE, *beside, *config_candidates(home))]
    return next((folder / FILE for folder in folders if os.path.lexists(folder / FILE)), None)


def read_secrets(path: Path) -> dict[str, Secret]:
    """The entries of a file by name.

    Raises:
        ConfigError: others may read it, it is not the reader's own, or something in it is wrong.
    """
    try:
        tables = tomllib.loads(_private(path).decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        # The parser's words may quote the line.
        place = re.search(r"line \d+", str(error))
        raise ConfigError(
            f"{path}{', ' + place[0] if place else ''}: this is not valid TOML in UTF-8"
        ) from None
    return {name: _secret(path, name, table) for name, table in tables.items()}


def _private(path: Path) -> bytes:
    """The file's bytes, once it is known that nobody else could read them."""
    try:
        # Not to wait for whoever might write into a pipe.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123 - a handle, not a path
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ConfigError(f"{path} is no file")
            if sys.platform != "win32":
                _check_owner(path, status)
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror or error}") from None
    if len(raw) > MAX_BYTES:
        raise ConfigError(f"{path} is larger than {MAX_BYTES:,} bytes, which no secrets need")
    return raw


def _check_owner(path: Path, status: os.stat_result) -> None:
    if status.st_uid != os.geteuid():
        raise ConfigError(f"{path} is refused: it belongs to another user; make it your own")
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise ConfigError(f"{path} is refused: others may read or write it; run: chmod 600 {path}")


def _secret(path: Path, name: str, table: object) -> Secret:
    where = f"{path}: [{name[:60]}]"
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: write each secret as a table of its own, like [name]")
    for key in table:
        if key not in _KEYS:
            raise ConfigError(
                f'{where} has an unknown key "{key[:60]}"; '
                f'nearest known key: "{nearest(key, list(_KEYS))}"'
            )
    headers = _pairs(where, "headers", table.get("headers", {}), _VALUE)
    lowered = {key.lower(): value for key, value in headers.items()}
    for key in lowered:
        if key in _NOT_OURS:
            raise ConfigError(f'{where} headers: "{key}" cannot be set')
    return Secret(
        name,
        _hosts(where, table.get("host")),
        lowered,
        _pairs(where, "cookies", table.get("cookies", {}), _COOKIE),
    )


def _hosts(where: str, written: object) -> tuple[str, ...]:
    hosts = [written] if isinstance(written, str) else written
    if not isinstance(hosts, list) or not hosts:
        raise ConfigError(f'{where} needs host = "www.example.com", the host it is meant for')
    found = []
    for host in hosts:
        name = host.strip().lower().rstrip(".") if isinstance(host, str) else ""
        if not _HOST.fullmatch(name):
            raise ConfigError(
                f'{where} host has to be a host\'s name alone, like "www.example.com"'
            )
        found.append(name)
    return tuple(found)


def _pairs(where: str, key: str, written: Any, allowed: re.Pattern[str]) -> dict[str, str]:
    if not isinstance(written, dict):
        raise ConfigError(f'{where} {key} has to be a table, like {key} = {{ name = "value" }}')
    for name, value in written.items():
        if not _TOKEN.fullmatch(name):
            raise ConfigError(f"{where} {key}: one of the names has signs that no name may have")
        if not isinstance(value, str) or not allowed.fullmatch(value):
            raise ConfigError(f'{where} {key}: the value of "{name}" is not one that can be sent')
    return dict(written)
