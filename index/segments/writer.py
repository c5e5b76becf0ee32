"""One commit: documents out, documents in, and the next manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.segments import manifest
from index.segments.buffer import Buffer
from index.segments.fields import FieldPlan
from index.segments.files import COMMIT_LOCK, MERGE_LOCK, Files
from index.segments.manifest import Entry, Live, Manifest
from index.segments.segment import Segment

MERGED = ".merge"  # the ending of a segment that is being merged
_ENDINGS = (".seg", ".tmp", MERGED)

Open = Callable[[Entry], Segment]


def commit(
    files: Files,
    plans: tuple[FieldPlan, ...],
    current: Manifest,
    segments: Open,
    add: Iterable[Mapping[str, object]],
    remove: Iterable[int],
) -> Manifest:
    """Write a commit on top of `current`, under the lock of writers; returns the new state.

    `segments` opens those of `current`. When anything fails, `current` stays the state and the
    files written so far go.
    """
    entries = list(current.entries)
    _bury(entries, segments, np.array(list(remove), np.int64))
    kept = len(entries)
    try:
        for buffer in _buffers(plans, add):
            entry = buffer.write(files)
            _bury(entries, segments, buffer.ids())
            entries.append(entry)
        following = current.following(tuple(entry for entry in entries if entry.alive))
        manifest.save(files, following)
    except BaseException:
        for entry in entries[kept:]:
            files.remove(entry.file)
        raise
    return following


def replaced(current: Manifest, old: Sequence[str], new: Entry) -> Manifest:
    """The state after `current` in which one segment stands for several."""
    entries = [entry for entry in current.entries if entry.id not in old]
    if new.alive:
        first = next(at for at, entry in enumerate(current.entries) if entry.id in old)
        entries.insert(first, new)
    return current.following(tuple(entries))


def clean(files: Files, current: Manifest) -> None:
    """Remove what earlier, interrupted work has left; under the lock of writers.

    A file that is being merged is left alone while its merger lives, which holds the lock of
    mergers.
    """
    wanted = {entry.file for entry in current.entries}
    wanted |= {manifest.NAME, COMMIT_LOCK, MERGE_LOCK}
    orphans = [name for name in files.names() if name not in wanted and name.endswith(_ENDINGS)]
    for name in orphans:
        if not name.endswith(MERGED):
            files.remove(name)
    if any(name.endswith(MERGED) for name in orphans):
        with files.merging() as alone:
            for name in orphans:
                if alone and name.endswith(MERGED):
                    files.remove(name)


def _buffers(
    plans: tuple[FieldPlan, ...], documents: Iterable[Mapping[str, object]]
) -> Iterable[Buffer]:
    """The documents in buffers that fit in memory."""
    buffer = Buffer(plans)
    for document in documents:
        buffer.add(document)
        if buffer.full:
            yield buffer
            buffer = Buffer(plans)
    if buffer.size:
        yield buffer


def _bury(entries: list[Entry], segments: Open, ids: NDArray[np.int64]) -> None:
    """Mark the documents with these ids as deleted."""
    for place, entry in enumerate(entries):
        dead = segments(entry).holding(ids)
        if len(dead):
            entries[place] = Entry(entry.id, entry.size, entry.documents, _without(entry, dead))


def _without(entry: Entry, dead: NDArray[np.intp]) -> Live:
    live = np.ones(entry.documents, np.bool_) if entry.live is None else entry.live.copy()
    live[dead] = False
    return live
