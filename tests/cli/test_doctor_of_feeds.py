"""`digest feeds check` after real fetches from a real server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.cli.program import Program
from tests.ingest.server import NewsServer
from tests.ingest.writing import item, rss, story

KEYS = [
    "url", "name", "well", "diagnosis", "message", "findings", "newest", "interval_seconds",
    "silent_times", "http", "entries", "linked", "location", "checked", "succeeded", "next_check",
    "failures", "error", "gone",
]  # fmt: skip


def feed(start: datetime, step: timedelta, count: int = 6) -> str:
    return rss(
        [
            item(
                f"Story {n}", date=format_datetime(start - n * step), summary=story(f"{start} {n}")
            )
            for n in range(count)
        ]
    )


def test_the_doctor_tells_feeds_apart(empty: Program) -> None:
    now = datetime.now(UTC)
    hour, day = timedelta(hours=1), timedelta(days=1)
    with NewsServer() as web:
        places = {
            "Fine": web.feed("/fine", feed(now - hour, 3 * hour)),
            "Frozen": web.feed("/frozen", feed(now - 60 * day, day)),
            "Blocked": web.route("/blocked", "<html>Just a moment", status=403),
            "Page": web.route(
                "/page", "<html><link rel=alternate type=application/rss+xml href=/fine>"
            ),
            "Broken": web.route("/broken", "<rss><channel><ti"),
            "Ahead": web.feed("/ahead", feed(now + 9 * day, 3 * hour)),
            "Gone": web.route("/gone", status=410),
        }
        tables = "".join(f'[[feeds]]\nurl = "{url}"\nname = "{n}"\n' for n, url in places.items())
        empty.home.mkdir()
        (empty.home / "config.toml").write_text(
            f"[fetch]\nallow_private = true\nfull_text = false\n{tables}", "utf-8"
        )
        assert empty("fetch").code == 1
    done = empty("feeds", "check", "--json")
    assert done.code == 1
    found = {one["name"]: one for one in done.json["feeds"]}
    assert list(found["Fine"]) == KEYS
    assert {name: (one["diagnosis"], one["well"]) for name, one in found.items()} == {
        "Fine": ("well", True),
        "Frozen": ("frozen", False),
        "Blocked": ("forbidden", False),
        "Page": ("html", False),
        "Broken": ("broken", False),
        "Ahead": ("clock", True),
        "Gone": ("gone", False),
    }
    assert found["Fine"]["interval_seconds"] == 3 * 3600
    assert found["Frozen"]["silent_times"] > 50
    assert found["Page"]["linked"] == places["Fine"]
    assert found["Blocked"]["http"] == 403
    assert "newest entry 1 hour ago, usually one every 3 hours" in empty("feeds", "check").out
    assert empty("feeds", "check", "Fine", "Ahead").code == 0
