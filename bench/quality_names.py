"""Measures what names and dictionary bring across languages, without the search engine.

    .venv/bin/python -m bench.quality_names [path/to/shared/data]

Every query of `xling/` is answered by character-bigram BM25 in memory (titles count double); each
row adds something to the one before. A name or word of the query and its other forms count as one:
the best of them in each document, the others at `WEIGHT`, and only where all their parts occur.
Figures are MRR@10 / recall@10, the mean of six directions; a target language at a time.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.dictionary import Dictionary
from index.dictionary.lemmas import lemma
from index.fold import fold
from index.names import Names
from index.names.names import DATA
from index.names.userfile import UserNames
from index.sections import Sections

WEIGHT = 0.6
KINDS = ("title", "lead", "kw", "entity")
LANGUAGES = {"en": "en", "zh-Hant": "zh", "ja": "ja"}
Scores = NDArray[np.float64]
_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[^\W_a-z0-9]+")
_RUN = re.compile(r"[a-z0-9][a-z0-9'-]*|[^\W_a-z0-9]+")
# Names of this source stand for the names that no list has.
UNLISTED = "taiwan-md titles"
_PHRASE = 3  # words of English looked up together


def tokens(text: str) -> Iterator[str]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word[0] < "\u2e80":
            yield lemma(word.removesuffix("'s"))
        elif len(word) == 1:
            yield word
        else:
            yield from (word[place : place + 2] for place in range(len(word) - 1))


class Bm25:
    """Postings of all documents, scored ahead."""

    def __init__(self, documents: list[dict[str, Any]], form: Callable[[str], str]) -> None:
        self.form = form
        counts: dict[str, dict[int, int]] = defaultdict(dict)
        lengths = np.zeros(len(documents))
        for number, document in enumerate(documents):
            found = Counter(tokens(form(document["title"])))
            found += found
            found.update(tokens(form(document["text"])))
            lengths[number] = found.total()
            for token, count in found.items():
                counts[token][number] = count
        self.size = len(documents)
        norms = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
        self.postings = {token: self._weigh(found, norms) for token, found in counts.items()}

    def _weigh(self, found: dict[int, int], norms: Scores) -> tuple[NDArray[np.int64], Scores]:
        ids = np.fromiter(found.keys(), np.int64)
        counts = np.fromiter(found.values(), np.float64)
        idf = math.log(1 + (self.size - len(ids) + 0.5) / (len(ids) + 0.5))
        return ids, idf * counts * 2.2 / (counts + norms[ids])

    def any_of(self, text: str) -> Scores:
        scores = np.zeros(self.size)
        for token in tokens(self.form(text)):
            if token in self.postings:
                ids, weights = self.postings[token]
                scores[ids] += weights
        return scores

    @cache  # noqa: B019 - one index a run
    def all_of(self, text: str) -> Scores:
        scores, holding = np.zeros(self.size), np.zeros(self.size, np.int64)
        wanted = set(tokens(self.form(text)))
        for token in wanted & self.postings.keys():
            ids, weights = self.postings[token]
            scores[ids] += weights
            holding[ids] += 1
        return np.where(holding == max(1, len(wanted)), scores, 0.0)


def by_names(names: Names, query: str) -> Iterator[Iterable[str]]:
    for name in names.in_query(query, inside_runs=True):
        yield [form for expansion in name.expansions for form in expansion.forms]


def words(dictionary: Dictionary, query: str, lang: str) -> Iterator[str]:
    runs = [match.group() for match in _RUN.finditer(fold(query))]
    if lang == "en":
        for size in range(1, _PHRASE + 1):
            yield from (" ".join(runs[at : at + size]) for at in range(len(runs) - size + 1))
        return
    for run in runs:
        if dictionary.knows(run, lang) or run[0] < "\u2e80":
            yield run
        else:
            yield from dictionary.segments(run, lang)


def by_dictionary(dictionary: Dictionary, query: str, lang: str) -> Iterator[Iterable[str]]:
    for word in set(words(dictionary, query, lang)):
        found = dictionary.translations(word, lang)
        yield [*found.en, *found.zh, *found.ja]


def widened(index: Bm25, scores: Scores, groups: Iterable[Iterable[str]]) -> Scores:
    for forms in groups:
        best = [index.all_of(form) for form in forms]
        if best:
            scores = scores + WEIGHT * np.maximum.reduce(best)
    return scores


def judge(scores: Scores, relevant: set[int]) -> tuple[float, float]:
    order = np.argsort(-scores, kind="stable")[:10]
    top = [int(number) for number in order if scores[number] > 0]
    ranks = [rank for rank, number in enumerate(top, 1) if number in relevant]
    return (1 / ranks[0] if ranks else 0.0), len(ranks) / min(len(relevant), 10)


class Bench:
    def __init__(self, data: Path) -> None:
        self.documents = read(data / "xling" / "docs.jsonl.gz")
        self.queries = read(data / "xling" / "queries.jsonl.gz")
        self.places = {document["id"]: n for n, document in enumerate(self.documents)}
        langs = np.array([document["lang"] for document in self.documents])
        self.masks = {lang: langs == lang for lang in LANGUAGES}

    def row(self, title: str, answer: Callable[[str, str], Scores], only: str = "") -> None:
        """Print one row; `only` restricts the names to those of one source."""
        start = time.process_time()
        figures: dict[str, dict[tuple[str, str], list[tuple[float, float]]]] = {
            kind: defaultdict(list) for kind in KINDS
        }
        asked = [query for query in self.queries if not only or query.get("gaz") == only]
        for query in asked:
            scores = answer(query["query"], LANGUAGES[query["lang"]])
            for target, ids in query["rel"].items():
                if relevant := {self.places[one] for one in ids if one in self.places}:
                    masked = np.where(self.masks[target], scores, 0.0)
                    pair = query["lang"], target
                    figures[query["type"]][pair].append(judge(masked, relevant))
        used = (time.process_time() - start) / len(asked) * 1000
        print(f"\n{title}  ({used:.1f} ms a query)")
        for kind, pairs in figures.items():
            if pairs:
                print(f"  {kind:7}", mean_of(list(pairs.values())), end="   ")
                cells = (
                    f"{a[:2]}>{b[:2]} {mean(found)}" for (a, b), found in sorted(pairs.items())
                )
                print("  ".join(cells))


def mean(found: list[tuple[float, float]]) -> str:
    first, second = np.mean(found, axis=0)
    return f"{first:.2f}/{second:.2f}"


def mean_of(pairs: list[list[tuple[float, float]]]) -> str:
    first, second = np.mean([np.mean(found, axis=0) for found in pairs], axis=0)
    return f"{first:.3f}/{second:.3f}"


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def without(names: Names, queries: list[dict[str, Any]]) -> Names:
    """The same names as if those that the queries ask for were in no list."""
    found = (names.expand(query["query"]) for query in queries)
    hidden = frozenset(one.entity_id for expansions in found for one in expansions)
    return Names(Sections(DATA), UserNames(hidden=hidden))


def main() -> None:
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    if not (data / "xling").exists():
        sys.exit(f"no evaluation sets in {data}")
    bench = Bench(data)
    names, dictionary = Names.load(), Dictionary.load()
    plain = Bm25(bench.documents, str.lower)
    bench.row("character-bigram BM25", lambda query, _: plain.any_of(query))
    index = Bm25(bench.documents, fold)
    bench.row("+ Han folding", lambda query, _: index.any_of(query))

    def with_names(query: str, _: str) -> Scores:
        return widened(index, index.any_of(query), by_names(names, query))

    def with_words(query: str, lang: str) -> Scores:
        scores = with_names(query, lang)
        return widened(index, scores, by_dictionary(dictionary, query, lang))

    bench.row("+ names", with_names)
    bench.row("+ dictionary", with_words)
    asked = [query for query in bench.queries if query.get("gaz") == UNLISTED]
    names = without(names, asked)
    bench.row("names in no list (those asked for are hidden)", with_words, only=UNLISTED)


if __name__ == "__main__":
    main()
