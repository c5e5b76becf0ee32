"""Fits the weights of the relevance score to labelled articles.

    python -m scripts.fit_relevance      # writes digest/ingest/relevance/weights.txt

The labelled articles are those of `../shared/data/relevance/dev.jsonl` and further ones of
`../shared/data/scale` whose ids and labels are in `relevance_labels.tsv`: 1 concerns Taiwan and
Japan together, 0 does not, `?` behind it marks a borderline one. The texts stay where they are.

A logistic regression with a ridge penalty on standardised features (Newton's method); borderline
labels weigh less, and so do the further articles, of which most were chosen for being hard. The
cut between on and off topic is the one that does best in ten-fold cross-validation, in which an
article and its translations stay together.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from digest.ingest.relevance.features import Features, read
from digest.model import Mention
from index.names import Names

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
LABELS = Path(__file__).with_name("relevance_labels.tsv")
TABLE = ROOT / "digest" / "ingest" / "relevance" / "weights.txt"

PENALTY = 12.0
CUTS = np.linspace(0.2, 0.6, 21)
# What a label weighs: of the development set or not, clear or borderline.
_WORTH = {(True, True): 1.0, (True, False): 0.5, (False, True): 0.3, (False, False): 0.1}


class Labelled(NamedTuple):
    """An article with its label."""

    id: str
    lang: str
    title: str
    text: str
    on_topic: bool
    clear: bool
    of_dev: bool
    why: str = ""

    @property
    def article(self) -> str:
        """What it has in common with its translations and its other parts."""
        tail = self.id.split("/")[-1].split("#")[0]
        return tail if "twmd" in self.id else self.id

    @property
    def half(self) -> int:
        """The half of the development set that it is in."""
        return zlib.crc32(self.id.split("/")[-1].split("#")[0].encode()) % 2


def labelled() -> list[Labelled]:
    """The development set, then the further ones."""
    return [*_development(), *_further()]


def _development() -> Iterator[Labelled]:
    lines = (DATA / "relevance" / "dev.jsonl").read_text(encoding="utf-8").split("\n")
    for row in (json.loads(line) for line in lines if line):
        clear = "borderline" not in row["why"]
        text = (row["title"], row["text"], row["label"] == 1, clear)
        yield Labelled(row["id"], row["lang"], *text, of_dev=True, why=row["why"])


def _further() -> Iterator[Labelled]:
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    labels = dict(line.split("\t") for line in lines)
    for path in sorted((DATA / "scale").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                if label := labels.get(row["id"]):
                    text = (row["title"], row["text"][:1500], label[0] == "1", label[-1] != "?")
                    yield Labelled(row["id"], row["lang"], *text, of_dev=False)


def mentions(names: Names, title: str, text: str) -> list[Mention]:
    """The names in an article."""
    found = [Mention(*one, in_title=True) for one in names.recognise(title)]
    return found + [Mention(*one, in_title=False) for one in names.recognise(text)]


class Sample:
    """Labelled articles as numbers."""

    def __init__(self, rows: list[Labelled]) -> None:
        names = Names.load()
        found = [
            read(row.title, row.text, mentions(names, row.title, row.text), names.side).features
            for row in rows
        ]
        nothing = (0.0,) * len(Features._fields)
        self.rows = rows
        self.both = np.array([one is not None for one in found])
        self.given = np.array([one or nothing for one in found], float)
        self.label = np.array([row.on_topic for row in rows])
        self.clear = np.array([row.clear for row in rows])
        self.of_dev = np.array([row.of_dev for row in rows])
        self.worth = np.array([_WORTH[row.of_dev, row.clear] for row in rows])

    def fitted(self, part: Any) -> tuple[Any, float]:
        """Weights and bias for those of `part` (booleans) that name both sides."""
        part = part & self.both
        return fit(self.given[part], self.label[part].astype(float), self.worth[part])

    def scores(self, weights: Any, bias: float) -> Any:
        """The score of each; 0 without both sides."""
        return np.where(self.both, 1 / (1 + np.exp(-(self.given @ weights + bias))), 0.0)

    def crossed(self, part: Any, folds: int = 10, repeats: int = 3) -> Any:
        """Scores of `part` by weights that were fitted without the article in any language."""
        articles = np.array([row.article for row in self.rows])
        distinct = np.unique(articles[part])
        total = np.zeros(len(self.rows))
        for repeat in range(repeats):
            order = np.random.RandomState(repeat).permutation(len(distinct))
            place = dict(zip(distinct[order], np.arange(len(distinct)) % folds, strict=True))
            fold = np.array([place.get(one, -1) for one in articles])
            for one in range(folds):
                found = self.scores(*self.fitted(part & (fold != one)))
                total += np.where(part & (fold == one), found, 0.0)
        return total / repeats

    def best_cut(self, scores: Any, part: Any) -> float:
        """Where on topic begins to do best, all and the clear ones counting alike.

        A cut is as good as it and its two neighbours, since one article more or less is chance.
        """
        clear = part & self.clear
        good = []
        for cut in CUTS:
            said = scores > cut
            good.append(f1(said[part], self.label[part]) + f1(said[clear], self.label[clear]))
        return float(CUTS[1 + int(np.argmax(np.convolve(good, np.ones(3), "valid")))])


def fit(given: Any, label: Any, worth: Any) -> tuple[Any, float]:
    """Logistic regression with a ridge penalty on standardised features, by Newton's method."""
    mean, spread = np.average(given, axis=0, weights=worth), given.std(0) + 1e-6
    rows = np.hstack([(given - mean) / spread, np.ones((len(given), 1))])
    penalty = np.diag([PENALTY] * given.shape[1] + [1e-6])
    found = np.zeros(given.shape[1] + 1)
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (worth * (said - label)) + penalty @ found
        curve = (rows * (worth * said * (1 - said))[:, None]).T @ rows + penalty
        step = np.linalg.solve(curve, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def f1(said: Any, label: Any) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (said & label).sum() / max(1, said.sum() + label.sum()))


def main() -> None:
    """Fit to all and write the table."""
    sample = Sample(labelled())
    every = np.ones(len(sample.rows), bool)
    cut = sample.best_cut(sample.crossed(every), every)
    weights, bias = sample.fitted(every)
    start = bias - np.log(cut / (1 - cut))
    usual = np.average(sample.given[sample.both], axis=0, weights=sample.worth[sample.both])
    lines = [
        "# What each feature weighs, and what is usual of it; by scripts/fit_relevance.py",
        f"start {start:.3f} 0",
        *(
            f"{name} {weight:.3f} {mean:.3f}"
            for name, weight, mean in zip(Features._fields, weights, usual, strict=True)
        ),
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="ascii")
    sys.stdout.write(f"{len(sample.rows)} articles, cut {cut:.2f}\n")


if __name__ == "__main__":
    main()
