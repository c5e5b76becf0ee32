"""How well articles are put together to stories, on public sets beside the checkout.

    python -m bench.stories [--vectors]

Documents of `xling/` that tell one thing in three languages, and the retold and copy-edited ones of
`neardup/`, come in one after another in a shuffled order, as if on one day; nothing tells which
belong together but their texts. Printed for each half of the groups (the weights were fitted on the
first) and for the sample edition, which was written for this project: precision, recall and F1 over
pairs of one language and of two, and B-cubed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from digest.library.describing import describe
from digest.sample.outlets import OUTLETS
from digest.sample.pieces import pieces_of
from digest.stories.grouping import place
from digest.stories.likeness import likeness
from digest.stories.window import Member, Window
from index.meaning import encoder
from index.names.names import Names

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


class Told(NamedTuple):
    title: str
    text: str
    lang: str
    group: str
    at: int


def _lines(name: str) -> Iterable[dict[str, object]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def public(*, news_only: bool) -> list[Told]:
    found = [
        Told(str(one["title"]), str(one["text"]), str(one["lang"])[:2], str(one["group"]), 0)
        for one in _lines("xling/docs.jsonl.gz")
        if not news_only or one["set"] == "ntrex"
    ]
    for pair in _lines("neardup/pairs.jsonl.gz"):
        for side in ("a", "b"):
            told = pair[side]
            assert isinstance(told, dict)
            lang = str(pair["lang"])[:2]
            found.append(Told(told["title"], told["text"], lang, str(pair["group"]), 0))
    return list(dict.fromkeys(found))


def sample() -> list[Told]:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return [
        Told(
            piece.title,
            re.sub(r"<[^>]+>", " ", piece.body),
            outlet.lang[:2],
            piece.event,
            int(piece.published.timestamp()),
        )
        for outlet in OUTLETS
        for piece in pieces_of(outlet, now)
    ]


def members(told: Sequence[Told], *, vectors: bool) -> list[Member]:
    names = Names.load()
    made = None
    if vectors:
        made = encoder.encode([encoder.embedded_text(one.title, one.text) for one in told])
    found = []
    for number, one in enumerate(told):
        marks = Counter(m.entity_id for m in names.recognise(f"{one.title}\n{one.text[:1200]}"))
        evidence = describe(one.title, one.text, one.lang, marks)
        vector = None if made is None else made[number]
        found.append(Member(number + 1, one.at, one.lang, evidence, vector))
    return found


def grouped(window: Window) -> list[int]:
    """The story of each row, rows taken in as they stand."""
    stories = np.zeros(len(window), np.int64)
    for row in range(len(window)):
        found = place(row, stories, lambda one: likeness(window, one))
        stories[np.isin(stories, found.same)] = found.story
        stories[row] = found.story or row + 1
    return [int(one) for one in stories]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def report(label: str, told: Sequence[Told], stories: Sequence[int]) -> None:
    pairs: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (a, s), (b, t) in combinations(zip(told, stories, strict=True), 2):
        kind = "one language" if a.lang == b.lang else "two languages"
        together, same = s == t, a.group == b.group
        pairs[kind][0] += together and same
        pairs[kind][1] += together
        pairs[kind][2] += same
    for kind, (right, made, real) in sorted(pairs.items()):
        precision, recall = right / max(made, 1), right / max(real, 1)
        print(
            f"  {label:22} {kind:14} {real:5} pairs  precision {precision:.3f}  "
            f"recall {recall:.3f}  F1 {_f1(precision, recall):.3f}"
        )
    sizes = Counter(zip(stories, (one.group for one in told), strict=True))
    by_story, by_group = Counter(stories), Counter(one.group for one in told)
    precision = sum(n * n / by_story[s] for (s, _), n in sizes.items()) / len(told)
    recall = sum(n * n / by_group[g] for (_, g), n in sizes.items()) / len(told)
    print(
        f"  {label:22} B-cubed        {len(told):5} docs   precision {precision:.3f}  "
        f"recall {recall:.3f}  F1 {_f1(precision, recall):.3f}"
    )


def run(label: str, told: list[Told], *, vectors: bool) -> None:
    started = time.process_time()
    made = members(told, vectors=vectors)
    described = time.process_time()
    stories = grouped(Window(made))
    ended = time.process_time()
    report(label, told, stories)
    each = 1000 / len(told)
    print(
        f"  {label:22} CPU ms an article: {(described - started) * each:.1f} to describe, "
        f"{(ended - described) * each:.2f} to group\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", action="store_true", help="count the vectors of meaning too")
    vectors = parser.parse_args().vectors
    if not DATA.exists():
        sys.exit("the public sets are not beside this checkout")
    for name, news_only in (("news", True), ("news and articles", False)):
        told = public(news_only=news_only)
        random.Random(7).shuffle(told)
        for half, word in ((0, "fitted"), (1, "held out")):
            part = [one for one in told if sum(map(ord, one.group)) % 2 == half]
            run(f"{name}, {word}", part, vectors=vectors)
    run("sample edition", sorted(sample(), key=lambda one: one.at), vectors=vectors)


if __name__ == "__main__":
    main()
