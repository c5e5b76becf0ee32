"""Measures how well queries find their article, in their own language and in the others.

    .venv/bin/python -m bench.quality [--whole] [--data ../shared/data] [--sets xling mono scale]

All documents of `xling/` are indexed together, those of `mono/` likewise, and each query is asked
of one language at a time with `lang:`, through the real engine. `scale` asks the queries of
`xling/` with all documents of `scale/` (68,000) among the right ones. Figures are MRR@10 /
recall@10; across languages they are the mean of six directions. Of our rows each adds something
to the one before, from words alone to meaning, which is measured where the extra is installed.

Without `--whole` every fifth query is asked. `--vectors FOLDER` keeps vectors from run to run,
`--thin 10` takes every tenth of the documents of `scale/` only, and `--part tune` or `--part check`
asks the queries of one half of the articles only.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from bench.quality_rivals import Fts5, Plain, Rival, StockWhoosh
from bench.quality_sets import Case, Figures, Set, distractors, figures, load, mean
from index.dictionary.dictionary import Dictionary
from index.engine import Engine
from index.meaning.encoder import Vectors, available, embedded_text, encode
from index.meaning.nearest import nearest
from index.meaning.records import key_of
from index.meaning.vectors import VectorStore
from index.model import Document, Ids, Text
from index.names.names import Names
from index.query.ast import Filter, Order
from index.query.parser import parse
from index.related import NO_AIDS, Aids
from index.widen import widened

ORDER = ("title", "lead", "kw", "listed", "unlisted", "question", "phrase")
SETS = ("xling", "mono", "scale")
_BATCH = 64
_SAMPLE = 5
_RECOGNISED = 1000  # articles
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ZONE = ZoneInfo("Asia/Taipei")

Answer = Callable[[Case], Sequence[int]]


class Ours:
    """The engine with the documents of one set; stands in for the library."""

    def __init__(self, documents: Sequence[Document], folder: Path) -> None:
        self._documents = documents
        self.engine = Engine.create(folder)
        for start in range(0, len(documents), 5000):
            self.engine.update(documents[start : start + 5000])
        self.engine.merge(lambda: False)

    def ids(self, condition: Filter) -> Ids:
        del condition
        return np.zeros(0, np.int64)

    def texts(self, ids: Sequence[int]) -> Mapping[int, Text]:
        chosen = (self._documents[id_ - 1] for id_ in ids)
        return {one.id: Text(one.title, one.body) for one in chosen}

    def answering(self, aids: Aids, hiding: Aids) -> Answer:
        """How a case is answered with `aids`, or `hiding` where the name is to be in no list."""

        def answer(case: Case) -> Sequence[int]:
            used = hiding if case.hidden else aids
            query = parse(f"lang:{case.target} {case.query}", now=_NOW, zone=_ZONE, saved={})
            ranking = self.engine.rank(
                widened(query, used.names) if used.names else query,
                order=Order.RELEVANCE,
                state=self,
                texts=self,
                now=int(_NOW.timestamp()),
                relaxed=True,
                aids=used,
            )
            return [hit.id for hit in ranking.hits(0, 10)]

        return answer


class Meaning:
    """The neighbours of a set's documents; each query is encoded once."""

    def __init__(self, documents: Sequence[Document], folder: Path) -> None:
        texts = [embedded_text(one.title, one.body) for one in documents]
        keys = np.array([key_of(text) for text in texts], np.uint64)
        self._store = VectorStore(folder)
        missing = np.flatnonzero(self._store.rows(keys) < 0)
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            self._store.add(keys[batch].tolist(), encode([texts[number] for number in batch]))
        self._rows = self._store.rows(keys)
        self._queries: dict[str, Vectors] = {}

    def nearest(self, text: str, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        if text not in self._queries:
            self._queries[text] = encode([text])[0]
        places, scores = nearest(
            self._store.current(), self._queries[text], self._rows[among - 1], count
        )
        return among[places], scores

    def like(self, id_: int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        vector = self._store.current().vectors(self._rows[id_ - 1 : id_])[0]
        places, scores = nearest(self._store.current(), vector, self._rows[among - 1], count)
        return among[places], scores


def our_rows(ours: Ours, asked: Set, meaning: Meaning | None) -> Iterator[tuple[str, Answer]]:
    """Our rows, each with something more than the one before."""
    names, hiding, dictionary = Names.load(), asked.names(), Dictionary.load()
    yield "ours: words only", ours.answering(NO_AIDS, NO_AIDS)
    yield "ours: + names", ours.answering(Aids(names), Aids(hiding))
    more = Aids(names, dictionary), Aids(hiding, dictionary)
    yield "ours: + dictionary", ours.answering(*more)
    if meaning is not None:
        both = Aids(names, dictionary, meaning), Aids(hiding, dictionary, meaning)
        yield "ours: + meaning", ours.answering(*both)


def rivals(asked: Set) -> Iterator[tuple[str, Callable[[], Rival]]]:
    """The rows of others; stock Whoosh takes too long to build with the distractors."""
    yield "FTS5, our terms", lambda: Fts5(asked.documents, trigram=False)
    yield "FTS5, trigrams", lambda: Fts5(asked.documents, trigram=True)
    if asked.name != "scale":
        yield "stock Whoosh, CJK analyzer", lambda: StockWhoosh(asked.documents)
        yield "plain bigram BM25", lambda: Plain(asked.documents)


def printed(title: str, found: Figures, used: float) -> None:
    """One row: a line for each type of query with the mean and every direction."""
    print(f"\n{title}  ({used:.1f} ms CPU a query)")
    for kind in sorted(found, key=ORDER.index):
        pairs = found[kind]
        cells = "  ".join(f"{lang}>{to} {shown([pairs[lang, to]])}" for lang, to in sorted(pairs))
        print(f"  {kind:9}{shown(pairs.values())}   {cells}", flush=True)


def shown(directions: Iterable[Sequence[tuple[float, float]]]) -> str:
    first, second = mean(directions)
    return f"{first:.3f}/{second:.3f}"


def sets(given: argparse.Namespace) -> Iterator[Set]:
    every = 1 if given.whole else given.every
    for name in given.sets:
        folder = given.data / ("xling" if name == "scale" else name)
        others = distractors(given.data / "scale") if name == "scale" else ()
        more = islice(others, 0, None, given.thin)
        found = load(folder, every=every, part=given.part, more=more)
        yield Set(name, found.documents, found.cases)


def recognised(documents: Sequence[Document]) -> None:
    """Print how long it takes to find the names in an article, once all is loaded."""
    names = Names.load()
    names.entities("", "")
    start = time.process_time()
    for one in documents[:_RECOGNISED]:
        names.entities(one.title, one.body)
    count = min(len(documents), _RECOGNISED)
    characters = sum(len(one.title) + len(one.body) for one in documents[:count]) / count
    used = (time.process_time() - start) / count * 1000
    print(f"recogniser: {used:.2f} ms CPU an article of {characters:,.0f} characters (mean)")


def answered(title: str, asked: Set, answer: Answer) -> None:
    """Ask all cases and print the row."""
    start = time.process_time()
    found = figures(asked.cases, answer)
    printed(title, found, (time.process_time() - start) / max(len(asked.cases), 1) * 1000)


def measure(asked: Set, given: argparse.Namespace, folder: Path) -> None:
    """All rows of one set."""
    sample = "whole" if given.whole else f"sample: every {given.every}th query"
    print(
        f"\n=== {asked.name}: {len(asked.documents):,} documents, {len(asked.cases):,} cases "
        f"({sample}; {given.part} queries), MRR@10/recall@10"
    )
    recognised(asked.documents)
    ours = Ours(asked.documents, folder / asked.name)
    vectors = given.vectors or folder / "vectors"
    meaning = Meaning(asked.documents, vectors) if available() else None
    if not meaning:
        print("meaning is not measured: the extra is not installed")
    for title, answer in our_rows(ours, asked, meaning):
        if given.row in title:
            answered(title, asked, answer)
    for title, made in rivals(asked):
        if given.row in title:
            answered(title, asked, made().answer)
    ours.engine.close()


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=root / "shared" / "data")
    parser.add_argument("--whole", action="store_true", help="ask all queries")
    parser.add_argument("--every", type=int, default=_SAMPLE, help="ask every n-th query")
    parser.add_argument("--thin", type=int, default=1, help="take every n-th document of scale/")
    parser.add_argument("--part", choices=("all", "tune", "check"), default="all")
    parser.add_argument("--vectors", type=Path, help="keep vectors here")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=SETS)
    parser.add_argument("--row", default="", help="only rows with this in their title")
    given = parser.parse_args()
    if not (given.data / "xling").exists():
        sys.exit(f"no evaluation sets in {given.data}: name their folder with --data")
    with tempfile.TemporaryDirectory() as folder:
        for asked in sets(given):
            measure(asked, given, Path(folder))


if __name__ == "__main__":
    main()
