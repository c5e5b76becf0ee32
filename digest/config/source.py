"""A configuration file as read from the disk: its text and what TOML makes of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from digest.errors import ConfigError

MAX_BYTES = 4_000_000


class Problem(NamedTuple):
    """One thing that is wrong in a configuration file; `line` is from 1, 0 for the whole file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}, line {self.line}" if self.line else str(self.path)
        return f"{place}: {self.message}"


class UnreadableError(ConfigError):
    """A file from which not even TOML could be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text with line feeds for line ends, its TOML, and the line ends it really has."""

    path: Path
    text: str
    data: dict[str, Any]
    newline: str = "\n"


def read_source(path: Path) -> Source:
    """Read a configuration file.

    Raises:
        UnreadableError: it is not there, no file, not readable, not UTF-8, too large or not TOML.
    """
    written = _decode(path, _bytes(path))
    text = written.replace("\r\n", "\n")
    return Source(path, text, parse(path, text), "\n" if written == text else "\r\n")


def parse(path: Path, text: str) -> dict[str, Any]:
    """What TOML makes of a file's text.

    Raises:
        UnreadableError: it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(_syntax(path, text, str(error))) from None
    except RecursionError:
        message = "lists or tables are nested too deeply; flatten them"
        raise UnreadableError(Problem(path, 0, message)) from None


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableError(Problem(path, 0, "this is a folder, where a file is expected"))
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        message = "there is no such configuration file; check the name or leave it out"
        raise UnreadableError(Problem(path, 0, message)) from None
    except OSError as error:
        message = f"the file cannot be read ({error.strerror or error}); check its permissions"
        raise UnreadableError(Problem(path, 0, message)) from None
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes, which no configuration needs"
        raise UnreadableError(Problem(path, 0, message))
    return raw


def _decode(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = "this is not UTF-8 text; save the file as UTF-8 in your editor"
        raise UnreadableError(Problem(path, line, message)) from None


def _syntax(path: Path, text: str, said: str) -> Problem:
    """What tomllib said (`… (at line 3, column 5)`) as a problem in our form."""
    place = r"\(at (?:line (\d+), column (\d+)|end of document)\)"
    found = re.fullmatch(rf"(.*?) {place}", said, re.DOTALL)
    if found is None:
        return Problem(path, 0, f"this is not valid TOML: {said}")
    what = found[1][:1].lower() + found[1][1:]
    if found[2] is None:
        last = text.rstrip().count("\n") + 1
        return Problem(path, last, f"this is not valid TOML: {what} before the end of the file")
    return Problem(path, int(found[2]), f"column {found[3]}: this is not valid TOML: {what}")
