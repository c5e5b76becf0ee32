"""A small schema, and the same documents in our segments and in a plain Whoosh index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import analysis, fields, writing
from whoosh.index import create_in

from index.segments.snapshot import Snapshot
from index.segments.store import Segments

Document = Mapping[str, object]


class Words(analysis.Tokenizer):  # type: ignore[misc]  # Whoosh is untyped
    """Words between spaces, one for each position."""

    def __call__(self, value: str, **_options: object) -> Iterator[Any]:
        token = analysis.Token(positions=True)
        for position, word in enumerate(value.split(" ") if value else ()):
            token.text, token.pos, token.boost, token.stopped = word, position, 1.0, False
            yield token

    @staticmethod
    def fast_tokens(value: str) -> list[str]:
        return value.split(" ") if value else []


class Gaps(analysis.Tokenizer):  # type: ignore[misc]  # Whoosh is untyped
    """Words without `the`, which leaves a gap; there is no fast way."""

    def __call__(self, value: str, **options: object) -> Iterator[Any]:
        return (token for token in Words()(value, **options) if token.text != "the")


def schema() -> fields.Schema:
    return fields.Schema(
        id=fields.NUMERIC(int, 64, sortable=True, stored=True),
        title=fields.TEXT(analyzer=Words()),
        body=fields.TEXT(analyzer=Words()),
        gaps=fields.TEXT(analyzer=Gaps()),
        lang=fields.ID(sortable=True),
        tags=fields.KEYWORD(),
        date=fields.NUMERIC(int, 64, sortable=True),
    )


class Pair:
    """Both indexes, kept alike."""

    def __init__(self, folder: Path) -> None:
        self.schema = schema()
        self.ours = Segments.create(folder, self.schema)
        # Not in memory: Whoosh's store in memory writes its parts to one folder for all processes.
        stock = folder.with_name(f"{folder.name}-stock")
        stock.mkdir(parents=True)
        self.stock = create_in(stock, self.schema)

    def commit(self, add: Iterable[Document], remove: Iterable[int] = ()) -> None:
        """`add` has one document for each id."""
        add, remove = list(add), list(remove)
        self.ours.commit(add, remove)
        gone = {*remove, *(document["id"] for document in add)}
        with self.stock.searcher() as searcher:
            reader = searcher.reader()
            dead = [n for n in reader.all_doc_ids() if reader.stored_fields(n)["id"] in gone]
        writer = self.stock.writer(compound=False)
        for number in dead:
            writer.delete_document(number)
        for document in add:
            writer.add_document(**document)
        writer.commit(mergetype=_drop_the_dead)

    def expected(self, query: Any) -> dict[int, float]:
        """Plain Whoosh's scores by id."""
        with self.stock.searcher() as searcher:
            found = searcher.search(query, limit=None)
            return {hit["id"]: found.score(place) for place, hit in enumerate(found)}


def found(snapshot: Snapshot, query: Any) -> dict[int, float]:
    """Our scores by id."""
    docnums = snapshot.match(query)
    assert (np.diff(docnums) > 0).all()
    ids = snapshot.column("id")[docnums].tolist()
    assert len(set(ids)) == len(ids)
    scores = snapshot.score(query, docnums)
    assert (snapshot.score(query, docnums.copy()) == scores).all()
    return dict(zip(ids, scores.tolist(), strict=True))


def _drop_the_dead(_writer: writing.SegmentWriter, segments: list[Any]) -> list[Any]:
    """A merge policy that merges nothing and drops segments in which nothing lives, as ours."""
    return [segment for segment in segments if segment.doc_count()]
