from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.errors import SourceError
from digest.ingest.net.client import USER_AGENT, Response
from digest.ingest.robots import Robots

SITE = "https://a.example"


def serving(body: str, status: int = 200) -> tuple[Robots, list[str]]:
    asked: list[str] = []

    def ask(url: str, size: int) -> Response:
        asked.append(url)
        return Response(url, status, {}, body.encode())

    return Robots(ask, USER_AGENT), asked


def test_rules_are_kept_and_read_once_per_site() -> None:
    robots, asked = serving("User-agent: *\nDisallow: /private/\nCrawl-delay: 2\n")
    assert robots.allows(f"{SITE}/news/1")
    assert not robots.allows(f"{SITE}/private/1")
    assert robots.delay(f"{SITE}/news/1") == 2
    assert robots.allows("https://b.example/news/1")
    assert asked == [f"{SITE}/robots.txt", "https://b.example/robots.txt"]


def test_rules_for_us_by_name_win() -> None:
    robots, _ = serving("User-agent: *\nDisallow: /\n\nUser-agent: taiwan-japan-digest\nAllow: /\n")
    assert robots.allows(f"{SITE}/1")


def test_a_delay_is_bounded() -> None:
    robots, _ = serving("User-agent: *\nCrawl-delay: 86400\n")
    assert robots.delay(f"{SITE}/1") == 10


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_file_means_no_rules(status: int) -> None:
    robots, _ = serving("User-agent: *\nDisallow: /", status)
    assert robots.allows(f"{SITE}/1")


def test_a_site_at_fault_is_left_alone_for_now() -> None:
    robots, _ = serving("", 503)
    with pytest.raises(SourceError, match="not available now"):
        robots.allows(f"{SITE}/1")


def test_a_site_that_cannot_be_asked_is_left_alone_for_now() -> None:
    def ask(url: str, size: int) -> Response:
        raise SourceError("down")

    with pytest.raises(SourceError, match="down"):
        Robots(ask, USER_AGENT).allows(f"{SITE}/1")


def test_a_byte_order_mark_hides_no_rule() -> None:
    robots, _ = serving("\ufeffUser-agent: *\nDisallow: /private/\n")
    assert not robots.allows(f"{SITE}/private/1")


@pytest.mark.parametrize(
    "body", ["\x00\xff" * 99, "<html>no</html>", "Disallow\n:::", "User-agent"]
)
def test_nonsense_is_no_rule(body: str) -> None:
    check: Callable[[str], bool] = serving(body)[0].allows
    assert check(f"{SITE}/1")
