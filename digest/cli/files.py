"""Where a command's result goes: to standard output, or to a file that the user names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from digest.cli import output
from digest.export.files import write_whole


def deliver(pieces: Iterable[str] | Iterable[bytes], target: Path | None) -> None:
    """Write text or bytes to a file, or to stdout without one or for `-`.

    Raises:
        DigestError: the file cannot be written; what was there stays.
        DiskFull: there is no room for it; what was there stays.
    """
    if target is None or str(target) == "-":
        output.lines(pieces)
    else:
        write_whole(target, pieces)
