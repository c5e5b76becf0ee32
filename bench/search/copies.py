"""A large index without building all of it: copies of a smaller one with ids of their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.search.corpus import Article
from bench.search.ours import OurEngine, schema
from index.segments import manifest
from index.segments.fields import ID
from index.segments.files import Files
from index.segments.layout import SegmentFile, SegmentFileWriter
from index.segments.manifest import Entry
from index.segments.store import Segments


class CopiedEngine(OurEngine):
    """Our own index of the articles, several times over, then merged as any.

    Questions cost what they would on as many different articles whose words are as frequent;
    there are fewer different words.
    """

    def __init__(self, copies: int) -> None:
        self._copies = copies

    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        super().build(folder, articles)
        files = Files(folder)
        state = manifest.load(files)
        ids = sum(entry.documents for entry in state.entries)  # the articles have 1 to so many
        entries = list(state.entries)
        for copy in range(1, self._copies):
            entries += [_copied(files, entry, copy * ids) for entry in state.entries]
        manifest.save(files, state.following(tuple(entries)))
        index = Segments.open(folder, schema())
        while index.merge_step():
            pass


def _copied(files: Files, entry: Entry, more: int) -> Entry:
    """A copy of a segment whose ids are `more` than its own."""
    source = SegmentFile(files, entry.file, entry.id, entry.size)
    properties = {name: value for name, value in source.properties.items() if name != "id"}
    properties["ids"] = [id_ + more for id_ in properties["ids"]]
    name = manifest.fresh_id()
    file = SegmentFileWriter(files, f"{name}.seg", name)
    for array in source.names():
        values = source.array(array)
        file.put(array, values + more if array == f"{ID}.column" else values)
    return Entry(name, file.finish(properties), entry.documents, entry.live)
