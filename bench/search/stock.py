"""Whoosh as it comes, with its own codec, writer and collectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, index, query, sorting

from bench.search import ours
from bench.search import tasks as rows
from bench.search.corpus import Article
from bench.search.tasks import TOP, Task
from bench.search.words import Words

MEMORY = 256  # MB that its writer may fill


def _schema() -> Any:
    spaces = analysis.SpaceSeparatedTokenizer()
    numbers = {name: fields.NUMERIC(int, 64, sortable=True) for name in ("id", "date", "feed")}
    return fields.Schema(
        **numbers,
        lang=fields.ID(sortable=True),
        title=fields.TEXT(analyzer=spaces),
        body=fields.TEXT(analyzer=spaces),
    )


class StockEngine:
    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        folder.mkdir()
        _write(index.create_in(folder, _schema()), articles)

    def open(self, folder: Path) -> Stock:
        return Stock(index.open_dir(folder))


def _write(opened: Any, articles: Iterable[Article]) -> None:
    writer = opened.writer(limitmb=MEMORY)
    for article in articles:
        writer.add_document(**article._asdict())
    writer.commit()


class Stock:
    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._searcher = opened.searcher()

    def first(self, word: str) -> int:
        return len(self._searcher.search(query.Term("body", word), limit=TOP).top_n)

    def commit(self, articles: Sequence[Article]) -> None:
        _write(self._index, articles)

    def tasks(self, words: Words, ids: Sequence[int]) -> dict[str, Task]:
        asked, searcher = ours.queries(words), self._searcher
        common = asked[rows.COMMON]

        def task(wanted: Any, **options: object) -> Task:
            return lambda: len(searcher.search(wanted, limit=TOP, **options).top_n)

        chosen = set(ids)
        numbers = {
            number
            for number, id_ in enumerate(searcher.reader().column_reader("id").load())
            if id_ in chosen
        }
        return {
            **{name: task(wanted) for name, wanted in asked.items()},
            rows.NEWEST: task(common, sortedby="date", reverse=True),
            rows.FACET: task(common, groupedby="feed", maptype=sorting.Count),
            rows.FILTER: task(common, filter=numbers),
        }
