"""A fetch from feeds to stored articles, over a real network on this machine."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from digest.config.settings import Feed, Fetch
from digest.errors import DiskFull
from digest.ingest.pages import fetch_page
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from digest.model import Draft, FeedStatus, FetchProgress, FetchReport, Saved
from tests.ingest.memory import MemoryStorage
from tests.ingest.server import Exchange, NewsServer
from tests.ingest.writing import item, page, rss, story

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Run(Protocol):
    def __call__(self, *feeds: Feed | str, **arguments: object) -> FetchReport: ...


@pytest.fixture
def run(storage: MemoryStorage, settings: Fetch, workshop: Workshop) -> Run:
    def go(*feeds: Feed | str, **arguments: object) -> FetchReport:
        configured = [Feed(feed) if isinstance(feed, str) else feed for feed in feeds]
        given: dict[str, object] = {
            "clock": lambda: NOW,
            "workshop": workshop,
            "chance": lambda: 0.5,
            **arguments,
        }
        return fetch(configured, storage, settings, **given)  # type: ignore[arg-type]

    return go


def newspaper(server: NewsServer, count: int, *, path: str = "/feed", name: str = "Story") -> str:
    """A feed of `count` entries with their pages."""
    for n in range(count):
        server.route(f"{path}/{n}", page(f"{name} {n}"))
    items = [
        item(f"{name} {n}", server.url(f"{path}/{n}"), guid=f"{name}-{n}", summary=f"Sum {n}")
        for n in range(count)
    ]
    return server.feed(path, rss(items))


def test_new_entries_become_articles_with_the_text_of_their_pages(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    url = newspaper(server, 3)
    report = run(Feed(url, name="海峡通信", lang="en", tags=("wire",)))
    [outcome] = report.feeds
    assert (outcome.status, outcome.http, outcome.new, outcome.error) == (FeedStatus.OK, 200, 3, "")
    assert outcome.name == "海峡通信"
    assert sorted(storage.titles) == ["Story 0", "Story 1", "Story 2"]
    draft = next(d for d in storage.articles.values() if d.title == "Story 1")
    assert draft.url == server.url("/feed/1")
    assert draft.guid == "Story-1"
    assert draft.feed == 1
    assert draft.outlet == "海峡通信"
    assert draft.tags == ("wire",)
    assert draft.lang == "en"
    assert draft.published == datetime(2026, 8, 31, 3, tzinfo=UTC)
    assert not draft.partial
    assert len(draft.blocks) == 4
    assert draft.raw == page("Story 1").encode()
    assert draft.raw_type.startswith("text/html")
    assert draft.raw_url == server.url("/feed/1")


def test_the_second_time_nothing_is_new(run: Run, server: NewsServer) -> None:
    url = newspaper(server, 3)
    run(url)
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.new, outcome.duplicates) == (FeedStatus.UNCHANGED, 0, 0)
    assert server.asked("/feed/1") == 1


def test_a_304_is_asked_for_and_understood(run: Run, server: NewsServer) -> None:
    def conditional(exchange: Exchange) -> None:
        if exchange.headers.get("If-None-Match") == '"v1"':
            exchange.reply(b"", status=304, headers={"ETag": '"v1"'})
        else:
            body = rss([item("Only", content=story("Only"))]).encode()
            exchange.reply(body, headers={"ETag": '"v1"', "Last-Modified": "then"})

    url = server.route("/feed", conditional)
    run(url)
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.http) == (FeedStatus.UNCHANGED, 304)
    assert server.requests[-1].headers["if-modified-since"] == "then"


def test_what_is_added_to_a_feed_is_what_is_new(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    url = newspaper(server, 2)
    run(url)
    newspaper(server, 4)
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 2)
    assert len(storage.articles) == 4
    assert server.asked("/feed/1") == 1


def test_a_page_that_fails_leaves_the_feeds_own_text(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    url = server.feed(
        "/feed",
        rss(
            [
                item("Summary", server.url("/gone1"), summary="A short summary of it."),
                item("Content", server.url("/gone2"), content=f"<p>{story('Content')}</p>"),
                item("Nothing", server.url("/gone3")),
            ]
        ),
    )
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 2)
    assert outcome.error.startswith("1 entry could not be read: there is nothing at this address")
    drafts = {draft.title: draft for draft in storage.articles.values()}
    assert drafts["Summary"].partial
    assert drafts["Summary"].blocks[0].text == "A short summary of it."
    assert not drafts["Content"].partial
    assert drafts["Content"].url == server.url("/gone2")


def test_without_full_text_no_page_is_asked_for(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    run(Feed(newspaper(server, 2), full_text=False))
    assert [request.path for request in server.requests] == ["/feed"]
    assert all(draft.partial for draft in storage.articles.values())


def test_outcomes_keep_the_order_of_the_configuration_and_one_failure_stops_nobody(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    def slow(exchange: Exchange) -> None:
        exchange.pause(0.1)
        exchange.reply(rss([item("Slow", content=story("Slow"))]).encode())

    urls = [
        server.route("/slow", slow),
        "http://127.0.0.1:1/",
        newspaper(server, 2, path="/a"),
        server.route("/empty", b""),
        "ftp://x.example/",
        newspaper(server, 2, path="/b", name="Other"),
    ]
    report = run(*urls)
    assert [outcome.url for outcome in report.feeds] == urls
    assert [outcome.status.value for outcome in report.feeds] == [
        "ok", "failed", "ok", "failed", "failed", "ok",
    ]  # fmt: skip
    assert len(storage.articles) == 5


def test_an_article_in_two_feeds_is_downloaded_once(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    link = server.route("/story", page("Shared"))
    one = server.feed("/one", rss([item("Shared", link, guid="1")]))
    two = server.feed("/two", rss([item("Shared", link + "?utm_source=x#y", guid="2")]))
    report = run(one, two)
    assert sorted((o.new, o.duplicates) for o in report.feeds) == [(0, 1), (1, 0)]
    assert server.asked("/story") + server.asked("/story?utm_source=x") == 1
    assert len(storage.articles) == 1


def test_a_page_knows_its_own_address_but_not_the_front_page_nor_a_strangers(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    links = {
        "/own": server.url("/own-canonical"),
        "/front": server.url("/"),
        "/stranger": "https://other.example/story",
    }
    items = []
    for path, canonical in links.items():
        head = f'<link rel="canonical" href="{canonical}">'
        items.append(item(f"Title {path}", server.route(path, page(f"Title {path}", head=head))))
    run(server.feed("/feed", rss(items)))
    assert {draft.url for draft in storage.articles.values()} == {
        server.url("/own-canonical"),
        server.url("/front"),
        server.url("/stranger"),
    }


def test_an_article_that_leads_to_the_front_page_is_not_the_front_page(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    server.route("/", page("Front page"))
    link = server.redirect("/old", "/")
    run(server.feed("/feed", rss([item("Old", link, summary="What it was about.")])))
    [draft] = storage.articles.values()
    assert (draft.title, draft.partial) == ("Old", True)


def test_articles_that_lead_to_a_login_stay_apart_and_are_read_once_they_are_open(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    server.route("/account/login", page("Sign in"))
    links = [server.redirect(f"/{n}", f"/account/login?next=/{n}") for n in range(2)]
    items = [item(f"Story {n}", link, summary=f"Sum {n}") for n, link in enumerate(links)]
    url = server.feed("/feed", rss(items))
    [outcome] = run(url).feeds
    assert (outcome.new, outcome.duplicates) == (2, 0)
    drafts = {d.title: (d.url, d.partial, d.blocks[0].text) for d in storage.articles.values()}
    assert drafts == {f"Story {n}": (link, True, f"Sum {n}") for n, link in enumerate(links)}
    assert {retry.error for retry in storage.retries.values()} == {"the site asks for a login"}
    server.route("/1", page("Story 1"))
    [outcome] = run(url, clock=lambda: NOW + timedelta(minutes=16)).feeds
    assert outcome.updated == 1
    assert {d.title: d.partial for d in storage.articles.values()} == {
        "Story 0": True,
        "Story 1": False,
    }


def test_a_page_that_calls_itself_a_login_is_no_article(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    head = f'<link rel="canonical" href="{server.url("/login")}">'
    link = server.route("/story", page("Sign in", head=head))
    run(server.feed("/feed", rss([item("Story", link, summary="What it was about.")])))
    [draft] = storage.articles.values()
    assert (draft.title, draft.url, draft.partial) == ("Story", link, True)


def test_a_page_without_an_article_leaves_the_feeds_text_until_it_has_one(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    longer = "What it was about, in two sentences. " * 6
    empty = {
        "script": page("News", text="You need to enable JavaScript to run this app."),
        "missing": page("找不到網頁 | 通訊社", text="回首頁"),
        "less": page("less", text="Latest pictures"),
    }
    links = {name: server.route(f"/{name}", body) for name, body in empty.items()}
    items = [item(name, link, summary=longer) for name, link in links.items()]
    url = server.feed("/feed", rss(items))
    run(url)
    texts = {d.title: (d.partial, d.blocks[0].text) for d in storage.articles.values()}
    assert texts == dict.fromkeys(empty, (True, longer.strip()))
    [outcome] = run(url, clock=lambda: NOW + timedelta(minutes=16)).feeds
    assert outcome.updated == 0
    for name in empty:
        server.route(f"/{name}", page(name))
    [outcome] = run(url, clock=lambda: NOW + timedelta(hours=2)).feeds
    assert outcome.updated == 3
    assert not any(draft.partial for draft in storage.articles.values())


def test_a_short_article_is_one(run: Run, server: NewsServer, storage: MemoryStorage) -> None:
    link = server.route("/flash", page("Flash", text="外相が台北に到着した。"))
    run(server.feed("/feed", rss([item("Flash", link, summary="外相が台北に到着した。…")])))
    [draft] = storage.articles.values()
    assert (draft.partial, draft.raw_url) == (False, link)


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "text/plain"])
def test_what_is_no_page_is_not_cleaned(
    run: Run, server: NewsServer, storage: MemoryStorage, kind: str
) -> None:
    link = server.route("/x", b"%PDF-1.7", content_type=kind)
    run(server.feed("/feed", rss([item("Paper", link, summary="On a paper.")])))
    assert [draft.raw for draft in storage.articles.values()] == [b"On a paper."]


def test_robots_txt_binds_pages_and_no_typed_address(
    run: Run, server: NewsServer, storage: MemoryStorage, settings: Fetch, workshop: Workshop
) -> None:
    server.route("/robots.txt", "User-agent: *\nDisallow: /feed\n", content_type="text/plain")
    run(newspaper(server, 2))
    assert server.asked("/robots.txt") == 1
    assert server.asked("/feed/0") == 0
    assert all(draft.partial for draft in storage.articles.values())
    draft = fetch_page(server.url("/feed/0"), settings, workshop=workshop)
    assert (draft.title, draft.partial, len(draft.blocks)) == ("Story 0", False, 4)


@pytest.mark.parametrize("status", [500, 503])
def test_pages_that_robots_txt_could_not_speak_for_are_read_when_it_can(
    run: Run, server: NewsServer, storage: MemoryStorage, status: int
) -> None:
    url = newspaper(server, 2)
    server.route("/robots.txt", b"", status=status)
    run(url)
    assert [draft.partial for draft in storage.articles.values()] == [True, True]
    server.route("/robots.txt", b"", status=404)
    [outcome] = run(url, clock=lambda: NOW + timedelta(minutes=16)).feeds
    assert outcome.updated == 2
    assert not any(draft.partial for draft in storage.articles.values())


def test_the_rules_at_the_beginning_of_a_giant_robots_txt_are_kept(
    run: Run, server: NewsServer
) -> None:
    body = "User-agent: *\nDisallow: /feed/0\n" + "# and so on\n" * 200_000
    server.route("/robots.txt", body, content_type="text/plain")
    run(newspaper(server, 2))
    assert (server.asked("/feed/0"), server.asked("/feed/1")) == (0, 1)


def test_a_site_that_asks_for_a_moment_gets_it(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    asked = iter(range(100))

    def busy(exchange: Exchange) -> None:
        if next(asked) == 0:
            exchange.reply(b"", status=429, headers={"Retry-After": "1"})
        else:
            exchange.reply(page("Patience").encode())

    run(server.feed("/feed", rss([item("Patience", server.route("/p", busy), summary="s")])))
    [draft] = storage.articles.values()
    assert (draft.partial, server.asked("/p")) == (False, 2)


def test_a_site_that_asks_for_an_hour_is_not_waited_for(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    url = newspaper(server, 20)
    for n in range(20):
        server.route(f"/feed/{n}", b"", status=503, headers={"Retry-After": "3600"})
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 20)
    assert all(draft.partial for draft in storage.articles.values())
    assert sum(request.path.startswith("/feed/") for request in server.requests) < 20


def test_a_changed_entry_is_read_again(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    def atom(updated: str) -> str:
        entries = "".join(
            f"<entry><id>{n}</id><title>Story {n}</title><link href='/p/{n}'/>"
            f"<updated>{updated if n == 0 else '2026-08-31T00:00:00Z'}</updated></entry>"
            for n in range(3)
        )
        return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{entries}</feed>"

    for n in range(3):
        server.route(f"/p/{n}", page(f"Story {n}"))
    url = server.feed("/feed", atom("2026-08-31T00:00:00Z"))
    run(url)
    server.feed("/feed", atom("2026-11-22T12:30:00Z"))
    server.route("/p/0", page("Story 0", text=story("Corrected")))
    [outcome] = run(url, clock=lambda: NOW + timedelta(hours=1)).feeds
    assert (outcome.new, outcome.updated) == (0, 1)
    assert [server.asked(f"/p/{n}") for n in range(3)] == [2, 1, 1]
    texts = ["".join(block.text for block in d.blocks) for d in storage.articles.values()]
    assert sum("Corrected" in text for text in texts) == 1


def test_a_failing_feed_backs_off_until_a_person_names_it(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    url = server.route("/feed", b"", status=500)
    assert run(url).feeds[0].status is FeedStatus.FAILED
    outcome = run(url).feeds[0]
    assert (outcome.status, outcome.http) == (FeedStatus.BACKOFF, None)
    assert outcome.error == "the site has a fault (HTTP 500)"
    assert server.asked("/feed") == 1
    assert run(url, names_given=True).feeds[0].status is FeedStatus.FAILED
    assert storage.states[url].failures == 2
    newspaper(server, 1)
    outcome = run(url, clock=lambda: NOW + timedelta(hours=1)).feeds[0]
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 1)
    assert (storage.states[url].failures, storage.states[url].error) == (0, "")


def test_a_feed_that_asks_to_rest_is_unchanged_without_being_asked(
    run: Run, server: NewsServer
) -> None:
    url = server.feed("/feed", rss([item("A", content=story("A"))], extra="<ttl>30</ttl>"))
    run(url)
    outcome = run(url, clock=lambda: NOW + timedelta(minutes=29)).feeds[0]
    assert (outcome.status, outcome.http, server.asked("/feed")) == (FeedStatus.UNCHANGED, None, 1)
    run(url, clock=lambda: NOW + timedelta(minutes=31))
    assert server.asked("/feed") == 2


def test_a_feed_that_asks_to_rest_is_left_alone_when_it_has_nothing_new_either(
    run: Run, server: NewsServer
) -> None:
    url = server.feed("/feed", rss([item("A", content=story("A"))], extra="<ttl>30</ttl>"))
    for minutes in (0, 31, 45, 62):
        run(url, clock=lambda minutes=minutes: NOW + timedelta(minutes=minutes))
    assert server.asked("/feed") == 3


def test_an_entry_tells_when_it_was_changed(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    entries = "".join(
        f"<entry><id>{n}</id><title>Story {n}</title><content>{story(str(n))}</content>"
        f"<published>2026-08-31T00:00:00Z</published><updated>{updated}</updated></entry>"
        for n, updated in enumerate(["2026-08-31T00:00:05Z", "2026-08-31T06:00:00Z"])
    )
    atom = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>{entries}</feed>"
    run(server.feed("/feed", atom))
    changed = {draft.title: draft.modified for draft in storage.articles.values()}
    assert changed == {"Story 0": None, "Story 1": datetime(2026, 8, 31, 6, tzinfo=UTC)}


def test_a_moved_feed_is_followed_and_in_the_end_believed(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    target = newspaper(server, 1, path="/new")
    url = server.redirect("/old", "/new", 301)
    for _ in range(3):
        assert run(url).feeds[0].status is FeedStatus.MOVED
    assert storage.states[url].location == target
    assert run(url).feeds[0].status is FeedStatus.UNCHANGED
    assert server.asked("/old") == 3


def test_a_feed_that_has_moved_on_its_host_gets_its_login_there_and_no_other_host_does(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    def is_locked(exchange: Exchange) -> None:
        known = exchange.headers["Authorization"] == "Basic bWU6aHVudGVyMg=="
        exchange.reply(rss([]).encode(), status=200 if known else 401, content_type="text/xml")

    server.route("/new", is_locked)
    url = server.redirect("/old", "/new", 301).replace("//", "//me:hunter2@")
    with NewsServer() as other:
        away = server.redirect("/away", other.feed("/feed", rss([])), 301)
        strange = away.replace("//", "//me:hunter2@")
        for _ in range(5):
            report = run(url, strange, names_given=True)
            assert [one.error for one in report.feeds] == ["", ""]
        assert [storage.states[one].location for one in (url, strange)] == [
            server.url("/new"),
            other.url("/feed"),
        ]
        assert (server.asked("/old"), server.asked("/away")) == (3, 3)
        assert all("authorization" not in request.headers for request in other.requests)


def test_progress_is_told_and_ends_with_everything_done(run: Run, server: NewsServer) -> None:
    told: list[FetchProgress] = []
    run(newspaper(server, 3), "http://127.0.0.1:1/", report=told.append)
    last = told[-1]
    assert (last.feeds_done, last.feeds_total) == (2, 2)
    assert (last.pages_done, last.pages_total, last.new) == (3, 3, 3)
    assert sorted(p.feed.new for p in told if p.feed is not None) == [0, 3]


def test_a_cancelled_fetch_keeps_what_was_stored_and_finishes_it_next_time(
    run: Run, server: NewsServer, storage: MemoryStorage
) -> None:
    held = threading.Event()

    def hangs(exchange: Exchange) -> None:
        held.wait(20)
        exchange.reply(page("Story 2").encode())

    url = newspaper(server, 3)
    server.route("/feed/2", hangs)
    [outcome] = run(url, cancelled=lambda: len(storage.articles) == 2).feeds
    assert (outcome.status, outcome.new) == (FeedStatus.FAILED, 2)
    assert outcome.error == "stopped before it was finished"
    assert storage.states[url].content_hash == ""
    held.set()
    [outcome] = run(url).feeds
    assert (outcome.status, outcome.new) == (FeedStatus.OK, 1)
    assert len(storage.articles) == 3


def test_a_fetch_cancelled_before_it_began_asks_nobody(run: Run, server: NewsServer) -> None:
    outcomes = run(newspaper(server, 1), cancelled=lambda: True).feeds
    assert [outcome.status for outcome in outcomes] == [FeedStatus.FAILED]


class FullStorage(MemoryStorage):
    """Room for two articles."""

    def save(self, draft: Draft) -> Saved:
        if len(self.articles) == 2:
            raise DiskFull("the disk is full")
        return super().save(draft)


def test_a_full_disk_ends_the_run_and_keeps_what_was_stored(
    server: NewsServer, settings: Fetch, workshop: Workshop
) -> None:
    storage = FullStorage()
    url = newspaper(server, 5)
    with pytest.raises(DiskFull):
        fetch([Feed(url)], storage, settings, workshop=workshop)
    assert len(storage.articles) == 2
    assert storage.states[url].succeeded is None


class OddStorage(MemoryStorage):
    """Has a fault of its own with one article."""

    def save(self, draft: Draft) -> Saved:
        if draft.title == "Story 1":
            raise ZeroDivisionError
        return super().save(draft)


def test_an_unexpected_fault_is_logged_and_stays_with_its_feed(
    server: NewsServer, settings: Fetch, workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    storage = OddStorage()
    feeds = [Feed(newspaper(server, 3)), Feed(newspaper(server, 2, path="/b", name="Other"))]
    with caplog.at_level(logging.ERROR, "digest"):
        odd, fine = fetch(feeds, storage, settings, workshop=workshop).feeds
    assert (odd.status, odd.new, fine.status) == (FeedStatus.FAILED, 2, FeedStatus.OK)
    assert "unexpected fault (ZeroDivisionError)" in odd.error
    assert "Traceback" in caplog.text
    assert storage.states[feeds[0].url].failures == 1


def test_a_date_far_ahead_is_no_date(run: Run, server: NewsServer, storage: MemoryStorage) -> None:
    far = "Mon, 31 Aug 2099 12:00:00 GMT"
    run(server.feed("/feed", rss([item("Far", content=story("Far"), date=far)])))
    assert [draft.published for draft in storage.articles.values()] == [None]


def test_japanese_clocks_are_japanese(run: Run, server: NewsServer, storage: MemoryStorage) -> None:
    body = rss(
        [item("東京の発表", content="<p>外相は台北で会談した。</p>", date="2026/08/31 12:00")]
    )
    run(Feed(server.feed("/feed", body), lang="ja"))
    [draft] = storage.articles.values()
    assert draft.published == datetime(2026, 8, 31, 3, tzinfo=UTC)
    assert (draft.lang, draft.outlet) == ("ja", "Strait Wire")


def test_no_feeds_at_all(run: Run) -> None:
    assert run().feeds == ()


def test_pages_of_one_host_are_not_all_asked_for_at_once(
    server: NewsServer, settings: Fetch, workshop: Workshop, storage: MemoryStorage
) -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def counted(number: int) -> Iterator[None]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        yield
        with lock:
            now[0] -= 1

    url = newspaper(server, 12)
    for n in range(12):

        def serve(exchange: Exchange, number: int = n) -> None:
            for _ in counted(number):
                exchange.pause(0.02)
            exchange.reply(page(f"Story {number}").encode())

        server.route(f"/feed/{n}", serve)
    fetch([Feed(url)], storage, replace(settings, per_host=2), workshop=workshop)
    assert (len(storage.articles), most[0]) == (12, 2)
