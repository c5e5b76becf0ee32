"""One source as a person names it, to drafts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from digest.errors import SourceError
from digest.ingest.sources import jsonl
from digest.ingest.sources.files import files_in, open_file, read_bounded
from digest.ingest.sources.kinds import APART, READERS, Kind, kind_of_content, kind_of_name
from digest.ingest.sources.options import AddOptions, Reading, with_options
from digest.model import Draft

Apart = Callable[[Kind, bytes, Reading], Draft]
Outcome = tuple[str, Draft | SourceError]
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
STDIN = "-"


def read_here(kind: Kind, data: bytes, reading: Reading) -> Draft:
    """A file of this kind, read in this process.

    Raises:
        SourceError: it cannot be read.
    """
    return READERS[kind](data, reading)


def drafts(
    source: str,
    options: AddOptions,
    *,
    fetch_page: Callable[[str], Draft],
    apart: Apart = read_here,
    stdin: BinaryIO | None,
    clock: Callable[[], datetime],
    zone: ZoneInfo,
) -> Iterator[Outcome]:
    """Everything that `source` brings, in order, each with the name it is reported under.

    Args:
        source: a file, a folder, an http(s) address or `-`.
        options: what the person said about it.
        fetch_page: downloads and reads one page; may raise `SourceError`.
        apart: reads the kinds in `kinds.APART`; may raise `SourceError`.
        stdin: standard input, None when there is none.
        clock: the present, aware.
        zone: where dates without a zone are.

    Yields:
        The source's name (the file's own path inside folders, `FILE:LINE` in a .jsonl) with its
        draft, or with the error that says why there is none.
    """
    now = clock().astimezone(UTC)
    try:
        if _ADDRESS.match(source):
            yield source, with_options(fetch_page(source), options)
        elif source == STDIN:
            yield from _from_stdin(stdin, options, now, zone, apart)
        elif os.path.isdir(source):  # noqa: PTH112 - unlike Path.is_dir it never raises
            yield from _from_folder(Path(source), options, now, zone, apart)
        else:
            yield from _from_file(Path(source), options, now, zone, apart)
    except SourceError as error:
        yield source, error
    except ValueError:
        yield source, SourceError("This is not a name a file can have.")


def _from_stdin(
    stdin: BinaryIO | None, options: AddOptions, now: datetime, zone: ZoneInfo, apart: Apart
) -> Iterator[Outcome]:
    if stdin is None:
        raise SourceError("There is nothing on standard input; pipe a text into it.")
    data = read_bounded(stdin)
    yield from _from_data(
        STDIN, data, kind_of_content(data), Reading("", now, now, zone, options), apart
    )


def _from_folder(
    folder: Path, options: AddOptions, now: datetime, zone: ZoneInfo, apart: Apart
) -> Iterator[Outcome]:
    empty = True
    for path in files_in(folder):
        if kind_of_name(path.name) is not None:
            empty = False
            try:
                yield from _from_file(path, options, now, zone, apart)
            except SourceError as error:
                yield str(path), error
    if empty:
        raise SourceError(f"There is no file to add in this folder (known are {_endings()}).")


def _from_file(
    path: Path, options: AddOptions, now: datetime, zone: ZoneInfo, apart: Apart
) -> Iterator[Outcome]:
    kind = kind_of_name(path.name)
    with open_file(path) as (stream, written):
        if kind is None and path.suffix:
            raise SourceError(
                f"Files that end in {path.suffix} cannot be read (known are {_endings()})."
            )
        reading = Reading(path.name, written or now, now, zone, options)
        if kind is Kind.JSONL:
            yield from jsonl.read(stream, str(path), reading)
            return
        data = read_bounded(stream)
    yield from _from_data(str(path), data, kind or kind_of_content(data), reading, apart)


def _from_data(
    source: str, data: bytes, kind: Kind, reading: Reading, apart: Apart
) -> Iterator[Outcome]:
    if not data.strip():
        raise SourceError("There is nothing in it.")
    if kind is Kind.JSONL:
        yield from jsonl.read_bytes(data, source, reading)
    else:
        read = apart if kind in APART else read_here
        yield source, with_options(read(kind, data, reading), reading.options)


def _endings() -> str:
    return ", ".join(f".{kind.value}" for kind in Kind)
