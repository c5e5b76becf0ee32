"""Relevance to Taiwan and Japan: F1 on articles labelled by reading.

    make bench-relevance              # needs the labels at ../shared/data
    python -m bench.relevance --fit   # fits the weights to one half and reports the other

The halves are of the same articles in all languages, by their id. `clear` leaves out what is
marked borderline.
"""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from digest.ingest.relevance.features import Features, features, sides_of
from digest.ingest.relevance.score import ON_TOPIC, relevance
from digest.model import Mention
from index.names import Names

DATA = Path(__file__).parents[2] / "shared" / "data" / "relevance" / "dev.jsonl"
SIGNS = np.array([1.0] * (len(Features._fields) - 1) + [-1.0])
LANGUAGES = ("en", "ja", "zh-Hant")


def mentions(names: Names, row: dict[str, Any]) -> list[Mention]:
    title = [Mention(*one, in_title=True) for one in names.recognise(row["title"])]
    return title + [Mention(*one, in_title=False) for one in names.recognise(row["text"])]


def half(row: dict[str, Any]) -> int:
    return zlib.crc32(row["id"].split("/")[-1].split("#")[0].encode()) % 2


def f1(said: Any, label: Any) -> float:
    return float(2 * (said & label).sum() / max(1, said.sum() + label.sum()))


def report(what: str, rows: list[dict[str, Any]], said: Any) -> None:
    label = np.array([row["label"] == 1 for row in rows])
    clear = np.array(["borderline" not in row["why"] for row in rows])
    line = f"{what:12} all {f1(said, label):.2f} clear {f1(said[clear], label[clear]):.2f} "
    for lang in LANGUAGES:
        mine = np.array([row["lang"] == lang for row in rows])
        both = mine & clear
        line += f" {lang} {f1(said[mine], label[mine]):.2f}/{f1(said[both], label[both]):.2f}"
    print(line)


def fit(given: Any, label: Any, weight: Any) -> tuple[Any, float]:
    """Logistic regression by descent, each weight held to its sign, with a small penalty."""
    weights, bias = np.zeros(given.shape[1]), 0.0
    for _ in range(20_000):
        error = (1 / (1 + np.exp(-(given @ weights + bias))) - label) * weight
        weights = weights - 0.5 * (given.T @ error / len(label) + 0.02 * weights)
        weights = np.where(weights * SIGNS < 0, 0, weights)
        bias -= 0.5 * float(error.mean())
    return weights, bias


def best_cut(scores: Any, label: Any) -> float:
    return float(max(np.linspace(-3, 3, 61), key=lambda cut: f1(scores > cut, label)))


def main() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").split("\n") if line]
    names = Names.load()
    side = np.array([half(row) for row in rows])
    label = np.array([row["label"] == 1 for row in rows])
    if "--fit" in sys.argv:
        given = np.array([_features(names, row) for row in rows])
        weight = np.array([0.5 if "borderline" in row["why"] else 1.0 for row in rows])
        for chosen in (0, 1):
            tuned = side == chosen
            weights, bias = fit(given[tuned], label[tuned], weight[tuned])
            scores = given @ weights + bias
            cut = best_cut(scores[tuned], label[tuned])
            print(dict(zip(Features._fields, weights.round(2).tolist(), strict=True)), cut)
            for what, part in (("tuned", tuned), ("held out", ~tuned)):
                mine = [row for row, wanted in zip(rows, part, strict=True) if wanted]
                report(what, mine, scores[part] > cut)
        return
    found = [relevance(row["title"], row["text"], mentions(names, row), names.side) for row in rows]
    said = np.array([(one.score or 0) >= ON_TOPIC for one in found])
    report("as shipped", rows, said)
    for row, one, yes in zip(rows, found, said, strict=True):
        if yes != (row["label"] == 1):
            print(
                f"{row['label']} {one.score:.2f} {row['lang']:8}{row['title'][:40]} | {row['why']}"
            )


def _features(names: Names, row: dict[str, Any]) -> Features:
    found = mentions(names, row)
    head = [one for one in found if one.in_title]
    body = [one for one in found if not one.in_title]
    title = sides_of(row["title"], head, names.side)
    return features(row["text"], title, sides_of(row["text"], body, names.side))


if __name__ == "__main__":
    main()
