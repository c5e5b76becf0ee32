from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Program, environment
from tests.ingest.server import Exchange, NewsServer

FEED_KEYS = [
    "url", "name", "status", "http", "new", "updated", "duplicates", "off_topic", "error",
]  # fmt: skip
BODY = (
    "Officials from both sides said the ferry would run twice a week from the spring onwards, and "
    "that fares would be kept low. The harbour office expects thirty thousand passengers in the "
    "first year, most of them families."
)


@pytest.fixture
def web() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


def _rss(web: NewsServer, *titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>{web.url(f'/{number}')}</link>"
        f"<guid>{number}</guid><description>{BODY} {title}</description>"
        "<pubDate>Tue, 03 Nov 2026 02:00:00 GMT</pubDate></item>"
        for number, title in enumerate(titles)
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}'
        "</channel></rss>"
    ).encode()


def _configure(home: Path, *feeds: tuple[str, str]) -> None:
    tables = "".join(f'[[feeds]]\nurl = "{url}"\nname = "{name}"\n' for name, url in feeds)
    home.mkdir(exist_ok=True)
    text = f"[fetch]\nallow_private = true\nfull_text = false\n{tables}"
    (home / "config.toml").write_text(text, encoding="utf-8")


def test_fetch_in_json_and_again(empty: Program, web: NewsServer) -> None:
    web.route("/feed", _rss(web, "港の式典", "New ferry to Keelung"))
    _configure(empty.home, ("Wire", web.url("/feed")), ("Broken", web.url("/none")))
    done = empty("fetch", "--json")
    assert done.code == 1
    assert done.err.startswith("digest: Broken: ")
    found = done.json
    assert list(found) == [
        "feeds", "new", "updated", "duplicates", "off_topic", "failed", "seconds",
    ]  # fmt: skip
    assert [list(feed) for feed in found["feeds"]] == [FEED_KEYS, FEED_KEYS]
    assert [feed["status"] for feed in found["feeds"]] == ["ok", "failed"]
    assert (found["new"], found["failed"]) == (2, 1)
    assert found["feeds"][0]["error"] is None
    assert found["feeds"][1]["http"] == 404
    assert empty.search("港の式典") == empty.search("title:港の式典")
    assert len(empty.search("ferry", "keelung")) >= 1

    again = empty.good("fetch", "Wire", "--json").json
    assert (again["new"], again["failed"]) == (0, 0)
    rest = empty("fetch")
    assert rest.code == 0
    assert "Broken: backoff" in rest.out
    assert "2 feeds: 0 new" in rest.err


def test_an_unknown_feed_is_code_2(empty: Program, web: NewsServer) -> None:
    _configure(empty.home, ("Wire", web.url("/feed")))
    done = empty("fetch", "Wyre")
    assert done.code == 2
    assert "'wire'" in done.err
    assert empty("feeds", "remove", "Wyre").code == 2
    assert empty("feeds", "check", "Wyre").code == 2


def test_feeds_are_listed_and_checked_in_words(empty: Program, web: NewsServer) -> None:
    web.route("/feed", _rss(web, "One"))
    _configure(empty.home, ("Wire", web.url("/feed")), ("Broken", web.url("/none")))
    assert "Wire: never checked" in empty.good("feeds", "check").out
    empty("fetch")
    listed = empty.good("feeds", "list", "--json").json["feeds"]
    assert [(one["name"], one["articles"], one["unread"]) for one in listed] == [
        ("Wire", 1, 1),
        ("Broken", 0, 0),
    ]
    assert "Wire" in empty.good("feeds", "list").out
    done = empty("feeds", "check")
    assert done.code == 1
    assert "Wire: well" in done.out
    assert "digest: Broken: failed once: " in done.err
    checked = empty("feeds", "check", "Broken", "--json").json["feeds"]
    assert [(one["name"], one["well"], one["failures"]) for one in checked] == [
        ("Broken", False, 1)
    ]
    assert empty.good("feeds", "check", "Wire").err == ""


def test_the_list_of_feeds_is_edited_with_its_comments(empty: Program) -> None:
    empty.home.mkdir()
    file = empty.home / "config.toml"
    file.write_text('# mine\n[[feeds]]\nurl = "https://a.example/"\nname = "A"\n', "utf-8")
    empty.good(
        "feeds", "add", "https://b.example/feed", "--name", "乙", "--lang", "zh-Hant", "--scope",
        "topic", "--group", "Taiwan", "--group", "News", "--tag", "auto", "--no-full-text",
    )  # fmt: skip
    (_, second) = empty.good("feeds", "list", "--json").json["feeds"]
    assert second["name"] == "乙"
    assert (second["scope"], second["groups"], second["tags"]) == (
        "topic",
        ["Taiwan", "News"],
        ["auto"],
    )
    assert "in the list already" in empty.good("feeds", "add", "https://b.example/feed").err
    empty.good("feeds", "rename", "乙", "丙")
    empty.good("feeds", "remove", "A")
    (left,) = empty.good("feeds", "list", "--json").json["feeds"]
    assert left["name"] == "丙"
    assert file.read_text("utf-8").startswith("# mine\n")
    assert empty("feeds", "add", "no address").code == 2
    assert empty("feeds", "add", "https://c.example/", "--scope", "some").code == 2
    assert empty("feeds").code == 2


