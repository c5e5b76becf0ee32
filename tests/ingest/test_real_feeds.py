"""Feeds that others test with, and generated ones: none raises, and what they say agrees."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digest.ingest.feeds import fields
from digest.ingest.feeds.dates import parse_date
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.feeds.parse import parse_feed

FEEDS = Path(__file__).parents[2] / ".." / "shared" / "data" / "feeds"
needs_data = pytest.mark.skipif(not FEEDS.is_dir(), reason=f"{FEEDS} is not here")

# What an expectation speaks of, as a path, and the field of ours that answers it.
_ENTRY_FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "url",
    "id": "guid",
    "guid": "guid",
    "author": "author",
    "author_detail.name": "author",
    "description": "summary_html",
    "summary": "summary_html",
    "summary_detail.value": "summary_html",
    "content.#.value": "content_html",
    "links.#.href": "url",
}
# Dates, which an expectation writes as text or as a `struct_time`.
_ENTRY_DATES = {
    "published": "published",
    "published_parsed": "published",
    "created": "published",
    "created_parsed": "published",
    "updated": "updated",
    "updated_parsed": "updated",
}
_FEED_FIELDS = {"title": "title", "title_detail.value": "title", "link": "link"}


def lines(name: str) -> Iterator[dict[str, Any]]:
    with (FEEDS / name).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def answered(feed: ParsedFeed, path: list[Any]) -> tuple[bool, object]:
    """Whether the clause speaks of something we keep, and what we have there."""
    if path[0] == "feed":
        name = _FEED_FIELDS.get(".".join(map(str, path[1:])))
        return name is not None, getattr(feed, name or "title")
    if path[0] != "entries" or len(path) < 3:
        return False, None
    rest = ".".join("#" if isinstance(part, int) else part for part in path[2:])
    name = _ENTRY_FIELDS.get(rest) or _ENTRY_DATES.get(rest)
    if name is None:
        return False, None
    found = feed.entries[path[1]] if path[1] < len(feed.entries) else None
    return True, getattr(found, name, None)


def as_date(written: str) -> datetime | None:
    """A date of an expectation, whichever form it has."""
    if written.startswith("("):
        year, month, day, hour, minute, second = ast.literal_eval(written)[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return parse_date(written)


@needs_data
def test_feeds_of_feedparsers_suite_agree() -> None:
    agreed, missed, seen = 0, [], 0
    for case in lines("feedparser_expect.jsonl"):
        headers = {name.lower(): value for name, value in case["http_headers"].items()}
        url = headers.get("content-location") or f"http://127.0.0.1:8097/{case['file']}"
        body = (FEEDS / "feedparser" / case["file"]).read_bytes()
        feed = parse_feed(body, url=url, headers=headers)
        seen += 1
        for clause in case["clauses"]:
            speaks, ours = answered(feed, clause["path"])
            if not speaks:
                continue
            wanted = clause["value"]
            if clause["path"][-1] in ("title", "value") and "title" in str(clause["path"]):
                wanted = fields.plain(wanted)
            if clause["path"][-1] in _ENTRY_DATES:
                wanted = as_date(wanted)
            if ours == wanted:
                agreed += 1
            else:
                missed.append((case["file"], clause["path"], wanted, ours))
    assert seen == 727
    assert agreed > 390
    assert agreed / (agreed + len(missed)) >= 0.98, missed


@needs_data
def test_generated_feeds_agree_in_every_encoding() -> None:
    checked = 0
    for case in lines("generated_expected.jsonl"):
        body = (FEEDS / "generated" / Path(case["file"]).name).read_bytes()
        headers = {"content-type": case["content_type"]}
        feed = parse_feed(body, url="https://news.example/feed", headers=headers)
        assert len(feed.entries) == len(case["entries"]), case["file"]
        for entry, wanted in zip(feed.entries, case["entries"], strict=True):
            assert entry.title == wanted["title"], case["file"]
            assert entry.url == wanted["link"], case["file"]
            assert entry.published == datetime.fromisoformat(wanted["published_utc"])
            assert fields.plain(entry.summary_html, 10_000) == fields.plain(
                wanted["summary_text"], 10_000
            )
            checked += 1
    assert checked > 400
