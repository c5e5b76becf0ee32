"""Relevance to Taiwan and Japan: F1 on articles labelled by reading.

    make bench-relevance   # needs the labels at ../shared/data
    python -m bench.relevance --wrong

Three figures. `as shipped` is of the weights in the package, which have seen these labels.
`held out` is of weights fitted to one half of the development set (and to the further labels, but
for articles that are in the other half too) on the other half, the cut as well. `crossed` is
ten-fold cross-validation over all; of the sample edition, which is on topic as a whole, it
says how many are found. Halves and folds keep an article and its translations together
where they share a name. `clear` leaves out what is marked borderline.
"""

from __future__ import annotations

import sys
import time
from typing import Any

import numpy as np

from digest.ingest.relevance.score import ON_TOPIC, relevance
from index.names.names import Names
from scripts.fit_relevance import Sample, f1
from scripts.relevance_sample import Labelled, labelled, mentions

LANGUAGES = ("en", "ja", "zh-Hant")


def report(what: str, sample: Sample, said: Any, part: Any) -> None:
    languages = np.array([row.lang for row in sample.rows])
    line = f"{what:20} {_both(sample, said, part)} "
    for lang in LANGUAGES:
        line += f" {lang} {_both(sample, said, part & (languages == lang))}"
    print(line)


def _both(sample: Sample, said: Any, part: Any) -> str:
    clear = part & sample.clear
    return f"{f1(said[part], sample.label[part]):.2f}/{f1(said[clear], sample.label[clear]):.2f}"


def held_out(sample: Sample) -> None:
    half = np.array([row.half for row in sample.rows])
    for tuned_on in (0, 1):
        asked = sample.of_dev & (half != tuned_on)
        tuned = ~asked & ~np.isin(sample.kin, sample.kin[asked])
        cut = sample.best_cut(sample.crossed(tuned), tuned)
        scores = sample.scores(sample.fitted(tuned))
        report(f"held out, half {1 - tuned_on}", sample, scores > cut, asked)


def shipped_scores(names: Names, rows: list[Labelled]) -> Any:
    scores = []
    spent = 0.0
    for row in rows:
        found = mentions(names, row.title, row.text)
        begin = time.process_time()
        scores.append(relevance(row.title, row.text, found, names.side).score or 0.0)
        spent += time.process_time() - begin
    print(f"{1000 * spent / len(rows):.2f} ms CPU an article, its names found before")
    return np.array(scores)


def main() -> None:
    sample = Sample(labelled())
    print(f"{'F1, all/clear':20} every language, then each")
    scores = shipped_scores(Names.load(), sample.rows)
    report("as shipped", sample, scores >= ON_TOPIC, sample.of_dev)
    held_out(sample)
    every = np.ones(len(sample.rows), bool)
    crossed = sample.crossed(every)
    said = crossed > sample.best_cut(crossed, every)
    report("crossed", sample, said, sample.of_dev)
    edition = np.array([row.source == "sample" for row in sample.rows])
    report("crossed, further", sample, said, ~sample.of_dev & ~edition)
    print(f"{'crossed, edition':20} {int(said[edition].sum())} of {int(edition.sum())} found")
    if "--wrong" in sys.argv:
        for row, score, yes in zip(sample.rows, crossed, said, strict=True):
            if yes != row.on_topic and row.of_dev:
                print(f"{row.on_topic:d} {score:.2f} {row.lang:8}{row.title[:40]} | {row.why}")


if __name__ == "__main__":
    main()
