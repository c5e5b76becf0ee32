"""A line of fifty megabytes at every door: refused in words or cut, and the rest is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.blocks import MAX_CHARACTERS
from digest.config.settings import Feed, Fetch
from digest.ingest.extract.values import Hints
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from digest.model import Draft, FeedStatus
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import NewsServer
from tests.ingest.sources.reading import outcomes
from tests.ingest.writing import item, page, rss, story

SIZE = 50_000_000
MARGIN = 1000
SENTENCE = "漁業協議順調だった。".encode()
LINE = SENTENCE * ((SIZE - MARGIN) // len(SENTENCE))
MAIL = b"From: a@b.example\nSubject: Talks\nContent-Type: text/%s; charset=utf-8\n\n"
WITHIN = {
    "a.txt": LINE,
    "b.txt": b"x" * SIZE,
    "a.md": LINE,
    "b.md": b"[](*_`<" * (SIZE // 8),
    "a.html": b"<html><body><p>" + LINE,
    "b.html": b"<html><body><p>" + b"<i>a</i>" * (SIZE // 9),
    "a.eml": MAIL % b"plain" + LINE,
    "b.eml": MAIL % b"html" + LINE,
    "c.eml": b"From: a@b.example\nSubject: " + LINE + b"\n\nThe text of it.",
}


@pytest.mark.parametrize("name", WITHIN)
def test_a_file_of_one_line_is_cut(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(WITHIN[name])
    [(_, draft)] = outcomes(path)
    assert isinstance(draft, Draft), draft
    assert draft.partial or name == "c.eml"
    assert 0 < sum(len(block.text) for block in draft.blocks) <= MAX_CHARACTERS
    assert len(draft.title) <= 500


def test_more_than_fifty_megabytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * (SIZE + 1))
    for [(_, refused)] in (outcomes(path), outcomes("-", stdin=path.read_bytes())):
        assert str(refused) == "It is larger than 50 MB."


def test_a_line_among_json_lines_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    after = b'{"title": "After", "text": "It goes on."}\n'
    path.write_bytes(b'{"title": "Giant", "text": "' + LINE + b'"}\n' + after)
    first, second = outcomes(path)
    assert str(first[1]) == "The line is longer than 10 MB."
    assert isinstance(second[1], Draft)
    assert (second[0], second[1].title) == (f"{path}:2", "After")


def test_a_feed_and_a_page_of_one_line_meet_the_limit_and_the_others_are_read(
    server: NewsServer, storage: MemoryStorage, workshop: Workshop
) -> None:
    server.route("/giant", b"<html><body><article><p>" + LINE)
    server.route("/small", page("Small"))
    whole = server.feed(
        "/whole",
        rss(
            [
                item("Giant", server.url("/giant"), summary=story("giant")),
                item("Small", server.url("/small")),
            ]
        ),
    )
    feeds = [Feed(server.feed("/line", b"<rss><channel><title>" + LINE)), Feed(whole)]
    report = fetch(feeds, storage, Fetch(allow_private=True), workshop=workshop)
    refused, read = report.feeds
    assert (refused.status, refused.new) == (FeedStatus.FAILED, 0)
    assert refused.error.startswith("larger than 10 MB, which is the limit")
    assert (read.status, read.new) == (FeedStatus.OK, 2)
    partial = {draft.title: draft.partial for draft in storage.articles.values()}
    assert partial == {"Giant": True, "Small": False}


def test_with_a_higher_limit_a_worker_bears_it(workshop: Workshop) -> None:
    for markup in (b"<description><![CDATA[%s]]>", b"<title>%s", b"<title" + b" a" * (SIZE // 2)):
        body = b"<rss><channel><item><guid>1</guid>" + markup.replace(b"%s", LINE)
        feed = workshop.run("parse", body=body, url="https://a.example/feed")
        assert feed.problem or len(feed.entries) == 1
    found = workshop.run("page", html=WITHIN["a.html"], url="https://a.example/", hints=Hints())
    assert found.partial
