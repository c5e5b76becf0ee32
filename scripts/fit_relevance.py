"""Fits the weights of the relevance score to labelled articles.

    python -m scripts.fit_relevance      # writes weights.txt and wording.txt beside the score

A logistic regression with a ridge penalty (Newton's method) on standardised features and, together
with them, on the terms of each article, which are held back more. Borderline labels weigh less. The
cut between on and off topic is the one that does best in ten-fold cross-validation, in which an
article and its translations stay together.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from digest.ingest.relevance.features import Features, read
from digest.ingest.relevance.wording import size, terms
from index.names.names import Names
from scripts.relevance_sample import Labelled, kin, labelled, mentions

TABLES = Path(__file__).parents[1] / "digest" / "ingest" / "relevance"

PENALTY = 10.0
# How much less a term is held back than a feature, as the factor of its column.
TERMS_SCALE = 15.0
# Articles a term has to be in. Ten times as many terms do no better.
TERM_ARTICLES = 20
BORDERLINE = 0.4  # of a clear label
CUTS = np.linspace(0.2, 0.6, 21)


class Fit(NamedTuple):
    """What was fitted: weights of the features and of the terms, and the bias."""

    features: Any
    terms: Any
    bias: float


class Sample:
    """Labelled articles as numbers: their features but the wording, and their terms."""

    def __init__(self, rows: list[Labelled]) -> None:
        names = Names.load()
        found = [
            read(row.title, row.text, mentions(names, row.title, row.text), names.side).features
            for row in rows
        ]
        nothing = (0.0,) * len(Features._fields)
        self.rows = rows
        self.both = np.array([one is not None for one in found])
        self.given = np.array([(one or nothing)[:-1] for one in found], float)
        self.label = np.array([row.on_topic for row in rows])
        self.clear = np.array([row.clear for row in rows])
        self.of_dev = np.array([row.of_dev for row in rows])
        self.worth = np.where(self.clear, 1.0, BORDERLINE)
        self.kin = kin(rows)
        own = [terms(f"{row.title} {row.text}") for row in rows]
        counts = Counter(
            term for one, both in zip(own, self.both, strict=True) if both for term in one
        )
        self.terms = sorted(term for term, count in counts.items() if count >= TERM_ARTICLES)
        self.wording = np.array([[term in one for term in self.terms] for one in own], float)
        self.wording /= np.array([[size(one)] for one in own])

    def fitted(self, part: Any) -> Fit:
        """Weights for those of `part` (booleans) that name both sides."""
        part = part & self.both
        given, worth = self.given[part], self.worth[part]
        mean, spread = np.average(given, axis=0, weights=worth), given.std(0) + 1e-6
        rows = np.hstack([(given - mean) / spread, TERMS_SCALE * self.wording[part]])
        weights, bias = fit(rows, self.label[part].astype(float), worth)
        features = weights[: given.shape[1]] / spread
        return Fit(features, TERMS_SCALE * weights[given.shape[1] :], bias - float(features @ mean))

    def scores(self, found: Fit) -> Any:
        """The score of each; 0 without both sides."""
        odds = self.given @ found.features + self.wording @ found.terms + found.bias
        return np.where(self.both, 1 / (1 + np.exp(-odds)), 0.0)

    def crossed(self, part: Any, folds: int = 10, repeats: int = 2) -> Any:
        """Scores of `part` by weights that were fitted without the article in any language."""
        distinct = np.unique(self.kin[part])
        total = np.zeros(len(self.rows))
        for repeat in range(repeats):
            order = np.random.RandomState(repeat).permutation(len(distinct))
            place = dict(zip(distinct[order], np.arange(len(distinct)) % folds, strict=True))
            fold = np.array([place.get(one, -1) for one in self.kin])
            for one in range(folds):
                found = self.scores(self.fitted(part & (fold != one)))
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


def fit(rows: Any, label: Any, worth: Any) -> tuple[Any, float]:
    """Weights and bias of a logistic regression with a ridge penalty, by Newton's method."""
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[-1] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (worth * (said - label)) + penalty * found
        curve = (rows * (worth * said * (1 - said))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found = found - step
        if np.abs(step).max() < 1e-5:
            break
    return found[:-1], float(found[-1])


def f1(said: Any, label: Any) -> float:
    """The harmonic mean of precision and recall."""
    return float(2 * (said & label).sum() / max(1, said.sum() + label.sum()))


def main() -> None:
    """Fit to all and write the tables."""
    sample = Sample(labelled())
    every = np.ones(len(sample.rows), bool)
    cut = sample.best_cut(sample.crossed(every), every)
    found = sample.fitted(every)
    # The score's own cut is one half.
    start = found.bias - float(np.log(cut / (1 - cut)))
    usual = np.average(sample.given[sample.both], axis=0, weights=sample.worth[sample.both])
    words = (sample.wording @ found.terms)[sample.both]
    weighed = zip(Features._fields, [*found.features, 1.0], [*usual, words.mean()], strict=True)
    (TABLES / "weights.txt").write_text(
        "# What each feature weighs, and what is usual of it; by scripts/fit_relevance.py\n"
        f"start {start:.3f} 0\n"
        + "".join(f"{name} {weight:.3f} {mean:.3f}\n" for name, weight, mean in weighed),
        encoding="ascii",
    )
    (TABLES / "wording.txt").write_text(
        "# What each term weighs; by scripts/fit_relevance.py\n"
        + "".join(f"{t} {w:.2f}\n" for t, w in zip(sample.terms, found.terms, strict=True)),
        encoding="utf-8",
    )
    sys.stdout.write(f"{len(sample.rows)} articles, cut {cut:.2f}\n")


if __name__ == "__main__":
    main()
