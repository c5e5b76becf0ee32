"""tantivy, through its Python package; one thread writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.search import tasks as rows
from bench.search.corpus import Article
from bench.search.tasks import TOP, Task
from bench.search.words import Words

MEMORY = 256_000_000  # bytes that its writer may fill

_library: Any = import_module("tantivy")  # untyped, and there only with the extra `bench`


class TantivyEngine:
    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        folder.mkdir()
        found = Tantivy(_with_tokenizer(_library.Index(_schema(), path=str(folder))))
        found.write(articles, wait=True)

    def open(self, folder: Path) -> Tantivy:
        return Tantivy(_with_tokenizer(_library.Index.open(str(folder))))


def _schema() -> Any:
    builder = _library.SchemaBuilder()
    for name in ("id", "date", "feed"):
        builder.add_integer_field(name, stored=name == "id", indexed=True, fast=True)
    builder.add_text_field("lang", tokenizer_name="raw", fast=True)
    builder.add_text_field("title", tokenizer_name="spaces")
    builder.add_text_field("body", tokenizer_name="spaces")
    return builder.build()


def _with_tokenizer(index: Any) -> Any:
    spaces = _library.TextAnalyzerBuilder(_library.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)
    return index


class Tantivy:
    def __init__(self, index: Any) -> None:
        self._index = index
        self._searcher = index.searcher()

    def first(self, word: str) -> int:
        return len(self._searcher.search(self._term(word), TOP, count=False).hits)

    def commit(self, articles: Sequence[Article]) -> None:
        self.write(articles)
        self._index.reload()

    def write(self, articles: Iterable[Article], *, wait: bool = False) -> None:
        writer = self._index.writer(MEMORY, 1)
        for article in articles:
            writer.add_document(_library.Document(**article._asdict()))
        writer.commit()
        if wait:
            writer.wait_merging_threads()

    def _term(self, word: str, field: str = "body") -> Any:
        return _library.Query.term_query(self._index.schema, field, word)

    def tasks(self, words: Words, ids: Sequence[int]) -> dict[str, Task]:
        searcher, asked = self._searcher, self._queries(words)

        def task(query: Any, **options: object) -> Task:
            return lambda: len(searcher.search(query, TOP, count=False, **options).hits)

        def facet() -> int:
            wanted = {"feeds": {"terms": {"field": "feed", "size": 300}}}
            return len(searcher.aggregate(asked[rows.COMMON], wanted)["feeds"]["buckets"])

        def filtered() -> int:
            among = _library.Query.term_set_query(self._index.schema, "id", list(ids))
            both = [asked[rows.COMMON], _library.Query.const_score_query(among, 0.0)]
            return len(searcher.search(_all(both), TOP, count=False).hits)

        return {
            **{name: task(query) for name, query in asked.items()},
            rows.NEWEST: task(asked[rows.COMMON], order_by_field="date"),
            rows.FACET: facet,
            rows.FILTER: filtered,
        }

    def _queries(self, words: Words) -> dict[str, Any]:
        made, schema, term = _library.Query, self._index.schema, self._term

        def phrase(found: Sequence[str]) -> Any:
            return made.phrase_query(schema, "body", list(found))

        return {
            rows.RARE: term(words.rare),
            rows.COMMON: term(words.common),
            rows.AND: _all([term(word) for word in words.pair]),
            rows.OR: _any([term(word) for word in words.five]),
            rows.PHRASE: phrase(words.phrase),
            rows.PREFIX: made.regex_query(schema, "body", f"{words.prefix}.*"),
            rows.HAN2: term(words.han2),
            rows.HAN2_RARE: term(words.han2_rare),
            rows.HAN4: phrase(words.han4),
            rows.BOTH: _any(
                [made.boost_query(term(words.common, "title"), 2.0), term(words.common)]
            ),
        }


def _all(queries: Sequence[Any]) -> Any:
    return _library.Query.boolean_query([(_library.Occur.Must, query) for query in queries])


def _any(queries: Sequence[Any]) -> Any:
    return _library.Query.boolean_query([(_library.Occur.Should, query) for query in queries])
