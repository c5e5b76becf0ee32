"""Articles for measuring: real ones as terms, and more of them put together from their halves."""

from __future__ import annotations

import gzip
import json
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from index.tokens import terms

DATA = Path(__file__).parents[3] / "shared" / "data" / "scale"
FEEDS = 200
_APART = 97  # articles of a language between the two that are put together, times the round


class Article(NamedTuple):
    """One article; `title` and `body` are terms with a space between two."""

    id: int
    date: int
    feed: int
    lang: str
    title: str
    body: str


def tokenise(data: Path, cache: Path) -> tuple[int, float]:
    """Write the real articles of `data` as terms; how many there are and the CPU seconds it took.

    Raises:
        SystemExit: there are none; the message says what is needed.
    """
    files = sorted(data.glob("*.jsonl.gz"))
    if not files:
        raise SystemExit(
            f"No articles in {data}. Name a folder of *.jsonl.gz files whose lines have "
            "lang, title and text: make bench-search DATA=FOLDER"
        )
    count, started = 0, time.process_time()
    draft = cache.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as out:
        for count, line in enumerate(_by_turns(files), 1):  # noqa: B007 - how many there were
            record = json.loads(line)
            title, body = " ".join(terms(record["title"])), " ".join(terms(record["text"]))
            out.write(f"{record['lang']}\t{title}\t{body}\n")
    draft.replace(cache)
    return count, time.process_time() - started


def _by_turns(files: list[Path]) -> Iterator[str]:
    """One line of each file in turn, so that languages are mixed as in a library."""
    with ExitStack() as opened:
        left = [opened.enter_context(gzip.open(path, "rt", encoding="utf-8")) for path in files]
        while left:
            for file in list(left):
                line = next(file, None)
                if line is None:
                    left.remove(file)
                else:
                    yield line


class Corpus:
    """`count` articles of a file that `tokenise` wrote; reading them took `seconds` of CPU time.

    The first are the real ones. When more are asked for, the file is read again and again, and
    each further article has the title and the first half of one real article and the second half
    of another one in its language; which two belong together differs from round to round.
    """

    def __init__(self, cache: Path, count: int, first: int = 1) -> None:
        self._cache = cache
        self._count = count
        self._first = first
        self.seconds = 0.0

    def __iter__(self) -> Iterator[Article]:
        made = self._articles()
        while True:
            started = time.process_time()
            article = next(made, None)
            self.seconds += time.process_time() - started
            if article is None:
                return
            yield article

    def _articles(self) -> Iterator[Article]:
        number = 0
        for number, (lang, title, body) in zip(range(self._count), self._texts(), strict=False):
            id_ = self._first + number
            yield Article(id_, id_ * 7919 % 90_000_000, id_ * id_ % FEEDS, lang, title, body)

    def _texts(self) -> Iterator[tuple[str, str, str]]:
        kept: defaultdict[str, deque[str]] = defaultdict(deque)
        turn = 0
        while True:
            with self._cache.open(encoding="utf-8", newline="\n") as file:
                for line in file:
                    lang, title, body = line.rstrip("\n").split("\t")
                    earlier = kept[lang]
                    earlier.append(body)
                    while len(earlier) > turn * _APART + 1:
                        earlier.popleft()
                    yield lang, title, _halves(body, earlier[0]) if turn else body
            turn += 1


def _halves(one: str, other: str) -> str:
    """The first half of one text and the second half of the other."""
    end = one.find(" ", len(one) // 2)
    return one[: end if end >= 0 else len(one)] + other[other.rfind(" ", 0, len(other) // 2) :]
