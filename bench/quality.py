"""Measures how well queries find their article, in their own language and in the others.

    .venv/bin/python -m bench.quality [--data ../shared/data] [--every 1] [--vectors FOLDER]

All documents of `xling/` are indexed together, those of `mono/` likewise, and each query is asked
of one language at a time with `lang:`, through the real engine. Figures are MRR@10 / recall@10.
Rows: `plain` is BM25 of words and pairs of characters alone, each following row adds something to
the one before. `--every 5` asks every fifth query. Meaning is measured where the extra is
installed; its vectors are kept in `--vectors` from run to run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from index.dictionary import Dictionary
from index.engine import Engine
from index.meaning.encoder import Vectors, available, embedded_text, encode
from index.meaning.nearest import nearest
from index.meaning.vectors import VectorStore, key_of
from index.model import Document, Ids, Text
from index.names import Names
from index.query.ast import Filter, Order
from index.query.parser import parse
from index.related import NO_AIDS, Aids
from index.widen import widened

Figures = dict[tuple[str, str], list[tuple[float, float]]]
_BATCH = 64
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ZONE = ZoneInfo("Asia/Taipei")


class Set:
    """One evaluation set, indexed; stands in for the library."""

    def __init__(self, folder: Path, index: Path, every: int) -> None:
        rows = read(folder / "docs.jsonl.gz")
        self.queries = list(read(folder / "queries.jsonl.gz"))[::every]
        self.numbers: dict[str, int] = {}
        self.documents = []
        for number, row in enumerate(rows, 1):
            self.numbers[row["id"]] = number
            self.documents.append(Document(number, row["title"], row["text"], lang=row["lang"][:2]))
        self.engine = Engine.create(index)
        self.engine.update(self.documents)
        self.engine.merge(lambda: False)

    def ids(self, condition: Filter) -> Ids:
        del condition
        return np.zeros(0, np.int64)

    def texts(self, ids: Sequence[int]) -> Mapping[int, Text]:
        chosen = (self.documents[id_ - 1] for id_ in ids)
        return {one.id: Text(one.title, one.body) for one in chosen}

    def cases(self) -> Iterator[tuple[str, str, str, str, set[int]]]:
        """Type, language, target language, query and what it is to find."""
        for query in self.queries:
            relevant = query["rel"]
            if not isinstance(relevant, dict):
                relevant = {query["lang"]: relevant}
            for target, ids in relevant.items():
                if found := {self.numbers[one] for one in ids if one in self.numbers}:
                    yield query["type"], query["lang"], target, query["query"], found

    def ask(self, source: str, target: str, names: Names | None, aids: Aids) -> list[int]:
        query = parse(f"lang:{target[:2]} {source}", now=_NOW, zone=_ZONE, saved={})
        ranking = self.engine.rank(
            widened(query, names) if names else query,
            order=Order.RELEVANCE,
            state=self,
            texts=self,
            now=int(_NOW.timestamp()),
            relaxed=True,
            aids=aids,
        )
        return [hit.id for hit in ranking.hits(0, 10)]


class Meaning:
    """The neighbours of a set's documents; each query is encoded once."""

    def __init__(self, asked: Set, folder: Path) -> None:
        texts = [embedded_text(one.title, one.body) for one in asked.documents]
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
        places, scores = nearest(self._store, self._queries[text], self._rows[among - 1], count)
        return among[places], scores

    def like(self, id_: int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        vector = self._store.codes(self._rows[id_ - 1 : id_])[0]
        places, scores = nearest(self._store, vector, self._rows[among - 1], count)
        return among[places], scores


def judge(top: list[int], relevant: set[int]) -> tuple[float, float]:
    ranks = [rank for rank, id_ in enumerate(top, 1) if id_ in relevant]
    return (1 / ranks[0] if ranks else 0.0), len(ranks) / min(len(relevant), 10)


def measure(title: str, asked: Set, names: Names | None, aids: Aids) -> None:
    start = time.process_time()
    kinds: dict[str, Figures] = defaultdict(lambda: defaultdict(list))
    count = 0
    for kind, lang, target, source, relevant in asked.cases():
        kinds[kind][lang, target].append(judge(asked.ask(source, target, names, aids), relevant))
        count += 1
    used = (time.process_time() - start) / max(count, 1) * 1000
    print(f"\n{title}  ({used:.1f} ms CPU a query)")
    for kind, pairs in kinds.items():
        means = [np.mean(found, axis=0) for found in pairs.values()]
        cells = "  ".join(
            f"{lang[:2]}>{target[:2]} {shown(found)}"
            for (lang, target), found in sorted(pairs.items())
        )
        print(f"  {kind:9}{shown(means)}   {cells}", flush=True)


def shown(found: Iterable[Any]) -> str:
    first, second = np.mean(list(found), axis=0)
    return f"{first:.3f}/{second:.3f}"


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=root / "shared" / "data")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--sets", nargs="*", default=["xling", "mono"])
    parser.add_argument("--rows", type=int, nargs="*", default=[0, 1, 2, 3])
    given = parser.parse_args()
    names, dictionary = Names.load(), Dictionary.load()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.sets:
            asked = Set(given.data / name, Path(folder) / name, given.every)
            rows: list[tuple[str, Names | None, Aids]] = [
                ("plain", None, NO_AIDS),
                ("+ names", names, Aids(names)),
                ("+ dictionary", names, Aids(names, dictionary)),
            ]
            if available():
                near = Meaning(asked, given.vectors or Path(folder) / "vectors")
                rows.append(("+ meaning", names, Aids(names, dictionary, near)))
            print(f"\n{name}: {len(asked.documents):,} documents, MRR@10/recall@10")
            for number, row in enumerate(rows):
                if number in given.rows:
                    measure(row[0], asked, row[1], row[2])
            asked.engine.close()


if __name__ == "__main__":
    main()
