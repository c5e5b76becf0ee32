"""The manifest: one small file that says which segments make up the index now.

It is replaced at once by every commit, so readers see the state before or after it and nothing
between. It carries, as bits, which documents of each segment are still alive.

    header  magic, index identity, generation, length of the JSON, CRC-32 of all that follows
    JSON    {"schema", "version", "segments": [{"id", "size", "documents", "deleted"}]}
    bits    for each segment with deletions, its live documents, padded to bytes
"""

from __future__ import annotations

import json
import secrets
import struct
import zlib
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.segments.files import Files

Live = NDArray[np.bool_] | None  # None: every document is alive

NAME = "manifest"
_DRAFT = "manifest.tmp"
_MAGIC = b"\x93TJMAN\r\n"
_HEADER = struct.Struct("<8s16sQII")

Stamp = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One segment of the index.

    Attributes:
        id: names its file.
        size: of the file, bytes.
        documents: how many it holds, deleted ones included.
        live: which of them are alive.
    """

    id: str
    size: int
    documents: int
    live: Live = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.id}.seg"

    @property
    def alive(self) -> int:
        """How many documents are not deleted."""
        return self.documents if self.live is None else int(np.count_nonzero(self.live))


@dataclass(frozen=True, slots=True)
class Manifest:
    """A committed state. `identity` tells apart indexes that lived in one folder in turn."""

    schema: str
    version: str
    entries: tuple[Entry, ...] = ()
    generation: int = 1
    identity: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def stamp(self) -> Stamp:
        """Differs between any two states."""
        return self.identity, self.generation

    def following(self, entries: tuple[Entry, ...]) -> Manifest:
        """The next state."""
        return replace(self, entries=entries, generation=self.generation + 1)


def fresh_id() -> str:
    """A name no segment ever had."""
    return secrets.token_hex(8)


def stamp(files: Files) -> Stamp:
    """Which state is current, at the cost of reading 40 bytes.

    Raises:
        IndexDamaged: there is no manifest, or it is foreign.
    """
    return _header(_read(files, _HEADER.size))[0]


def load(files: Files) -> Manifest:
    """The current state.

    Raises:
        IndexDamaged: there is no manifest, or it is cut short or foreign.
    """
    data = _read(files)
    (identity, generation), length, crc = _header(data)
    body = data[_HEADER.size :]
    if zlib.crc32(body) != crc:
        raise IndexDamaged(f"The list of segments in {files.folder} is damaged; rebuild the index.")
    content = json.loads(body[:length])
    at = length
    entries = []
    for item in content["segments"]:
        documents = item["documents"]
        live: Live = None
        if item["deleted"]:
            width = -(-documents // 8)
            bits = np.frombuffer(body, np.uint8, width, at)
            live = np.unpackbits(bits, count=documents).view(np.bool_)
            at += width
        entries.append(Entry(item["id"], item["size"], documents, live))
    return Manifest(content["schema"], content["version"], tuple(entries), generation, identity)


def save(files: Files, manifest: Manifest) -> None:
    """Make `manifest` the current state."""
    segments = [
        {
            "id": entry.id,
            "size": entry.size,
            "documents": entry.documents,
            "deleted": entry.live is not None,
        }
        for entry in manifest.entries
    ]
    content = {
        "schema": manifest.schema,
        "version": manifest.version,
        "segments": segments,
    }
    text = json.dumps(content).encode()
    bits = [
        np.packbits(entry.live).tobytes() for entry in manifest.entries if entry.live is not None
    ]
    body = b"".join([text, *bits])
    header = _HEADER.pack(
        _MAGIC, manifest.identity, manifest.generation, len(text), zlib.crc32(body)
    )
    files.write(_DRAFT, header + body)
    files.rename(_DRAFT, NAME)


def _read(files: Files, limit: int = -1) -> bytes:
    try:
        return files.read(NAME, limit)
    except (FileNotFoundError, NotADirectoryError):
        raise IndexDamaged(f"There is no index in {files.folder}; rebuild it.") from None


def _header(data: bytes) -> tuple[Stamp, int, int]:
    if len(data) < _HEADER.size or not data.startswith(_MAGIC):
        raise IndexDamaged(f"The index file {NAME} is no list of segments; rebuild the index.")
    _, identity, generation, length, crc = _HEADER.unpack_from(data)
    return (identity, generation), length, crc
