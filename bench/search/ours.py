"""Our own index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns, query
from whoosh.fields import COLUMN, TEXT, Schema

from bench.search import tasks as rows
from bench.search.corpus import Article
from bench.search.tasks import TOP, Task
from bench.search.words import Words
from index.analysis import TermAnalyzer
from index.segments.store import Segments

_RUN = 32  # scores


def schema() -> Schema:
    return Schema(
        **{name: COLUMN(columns.NumericColumn("q")) for name in ("id", "date", "feed")},
        lang=COLUMN(columns.RefBytesColumn()),
        title=TEXT(analyzer=TermAnalyzer()),
        body=TEXT(analyzer=TermAnalyzer()),
    )


def _document(article: Article) -> dict[str, Any]:
    terms = {"title": article.title.split(" "), "body": article.body.split(" ")}
    return {**article._asdict(), **{name: found for name, found in terms.items() if found[0]}}


class OurEngine:
    def build(self, folder: Path, articles: Iterable[Article]) -> None:
        index = Segments.create(folder, schema())
        index.commit(map(_document, articles), [])
        while index.merge_step():
            pass

    def open(self, folder: Path) -> Ours:
        return Ours(Segments.open(folder, schema()))


class Ours:
    def __init__(self, index: Segments) -> None:
        self.index = index

    def first(self, word: str) -> int:
        snapshot, asked = self.index.snapshot(), query.Term("body", word)
        docnums = snapshot.match(asked)
        snapshot.score(asked, docnums)
        return len(docnums)

    def commit(self, articles: Sequence[Article]) -> None:
        self.index.commit(map(_document, articles), [])

    def tasks(self, words: Words, ids: Sequence[int]) -> dict[str, Task]:
        snapshot, asked, wanted = self.index.snapshot(), queries(words), np.array(ids)

        def ranked(name: str) -> Task:
            def run() -> int:
                snapshot.forget()
                docnums = snapshot.match(asked[name])
                _best(snapshot.score(asked[name], docnums))
                return len(docnums)

            return run

        def common(then: Any) -> Task:
            def run() -> int:
                snapshot.forget()
                docnums = snapshot.match(asked[rows.COMMON])
                then(docnums)
                return len(docnums)

            return run

        def filtered(docnums: Any) -> None:
            mask = np.zeros(snapshot.size, np.bool_)
            mask[snapshot.docnums(wanted)] = True
            _best(snapshot.score(asked[rows.COMMON], docnums[mask[docnums]]))

        return {
            **{name: ranked(name) for name in asked},
            rows.NEWEST: common(lambda docnums: _best(snapshot.column("date")[docnums])),
            rows.FACET: common(lambda docnums: np.bincount(snapshot.column("feed")[docnums])),
            rows.FILTER: common(filtered),
        }


def queries(words: Words) -> dict[str, Any]:
    def body(word: str) -> Any:
        return query.Term("body", word)

    return {
        rows.RARE: body(words.rare),
        rows.COMMON: body(words.common),
        rows.AND: query.And([body(word) for word in words.pair]),
        rows.OR: query.Or([body(word) for word in words.five]),
        rows.PHRASE: query.Phrase("body", list(words.phrase)),
        rows.NEAR: query.SpanNear(*map(body, words.pair), slop=5, ordered=False),
        rows.PREFIX: query.Prefix("body", words.prefix),
        rows.HAN2: body(words.han2),
        rows.HAN2_RARE: body(words.han2_rare),
        rows.HAN4: query.Phrase("body", words.han4),
        rows.BOTH: query.Or([query.Term("title", words.common, 2.0), body(words.common)]),
    }


def _best(scores: Any) -> Any:
    """The places of the `TOP` best scores, best first."""
    chosen = np.arange(len(scores))
    runs = len(scores) // _RUN
    if runs > TOP:  # the best of each run: at least `TOP` scores reach the `TOP`th of them
        heads = scores[: runs * _RUN].reshape(runs, _RUN).max(axis=1)
        chosen = np.flatnonzero(scores >= np.partition(heads, runs - TOP)[runs - TOP])
    return chosen[np.argsort(-scores[chosen], kind="stable")[:TOP]]