def test_feeds_travel_as_opml_and_as_urls(empty: Program, tmp_path: Path) -> None:
    _configure(empty.home, ("甲", "https://a.example/feed"))
    opml = empty.good("feeds", "export").out
    assert 'xmlUrl="https://a.example/feed"' in opml
    empty.good("feeds", "export", "-o", str(tmp_path / "list.opml"))
    other = Program(tmp_path / "other")
    _configure(other.home, ("乙", "https://b.example/feed"))
    other.good("feeds", "import", str(tmp_path / "list.opml"))
    other.good("feeds", "import", "-", stdin='https://c.example/rss "日本" "~丙"\n')
    listed = other.good("feeds", "list", "--json").json["feeds"]
    assert [(one["name"], one["groups"]) for one in listed] == [
        ("乙", []),
        ("甲", []),
        ("丙", ["日本"]),
    ]
    assert other("feeds", "import", str(tmp_path / "none.opml")).code == 1
    assert other("feeds", "import", "-", stdin="<rss/>").code == 1


def test_add_in_json_keeps_the_order_and_names_what_failed(empty: Program, tmp_path: Path) -> None:
    text = tmp_path / "piece.txt"
    text.write_text(f"A ferry for Ishigaki\n\n{BODY}\n", "utf-8")
    lines = tmp_path / "many.jsonl"
    one = json.dumps({"title": "石垣航路", "text": "石垣島と基隆を結ぶ航路が春に開かれる。"})
    lines.write_text(f"{one}\nnot json\n", "utf-8")
    missing = tmp_path / "none.txt"
    done = empty("add", str(lines), str(text), str(text), str(missing), "--json")
    assert done.code == 1
    found = done.json
    assert list(found) == ["added", "duplicates", "failed"]
    assert [one["source"] for one in found["added"]] == [f"{lines}:1", str(text)]
    assert list(found["added"][0]) == ["id", "title", "source"]
    assert found["added"][1]["title"] == "A ferry for Ishigaki"
    assert found["duplicates"] == [{"id": found["added"][1]["id"], "source": str(text)}]
    assert [one["source"] for one in found["failed"]] == [f"{lines}:2", str(missing)]
    assert all(f"digest: {one['source']}: " in done.err for one in found["failed"])
    assert empty.search("石垣航路")


def test_add_takes_stdin_and_what_is_said_about_it(empty: Program) -> None:
    done = empty.good(
        "add", "-", "--title", "新しい航路", "--date", "2026-11-08", "--lang", "ja", "--feed", "私",
        stdin="石垣島と基隆を結ぶ航路が春に開かれる。",
    )  # fmt: skip
    assert "新しい航路" in done.out
    assert done.err == "1 added\n"
    shown = empty.good("show", "1", "--json").json
    assert (shown["title"], shown["lang"], shown["feed"]) == ("新しい航路", "ja", "私")
    assert shown["published"] == "2026-11-08T04:00:00Z"
    again = empty.good(
        "add", "-", "--title", "新しい航路", stdin="石垣島と基隆を結ぶ航路が春に開かれる。"
    )
    assert "in the library already, as article 1" in again.err
    assert empty("add", "-", "--date", "soon", stdin="x").code == 2
    assert empty("add").code == 2


def test_ctrl_c_in_a_fetch_keeps_what_is_there(empty: Program, web: NewsServer) -> None:
    asked, let_go = threading.Event(), threading.Event()

    def never_ending(exchange: Exchange) -> None:
        asked.set()
        let_go.wait(60)
        exchange.reply(b"late", status=500)

    web.route("/quick", _rss(web, "港の式典"))
    web.route("/slow", never_ending)
    _configure(empty.home, ("Quick", web.url("/quick")), ("Slow", web.url("/slow")))
    empty.good("fetch", "Quick")
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "fetch", "Slow"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(empty.home),
        cwd=ROOT,
        start_new_session=True,
    ) as process:
        try:
            assert asked.wait(60)
            os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=60)
        finally:
            let_go.set()
            process.kill()
    assert process.returncode == 130, err.decode()
    assert b"Traceback" not in err
    assert empty.good("doctor", "--json").json["healthy"] is True
    assert len(empty.search("港の式典")) == 1
