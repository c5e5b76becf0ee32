from __future__ import annotations

from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import feedparser
import pytest

from digest.config.edit import add_view
from digest.config.load import check, load
from digest.config.settings import Config, Fetch
from digest.errors import SourceError
from digest.ingest.net.client import Client
from digest.sample.demo import demo_config, settle_demo
from digest.sample.edition import edition
from digest.sample.outlets import PLAIN_SITE, SITE
from digest.sample.server import serving

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_every_feed_and_page_is_served() -> None:
    with serving(NOW) as base:
        made = edition(NOW, base)
        for path, content in {**made.feeds, **made.pages}.items():
            with urlopen(f"{base}/{path}?utm_source=x") as answer:
                assert answer.read() == content
                assert answer.headers.get_content_charset() == "utf-8"
        for path in made.feeds:
            with urlopen(f"{base}/{path}") as answer:
                parsed = feedparser.parse(answer.read())
            assert parsed.entries
            assert all(entry.link.startswith(base) for entry in parsed.entries)


def test_the_feeds_of_the_demo_and_their_pages_come_through_the_proxy() -> None:
    with serving(NOW) as base:
        config = demo_config(base, Config())
        assert not config.fetch.allow_private
        with Client(config.fetch) as client:
            entries = [
                entry
                for feed in config.feeds
                for entry in feedparser.parse(client.get(feed.url).body).entries
            ]
            pages = edition(NOW).pages
            assert len(entries) == len(pages) - len(config.feeds)  # each has a front page
            for entry in entries:
                answer = client.get(entry.link)
                assert answer.status == 200
                assert answer.body == pages[entry.link.removeprefix(f"{PLAIN_SITE}/")]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{PLAIN_SITE}/robots.txt?x=1", 200),
        (f"{PLAIN_SITE}/", 404),
        (f"{PLAIN_SITE}/herald/none.html", 404),
        (f"{PLAIN_SITE}.evil.test/robots.txt", 502),
        (f"{PLAIN_SITE}:81/robots.txt", 502),
        ("http://other.example/robots.txt", 502),
    ],
)
def test_the_proxy_has_one_site_only(address: str, status: int) -> None:
    with serving(NOW) as base, Client(Fetch(proxy=base)) as client:
        assert client.get(address).status == status


def test_the_proxy_opens_no_tunnel() -> None:
    with (
        serving(NOW) as base,
        Client(Fetch(proxy=base)) as client,
        pytest.raises(SourceError, match=r"the proxy does not lead to sample\.example"),
    ):
        client.get(f"{SITE}/robots.txt")


def test_anything_else_is_not_found() -> None:
    with serving(NOW) as base:
        for path in ("", "herald", "../server.py", "herald/%2e%2e/__init__.py", "x" * 5000):
            with pytest.raises(HTTPError, match="404") as refused:
                urlopen(f"{base}/{path}")
            refused.value.close()


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
    assert demo.fetch.proxy == "http://127.0.0.1:9"
    assert {feed.lang for feed in demo.feeds} == {"en", "zh-Hant", "ja"}
    assert demo.views == mine.views
    add_view(tmp_path / "demo", "海峽", "台海", demo.source)
    again = load(tmp_path / "demo", demo.source)
    assert again.views[-1].name == "海峽"
    assert again.feeds == demo.feeds
