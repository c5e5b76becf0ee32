"""What concerns Taiwan and Japan is kept; the rest waits out of sight, and can be brought back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.config.settings import Config, Feed, Fetch
from digest.export.text import article_text
from digest.library import Library
from tests.ingest.server import NewsServer
from tests.ingest.writing import item, page, rss
from tests.library.conftest import CONFIG, bring

HOTLINE = (
    "Coast guard officials from Taiwan and Japan met in Taipei on Thursday. Tokyo and Taipei will "
    "set up a hotline for rescues at sea between Taiwan and Japan, the Japan-Taiwan Exchange "
    "Association said. Taiwanese boats and Japanese boats fish in the same waters off Yonaguni."
)
BUDGET = (
    "The city council of Kaohsiung passed its budget after talks with the Zorblax Bureau. Schools "
    "and roads take the largest part, and the Zorblax Bureau agreed to visit them in spring."
)
NAMES = """
[[names]]
id = "zorblax"
en = ["Zorblax Bureau"]
side = "both"
"""


class Wire:
    """A feed of two articles in a library with a clock of its own."""

    def __init__(self, web: NewsServer, home: Path, scope: str = "topic") -> None:
        self.now = datetime(2026, 11, 1, tzinfo=UTC)
        entries = [
            item("Hotline at sea", "", guid="1", content=HOTLINE),
            item("Kaohsiung passes its budget", web.url("/b"), guid="2", content=BUDGET),
        ]
        self.feed = Feed(web.feed("/feed", rss(entries)), name="Wire", scope=scope, full_text=False)
        config = Config(feeds=(self.feed,), fetch=Fetch(allow_private=True, timeout=5))
        self.library = Library.open(home, config, clock=lambda: self.now)
        self.outcome = self.library.fetch().feeds[0]

    def found(self, query: str) -> list[str]:
        ids, _ = self.library.matching(query)
        return [row.title for row in self.library.rows(ids)]


@pytest.fixture
def web() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture
def wire(web: NewsServer, home: Path) -> Iterator[Wire]:
    opened = Wire(web, home)
    yield opened
    opened.library.close()


def test_a_feed_of_the_topic_hides_what_is_off_it(wire: Wire) -> None:
    assert (wire.outcome.new, wire.outcome.off_topic) == (1, 1)
    assert wire.found("") == wire.found("-is:read") == ["Hotline at sea"]
    assert wire.found("budget") == []
    assert wire.found("is:offtopic") == ["Kaohsiung passes its budget"]
    assert wire.library.counts().all == 1
    again = wire.library.fetch(["Wire"]).feeds[0]
    assert (again.new, again.off_topic) == (0, 0)


@pytest.mark.parametrize(("text", "titles"), [(HOTLINE, ["Thursday's news"]), (BUDGET, [])])
def test_what_was_hidden_for_its_summary_is_judged_again_by_its_page(
    web: NewsServer, home: Path, text: str, titles: list[str]
) -> None:
    web.route("/b", status=503)
    entry = item("Thursday's news", web.url("/b"), summary="What the paper reports today.")
    feed = Feed(web.feed("/feed", rss([entry])), name="Wire", scope="topic")
    config = Config(feeds=(feed,), fetch=Fetch(allow_private=True, timeout=5))
    with Library.open(home, config) as library:
        assert library.fetch().feeds[0].off_topic == 1
        web.route("/b", page("Thursday's news", text=text))
        again = library.fetch(["Wire"]).feeds[0]
        assert (again.new, again.off_topic) == (len(titles), 1 - len(titles))
        for query in ("", "-is:read", "thursday"):
            ids, _ = library.matching(query)
            assert [row.title for row in library.rows(ids)] == titles
        ids, _ = library.matching("" if titles else "is:offtopic")
        assert [one.text for one in library.article(ids[0]).blocks] == [text]
        assert library.fetch(["Wire"]).feeds[0].new == 0


def test_a_feed_of_everything_keeps_everything(web: NewsServer, home: Path) -> None:
    opened = Wire(web, home, "all")
    assert (opened.outcome.new, opened.outcome.off_topic) == (2, 0)
    opened.library.close()


def test_the_score_has_its_reasons(wire: Wire) -> None:
    (kept,), _ = wire.library.matching("hotline")
    (hidden,), _ = wire.library.matching("is:offtopic")
    good, bad = (wire.library.article(one).relevance for one in (kept, hidden))
    assert (good.score or 0) > 0.5
    assert "both in the same sentences" in good.why
    assert bad == (0.0, ("names Taiwan, not Japan",))
    shown, off = (article_text(wire.library.article(one), UTC) for one in (kept, hidden))
    assert "hidden" not in shown
    assert "hidden as off topic (names Taiwan, not Japan)" in off


def test_what_is_rescued_is_an_article_until_that_is_undone(wire: Wire) -> None:
    hidden, _ = wire.library.matching("is:offtopic")
    assert wire.library.rescue(hidden) == 1
    assert wire.found("budget") == ["Kaohsiung passes its budget"]
    assert wire.found("is:offtopic") == []
    assert wire.library.undo() == "rescued 1 article"
    assert wire.found("budget") == []
    assert wire.found("is:offtopic") == ["Kaohsiung passes its budget"]


def test_a_new_name_brings_back_what_it_makes_relevant(wire: Wire, home: Path) -> None:
    (home / "names.toml").write_text(NAMES, encoding="utf-8")
    wire.library.catch_up()
    assert wire.found("budget") == ["Kaohsiung passes its budget"]
    assert wire.found("is:offtopic") == []


def test_after_thirty_days_what_is_off_topic_goes_for_good(wire: Wire) -> None:
    wire.now += timedelta(days=29)
    wire.library.fetch()
    assert len(wire.found("is:offtopic")) == 1
    wire.now += timedelta(days=2)
    outcome = wire.library.fetch(["Wire"]).feeds[0]
    assert wire.found("is:offtopic") == []
    assert (outcome.new, outcome.off_topic) == (0, 0)


def test_a_bay_near_sendai_is_not_taiwan(home: Path, tmp_path: Path) -> None:
    with Library.open(home, CONFIG) as library:
        text = "仙台湾では漁業者が海の水温を調べている。仙台湾の漁港には東京からも客が来る。"
        (ident,) = bring(library, tmp_path, [{"title": "仙台湾の漁", "text": text, "lang": "ja"}])
        assert library.article(ident).relevance == (0.0, ("names Japan, not Taiwan",))


def test_what_is_rescued_is_folded_with_its_copies(web: NewsServer, home: Path) -> None:
    # The reprint came with a feed of the topic, the original with one that keeps everything.
    told = BUDGET + (
        " Councillors argued about the harbour until midnight, and about a bridge that has been "
        "promised since 2009. The mayor said that the bridge would be begun before the rains, and "
        "that the harbour could wait for another year."
    )
    entries = [item("Kaohsiung passes its budget", web.url("/c"), guid="1", content=told)]
    again = [item("A long night in the south", web.url("/d"), guid="2", content=told + " (Wire)")]
    feeds = (
        Feed(web.feed("/all", rss(entries)), name="All", scope="all", full_text=False),
        Feed(web.feed("/topic", rss(again)), name="Topic", scope="topic", full_text=False),
    )
    config = Config(feeds=feeds, fetch=Fetch(allow_private=True, timeout=5))
    with Library.open(home, config, clock=lambda: datetime(2026, 11, 1, tzinfo=UTC)) as library:
        library.fetch(["All"])
        library.fetch(["Topic"])
        (first,), _ = library.matching("budget")
        hidden, _ = library.matching("is:offtopic")
        assert library.rescue(hidden) == 1
        assert [row.copy_of for row in library.rows(hidden)] == [first]
        library.undo()
        assert library.matching("is:copy")[0] == []
        library.redo()
        assert [row.copy_of for row in library.rows(hidden)] == [first]


def old_library(home: Path, tmp_path: Path) -> list[int]:
    """Two reprints of one report, as a version without relevance and copies left them."""
    text = " ".join(f"Sentence {n} of a report on the hotline at sea." for n in range(20))
    pieces = [
        {"title": f"Report {n}", "text": HOTLINE + " " + text + f" End {n}.", "lang": "en"}
        | {"url": f"https://outlet{n}.example/", "published": "2026-11-05T01:00:00Z"}
        for n in (1, 2)
    ]
    with Library.open(home, CONFIG) as library:
        first, second = bring(library, tmp_path, pieces)
        assert library.rows([second])[0].copy_of == first
    with closing(sqlite3.connect(home / "library.db")) as db, db:
        for table in ("relevance", "sketches", "passages"):
            db.execute(f"DELETE FROM {table}")
        db.execute("UPDATE articles SET copy_of = NULL")
        db.execute("DELETE FROM meta WHERE key IN ('sketched', 'names_stamp', 'names_version')")
    return [first, second]


def unjudged(library: Library) -> list[str]:
    return [one.message for one in library.doctor() if one.what == "articles"]


def test_what_comes_into_a_new_library_is_judged_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("TURN_SECONDS", "COMMAND_SECONDS"):
        monkeypatch.setattr(f"digest.library.facade.core.{limit}", -1.0)
    with Library.open(home, CONFIG) as library:
        bring(library, tmp_path, [{"title": "On the hotline", "text": HOTLINE, "lang": "en"}])
        assert not unjudged(library)


def test_an_old_library_is_judged_and_folded_later(home: Path, tmp_path: Path) -> None:
    first, second = old_library(home, tmp_path)
    with Library.open(home, CONFIG) as library:
        assert [one.split(" ")[0] for one in unjudged(library)] == ["2", "2"]
        library.doctor(repair=True)
        assert not unjudged(library)
        assert library.rows([second])[0].copy_of == first
        assert (library.article(second).relevance.score or 0) > 0.5


def test_a_search_does_not_wait_until_an_old_library_is_judged(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_library(home, tmp_path)
    monkeypatch.setattr("digest.library.facade.core.TURN_SECONDS", -1.0)
    with Library.open(home, CONFIG) as library:
        assert library.search("hotline").total == 2
        assert unjudged(library)
        library.catch_up()
        assert not unjudged(library)
