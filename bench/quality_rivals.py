"""What `bench.quality` compares with: the same sets in SQLite's FTS5 and in stock Whoosh.

All get any of the query's terms (OR), since none finds a sentence by all of them, and count the
title double. `plain` is BM25 over words and pairs of characters without folding, stems or fields:
what a same-language search must not fall behind.
"""

from __future__ import annotations

import math
import re
import sqlite3
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh import analysis, qparser, writing
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.fields import ID, NUMERIC, TEXT, Schema

from bench.quality_sets import TOP, Case
from index.model import Document
from index.tokens import CJK, terms

_TOKEN = re.compile(rf"[{CJK}]+|[^\W_{CJK}]+")
_GRAM = 3


class Rival(Protocol):
    """A search engine with the documents of one set in it."""

    def answer(self, case: Case) -> Sequence[int]:
        """The ids of the best ten documents in the language of the case."""


def plain_terms(text: str) -> Iterator[str]:
    """Words in lower case and pairs of characters; one character alone is itself."""
    for run in _TOKEN.findall(text.lower()):
        if run[0] < "\u3005" or len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


class Plain:
    """BM25 (k1 1.2, b 0.75) in memory; a title's words stand in the text twice more."""

    def __init__(self, documents: Sequence[Document]) -> None:
        counts: dict[str, dict[int, int]] = defaultdict(dict)
        lengths = np.zeros(len(documents) + 1)
        for number, document in enumerate(documents, 1):
            found = Counter(plain_terms(document.title))
            found += found
            found.update(plain_terms(document.body))
            lengths[number] = found.total()
            for term, count in found.items():
                counts[term][number] = count
        self._size = len(documents)
        norms = 1.2 * (0.25 + 0.75 * lengths / lengths[1:].mean())
        self._postings = {term: self._weigh(found, norms) for term, found in counts.items()}
        self._languages = np.array(["", *(document.lang for document in documents)])

    def _weigh(
        self, found: dict[int, int], norms: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        numbers = np.fromiter(found.keys(), np.int64)
        counts = np.fromiter(found.values(), np.float64)
        idf = math.log(1 + (self._size - len(numbers) + 0.5) / (len(numbers) + 0.5))
        return numbers, idf * counts * 2.2 / (counts + norms[numbers])

    def answer(self, case: Case) -> Sequence[int]:
        """The best ten documents."""
        scores = np.zeros(self._size + 1)
        for term in plain_terms(case.query):
            if term in self._postings:
                numbers, weights = self._postings[term]
                scores[numbers] += weights
        scores[self._languages != case.target] = 0
        best = np.argsort(-scores, kind="stable")[:TOP]
        return [int(number) for number in best if scores[number] > 0]


def trigrams(text: str) -> Iterator[str]:
    """The pieces of three characters that a trigram index can be asked for."""
    for run in _TOKEN.findall(text.lower()):
        if run[0] < "\u3005":
            if len(run) >= _GRAM:
                yield run
        else:
            yield from (run[at : at + _GRAM] for at in range(len(run) - _GRAM + 1))


class Fts5:
    """SQLite's FTS5, given our terms with spaces between them or text for its own trigrams."""

    def __init__(self, documents: Iterable[Document], *, trigram: bool) -> None:
        self._terms: Callable[[str], Iterable[str]] = trigrams if trigram else terms
        tokenizer = "trigram" if trigram else "unicode61"
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(title, body, lang UNINDEXED, "
            f"tokenize='{tokenizer}', detail='full')"
        )
        self._database.executemany(
            "INSERT INTO texts (rowid, title, body, lang) VALUES (?, ?, ?, ?)",
            (
                (one.id, *(self._given(text, trigram) for text in (one.title, one.body)), one.lang)
                for one in documents
            ),
        )

    @staticmethod
    def _given(text: str, trigram: bool) -> str:  # noqa: FBT001 - this file's own helper
        return text if trigram else " ".join(terms(text))

    def answer(self, case: Case) -> Sequence[int]:
        """The best ten documents."""
        wanted = dict.fromkeys(self._terms(case.query))
        if not wanted:
            return []
        found = self._database.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? AND lang = ? "
            "ORDER BY bm25(texts, 2.0, 1.0) LIMIT ?",
            (" OR ".join(f'"{term}"' for term in wanted), case.target, TOP),
        )
        return [number for (number,) in found]


class StockWhoosh:
    """Whoosh with its standard codec, BM25F, parser and the tokens of its `CJKAnalyzer`.

    That analyzer makes one term of each Han or kana character. Only some distributions of Whoosh
    have it; here it is put together from the parts that all have.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        splitter = analysis.RegexTokenizer(rf"[{CJK}]|[^\W{CJK}]+(?:\.?[^\W{CJK}]+)*")
        analyzer = splitter | analysis.LowercaseFilter() | analysis.StopFilter(minsize=1)
        schema = Schema(
            id=NUMERIC(stored=True),
            lang=ID,
            title=TEXT(analyzer=analyzer, field_boost=2.0),
            body=TEXT(analyzer=analyzer),
        )
        self._folder = tempfile.TemporaryDirectory()
        made = whoosh_index.create_in(Path(self._folder.name), schema)
        writer = made.writer(limitmb=256)
        for one in documents:
            writer.add_document(id=one.id, lang=one.lang, title=one.title, body=one.body)
        writer.commit(mergetype=writing.OPTIMIZE)
        self._searcher = made.searcher()
        self._parser = qparser.MultifieldParser(
            ["title", "body"], schema, plugins=[], group=qparser.OrGroup
        )

    def answer(self, case: Case) -> Sequence[int]:
        """The best ten documents."""
        asked = self._parser.parse(case.query)
        in_language = whoosh_query.Term("lang", case.target)
        return [hit["id"] for hit in self._searcher.search(asked, filter=in_language, limit=TOP)]
