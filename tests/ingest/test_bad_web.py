"""The bad web, one feed a case: each has its outcome and one line that says what is wrong."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from digest.config.settings import Feed, Fetch
from digest.ingest.net.client import Client
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from digest.model import FeedOutcome, FeedStatus
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import Exchange, NewsServer
from tests.ingest.writing import item, page, rss, story

GOOD = rss([item("Fine", content=story("Fine"))]).encode()
BIG5 = rss([item("賴清德總統談台日合作", content="<p>總統府今天說明。</p>")]).encode("big5")
Case = Callable[[NewsServer], str]


def loop(server: NewsServer) -> str:
    server.redirect("/b", "/feed")
    return server.redirect("/feed", "/b")


def trickle(server: NewsServer) -> str:
    def drip(exchange: Exchange) -> None:
        exchange.start()
        while exchange.send(b"<") and exchange.pause(0.02):
            pass

    return server.route("/feed", drip)


def silence(server: NewsServer) -> str:
    def wait(exchange: Exchange) -> None:
        exchange.pause(30)

    return server.route("/feed", wait)


def endless(server: NewsServer) -> str:
    def flood(exchange: Exchange) -> None:
        exchange.start()
        while exchange.send(b"<rss>" * 20_000):
            pass

    return server.route("/feed", flood)


def hangs_up(server: NewsServer) -> str:
    def close(exchange: Exchange) -> None:
        exchange.close_connection = True

    return server.route("/feed", close)


def status(number: int, **headers: str) -> Case:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.route("/feed", b"<html>x", status=number, headers=sent)


def sending(body: bytes, kind: str = "application/rss+xml", **headers: str) -> Case:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.route("/feed", body, content_type=kind, headers=sent)


def unused_port(_server: NewsServer) -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}/feed"


CASES: dict[str, tuple[Case, FeedStatus, int | None, str]] = {
    "loop": (loop, FeedStatus.FAILED, None, "redirected more than 10 times"),
    "trickle": (trickle, FeedStatus.FAILED, None, "too slow: not finished after"),
    "silence": (silence, FeedStatus.FAILED, None, "stopped answering"),
    "endless": (endless, FeedStatus.FAILED, None, "larger than 2 MB"),
    "hangs up": (hangs_up, FeedStatus.FAILED, None, "broke the answer off"),
    "unused port": (unused_port, FeedStatus.FAILED, None, "refuses the connection"),
    "403": (status(403), FeedStatus.FAILED, 403, "the site refuses; it may block programs"),
    "404": (status(404), FeedStatus.FAILED, 404, "nothing at this address any more"),
    "410": (status(410), FeedStatus.GONE, 410, "gone for good"),
    "429": (status(429, Retry_After="600"), FeedStatus.FAILED, 429, "asks for fewer requests"),
    "418": (status(418), FeedStatus.FAILED, 418, "the site refuses (HTTP 418)"),
    "503": (status(503, Retry_After="600"), FeedStatus.FAILED, 503, "is not available now"),
    "304 unasked": (status(304), FeedStatus.UNCHANGED, 304, ""),
    "500": (status(500), FeedStatus.FAILED, 500, "the site has a fault (HTTP 500)"),
    "204": (status(204), FeedStatus.FAILED, 204, "carries nothing"),
    "truncated gzip": (
        sending(gzip.compress(GOOD)[:-20], Content_Encoding="gzip"),
        FeedStatus.FAILED, None, "broke off before its end",
    ),
    "gzip bomb": (
        sending(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"),
        FeedStatus.FAILED, None, "larger than 2 MB",
    ),
    "deflate bomb": (
        sending(zlib.compress(bytes(30_000_000)), Content_Encoding="deflate"),
        FeedStatus.FAILED, None, "larger than 2 MB",
    ),
    "bomb in a bomb": (
        sending(gzip.compress(gzip.compress(bytes(30_000_000))), Content_Encoding="gzip"),
        FeedStatus.FAILED, 200, "this is not a feed",
    ),
    "page of a firewall": (
        sending(b"<html><head><title>Just a moment...</title></head>", "text/html"),
        FeedStatus.FAILED, 200, "this is a web page, not a feed",
    ),
    "page that names its feed": (
        sending(b"<html><link rel=alternate type=application/rss+xml href=/rss>", "text/html"),
        FeedStatus.FAILED, 200, "the feed it links to is http://127.0.0.1",
    ),
    "brotli": (
        sending(GOOD, Content_Encoding="br"),
        FeedStatus.FAILED, None, "not asked for",
    ),
    "empty": (sending(b""), FeedStatus.FAILED, 200, "the answer is empty"),
    "page": (
        sending(b"<!doctype html><title>Blocked</title>", "text/html"),
        FeedStatus.FAILED, 200, "this is a web page, not a feed",
    ),
    "picture": (
        sending(b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        FeedStatus.FAILED, 200, "this is not a feed",
    ),
    "other scheme": (
        lambda server: server.redirect("/feed", "file:///etc/passwd"),
        FeedStatus.FAILED, None, "only http:// and https://",
    ),
    "no entries": (sending(rss([]).encode()), FeedStatus.OK, 200, ""),
    "wrong charset": (
        sending(BIG5, "application/rss+xml; charset=utf-8"),
        FeedStatus.OK, 200, "",
    ),
    "wrong type": (sending(GOOD, "text/html"), FeedStatus.OK, 200, ""),
    "escapes in its words": (
        sending(b"<html><link type=application/rss+xml href='/\x1b[31m\xe2\x80\xae'>"),
        FeedStatus.FAILED, 200, "web page",
    ),
}  # fmt: skip


def fetched(url: str, settings: Fetch, workshop: Workshop, storage: MemoryStorage) -> FeedOutcome:
    # A good feed beside the bad one shows that nothing spreads.
    with NewsServer() as good:
        beside = good.feed("/good", GOOD)
        report = fetch([Feed(url), Feed(beside)], storage, settings, workshop=workshop)
    bad, fine = report.feeds
    assert (fine.status, fine.new + fine.duplicates) == (FeedStatus.OK, 1)
    return bad


@pytest.mark.parametrize("name", CASES)
def test_each_has_its_outcome_and_one_line(
    name: str, server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    case, expected, http, words = CASES[name]
    strict = replace(settings, timeout=1.0, max_bytes=2_000_000)
    outcome = fetched(case(server), strict, workshop, storage)
    assert (outcome.status, outcome.http) == (expected, http)
    assert words in outcome.error
    assert bool(words) == bool(outcome.error)
    assert outcome.error.isprintable()
    assert len(outcome.error) < 300
    if expected is not FeedStatus.OK:
        assert storage.states[outcome.url].error == outcome.error
        assert storage.states[outcome.url].gone == (expected is FeedStatus.GONE)


def test_a_feed_in_the_wrong_charset_reads_right(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    fetched(CASES["wrong charset"][0](server), settings, workshop, storage)
    assert "賴清德總統談台日合作" in storage.titles


def test_ten_thousand_entries_bring_a_thousand(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    items = [
        item(f"Story {n}", date="", summary=f"What happened on day {n}.") for n in range(10_000)
    ]
    outcome = fetched(server.feed("/feed", rss(items)), settings, workshop, storage)
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 1000)


def test_a_retired_feed_is_not_asked_again_until_it_is_named(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    url = CASES["410"][0](server)
    for named, asked in ((False, 1), (False, 1), (True, 2)):
        report = fetch([Feed(url)], storage, settings, names_given=named, workshop=workshop)
        assert report.feeds[0].status is FeedStatus.GONE
        assert server.asked("/feed") == asked
    server.feed("/feed", GOOD)
    report = fetch([Feed(url)], storage, settings, names_given=True, workshop=workshop)
    assert report.feeds[0].status is FeedStatus.OK
    assert not storage.states[url].gone


def test_a_public_feed_that_leads_home_is_refused(
    server: NewsServer, workshop: Workshop, storage: MemoryStorage
) -> None:
    # The server stands in for a proxy, so that a public front can be reached at all.
    secret = server.route("/secret", GOOD)
    server.redirect("http://front.example/feed", secret)
    settings = Fetch(proxy=server.url())
    report = fetch([Feed("http://front.example/feed")], storage, settings, workshop=workshop)
    assert "on this machine or a private network" in report.feeds[0].error
    assert server.asked("/secret") == 0


def test_a_name_that_means_this_machine_is_refused(
    server: NewsServer, workshop: Workshop, storage: MemoryStorage
) -> None:
    def rebound(host: str, port: int) -> Sequence[str]:
        return ["127.0.0.1", "::1", "::ffff:10.0.0.1"]

    url = f"http://news.example:{server.port}/feed"
    with Client(Fetch(), resolver=rebound) as client:
        report = fetch([Feed(url)], storage, Fetch(), client=client, workshop=workshop)
    assert "news.example is on this machine or a private network" in report.feeds[0].error
    assert not server.requests


@pytest.mark.parametrize("kind", ["sitemap", "page"])
@pytest.mark.parametrize(
    "name", ["loop", "trickle", "endless", "403", "410", "429", "truncated gzip", "gzip bomb"]
)
def test_sources_without_a_feed_meet_the_same_limits(
    name: str,
    kind: str,
    server: NewsServer,
    settings: Fetch,
    workshop: Workshop,
    storage: MemoryStorage,
) -> None:
    case, expected, http, words = CASES[name]
    strict = replace(settings, timeout=1.0, max_bytes=2_000_000)
    feed = Feed(case(server), kind=kind, items="li a" if kind == "page" else "")
    (outcome,) = fetch([feed], storage, strict, workshop=workshop).feeds
    assert (outcome.status, outcome.http) == (expected, http)
    assert words in outcome.error


def test_a_packed_sitemap_that_is_a_bomb_meets_the_limit(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    url = server.route("/sitemap.xml.gz", gzip.compress(bytes(30_000_000)))
    strict = replace(settings, max_bytes=2_000_000)
    (outcome,) = fetch([Feed(url, kind="sitemap")], storage, strict, workshop=workshop).feeds
    assert "larger than 2 MB" in outcome.error


@pytest.mark.parametrize(
    "name",
    [
        "loop",
        "trickle",
        "endless",
        "403",
        "410",
        "429",
        "truncated gzip",
        "gzip bomb",
        "picture",
        "empty",
    ],
)
def test_a_bad_page_leaves_the_feeds_own_text(
    name: str, server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    bad = CASES[name][0](server)  # at /feed, which is the page here
    url = server.feed("/news", rss([item("Talks", link=bad, summary=story("Talks"))]))
    strict = replace(settings, timeout=1.0, max_bytes=2_000_000)
    (outcome,) = fetch([Feed(url)], storage, strict, workshop=workshop).feeds
    assert (outcome.status, outcome.new, storage.titles) == (FeedStatus.OK, 1, ["Talks"])
    assert storage.articles[1].partial


def test_a_page_that_leads_home_is_refused(
    server: NewsServer, workshop: Workshop, storage: MemoryStorage
) -> None:
    secret = server.route("/secret", page("What the router says"))
    server.redirect("http://front.example/story", secret)
    link = "http://front.example/story"
    feed = rss([item("Talks", link=link, summary=story("Talks"))])
    server.route("http://front.example/feed", feed.encode(), content_type="application/rss+xml")
    settings = Fetch(proxy=server.url())
    report = fetch([Feed("http://front.example/feed")], storage, settings, workshop=workshop)
    assert report.feeds[0].new == 1
    assert storage.articles[1].partial  # the feed's own text stands in for the page
    assert "router" not in str(storage.articles[1])
    assert server.asked("/secret") == 0


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("big5", "utf-8"), ("cp932", "iso-8859-1"), ("euc_jp", "shift_jis"), ("gb18030", "")],
)
def test_a_page_in_the_wrong_charset_reads_right(
    encoding: str,
    declared: str,
    server: NewsServer,
    settings: Fetch,
    workshop: Workshop,
    storage: MemoryStorage,
) -> None:
    text = "日本與台灣的代表今天在台北會談並同意合作。" * 6
    if encoding in ("cp932", "euc_jp"):
        text = "日本と台湾の代表は今日、台北で会談し、協力することで合意した。" * 6
    html = page("Talks", text=text).replace("utf-8", "x-unknown").encode(encoding)
    kind = f"text/html; charset={declared}" if declared else "text/html"
    link = server.route("/page", html, content_type=kind)
    fetch([Feed(server.feed("/f", rss([item("Talks", link)])))], storage, settings,
          workshop=workshop)  # fmt: skip
    assert text[:20] in storage.articles[1].blocks[0].text
