"""Real pages of public benchmarks; `bench/extract.py` measures all of them."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from digest.blocks import to_text
from digest.errors import SourceError
from digest.ingest.extract.pages import extract_page
from digest.ingest.extract.values import Extracted, Hints

PAGES = Path(__file__).parents[3] / ".." / "shared" / "data" / "pages"
pytestmark = pytest.mark.skipif(
    not PAGES.exists(), reason="the real pages are not beside the checkout"
)
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


@lru_cache
def gold() -> list[dict[str, Any]]:
    lines = (PAGES / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def html_of(entry: dict[str, Any]) -> bytes:
    return gzip.decompress((PAGES / entry["file"]).read_bytes())


def f1(found: str, expected: str) -> float:
    ours, theirs = Counter(TOKEN.findall(found.lower())), Counter(TOKEN.findall(expected.lower()))
    common = (ours & theirs).total()
    return 2 * common / max(ours.total() + theirs.total(), 1)


def read(entry: dict[str, Any]) -> Extracted | None:
    try:
        return extract_page(
            html_of(entry), url=entry["url"] or "https://example.com/a", hints=Hints()
        )
    except SourceError:
        return None


@pytest.mark.parametrize("part", range(8))
def test_every_page_has_a_title_and_no_surprise(part: int) -> None:
    entries = gold()[part::8]
    found = [article for entry in entries if (article := read(entry)) is not None]
    assert len(found) >= len(entries) - 1
    assert all(article.title and article.blocks for article in found)
    assert all(article.title.isprintable() for article in found)


def test_our_text_is_not_worse_than_that_of_trafilatura_alone() -> None:
    from trafilatura import extract  # noqa: PLC0415 - heavy, and only where the pages are

    entries = gold()[::7] + [entry for entry in gold() if entry["lang"] != "en"]
    ours, plain = 0.0, 0.0
    for entry in entries:
        article = read(entry)
        ours += f1(to_text(article.blocks) if article else "", entry["gold_text"])
        plain += f1(extract(html_of(entry)) or "", entry["gold_text"])
    assert ours >= plain


def test_languages_are_those_of_the_text() -> None:
    east_asian = [entry for entry in gold() if entry["lang"] != "en"]
    found = {entry["id"]: article.lang for entry in east_asian if (article := read(entry))}
    assert found == {entry["id"]: entry["lang"] for entry in east_asian}
