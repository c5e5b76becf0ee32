"""The evaluation sets of `bench.quality`: documents, queries with what they are to find, figures.

A case asks one target language for a query. Names that the queries of `xling/` take from the
lists of the package are of the type `listed`; those of a source that stands for names in no list
are `unlisted`, and asked with their entries hidden (`Names` without them).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.model import Document
from index.names.names import DATA, Names
from index.names.userfile import UserNames
from index.sections import Sections

UNLISTED = "taiwan-md titles"
TOP = 10
LANGUAGES = ("en", "zh", "ja")


@dataclass(frozen=True, slots=True)
class Case:
    """One question: which documents of language `target` a query of language `lang` is to find."""

    kind: str
    lang: str
    target: str
    query: str
    relevant: frozenset[int]

    @property
    def hidden(self) -> bool:
        """Whether the name asked for is to be as if it stood in no list."""
        return self.kind == "unlisted"


@dataclass(frozen=True, slots=True)
class Set:
    """Documents, numbered from 1 in their order, and what is asked of them."""

    name: str
    documents: Sequence[Document]
    cases: Sequence[Case]

    def names(self) -> Names:
        """The names of the package without those that the `unlisted` cases ask for."""
        every = Names.load()
        asked = {case.query for case in self.cases if case.hidden}
        hidden = frozenset(one.entity_id for query in asked for one in every.expand(query))
        return Names(Sections(DATA), UserNames(hidden=hidden))


def load(folder: Path, *, every: int, part: str, more: Iterable[Document] = ()) -> Set:
    """The set in `folder`, with `more` documents among which the right ones have to be found.

    Args:
        folder: with `docs.jsonl.gz` and `queries.jsonl.gz`.
        every: of the queries every n-th is asked.
        part: `all`, or the queries of one half of the articles: `tune` or `check`. Weights may be
            tuned on the one and have to hold on the other.
        more: documents of other sets; they are numbered on.
    """
    documents: list[Document] = []
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows(folder / "docs.jsonl.gz"), 1):
        numbers[row["id"]] = number
        documents.append(Document(number, row["title"], row["text"], lang=row["lang"][:2]))
    found = [row for row in rows(folder / "queries.jsonl.gz") if part in ("all", half(row))]
    cases = [case for row in found[::every] for case in _cases(row, numbers)]
    known = {_beginning(document) for document in documents}
    for document in more:
        if _beginning(document) in known:
            continue  # both sets have articles of the same source
        number = len(documents) + 1
        documents.append(Document(number, document.title, document.body, lang=document.lang))
    return Set(folder.name, documents, cases)


def _beginning(document: Document) -> str:
    """What two copies of one article share, whatever was cut off at the end."""
    return "".join(document.body.split())[:60]


def half(row: dict[str, Any]) -> str:
    """Which half a query belongs to; that of its article, in whatever language it is asked."""
    article = row["qid"].removeprefix("ent:").rsplit(":", 2)[0]
    return "tune" if zlib.crc32(article.encode()) % 2 else "check"


def _cases(row: dict[str, Any], numbers: dict[str, int]) -> Iterator[Case]:
    lang, kind = row["lang"][:2], row["type"]
    if kind == "entity":
        kind = "unlisted" if row["gaz"] == UNLISTED else "listed"
    relevant = row["rel"] if isinstance(row["rel"], dict) else {lang: row["rel"]}
    for target, ids in relevant.items():
        if found := frozenset(numbers[one] for one in ids if one in numbers):
            yield Case(kind, lang, target[:2], row["query"], found)


def distractors(folder: Path) -> Iterator[Document]:
    """The documents of `scale/`, without numbers."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        for row in rows(path):
            yield Document(0, row.get("title") or "", row["text"], lang=row["lang"][:2])


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a compressed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


Figures = dict[str, dict[tuple[str, str], list[tuple[float, float]]]]


def figures(cases: Iterable[Case], answer: Callable[[Case], Sequence[int]]) -> Figures:
    """MRR@10 and recall@10 of each case, by type and direction."""
    found: Figures = defaultdict(lambda: defaultdict(list))
    for case in cases:
        found[case.kind][case.lang, case.target].append(_judged(answer(case), case.relevant))
    return found


def _judged(top: Sequence[int], relevant: frozenset[int]) -> tuple[float, float]:
    ranks = [rank for rank, number in enumerate(top[:TOP], 1) if number in relevant]
    return (1 / ranks[0] if ranks else 0.0), len(ranks) / min(len(relevant), TOP)


def mean(directions: Iterable[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The mean of directions, each of which counts the same."""
    first, second = np.mean([np.mean(one, axis=0) for one in directions], axis=0)
    return float(first), float(second)
