"""Real pages served on this machine, through the whole pipeline."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.config.settings import Feed, Fetch
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from digest.model import Draft, FeedStatus
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import NewsServer
from tests.ingest.writing import item, rss

PAGES = Path(__file__).parents[2] / ".." / "shared" / "data" / "pages"
EVERY = 6  # a sixth of them keeps the test short; bench/ingest.py takes them all


@pytest.mark.skipif(not PAGES.is_dir(), reason=f"{PAGES} is not here")
def test_real_pages_become_articles_with_their_text(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    cases = [
        json.loads(line)
        for line in (PAGES / "gold.jsonl").read_text(encoding="utf-8").split("\n")[::EVERY]
        if line
    ]
    entries = []
    for case in cases:
        html = gzip.decompress((PAGES / case["file"]).read_bytes())
        link = server.route(f"/{case['id']}", html, content_type="text/html")
        entries.append(item(case["title"] or case["id"], link, guid=case["id"]))
    report = fetch([Feed(server.feed("/feed", rss(entries)))], storage, settings, workshop=workshop)
    [outcome] = report.feeds
    assert outcome.status is FeedStatus.OK
    assert outcome.new + outcome.duplicates >= 0.97 * len(cases), outcome.error
    found = {draft.guid: draft for draft in storage.articles.values()}
    good = sum(_shares_words(case, found) for case in cases)
    assert good >= 0.9 * len(cases)


def _shares_words(case: dict[str, str], found: Mapping[str, Draft]) -> bool:
    """Whether half of the expected words are there: extraction's own tests measure closely."""
    draft = found.get(case["id"])
    text = " ".join(block.text for block in draft.blocks) if draft else ""
    words = set(case["gold_text"].split())
    return len(words & set(text.split())) >= 0.5 * len(words)
