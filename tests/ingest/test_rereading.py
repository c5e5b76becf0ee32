"""Pages that a person has read again: many at a time, and each host with courtesy."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from digest.config.secrets import Secrets
from digest.config.settings import Fetch
from digest.errors import SourceError
from digest.ingest.extract.values import Hints
from digest.ingest.rereading import Reread, read_again
from digest.model import Draft
from tests.ingest.server import Exchange, NewsServer
from tests.ingest.writing import page


def read(urls: list[str], settings: Fetch) -> list[Reread]:
    found = read_again(urls, Hints(), settings, clock=lambda: datetime.now(UTC), secrets=Secrets())
    return sorted(found, key=lambda one: one.number)


@pytest.fixture
def other() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


def test_each_page_comes_with_its_number_and_a_bad_one_with_its_reason(
    server: NewsServer, settings: Fetch
) -> None:
    urls = [server.route(f"/{n}", page(f"Story {n}")) for n in range(4)]
    server.route("/2", b"gone", status=404)
    first, second, third, fourth = (one.result for one in read(urls, settings))
    assert [one.title for one in (first, second, fourth) if isinstance(one, Draft)] == [
        "Story 0",
        "Story 1",
        "Story 3",
    ]
    assert isinstance(third, SourceError)
    assert "nothing at this address" in str(third)


def test_hosts_are_asked_at_once_and_none_by_more_than_it_may_be(
    server: NewsServer, other: NewsServer, settings: Fetch
) -> None:
    most = {server.port: 0, other.port: 0}
    now = dict(most)
    both = threading.Barrier(4)  # two of each host are in the middle of an answer together
    guard = threading.Lock()

    def answer(news: NewsServer, text: str) -> None:
        def reply(exchange: Exchange) -> None:
            with guard:
                now[news.port] += 1
                most[news.port] = max(most[news.port], now[news.port])
            both.wait(20)
            with guard:
                now[news.port] -= 1
            exchange.reply(text.encode())

        for number in range(4):
            news.route(f"/{number}", reply)

    answer(server, page("Here"))
    answer(other, page("There"))
    urls = [news.url(f"/{number}") for number in range(4) for news in (server, other)]
    found = read(urls, replace(settings, concurrency=8, per_host=2, timeout=30))
    assert [one.result.title for one in found if isinstance(one.result, Draft)] == [
        "Here", "There"] * 4  # fmt: skip
    assert most == {server.port: 2, other.port: 2}


def test_robots_do_not_bind_what_a_person_asks_for(server: NewsServer, settings: Fetch) -> None:
    server.route("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    (one,) = read([server.route("/a", page("Story"))], settings)
    assert isinstance(one.result, Draft)
    assert server.asked("/robots.txt") == 0


def test_a_stop_ends_it_with_what_came_until_then(server: NewsServer, settings: Fetch) -> None:
    urls = [server.route(f"/{n}", page(f"Story {n}")) for n in range(20)]
    came: list[Reread] = []
    found = read_again(
        urls,
        Hints(),
        settings,
        clock=lambda: datetime.now(UTC),
        secrets=Secrets(),
        cancelled=lambda: bool(came),
    )
    for one in found:
        came += [one]  # seen by `cancelled` at once
    assert len(came) == 1
