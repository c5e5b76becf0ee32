"""Sources without a feed, fetched: sitemaps with their parts, and pages that list articles."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from digest.config.secrets import Secret, Secrets
from digest.config.settings import Feed, Fetch
from digest.errors import SourceError
from digest.ingest.pages import fetch_page
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from digest.model import FeedOutcome, FeedStatus
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import NewsServer
from tests.ingest.sources.test_pdf import pdf
from tests.ingest.writing import item, page, rss

NOW = datetime(2026, 11, 10, 3, tzinfo=UTC)


class Reader:
    """Fetches one source again and again."""

    def __init__(self, feed: Feed, settings: Fetch, workshop: Workshop) -> None:
        self.feed = feed
        self.storage = MemoryStorage()
        self._settings = settings
        self._workshop = workshop

    def fetch(self) -> FeedOutcome:
        report = fetch(
            [self.feed],
            self.storage,
            self._settings,
            names_given=True,
            clock=lambda: NOW,
            workshop=self._workshop,
        )
        return report.feeds[0]


def urlset(*pages: tuple[str, str]) -> bytes:
    urls = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for url, day in pages
    )
    ns = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{ns}">{urls}</urlset>'.encode()


def index(*urls: str) -> bytes:
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{parts}</sitemapindex>".encode()


@pytest.fixture
def articles(server: NewsServer) -> list[str]:
    return [server.route(f"/{name}", page(f"Paper {name}")) for name in ("a", "b", "c")]


def test_a_sitemap_brings_its_recent_pages_once(
    server: NewsServer, articles: list[str], settings: Fetch, workshop: Workshop
) -> None:
    old, new, other = articles
    days = ((old, "2025-01-01"), (new, "2026-11-09"))
    many = [(server.url(f"/old/{n}"), "2024-01-01") for n in range(30)]
    url = server.route("/sitemap.xml", urlset(*days, *many), content_type="application/xml")
    reader = Reader(Feed(url, name="Ministry", kind="sitemap"), settings, workshop)
    outcome = reader.fetch()
    assert outcome.status is FeedStatus.OK
    assert "Paper b" in reader.storage.titles
    # What the sitemap says of the last change is not when it was published.
    assert {draft.published for draft in reader.storage.articles.values()} == {None}
    assert reader.fetch().status is FeedStatus.UNCHANGED
    server.route(
        "/sitemap.xml", urlset(*days, (other, "2026-11-10")), content_type="application/xml"
    )
    assert (reader.fetch().new, server.asked("/b")) == (1, 1)


def test_an_index_is_followed_to_its_parts_and_a_bad_one_costs_nothing(
    server: NewsServer, articles: list[str], settings: Fetch, workshop: Workshop
) -> None:
    first, second, third = articles
    server.route("/1.xml.gz", gzip.compress(urlset((first, ""))), content_type="application/gzip")
    server.route("/2.xml", urlset((second, "")), content_type="text/xml")
    parts = [server.url(path) for path in ("/1.xml.gz", "/gone.xml", "/2.xml")]
    server.route("/sitemap.xml", index(*parts), headers={"ETag": '"same"'})
    reader = Reader(Feed(server.url("/sitemap.xml"), kind="sitemap"), settings, workshop)
    assert reader.fetch().new == 2
    # The index is the same and a part is not: the index's own validator must not hide that.
    server.route("/2.xml", urlset((second, ""), (third, "")), content_type="text/xml")
    assert reader.fetch().new == 1
    assert sorted(reader.storage.titles) == ["Paper a", "Paper b", "Paper c"]


def test_an_index_without_a_readable_part_has_failed(
    server: NewsServer, settings: Fetch, workshop: Workshop
) -> None:
    server.route("/sitemap.xml", index(server.url("/none.xml")))
    outcome = Reader(Feed(server.url("/sitemap.xml"), kind="sitemap"), settings, workshop).fetch()
    assert outcome.status is FeedStatus.FAILED
    assert "/none.xml: HTTP 404" in outcome.error


def test_a_page_of_links_brings_what_it_lists(
    server: NewsServer, articles: list[str], settings: Fetch, workshop: Workshop
) -> None:
    listed = "".join(
        f"<tr><td>令和8年11月{number}日<td><a href='/{name}'>文書「{name}」の公表</a>"
        for number, name in enumerate("ab", 8)
    )
    html = "<html><head><meta charset=Shift_JIS><title>公表</title><body><p>{}</p><table>{}</table>"
    body = html.format("閲覧 1", listed).encode("cp932")
    url = server.route("/press", body, content_type="text/html")
    feed = Feed(url, name="省", kind="page", items="table a", lang="ja", tags=("省",))
    reader = Reader(feed, settings, workshop)
    outcome = reader.fetch()
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 2)
    first = next(one for one in reader.storage.articles.values() if one.url == articles[0])
    assert first.published == datetime(2026, 11, 8, 3, tzinfo=UTC)
    assert first.tags == ("省",)
    # Only what is listed counts, not the counter beside it.
    server.route("/press", html.format("閲覧 2", listed).encode("cp932"), content_type="text/html")
    assert reader.fetch().status is FeedStatus.UNCHANGED


def test_a_page_that_was_rebuilt_says_that_its_selector_fails(
    server: NewsServer, settings: Fetch, workshop: Workshop
) -> None:
    url = server.route("/press", "<html><body><div>New design</div>")
    reader = Reader(Feed(url, kind="page", items="table a"), settings, workshop)
    outcome = reader.fetch()
    assert outcome.status is FeedStatus.FAILED
    assert "nothing on this page fits items = 'table a'" in outcome.error
    assert reader.storage.states[url].content_hash == ""


def test_a_feeds_secret_goes_with_its_pages_and_a_missing_one_fails_that_feed_alone(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    server.route("/a", page("Paper a"))
    url = server.feed("/feed", rss([item("Paper a", link=server.url("/a"))]))
    secrets = Secrets(lambda: {"mine": Secret("mine", ("127.0.0.1",), {"x-key": "s3cr3t"})})
    feeds = [Feed(url, secret="mine"), Feed(server.url("/other"), name="Other", secret="lost")]
    report = fetch(feeds, storage, settings, workshop=workshop, secrets=secrets)
    good, bad = report.feeds
    assert (good.status, good.new) == (FeedStatus.OK, 1)
    assert (bad.status, bad.http) == (FeedStatus.FAILED, None)
    assert "there is no [lost] in secrets.toml" in bad.error
    keys = {request.path: request.headers.get("x-key") for request in server.requests}
    assert keys == {"/feed": "s3cr3t", "/robots.txt": None, "/a": "s3cr3t"}


def test_a_paper_that_a_list_leads_to_is_read(
    server: NewsServer, settings: Fetch, workshop: Workshop
) -> None:
    paper = pdf([["Defense of the strait", "8 November 2026", "The two sides agreed on much."]])
    server.route("/paper.pdf", paper, content_type="application/pdf")
    url = server.route(
        "/press", "<ul><li>2026-11-07 <a href='/paper.pdf'>防衛白書の公表（PDF：1MB）</a></ul>"
    )
    reader = Reader(Feed(url, name="省", kind="page", items="li a"), settings, workshop)
    assert reader.fetch().new == 1
    [draft] = reader.storage.articles.values()
    assert (draft.title, draft.outlet) == ("防衛白書の公表", "省")
    assert draft.url == server.url("/paper.pdf")
    assert draft.published == datetime(2026, 11, 7, 4, tzinfo=UTC)
    assert "The two sides agreed on much." in [block.text for block in draft.blocks]
    assert (draft.raw, draft.raw_type) == (paper, "application/pdf")


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/html"])
def test_a_papers_address_is_added_like_a_page(
    server: NewsServer, settings: Fetch, workshop: Workshop, kind: str
) -> None:
    lines = ["Defense of the strait", "8 November 2026", "The two sides agreed on much."]
    url = server.route("/paper", pdf([lines]), content_type=kind)
    draft = fetch_page(url, settings, workshop=workshop)
    assert (draft.title, draft.url) == (lines[0], url)
    assert draft.published == datetime(2026, 11, 8, 4, tzinfo=UTC)


def test_a_paper_that_is_broken_says_so(
    server: NewsServer, settings: Fetch, workshop: Workshop
) -> None:
    url = server.route("/paper", b"%PDF-1.7\nnothing", content_type="application/pdf")
    with pytest.raises(SourceError, match="This PDF is broken"):
        fetch_page(url, settings, workshop=workshop)
