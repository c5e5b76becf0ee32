"""Time and recall of finding by meaning.

    python -m bench.meaning [--data ../shared/data] [--articles 100000 1000000] [--real 3000]

CPU milliseconds of the nearest hundred among vectors made at random, in a store on disk that has
been read once, and the same with a tenth of the articles allowed; of a query's vector; of an
article's. Then how many of the exact nearest ten, and hundred, signs first and rescoring finds:
on real articles of `scale/` and the queries of `xling/`, with as many candidates in proportion.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np

from bench.quality_sets import distractors, rows
from index.meaning import encoder
from index.meaning import nearest as search
from index.meaning.encoder import DIMENSIONS, Vectors, embedded_text, encode
from index.meaning.nearest import nearest
from index.meaning.vectors import VectorStore

_BATCH = 50_000
_COUNT = 100


def told(what: str, job: Callable[[], object], times: int = 15) -> None:
    spent = []
    for _ in range(times):
        start = time.process_time()
        job()
        spent.append((time.process_time() - start) * 1000)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:56}{statistics.median(spent):8.2f} ms   {memory} MB at most", flush=True)


def unit(random: np.random.Generator, count: int) -> Vectors:
    found = random.normal(size=(count, DIMENSIONS)).astype(np.float32)
    found /= np.linalg.norm(found, axis=1)[:, None]
    return found


def timed(folder: Path, count: int) -> None:
    random = np.random.default_rng(1)
    store = VectorStore(folder)
    for start in range(0, count, _BATCH):
        size = min(_BATCH, count - start)
        store.add(range(start + 1, start + size + 1), unit(random, size))
    vectors, every = store.current(), np.arange(count)
    some = np.sort(random.choice(count, count // 10, replace=False))
    query = unit(random, 1)[0]
    told(f"nearest of {count:,}", lambda: nearest(vectors, query, every, _COUNT))
    told(f"nearest of a tenth of {count:,}", lambda: nearest(vectors, query, some, _COUNT))


def recall(data: Path, folder: Path, count: int) -> None:
    documents = list(islice(distractors(data / "scale"), 0, None, max(1, 68_000 // count)))[:count]
    texts = [embedded_text(one.title, one.body) for one in documents]
    vectors = np.concatenate([encode(texts[at : at + 32]) for at in range(0, len(texts), 32)])
    store = VectorStore(folder)
    store.add(range(1, len(vectors) + 1), vectors)
    asked = [row["query"] for row in rows(data / "xling" / "queries.jsonl.gz")][::40]
    queries = encode(asked)
    # 2,000 of 100,000 in proportion, and as many as there are in use.
    for candidates in (max(_COUNT, len(vectors) // 50), 2000):
        search.CANDIDATES = candidates
        for wanted in (10, _COUNT):
            shares = []
            for query in queries:
                exact = np.argsort(-(vectors @ query))[:wanted]
                found, _ = nearest(store.current(), query, np.arange(len(vectors)), wanted)
                shares.append(len(np.intersect1d(exact, found)) / wanted)
            print(
                f"of the exact nearest {wanted:3} among {len(vectors):,} with {candidates:,} "
                f"candidates: {np.mean(shares):.3f} ({len(queries)} queries)",
                flush=True,
            )


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=root / "shared" / "data")
    parser.add_argument("--articles", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--real", type=int, default=3000)
    given = parser.parse_args()
    for count in given.articles:
        with tempfile.TemporaryDirectory() as folder:
            timed(Path(folder), count)
    if not encoder.available():
        print("the rest is not measured: the optional part is not installed")
        return
    encode([""])
    told("vector of a query", lambda: encode(["漁業協議の結果はどうなったか"]))
    with tempfile.TemporaryDirectory() as folder:
        if given.real:
            recall(given.data, Path(folder), given.real)


if __name__ == "__main__":
    main()
