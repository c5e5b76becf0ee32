"""Runs the command line in this process, on streams of its own, and as a child process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from digest.cli.app import run

ROOT = Path(__file__).parents[2]


class Screen(io.TextIOWrapper):
    """A stream that a test can read back; with `terminal` it says that it is one."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        self.bytes = io.BytesIO(content)
        self.terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", errors="surrogateescape")

    def isatty(self) -> bool:
        return self.terminal


@dataclass(frozen=True, slots=True)
class Done:
    """What a run came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        assert self.out.endswith("\n")
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Program:
    """The command line on one library folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.desks: list[tuple[Path, Path | None]] = []

    def __call__(self, *words: str, stdin: str = "", terminal: bool = False) -> Done:
        """Run a command without `--home`, which the environment names."""
        given = Screen(stdin.encode("utf-8", "surrogateescape"), terminal=terminal)
        out, err = Screen(terminal=terminal), Screen(terminal=terminal)
        with (
            patch.multiple(sys, stdin=given, stdout=out, stderr=err),
            patch.dict(os.environ, {"DIGEST_HOME": str(self.home)}),
        ):
            code = run(words, self._desk)
        return Done(
            code,
            out.bytes.getvalue().decode("utf-8", "surrogateescape"),
            err.bytes.getvalue().decode(),
        )

    def good(self, *words: str, stdin: str = "") -> Done:
        """Run a command that has to succeed."""
        done = self(*words, stdin=stdin)
        assert done.code == 0, done.err
        return done

    def search(self, *words: str) -> list[int]:
        """The ids that a search finds."""
        return [one["id"] for one in self.good("search", "--json", "--", *words).json["results"]]

    def _desk(self, home: Path, config_file: Path | None) -> int:
        self.desks.append((home, config_file))
        return 0


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a child: a library folder, no configuration of this machine's user."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    own = {"DIGEST_HOME": str(home), "HOME": str(home), "XDG_CONFIG_HOME": str(home / "none")}
    return {**kept, "PYTHONPATH": str(ROOT), **own, **more}


def child(
    home: Path, words: Sequence[str], *, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the real program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "digest", *words],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
        env={**environment(home), **(env or {})},
        cwd=ROOT,
    )
