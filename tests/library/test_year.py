"""Months on a timer, in a few steps: what is done with shrinks, what fails is not given up."""

from __future__ import annotations

from pathlib import Path

from bench.year import Year, rows, serve
from digest.config.settings import Config, Feed, Fetch, Keep
from digest.library import Library


def test_months_on_a_timer(tmp_path: Path) -> None:
    year = Year(8)  # the second always fails, the third has moved, the fourth is gone after a month
    server = serve(year)
    port = server.server_address[1]
    feeds = tuple(Feed(f"http://127.0.0.1:{port}/{n}", f"Feed {n}") for n in range(year.feeds))
    fetch = Fetch(allow_private=True, full_text=False)
    config = Config(fetch=fetch, library=Keep(keep_raw="20d"), feeds=feeds)
    sources, articles = [], []
    with Library.open(tmp_path, config, clock=year.now) as library:
        for year.day in (0, 15, 30, 45, 60, 75):
            library.fetch()
            found = rows(tmp_path / "library.db")
            assert found["feeds"] == year.feeds
            assert found["outbox"] == 0
            sources.append(found["sources"])
            articles.append(found["articles"])
        infos = {info.feed.name: info.state for info in library.feeds()}
    server.shutdown()
    server.server_close()
    assert articles == sorted(articles)
    assert articles[-1] > articles[2] > articles[0]
    # Downloads are let go after twenty days: two fetches' worth stays, however long it goes on.
    assert sources[-1] <= max(sources[1:3])
    assert infos["Feed 1"].failures == 6
    assert infos["Feed 2"].location.endswith("/new/2")
    assert infos["Feed 3"].gone
    assert infos["Feed 4"].failures == 0
