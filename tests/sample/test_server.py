from __future__ import annotations

from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import feedparser
import pytest

from digest.config import check, load
from digest.config.edit import add_view
from digest.config.settings import Config
from digest.sample import edition
from digest.sample.demo import demo_config, settle_demo
from digest.sample.server import serving

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_every_feed_and_page_is_served() -> None:
    with serving(NOW) as base:
        made = edition(NOW, base)
        for path, content in {**made.feeds, **made.pages}.items():
            with urlopen(f"{base}/{path}?utm_source=x") as answer:
                assert answer.read() == content
                assert answer.headers.get_content_charset() == "utf-8"
        for feed in demo_config(base, Config()).feeds:
            with urlopen(feed.url) as answer:
                parsed = feedparser.parse(answer.read())
            assert parsed.entries
            assert all(entry.link.startswith(base) for entry in parsed.entries)


def test_anything_else_is_not_found() -> None:
    with serving(NOW) as base:
        for path in ("", "herald", "../server.py", "herald/%2e%2e/__init__.py", "x" * 5000):
            with pytest.raises(HTTPError, match="404"):
                urlopen(f"{base}/{path}")


def test_a_head_request_has_no_body_and_the_connection_stays() -> None:
    with serving(NOW) as base:
        connection = HTTPConnection(urlsplit(base).netloc)
        for method, empty in (("HEAD", True), ("GET", False), ("HEAD", True)):
            connection.request(method, "/robots.txt")
            answer = connection.getresponse()
            assert answer.status == 200
            assert (answer.read() == b"") is empty
        connection.close()


def test_the_server_ends_with_its_context() -> None:
    with serving(NOW) as base:
        pass
    with pytest.raises(OSError, match="refused"):
        urlopen(base)


def test_two_servers_run_side_by_side() -> None:
    with serving(NOW) as one, serving(NOW) as other:
        assert one != other
        assert other.encode() in urlopen(f"{other}/post/feed.xml").read()


def test_the_demos_configuration_can_be_kept_and_changed(tmp_path: Path) -> None:
    mine = load(tmp_path / "mine")
    demo = settle_demo(tmp_path / "demo", "http://127.0.0.1:9", mine)
    assert demo.source is not None
    assert check(demo.source) == []
    assert load(tmp_path / "demo", demo.source) == demo
    assert demo.fetch.allow_private
    assert {feed.lang for feed in demo.feeds} == {"en", "zh-Hant", "ja"}
    assert demo.views == mine.views
    add_view(tmp_path / "demo", "海峽", "台海", demo.source)
    again = load(tmp_path / "demo", demo.source)
    assert again.views[-1].name == "海峽"
    assert again.feeds == demo.feeds
