"""`digest feeds add`: what it finds at an address, and what it does where there is no feed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.ingest.server import NewsServer
from tests.ingest.test_listing import DEFINITIONS, TABLE
from tests.ingest.writing import item, page, rss


@pytest.fixture
def web(empty: Program) -> NewsServer:
    empty.home.mkdir()
    text = "feeds = []\n[fetch]\nallow_private = true\n"
    (empty.home / "config.toml").write_text(text.replace("feeds = []\n", ""), "utf-8")
    return NewsServer()


def listed(program: Program) -> list[dict[str, object]]:
    feeds = program.good("feeds", "list", "--json").json["feeds"]
    return [one for one in feeds if "127.0.0.1" in one["url"]]


def test_a_feed_is_added_with_its_own_name_and_shown(empty: Program, web: NewsServer) -> None:
    with web:
        url = web.feed("/feed", rss([item("Ferries sail", link="https://a.example/1")]))
        done = empty.good("feeds", "add", url)
        assert "Ferries sail" in done.out
        assert [(one["url"], one["name"]) for one in listed(empty)] == [(url, "Strait Wire")]
        assert "in the list already" in empty.good("feeds", "add", url).err


def test_a_sites_feed_is_found_from_its_page(empty: Program, web: NewsServer) -> None:
    with web:
        web.feed("/comments", rss([item("A comment")], title="Comments"))
        url = web.feed("/news.rss", rss([item("News")]))
        web.route(
            "/",
            "<!doctype html><html><head>"
            "<link rel=alternate type='application/rss+xml' title=Comments href=/comments>"
            "<link rel=alternate type='application/atom+xml' title=Gone href=/gone>"
            "<link rel=alternate type='application/rss+xml' title=News href=/news.rss></head>",
        )
        done = empty.good("feeds", "add", web.url("/"), "--group", "Wires", "--json").json
        assert [(one["url"], one["groups"]) for one in done["added"]] == [(url, ["Wires"])]
        assert [one["title"] for one in done["entries"]] == ["News"]


def test_a_feed_that_only_a_link_on_the_page_or_custom_leads_to(
    empty: Program, web: NewsServer
) -> None:
    with web:
        url = web.feed("/rss/topics.xml", rss([item("News")]))
        web.feed("/data/rss.rdf", rss([item("News")]))
        web.route("/page", "<html><body><a href='/data/rss.rdf'>RSS</a>")
        empty.good("feeds", "add", web.url("/page"))
        web.feed("/feed", rss([item("News")]))
        web.route("/", "<html><body>Welcome")
        empty.good("feeds", "add", web.url("/"))
        assert [one["url"] for one in listed(empty)] == [web.url("/data/rss.rdf"), web.url("/feed")]
        assert web.asked(url) == 0


def test_a_sitemap_is_known_for_one(empty: Program, web: NewsServer) -> None:
    with web:
        text = f"<urlset><url><loc>{web.url('/2026/11/08/a')}</loc></url></urlset>"
        url = web.route("/sitemap.xml", text, content_type="application/xml")
        empty.good("feeds", "add", url)
        assert [(one["url"], one["kind"]) for one in listed(empty)] == [(url, "sitemap")]


def test_without_a_feed_a_selector_is_proposed_and_nothing_added(
    empty: Program, web: NewsServer
) -> None:
    with web:
        url = web.route("/press/", DEFINITIONS)
        done = empty("feeds", "add", url)
        assert done.code == 1
        assert "1. --items 'ul.link-list a'" in done.out
        assert "2026-" in done.out
        assert "日台民間会議の開催について" in done.out
        assert f"add one with digest feeds add {url} --items 'ul.link-list a'" in done.err
        (proposal,) = empty("feeds", "add", url, "--json").json["proposals"]
        assert proposal["items"] == "ul.link-list a"
        assert proposal["entries"][0]["url"] == web.url("/press/r/p1.html")
        assert listed(empty) == []


@pytest.mark.parametrize("words", [["--items", "td.c a"], ["--yes"]])
def test_a_selector_given_or_accepted_adds_the_page(
    empty: Program, web: NewsServer, words: list[str]
) -> None:
    with web:
        url = web.route("/press", TABLE)
        for number in (11, 12, 13):
            web.route(f"/News.aspx?n=1&s={number}", page(f"Paper {number}"))
        assert "外交部感謝日本友人的支持" in empty.good("feeds", "add", url, *words).out
        assert [(one["kind"], one["items"]) for one in listed(empty)] == [("page", "td.c a")]
        assert empty.good("fetch", url, "--json").json["new"] == 3


def test_on_a_terminal_the_person_is_asked(empty: Program, web: NewsServer) -> None:
    with web:
        url = web.route("/press", TABLE)
        assert empty("feeds", "add", url, stdin="\n", terminal=True).code == 1
        assert listed(empty) == []
        assert empty("feeds", "add", url, stdin="1\n", terminal=True).code == 0
        assert [one["items"] for one in listed(empty)] == ["td.c a"]


def test_a_selector_that_finds_nothing_or_is_none_is_refused(
    empty: Program, web: NewsServer
) -> None:
    with web:
        url = web.route("/press", TABLE)
        done = empty("feeds", "add", url, "--items", "ol.none a")
        assert (done.code, listed(empty)) == (1, [])
        assert "nothing on this page fits" in done.err
        assert empty("feeds", "add", url, "--items", "a:::b").code == 2
        assert empty("feeds", "add", url, "--kind", "feed", "--items", "a").code == 2


def test_what_cannot_be_reached_now_is_added_as_it_is(empty: Program, web: NewsServer) -> None:
    with web:
        url = web.route("/feed", status=403)
        done = empty.good("feeds", "add", url)
        assert "could not be looked at now: the site refuses" in done.err
    done = empty.good("feeds", "add", "http://127.0.0.1:9/feed", "--lang", "ja")
    assert "refuses the connection" in done.err
    assert len(listed(empty)) == 2
    assert empty("feeds", "add", "http://127.0.0.1:9/list", "--kind", "page").code == 1


def test_a_private_address_is_not_looked_at_unless_allowed(tmp_path: Path) -> None:
    with NewsServer() as web:
        program = Program(tmp_path / "strict")
        done = program.good("feeds", "add", web.feed("/feed", rss([item("News")])))
        assert "on this machine or a private network" in done.err
        assert not web.requests
