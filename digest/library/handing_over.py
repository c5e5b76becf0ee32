"""Handing a finished file to a program of the user's, without a shell."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from digest.errors import DigestError

SECONDS = 600


def hand_over(command: Sequence[str], file: Path, *, quiet: bool = False) -> None:
    """Run the command, the file's path in the place of `{file}`; `quiet` hides what it prints.

    Raises:
        DigestError: it cannot be started, fails, or takes longer than ten minutes.
    """
    words = [word.replace("{file}", str(file)) for word in command]
    out = subprocess.DEVNULL if quiet else None
    try:
        ran = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            words, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DigestError(f"{words[0]} could not be run ({error}); the brief is {file}") from error
    if ran.returncode:
        raise DigestError(f"{words[0]} ended with {ran.returncode}; the brief is {file}")
