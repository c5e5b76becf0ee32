"""What hiding the lines that repeat does to the text: real pages, put into made outlets.

    python -m bench.boilerplate [--outlets 8]

The real pages of `../shared/data/pages` are dealt out to outlets, and each outlet's lines (a date
line, related links that differ, a subscription, a copyright, a credit) are written into each page
behind the last long paragraph of its article. Precision, recall and F1 against the expected text
are printed for all of what was extracted and for what is shown once the lines are learned, of the
pages as they are and of those with the lines.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from bench.extract import PAGES, html_of, mean, pages, score
from digest.blocks import to_text
from digest.config.settings import Config
from digest.errors import SourceError
from digest.ingest.extract.pages import extract_page
from digest.ingest.extract.values import Hints
from digest.library import Library
from digest.model import Block, BlockKind, Draft

_TAG = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(rb"<p[^>]*>(?:(?!</?p).){120,}?</p>", re.DOTALL | re.IGNORECASE)
_OUTLETS = (
    ("Strait Daily", "Read more", "Sign up for our daily newsletter and never miss a story."),
    ("海峽日報", "延伸閱讀", "訂閱本報電子報，每天掌握最新消息。"),
    ("東亜新報", "あわせて読みたい", "この記事を読んで感じたことをお聞かせください。"),
)


def template(number: int, page: int) -> bytes:
    """The lines of an outlet on one of its pages."""
    name, more, subscribe = _OUTLETS[number % len(_OUTLETS)]
    titles = (f"Story {chr(97 + (page * 7 + n) % 26) * 9} of {name}" for n in range(3))
    links = "".join(f"<li><a href='/news/{page}'>{title}</a></li>" for title in titles)
    return (
        f"<p>{name} {number} 編輯室 2026-11-{page % 28 + 1:02}</p><h3>{more}</h3><ul>{links}</ul>"
        f"<p>{subscribe}</p><p>© 2026 {name} {number}. All rights reserved.</p>"
    ).encode()


def with_lines(html: bytes, added: bytes, blocks: Sequence[Block]) -> bytes:
    """The page with the outlet's lines behind the last long paragraph that is of the article."""
    texts = {_key(block.text) for block in blocks}
    for match in reversed(list(_PARAGRAPH.finditer(html))):
        if _key(_TAG.sub("", match[0].decode("utf-8", "replace"))) in texts:
            return html[: match.end()] + added + html[match.end() :]
    return html


def _key(text: str) -> str:
    return "".join(char for char in unescape(text) if char.isalnum())[:40]


def read(html: bytes, url: str) -> tuple[Block, ...]:
    try:
        return extract_page(html, url=url, hints=Hints()).blocks
    except SourceError:
        return ()


def shown(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """Of each draft all of its text, and what is shown once all are in a library."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder), Config()) as library,
    ):
        saved = library._storage.save_all(drafts)  # noqa: SLF001 - without the index, which is not asked
        library.repeating.catch_up()
        articles = [library.article(one.id) for one in saved]
        return [(_running(one.every_block), _running(one.blocks)) for one in articles]


def _running(blocks: Sequence[Block]) -> str:
    return to_text([block for block in blocks if block.kind is not BlockKind.FIGURE])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=8)
    outlets = parser.parse_args().outlets
    if not PAGES.exists():
        sys.exit("The pages are not there: ../shared/data/pages")
    chosen: list[dict[str, Any]] = []
    plain, written = [], []
    for at, page in enumerate(pages()):
        number = at % outlets
        url = f"https://outlet{number}.example/news/{at}"
        html = html_of(page)
        blocks = read(html, url)
        more = read(with_lines(html, template(number, at), blocks), url)
        if not blocks or not more:
            continue
        draft = Draft(title=f"Page {at}", blocks=blocks, url=url, published=datetime.now(UTC))
        chosen.append(page)
        plain.append(draft)
        written.append(replace(draft, blocks=more))
    gold = [page["gold_text"] for page in chosen]
    first, second = shown(plain), shown(written)
    rows = {
        "pages as they are, all": [whole for whole, _ in first],
        "pages as they are, shown": [part for _, part in first],
        "with lines, all": [whole for whole, _ in second],
        "with lines, shown": [part for _, part in second],
    }
    print(f"{len(chosen)} pages, {outlets} outlets{'precision recall F1':>40}")
    for name, texts in rows.items():
        found = mean(score(text, wanted) for text, wanted in zip(texts, gold, strict=True))
        print(f"{name:40} {found.precision:.4f} {found.recall:.4f} {found.f1:.4f}")


if __name__ == "__main__":
    main()
