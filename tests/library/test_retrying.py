"""A page that could not be read once is tried again by later fetches, a bounded number of times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.config.settings import Config, Feed, Fetch
from digest.ingest.retrying import WAITS
from digest.library import Library
from digest.model import FetchReport
from tests.ingest.server import NewsServer
from tests.ingest.writing import item, page, rss

SUMMARY = "The first lines of the talks, as the feed has them."


class Newspaper:
    """A feed of one entry in a library with a clock of its own."""

    def __init__(self, web: NewsServer, home: Path, *, summary: str = SUMMARY) -> None:
        self.web = web
        self.now = datetime(2026, 11, 1, tzinfo=UTC)
        entry = item("Talks", web.url("/talks"), guid="t", summary=summary)
        feed = Feed(web.feed("/feed", rss([entry])), name="Wire")
        config = Config(feeds=(feed,), fetch=Fetch(allow_private=True, timeout=5))
        self.library = Library.open(home, config, clock=lambda: self.now)

    def fetch_after(self, wait: timedelta, *, name: str = "") -> FetchReport:
        self.now += wait
        return self.library.fetch([name] if name else [])

    @property
    def asked(self) -> int:
        return self.web.asked("/talks")

    @property
    def texts(self) -> list[tuple[bool, int]]:
        """Of each article, whether it is cut, and its blocks."""
        ids, _ = self.library.matching("talks")
        found = [self.library.article(ident) for ident in ids]
        return [(one.summary.partial, len(one.blocks)) for one in found]


@pytest.fixture
def web() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture
def paper(web: NewsServer, home: Path) -> Iterator[Newspaper]:
    web.route("/talks", status=503)
    newspaper = Newspaper(web, home)
    yield newspaper
    newspaper.library.close()


def test_a_page_that_failed_is_whole_after_a_later_fetch(paper: Newspaper, web: NewsServer) -> None:
    paper.fetch_after(timedelta())
    assert paper.texts == [(True, 1)]
    web.route("/talks", page("Talks"))
    paper.fetch_after(timedelta(minutes=5))
    assert (paper.asked, paper.texts) == (1, [(True, 1)])
    report = paper.fetch_after(timedelta(minutes=11))
    assert (paper.asked, paper.texts) == (2, [(False, 4)])
    assert [(one.new, one.updated, one.error) for one in report.feeds] == [(0, 1, "")]
    paper.fetch_after(timedelta(days=9))
    assert paper.asked == 2


def test_a_page_is_tried_a_bounded_number_of_times(paper: Newspaper) -> None:
    paper.fetch_after(timedelta())
    for number, wait in enumerate(WAITS, 2):
        paper.fetch_after(wait - timedelta(minutes=1))
        paper.fetch_after(timedelta(minutes=1))
        assert paper.asked == number
    for _ in range(3):
        paper.fetch_after(timedelta(days=7))
    assert paper.asked == 1 + len(WAITS)
    assert paper.texts == [(True, 1)]


def test_a_feed_that_a_person_names_tries_its_pages_at_once(paper: Newspaper) -> None:
    paper.fetch_after(timedelta())
    paper.fetch_after(timedelta(seconds=5), name="Wire")
    assert paper.asked == 2


def test_without_the_feed_no_page_uses_up_its_tries(paper: Newspaper, web: NewsServer) -> None:
    paper.fetch_after(timedelta())
    feed = web.url("/feed")
    web.route("/feed", status=500)
    paper.fetch_after(timedelta(days=2), name=feed)
    assert paper.asked == 1


@pytest.mark.parametrize("status", [401, 402, 410, 451])
def test_a_page_that_is_closed_is_not_asked_for_again(
    paper: Newspaper, web: NewsServer, status: int
) -> None:
    web.route("/talks", status=status)
    paper.fetch_after(timedelta())
    paper.fetch_after(timedelta(days=2), name="Wire")
    assert paper.asked == 1


def test_what_its_reader_deleted_is_left_alone(paper: Newspaper, web: NewsServer) -> None:
    paper.fetch_after(timedelta())
    paper.library.delete(paper.library.matching("talks")[0])
    web.route("/talks", page("Talks"))
    paper.fetch_after(timedelta(days=1))
    assert paper.asked == 1


def test_what_is_less_than_the_text_that_stands_in_does_not_take_its_place(
    web: NewsServer, home: Path
) -> None:
    web.route("/talks", status=503)
    paper = Newspaper(web, home, summary=SUMMARY * 3)
    paper.fetch_after(timedelta())
    web.route("/talks", page("Talks", text="Pictures"))
    report = paper.fetch_after(timedelta(hours=1))
    assert ([one.updated for one in report.feeds], paper.texts) == ([0], [(True, 1)])
    web.route("/talks", page("Talks"))
    paper.fetch_after(timedelta(hours=2))
    assert paper.texts == [(False, 4)]
    paper.library.close()


@pytest.fixture
def bare(web: NewsServer, home: Path) -> Iterator[Newspaper]:
    """A paper whose feed has no text of its entry, and which cannot be read at the moment."""
    web.route("/talks", status=503)
    newspaper = Newspaper(web, home, summary="")
    yield newspaper
    newspaper.library.close()


def test_an_entry_without_a_text_waits_for_its_page_once(bare: Newspaper, web: NewsServer) -> None:
    [outcome] = bare.fetch_after(timedelta()).feeds
    assert (outcome.new, bare.texts) == (0, [])
    assert outcome.error.startswith("1 entry could not be read")
    web.route("/talks", page("Talks"))
    [outcome] = bare.fetch_after(timedelta(hours=1)).feeds
    assert (outcome.updated, outcome.new, bare.texts) == (0, 1, [(False, 4)])


def test_then_its_headline_is_there_until_the_page_can_be_read(
    bare: Newspaper, web: NewsServer
) -> None:
    news = [bare.fetch_after(wait).feeds[0].new for wait in (timedelta(), *WAITS[:3])]
    assert news == [0, 1, 0, 0]
    assert bare.texts == [(True, 0)]
    [ident], _ = bare.library.matching("talks")
    row = bare.library.article(ident).summary
    assert (row.title, row.url, row.feed) == ("Talks", web.url("/talks"), "Wire")
    web.route("/talks", page("Talks"))
    [outcome] = bare.fetch_after(WAITS[3]).feeds
    assert (outcome.updated, bare.texts) == (1, [(False, 4)])
    assert bare.library.matching("customs")[0] == [ident]
    assert bare.library.article(ident).revisions == ()


def test_a_headline_stays_when_its_page_is_given_up(bare: Newspaper) -> None:
    for wait in (timedelta(), *WAITS, timedelta(days=60), timedelta(days=60)):
        bare.fetch_after(wait)
    assert (bare.asked, bare.texts) == (1 + len(WAITS), [(True, 0)])


@pytest.mark.parametrize("status", [401, 402, 410, 451])
def test_of_a_closed_page_the_headline_is_there_at_once(
    bare: Newspaper, web: NewsServer, status: int
) -> None:
    web.route("/talks", status=status)
    [outcome] = bare.fetch_after(timedelta()).feeds
    assert (outcome.new, outcome.error, bare.texts) == (1, "", [(True, 0)])


def test_headlines_that_are_the_same_are_different_articles(web: NewsServer, home: Path) -> None:
    items = [item("Talks", web.route(f"/{n}", status=402), guid=str(n)) for n in range(2)]
    feed = Feed(web.feed("/feed", rss(items)), name="Wire")
    with Library.open(home, Config(feeds=(feed,), fetch=Fetch(allow_private=True))) as library:
        assert [one.new for one in library.fetch().feeds] == [2]
        assert len(library.matching("")[0]) == 2


def test_a_headline_is_read_again_when_a_person_asks(bare: Newspaper, web: NewsServer) -> None:
    web.route("/talks", status=402)
    bare.fetch_after(timedelta())
    web.route("/talks", page("Talks"))
    bare.library.fetch(refetch="talks")
    assert bare.texts == [(False, 4)]
