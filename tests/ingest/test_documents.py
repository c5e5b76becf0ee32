"""Documents made to swell: each ends within its limits, in the worker that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.blocks import MAX_BLOCKS, MAX_CHARACTERS
from digest.config.subscriptions import read_subscriptions
from digest.errors import SourceError
from digest.ingest.extract.values import Hints
from digest.ingest.net.budget import never
from digest.ingest.workshop import Workshop

URL = "https://news.example/a.html"
HINTS = Hints(zone=ZoneInfo("Asia/Taipei"), now=datetime(2026, 11, 8, tzinfo=UTC))
# Nine levels of ten: a billion words from a kilobyte; and one entity, very often.
LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'laugh'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)
)
QUADRATIC = f"<!DOCTYPE rss [<!ENTITY a9 '{'x' * 50_000}'>"


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    with Workshop(1) as opened:
        yield opened


def feed(doctype: str, text: str) -> bytes:
    item = f"<item><title>{text}</title><description>{text}</description></item>"
    return f"<?xml version='1.0'?>{doctype}]><rss><channel>{item}</channel></rss>".encode()


@pytest.mark.parametrize("doctype", [LAUGHS, QUADRATIC], ids=["laughs", "quadratic"])
def test_entities_do_not_swell(workshop: Workshop, doctype: str) -> None:
    text = "&a9;" * (1 if doctype is LAUGHS else 20_000)
    found = workshop.run("parse", body=feed(doctype, text), url=URL, cancelled=never)
    assert sum(len(entry.title) + len(entry.content_html) for entry in found.entries) < 200_000
    with pytest.raises(SourceError):
        read_subscriptions(feed(doctype.replace("rss", "opml"), text))


DOCUMENTS = {
    "tags": "<p>" + "<i>a</i>" * 100_000,
    "a single line": "<p>" + "台灣與日本" * 500_000,
    "deep": "<div>" * 200_000 + "text " * 200,
    "attributes": "<p>text " * 3 + "<b " + " ".join(f"x{n}=1" for n in range(150_000)) + ">text",
    "comments": "<!--" * 400_000 + "<p>text",
    "brackets": "<p>" + "[](" * 400_000,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_ends_within_its_limits_and_the_worker_goes_on(
    workshop: Workshop, name: str
) -> None:
    try:
        found = workshop.run(
            "page", html=DOCUMENTS[name].encode(), url=URL, hints=HINTS, cancelled=never
        )
    except SourceError:
        pass
    else:
        assert len(found.blocks) <= MAX_BLOCKS
        assert sum(len(block.text) for block in found.blocks) <= MAX_CHARACTERS
    page = b"<html><body><article><p>" + b"It goes on, the office said. " * 20
    assert workshop.run("page", html=page, url=URL, hints=HINTS, cancelled=never).blocks
