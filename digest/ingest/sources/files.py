"""Files and folders on disk: found in order, opened with care, read within limits."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from digest.errors import SourceError
from digest.ingest.sources.options import MAX_BYTES

_MAX_DEPTH = 64


def files_in(folder: Path) -> Iterator[Path]:
    """The regular files below `folder` by name, folder by folder, hidden ones left out.

    Links to files count as files; links to folders are not entered, so there are no circles.

    Raises:
        SourceError: the folder itself cannot be listed.
    """
    if not os.access(folder, os.R_OK | os.X_OK):
        raise SourceError("This folder cannot be opened; check its permissions.")
    for parent, folders, names in os.walk(folder):
        depth = len(Path(parent).parts) - len(folder.parts)
        visible = sorted(name for name in folders if not name.startswith("."))
        folders[:] = visible if depth < _MAX_DEPTH else []
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and path.is_file():
                yield path


@contextmanager
def open_file(path: Path) -> Iterator[tuple[BinaryIO, datetime | None]]:
    """The file open for reading, and when it was last written (None for a pipe).

    Raises:
        SourceError: it is not there, may not be read, or is no file.
    """
    try:
        with path.open("rb") as stream:
            status = os.fstat(stream.fileno())
            if stat.S_ISREG(status.st_mode):
                yield stream, datetime.fromtimestamp(status.st_mtime, UTC)
            elif stat.S_ISFIFO(status.st_mode):
                yield stream, None
            else:
                raise SourceError("This is no file.")
    except FileNotFoundError as error:
        raise SourceError("There is no such file.") from error
    except PermissionError as error:
        raise SourceError("This file may not be read; check its permissions.") from error
    except OSError as error:
        raise SourceError(f"This file cannot be read: {error.strerror or error}.") from error


def read_bounded(stream: BinaryIO) -> bytes:
    """All of a stream.

    Raises:
        SourceError: it is larger than `MAX_BYTES`, or reading fails.
    """
    try:
        data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SourceError(f"It cannot be read: {error.strerror or error}.") from error
    if len(data) > MAX_BYTES:
        raise SourceError(f"It is larger than {MAX_BYTES // 1_000_000} MB.")
    return data
