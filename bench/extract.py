"""How well we find the text of pages, beside plain `trafilatura.extract` on the same pages.

Run: `python bench/extract.py [--worst N]`. The pages and their expected text are those of
`../shared/data/pages` (readability's test pages and the article extraction benchmark). Texts are
compared as multisets of four-token shingles, a token being a Latin word or one East Asian
character, as the article extraction benchmark does; figures are means over pages. Time is of
this process, per page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from trafilatura import extract

from digest.blocks import to_text
from digest.errors import SourceError
from digest.ingest.extract.pages import extract_page
from digest.ingest.extract.values import Hints
from digest.model import Block, BlockKind

PAGES = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "pages"
SHINGLE = 4
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")


class Score(NamedTuple):
    """Shares from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Result(NamedTuple):
    """One page: its entry in the gold file, and the score of each side."""

    page: dict[str, Any]
    ours: Score
    plain: Score
    running: Score  # ours without the captions of figures, which trafilatura drops


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text.lower())
    size = min(SHINGLE, max(len(tokens), 1))
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def score(found: str, expected: str) -> Score:
    ours, gold = shingles(found), shingles(expected)
    common = (ours & gold).total()
    return Score(common / max(ours.total(), 1), common / max(gold.total(), 1))


def mean(scores: Iterable[Score]) -> Score:
    rows = list(scores)
    count = max(len(rows), 1)
    return Score(
        sum(row.precision for row in rows) / count, sum(row.recall for row in rows) / count
    )


def pages() -> list[dict[str, Any]]:
    lines = (PAGES / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def html_of(page: dict[str, Any]) -> bytes:
    return gzip.decompress((PAGES / page["file"]).read_bytes())


def our_blocks(html: bytes, url: str) -> tuple[Block, ...]:
    try:
        return extract_page(html, url=url, hints=Hints()).blocks
    except SourceError:
        return ()


def our_text(html: bytes, url: str) -> str:
    return to_text(our_blocks(html, url))


def plain_text(html: bytes, url: str) -> str:
    return extract(html, url=url or None) or ""


T = TypeVar("T")


def timed(run: Callable[[bytes, str], T], html: bytes, url: str) -> tuple[T, float]:
    start = time.process_time()
    found = run(html, url)
    return found, time.process_time() - start


def measure(chosen: list[dict[str, Any]]) -> tuple[list[Result], float, float]:
    results, ours_time, plain_time = [], 0.0, 0.0
    for page in chosen:
        html, url = html_of(page), page["url"] or "https://example.com/news/1"
        blocks, seconds = timed(our_blocks, html, url)
        ours_time += seconds
        plain, seconds = timed(plain_text, html, url)
        plain_time += seconds
        running = to_text([block for block in blocks if block.kind is not BlockKind.FIGURE])
        texts = (to_text(blocks), plain, running)
        results.append(Result(page, *(score(text, page["gold_text"]) for text in texts)))
    return results, ours_time, plain_time


def line(name: str, results: list[Result]) -> str:
    ours, plain = mean(r.ours for r in results), mean(r.plain for r in results)
    figures = [f"{s.precision:.4f} {s.recall:.4f} {s.f1:.4f}" for s in (ours, plain)]
    return f"{name:10} {len(results):5}   {figures[0]}   {figures[1]}   {ours.f1 - plain.f1:+.4f}"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--worst", type=int, default=0, help="list the pages we lose most on")
    worst = arguments.parse_args().worst
    if not PAGES.exists():
        sys.exit("The pages are not there: ../shared/data/pages")
    our_text(b"<p>warm</p>", "")
    results, ours_time, plain_time = measure(pages())
    print(f"{'':10} {'pages':>5}   {'ours: P R F1':20}   {'trafilatura: P R F1':20}   F1")
    print(line("total", results))
    print(line("no figures", [r._replace(ours=r.running) for r in results]))
    for lang in sorted({r.page["lang"] for r in results}):
        print(line(lang, [r for r in results if r.page["lang"] == lang]))
    print(line("east asian", [r for r in results if r.page["lang"] != "en"]))
    print(line("short", [r for r in results if len(r.page["gold_text"]) < 1500]))
    ours_ms, plain_ms = (seconds / len(results) * 1000 for seconds in (ours_time, plain_time))
    print(f"ms a page  ours {ours_ms:.0f}, trafilatura {plain_ms:.0f}")
    for r in sorted(results, key=lambda r: r.ours.f1 - r.plain.f1)[:worst]:
        print(f"{r.ours.f1 - r.plain.f1:+.3f} {r.ours.f1:.3f} {r.page['id'][:70]} {r.page['lang']}")


if __name__ == "__main__":
    main()
