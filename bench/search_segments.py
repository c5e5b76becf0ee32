"""How fast the index is built and searched, beside SQLite's FTS5 on the same tokens.

    python bench/search_segments.py DATA [--documents N] [--work FOLDER]

DATA is a folder of `*.jsonl.gz` with `lang`, `title`, `text` and `date` on each line. With more
documents asked for than there are, they come again under new ids. Each engine is built in a
process of its own (CPU seconds, peak memory, size), then both answer the same queries in one
process (median CPU milliseconds, top 50). Tokenising is the same for both and timed apart.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import columns, query
from whoosh.fields import COLUMN, TEXT, Schema

from index.analysis import TermAnalyzer
from index.segments import Segments, Snapshot
from index.tokens import terms

ROUNDS = 9
TOP = 50
SAMPLE = 6000  # documents by which words are chosen
BATCH = 5000  # documents in one commit


def schema() -> Schema:
    return Schema(
        **{name: COLUMN(columns.NumericColumn("q")) for name in ("id", "date", "feed")},
        lang=COLUMN(columns.RefBytesColumn()),
        title=TEXT(analyzer=TermAnalyzer()),
        body=TEXT(analyzer=TermAnalyzer()),
    )


class Corpus:
    """The documents as terms; `seconds` is the CPU time that making them took."""

    def __init__(self, data: Path, count: int) -> None:
        self.data = data
        self._files = sorted(data.glob("*.jsonl.gz"))
        self._count = count
        self.seconds = 0.0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        number = 0
        while number < self._count:
            for line in self._lines():
                number += 1
                started = time.process_time()
                yield_this = self._document(number, json.loads(line))
                self.seconds += time.process_time() - started
                yield yield_this
                if number == self._count:
                    return

    def _lines(self) -> Iterator[str]:
        """One line of each file in turn, so that languages are mixed as in a library."""
        with ExitStack() as opened:
            files = [
                opened.enter_context(gzip.open(path, "rt", encoding="utf-8"))
                for path in self._files
            ]
            while files:
                for file in list(files):
                    started = time.process_time()
                    line = next(file, None)
                    self.seconds += time.process_time() - started
                    if line is None:
                        files.remove(file)
                    else:
                        yield line

    @staticmethod
    def _document(number: int, record: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": number,
            "date": number * 7919 % 90_000_000,
            "feed": number * number % 200,
            "lang": record["lang"],
            "title": terms(record["title"]),
            "body": terms(record["text"]),
        }


def build_ours(corpus: Corpus, folder: Path) -> None:
    index = Segments.create(folder, schema())
    index.commit(corpus, [])
    while index.merge_step():
        pass


def build_fts5(corpus: Corpus, folder: Path) -> None:
    folder.mkdir()
    db = sqlite3.connect(folder / "fts5.db")
    db.executescript(
        "pragma journal_mode=wal; pragma synchronous=normal;"
        "create virtual table f using fts5(title, body, content='', tokenize='unicode61');"
        "create table m(id integer primary key, lang text, feed int, date int);"
        "create index by_date on m(date); create index by_feed on m(feed);"
    )
    for number, document in enumerate(corpus, 1):
        row = (number, " ".join(document["title"]), " ".join(document["body"]))
        db.execute("insert into f(rowid, title, body) values (?, ?, ?)", row)
        db.execute(
            "insert into m values (?, ?, ?, ?)",
            (number, document["lang"], document["feed"], document["date"]),
        )
        if number % BATCH == 0:
            db.commit()
    db.commit()
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()


BUILDERS = {"ours": build_ours, "fts5": build_fts5}


def build(engine: str, corpus: Corpus, folder: Path) -> None:
    """Build one index and print what it took, as JSON."""
    started = time.process_time()
    BUILDERS[engine](corpus, folder)
    spent = time.process_time() - started
    figures = {
        "all": spent,
        "engine": spent - corpus.seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": sum(path.stat().st_size for path in folder.iterdir()) / 1e6,
    }
    print(json.dumps(figures))


@dataclass(frozen=True)
class Words:
    """What is asked, chosen by how many documents have it."""

    rare: str
    common: str
    pair: tuple[str, str]
    five: list[str]
    phrase: tuple[str, str]
    prefix: str
    han2: str
    han2_rare: str
    han4: list[str]


def choose(corpus: Corpus) -> Words:
    """Words by how many of the first `SAMPLE` documents have them."""
    having: Counter[str] = Counter()
    neighbours: Counter[tuple[str, str]] = Counter()
    runs: Counter[tuple[str, str, str]] = Counter()
    for size, document in enumerate(corpus, 1):  # noqa: B007 - how many there were
        body = document["body"]
        having.update(set(body))
        if len(body) < 2000:
            neighbours.update(pairwise(body))
            triples = zip(body, body[1:], body[2:], strict=False)
            runs.update(triple for triple in triples if all(map(_is_pair, triple)))

    def near(share: float, shape: str) -> list[str]:
        fit = [word for word in having if re.fullmatch(shape, word)]
        return sorted(fit, key=lambda word: (abs(having[word] - share * size), word))

    latin, han = "[a-z]{3,}", "[\u4e00-\u9fff]{2}"
    often = near(0.12, latin)
    fits = (
        pair for pair, _ in neighbours.most_common() if having[pair[0]] > size / 8 < having[pair[1]]
    )
    phrase = next(pair for pair in fits if re.fullmatch("[a-z]{2,}", pair[0] + pair[1]))
    return Words(
        rare=near(2 / size, latin)[0],
        common=near(0.3, latin)[0],
        pair=(often[0], often[1]),
        five=[*near(0.2, latin)[:2], *near(0.04, latin)[:3]],
        phrase=phrase,
        prefix="comp",
        han2=near(0.15, han)[0],
        han2_rare=near(0.001, han)[0],
        han4=list(runs.most_common(40)[10][0]),
    )


def _is_pair(term: str) -> bool:
    return len(term) == 2 and "\u4e00" <= term[0] <= "\u9fff"


def our_queries(words: Words) -> dict[str, Any]:
    def body(word: str) -> Any:
        return query.Term("body", word)

    return {
        "rare term": body(words.rare),
        "common term": body(words.common),
        "AND of two": query.And([body(word) for word in words.pair]),
        "OR of five": query.Or([body(word) for word in words.five]),
        "phrase": query.Phrase("body", list(words.phrase)),
        "near, 5": query.SpanNear(*map(body, words.pair), slop=5, ordered=False),
        "prefix": query.Prefix("body", words.prefix),
        "CJK 2": body(words.han2),
        "CJK 2, rare": body(words.han2_rare),
        "CJK 4": query.Phrase("body", words.han4),
        "title or body": query.Or([query.Term("title", words.common, 2.0), body(words.common)]),
    }


def fts5_queries(words: Words) -> dict[str, str]:
    def body(*found: str, joint: str = " ") -> str:
        return "body:(" + joint.join(f'"{word}"' for word in found) + ")"

    return {
        "rare term": body(words.rare),
        "common term": body(words.common),
        "AND of two": body(*words.pair, joint=" AND "),
        "OR of five": body(*words.five, joint=" OR "),
        "phrase": f'body:"{" ".join(words.phrase)}"',
        "near, 5": f'body:NEAR("{words.pair[0]}" "{words.pair[1]}", 4)',
        "prefix": f"body:{words.prefix}*",
        "CJK 2": body(words.han2),
        "CJK 2, rare": body(words.han2_rare),
        "CJK 4": f'body:"{" ".join(words.han4)}"',
        "title or body": f'"{words.common}"',
    }


def best(scores: Any) -> Any:
    """The places of the `TOP` best scores, best first."""
    if len(scores) > TOP:
        chosen = np.argpartition(scores, len(scores) - TOP)[-TOP:]
        return chosen[np.argsort(-scores[chosen], kind="stable")]
    return np.argsort(-scores, kind="stable")


def our_tasks(snapshot: Snapshot, words: Words, ids: list[int]) -> dict[str, Callable[[], int]]:
    asked = our_queries(words)

    def ranked(name: str) -> Callable[[], int]:
        def run() -> int:
            snapshot.forget()
            docnums = snapshot.match(asked[name])
            best(snapshot.score(asked[name], docnums))
            return len(docnums)

        return run

    def common(then: Callable[[Any], object]) -> Callable[[], int]:
        def run() -> int:
            snapshot.forget()
            docnums = snapshot.match(asked["common term"])
            then(docnums)
            return len(docnums)

        return run

    wanted = np.array(ids)

    def filtered(docnums: Any) -> None:
        mask = np.zeros(snapshot.size, np.bool_)
        mask[snapshot.docnums(wanted)] = True
        kept = docnums[mask[docnums]]
        best(snapshot.score(asked["common term"], kept))

    tasks = {name: ranked(name) for name in asked}
    tasks["newest"] = common(lambda docnums: best(snapshot.column("date")[docnums]))
    tasks["facet of feeds"] = common(lambda docnums: np.bincount(snapshot.column("feed")[docnums]))
    tasks["filter by ids"] = common(filtered)
    return tasks


def fts5_tasks(
    db: sqlite3.Connection, words: Words, ids: list[int]
) -> dict[str, Callable[[], int]]:
    asked = fts5_queries(words)

    def task(sql: str, *parameters: object) -> Callable[[], int]:
        return lambda: len(db.execute(sql, parameters).fetchall())

    ranked = f"select rowid from f where f match ? order by rank limit {TOP}"
    tasks = {name: task(ranked, text) for name, text in asked.items()}
    common = asked["common term"]
    tasks["newest"] = task(
        "select m.id from f join m on m.id = f.rowid where f match ? "
        f"order by m.date desc limit {TOP}",
        common,
    )
    tasks["facet of feeds"] = task(
        "select m.feed, count(*) from f join m on m.id = f.rowid where f match ? group by 1", common
    )
    db.execute("create temp table ids(id integer primary key)")
    db.executemany("insert into ids values (?)", [(number,) for number in ids])
    tasks["filter by ids"] = task(
        "select rowid from f where f match ? and +rowid in (select id from ids) "
        f"order by rank limit {TOP}",
        common,
    )
    return tasks


def median(task: Callable[[], int]) -> tuple[float, int]:
    """CPU milliseconds, and the last answer."""
    times, answer = [], 0
    for _ in range(ROUNDS):
        started = time.process_time()
        answer = task()
        times.append((time.process_time() - started) * 1000)
    return statistics.median(times), answer


def search(work: Path, corpus: Corpus, size: int) -> None:
    words = choose(Corpus(corpus.data, min(size, SAMPLE)))
    print(words)
    ids = sorted(random.Random(3).sample(range(1, size + 1), size // 2))
    shape = schema()
    started = time.process_time()
    index = Segments.open(work / "ours", shape)
    snapshot = index.snapshot()
    docnums = snapshot.match(query.Term("body", words.rare))
    snapshot.score(query.Term("body", words.rare), docnums)
    print(f"open and first query {(time.process_time() - started) * 1000:.1f} ms", end=", ")
    print(f"{len(snapshot.leaves)} segments")
    db = sqlite3.connect(work / "fts5" / "fts5.db")
    theirs = fts5_tasks(db, words, ids)
    print(f"{'':16}{'hits':>8}{'ours ms':>10}{'FTS5 ms':>10}{'times':>8}")
    for name, task in our_tasks(snapshot, words, ids).items():
        ours, hits = median(task)
        other, _ = median(theirs[name])
        print(f"{name:16}{hits:8}{ours:10.2f}{other:10.2f}{other / ours:8.1f}")


def commits(work: Path, corpus: Corpus) -> None:
    """What small commits into the built index cost; in a copy of it."""
    folder = work / "commits"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work / "ours", folder, copy_function=os.link)
    index = Segments.open(folder, schema())
    index.snapshot().docnums([1])
    documents = list(corpus)
    for count in (1, 50):
        times, walls = [], []
        for at in range(7):
            batch = documents[at * count : (at + 1) * count]
            started, wall = time.process_time(), time.perf_counter()
            index.commit(batch, [])
            times.append((time.process_time() - started) * 1000)
            walls.append((time.perf_counter() - wall) * 1000)
        print(
            f"commit that replaces {count}: {statistics.median(times):.1f} ms CPU, "
            f"at most {max(walls):.0f} ms"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--keep", action="store_true", help="search what WORK already holds")
    parser.add_argument("--build", choices=BUILDERS, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.build:
        build(args.build, Corpus(args.data, args.documents), args.work)
        return
    work = args.work or Path(tempfile.mkdtemp())
    work.mkdir(exist_ok=True)
    for engine in () if args.keep else BUILDERS:
        shutil.rmtree(work / engine, ignore_errors=True)
        command = [sys.executable, __file__, str(args.data), "--documents", str(args.documents)]
        command += ["--build", engine, "--work", str(work / engine)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        print(
            f"{engine}: {args.documents / figures['engine']:.0f} documents per CPU second "
            f"({args.documents / figures['all']:.0f} with tokenising), "
            f"{figures['memory']:.0f} MB memory, {figures['size']:.0f} MB on disk"
        )
    search(work, Corpus(args.data, args.documents), args.documents)
    commits(work, Corpus(args.data, 350))
    if not args.work:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
