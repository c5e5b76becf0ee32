"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), read leniently."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from digest.ingest.feeds import fields
from digest.ingest.feeds.dates import parse_date
from digest.ingest.feeds.entries import MAX_NAME, MAX_URL, Entry, ParsedFeed


def parse_json_feed(text: str, url: str, zone: tzinfo = UTC) -> ParsedFeed:
    """`text` as a JSON Feed; `url` is where it came from. Never raises."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ParsedFeed(problem="this looks like JSON, but is not well formed")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return ParsedFeed(problem="this is JSON, but not a JSON Feed: it has no list of items")
    base = fields.web_address(document.get("home_page_url"), url) or url
    found = [_entry(item, base, zone) for item in document["items"] if isinstance(item, dict)]
    return ParsedFeed(
        title=fields.line(document.get("title")),
        link=fields.web_address(document.get("home_page_url"), url),
        entries=tuple(found),
        lang=fields.line(document.get("language"), MAX_NAME),
    )


def _entry(item: Mapping[str, Any], base: str, zone: tzinfo) -> Entry:
    address = fields.web_address(item.get("url"), base) or fields.web_address(
        item.get("external_url"), base
    )
    content = fields.markup(item.get("content_html")) or _paragraphs(item.get("content_text"))
    summary = _paragraphs(item.get("summary"))
    title = fields.line(item.get("title"))
    updated = parse_date(fields.line(item.get("date_modified"), MAX_NAME), zone)
    published = parse_date(fields.line(item.get("date_published"), MAX_NAME), zone)
    return Entry(
        guid=fields.identity(item.get("id"), address, title, content, summary),
        url=address,
        title=title,
        author=fields.names(_authors(item)),
        published=published or updated,
        updated=updated,
        summary_html=summary,
        content_html=content,
        tags=fields.tags(item["tags"] if isinstance(item.get("tags"), list) else []),
    )


def _authors(item: Mapping[str, Any]) -> list[str]:
    """1.1 has a list, 1.0 a single author."""
    written = item.get("authors")
    people = written if isinstance(written, list) else [item.get("author")]
    return [
        fields.line(person.get("name"), MAX_URL) for person in people if isinstance(person, dict)
    ]


def _paragraphs(text: object) -> str:
    """Plain text as HTML; an empty line starts a paragraph."""
    if not isinstance(text, str):
        return ""
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    return fields.markup("".join(f"<p>{html.escape(part)}</p>" for part in parts if part))
