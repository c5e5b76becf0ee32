"""An index on disk: opening, committing, merging, and the state to search."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from index.errors import IndexDamaged
from index.segments import manifest, merging, writer
from index.segments.fields import fingerprint, plan
from index.segments.files import Files
from index.segments.layout import SegmentFileWriter
from index.segments.manifest import Entry, Manifest
from index.segments.memory import keep_freed
from index.segments.segment import Segment
from index.segments.snapshot import Leaf, Snapshot
from index.segments.yielding import yielding
from index.whooshes import Schema

LOCK_TIMEOUT = 30.0  # seconds
_TRIES = 10  # to open a state before the next commit replaces it


class Segments:
    """The segments of one index. Any number of processes and threads may use a folder at once."""

    def __init__(
        self, files: Files, schema: Schema, *, version: str = "", timeout: float = LOCK_TIMEOUT
    ) -> None:
        """Use `open` or `create`.

        Args:
            files: the folder.
            schema: as in `open`.
            version: as in `open`.
            timeout: how many seconds a commit waits for another one.
        """
        keep_freed()
        self._files = files
        self._schema = schema
        self._plans = plan(schema)
        self._shape = fingerprint(schema)
        self._version = version
        self._timeout = timeout
        self._guard = threading.RLock()
        self._snapshot: Snapshot | None = None

    @classmethod
    def open(cls, folder: Path, schema: Schema, *, version: str = "") -> Self:
        """Open the index in `folder`, looking at the header and size of each of its files.

        Args:
            folder: where it is.
            schema: the Whoosh schema it was created with.
            version: of whatever decides about terms (analysis, folding); an index of another
                version counts as damaged.

        Raises:
            IndexDamaged: files are missing, cut short or foreign, or schema or version differ.
        """
        index = cls(Files(folder), schema, version=version)
        index.snapshot()
        return index

    @classmethod
    def create(cls, folder: Path, schema: Schema, *, version: str = "") -> Self:
        """Make an empty index in `folder`, in place of any that is there.

        Raises:
            IndexLocked: another process keeps writing to the one that is there.
        """
        folder.mkdir(parents=True, exist_ok=True)
        index = cls(Files(folder), schema, version=version)
        with index._files.locked(index._timeout):
            empty = Manifest(index._shape, version)
            manifest.save(index._files, empty)
            writer.clean(index._files, empty)
        return index

    def snapshot(self) -> Snapshot:
        """The state committed last, by whichever process.

        Raises:
            IndexDamaged: as in `open`.
        """
        with self._guard:
            kept = self._snapshot
            if kept is None or kept.manifest.stamp != manifest.stamp(self._files):
                kept = self._snapshot = self._load()
            return kept

    def commit(self, add: Iterable[Mapping[str, object]], remove: Iterable[int]) -> None:
        """Add documents and remove those with the ids `remove`, all at once.

        A document replaces the one with its id; of several with one id the last counts. Memory
        stays bounded however many there are. When it fails, the state is as before.

        Raises:
            IndexLocked: another process kept writing.
            IndexDamaged: as in `open`.
            OSError: the disk is full or fails.
        """
        with self._files.locked(self._timeout):
            snapshot = self.snapshot()
            current = snapshot.manifest
            writer.clean(self._files, current)
            opened = {leaf.segment.id: leaf.segment for leaf in snapshot.leaves}

            def segment(entry: Entry) -> Segment:
                if entry.id not in opened:
                    opened[entry.id] = Segment(self._files, entry)
                return opened[entry.id]

            following = writer.commit(self._files, self._plans, current, segment, add, remove)
            self._adopt(following, opened)

    def merge_step(self) -> bool:
        """Merge a few segments, at most `merging.LARGEST` documents, when there are too many.

        Commits go on meanwhile; only the last moment has to wait for them. False when there is
        nothing to do or another process is at it.

        Raises:
            IndexLocked, IndexDamaged, OSError: as `commit`.
        """
        with self._files.merging() as alone:
            if not alone:
                return False
            snapshot = self.snapshot()
            leaves = [snapshot.leaves[at] for at in merging.choose(snapshot.manifest.entries)]
            if not leaves:
                return False
            name = manifest.fresh_id()
            try:
                return self._merge(leaves, name)
            finally:
                self._files.remove(name + writer.MERGED)

    def _merge(self, leaves: list[Leaf], name: str) -> bool:
        parts = merging.sources(leaves)
        file = SegmentFileWriter(self._files, name + writer.MERGED, name)
        try:
            with yielding():
                entry = merging.write(file, self._plans, parts)
        finally:
            file.abandon()
        with self._files.locked(self._timeout):
            snapshot = self.snapshot()
            now = {entry.id: entry for entry in snapshot.manifest.entries}
            if any(part.segment.id not in now for part in parts):
                return False  # the index was made anew
            lives = [now[part.segment.id].live for part in parts]
            entry = replace(entry, live=merging.deleted_since(parts, lives, entry.documents))
            self._files.rename(name + writer.MERGED, entry.file)
            following = writer.replaced(
                snapshot.manifest, [part.segment.id for part in parts], entry
            )
            try:
                manifest.save(self._files, following)
            except BaseException:
                self._files.remove(entry.file)
                raise
            self._adopt(following, {leaf.segment.id: leaf.segment for leaf in snapshot.leaves})
        for part in parts:  # no commit has to wait for that
            self._files.remove(now[part.segment.id].file)
        return True

    def verify(self) -> None:
        """Read every file of the index in full.

        Raises:
            IndexDamaged: something is not what was written.
        """
        for leaf in self.snapshot().leaves:
            leaf.segment.verify()

    def close(self) -> None:
        """Let go of the files; snapshots in use stay usable."""
        with self._guard:
            self._snapshot = None

    def _adopt(self, state: Manifest, opened: dict[str, Segment]) -> None:
        """Make a state that this process has just written the one to search."""
        segments = [opened.get(entry.id) or Segment(self._files, entry) for entry in state.entries]
        with self._guard:
            self._snapshot = Snapshot(self._schema, state, segments)

    def _load(self) -> Snapshot:
        """Open the current state, again when a merge removes its files meanwhile."""
        kept = self._snapshot.leaves if self._snapshot else []
        opened = {leaf.segment.id: leaf.segment for leaf in kept}
        for _ in range(_TRIES):
            state = manifest.load(self._files)
            self._check(state)
            try:
                segments = [
                    opened.get(entry.id) or Segment(self._files, entry) for entry in state.entries
                ]
            except FileNotFoundError:
                if manifest.stamp(self._files) == state.stamp:
                    break
                time.sleep(0.01)
                continue
            return Snapshot(self._schema, state, segments)
        raise IndexDamaged(f"Files of the index {self._files.folder} are missing; rebuild it.")

    def _check(self, state: Manifest) -> None:
        if state.schema != self._shape or state.version != self._version:
            raise IndexDamaged(
                f"The index in {self._files.folder} was made by another version; rebuild it."
            )
