"""How fast the index is built and searched, beside FTS5, tantivy and stock Whoosh.

    python -m bench.search [--data FOLDER] [--articles 100000] [--engines ours,fts5,tantivy,stock]
                           [--copies 1] [--work FOLDER [--keep]]

FOLDER holds `*.jsonl.gz` with `lang`, `title` and `text` on each line; without it, a folder of such
files beside the checkout is used. All engines get the same terms, with a space between two. When
more articles are asked for than there are, the rest is put together from halves of real ones
(`bench.search.corpus`). Each engine is built, opened and committed to in processes of its own;
then all answer the same questions in turns in one process. Figures are median CPU milliseconds.
With `--copies` our index is built of a part of the articles and copied (`bench.search.copies`).
`--keep` uses what WORK already holds of the engines that are not built anew.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from bench.search import parts, report
from bench.search.copies import CopiedEngine
from bench.search.corpus import DATA, Corpus, tokenise
from bench.search.tasks import ROWS, TEXT, Engine
from bench.search.timing import medians
from bench.search.words import SAMPLE, choose

ENGINES = {
    "ours": "OurEngine",
    "fts5": "Fts5Engine",
    "tantivy": "TantivyEngine",
    "stock": "StockEngine",
}
OPENINGS = 7
COMMITTED = 500 + 50 * 40  # articles


def engine(name: str) -> Engine:
    made: Engine = getattr(import_module(f"bench.search.{name}"), ENGINES[name])()
    return made


class Bench:
    """One run over the index folders in `work`."""

    def __init__(self, work: Path, articles: int, names: list[str], copies: int = 1) -> None:
        self.work = work
        self.articles = articles
        self.names = names
        self.copies = copies
        self.terms = work / "terms.tsv"

    def corpus(self, count: int) -> Corpus:
        return Corpus(self.terms, count)

    def part(self, name: str, what: str, word: str = "") -> parts.Figures:
        """One part, in this process."""
        folder = self.work / name
        if what == "build":
            shutil.rmtree(folder, ignore_errors=True)
            made = CopiedEngine(self.copies) if self.copies > 1 else engine(name)
            return parts.build(made, folder, self.corpus(self.articles // self.copies))
        if what == "open":
            return parts.opening(engine(name), folder, word)
        copy = self.work / f"{name}-commits"
        return parts.commits(engine(name), folder, copy, self.corpus(COMMITTED))

    def apart(self, name: str, what: str, word: str = "") -> parts.Figures:
        """One part, in a process of its own."""
        command = [sys.executable, "-m", "bench.search", "--work", str(self.work)]
        command += ["--articles", str(self.articles), "--copies", str(self.copies)]
        command += ["--part", name, what, word]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        figures: parts.Figures = json.loads(done.stdout)
        return figures

    def build(self, *, keep: bool) -> None:
        for name in self.names:
            known = self.work / f"{name}.json"
            if not (keep and known.exists()):
                known.write_text(json.dumps(self.apart(name, "build")), "utf-8")
            report.built(name, self.articles // self.copies, json.loads(known.read_text("utf-8")))

    def search(self) -> None:
        words = choose(self.corpus(min(self.articles, SAMPLE)))
        print(words)
        found = {
            name: [self.apart(name, "open", words.rare)["ms"] for _ in range(OPENINGS)]
            for name in self.names
        }
        openings = {name: statistics.median(times) for name, times in found.items()}
        ids = sorted(random.Random(3).sample(range(1, self.articles + 1), self.articles // 2))
        opened = {name: engine(name).open(self.work / name) for name in self.names}
        asked = {name: index.tasks(words, ids) for name, index in opened.items()}
        report.heading(self.names)
        report.row("open, first query", None, openings)
        for row in ROWS:
            turns = {name: tasks[row] for name, tasks in asked.items() if row in tasks}
            report.row(row, asked["ours"][row](), medians(turns))
        for row in TEXT if "fts5" in opened else ():
            ours, theirs = asked["ours"][row](), opened["fts5"].count(words, row)  # type: ignore[attr-defined]
            if ours != theirs:
                print(f"{row}: {ours} articles by ours, {theirs} by FTS5")

    def commit(self) -> None:
        for name in self.names:
            report.committed(name, self.apart(name, "commit"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--part", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    work = args.work or Path(tempfile.mkdtemp(prefix="bench-search-"))
    work.mkdir(parents=True, exist_ok=True)
    if args.copies > 1 and args.engines != "ours" and not args.part:
        parser.error("only our own index can be copied: --engines ours")
    bench = Bench(work, args.articles, args.engines.split(","), args.copies)
    if args.part:
        print(json.dumps(bench.part(*args.part)))
        return
    try:
        if not (args.keep and bench.terms.exists()):
            count, seconds = tokenise(args.data, bench.terms)
            report.tokenised(count, seconds, args.articles)
        bench.build(keep=args.keep)
        bench.search()
        bench.commit()
    finally:
        if not args.work:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
