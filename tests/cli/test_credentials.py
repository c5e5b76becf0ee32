"""A login in a feed's address goes to that feed and is seen nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.ingest.server import NewsServer

SECRET = "s3kr1t"
PAGE = "<html><title>漁業</title><body><article><h1>漁業</h1>" + "<p>台灣與日本談漁業。</p>" * 20


@pytest.fixture
def followed(empty: Program) -> Program:
    empty.home.mkdir()
    return empty


def configure(program: Program, address: str) -> None:
    (program.home / "config.toml").write_text(
        f'[search]\nmeaning = false\n[fetch]\nallow_private = true\n[[feeds]]\nurl = "{address}"\n',
        encoding="utf-8",
    )


COMMANDS = (
    ("fetch",),
    ("fetch", "--json"),
    ("fetch", "-v"),
    ("feeds", "list"),
    ("feeds", "list", "--json"),
    ("feeds", "check"),
    ("feeds", "check", "--json"),
    ("feeds", "export"),
    ("doctor",),
    ("doctor", "--json"),
    ("stats",),
    ("stats", "--json"),
    ("search", "*", "--json"),
    ("export", "*", "--format", "json"),
    ("export", "*", "--format", "bibtex"),
    ("export", "*", "--format", "csv"),
    ("brief", "--since", "900d"),
    ("fetch", "no-such-feed"),
)


@pytest.mark.parametrize("status", [200, 401, 410, 500])
def test_the_login_is_in_no_answer_no_export_and_no_log(followed: Program, status: int) -> None:
    with NewsServer() as server:
        server.route("/a.html", PAGE, content_type="text/html; charset=utf-8")
        item = f"<item><title>漁業</title><link>{server.url('/a.html')}</link></item>"
        server.route(
            "/feed.xml",
            f"<rss version='2.0'><channel><title>T</title>{item}</channel></rss>",
            content_type="application/rss+xml",
            status=status,
        )
        address = server.url("/feed.xml").replace("http://", f"http://reader:{SECRET}@")
        configure(followed, address)
        for words in COMMANDS:
            done = followed(*words)
            assert SECRET not in done.out, words
            assert SECRET not in done.err, words
        assert server.requests[0].headers["authorization"].startswith("Basic ")
        assert followed("fetch", address, "--json").json["feeds"][0]["url"] in address.replace(
            f"reader:{SECRET}@", ""
        )
    log = followed.home / "digest.log"
    assert not log.exists() or SECRET not in log.read_text("utf-8")


def test_a_wrong_address_with_a_login_is_named_without_it(
    followed: Program, tmp_path: Path
) -> None:
    configure(followed, f"https://reader:{SECRET}@[broken/feed.xml")
    done = followed("feeds", "list")
    assert done.code == 2
    assert SECRET not in done.err
    configure(followed, f"http://reader:{SECRET}@127.0.0.1:9/feed.xml")
    for words in (("fetch",), ("feeds", "add", f"http://me:{SECRET}@127.0.0.1:9/x.xml")):
        done = followed(*words)
        assert SECRET not in done.err + done.out, words
        assert "127.0.0.1:9" in done.err
    done = followed("add", f"http://me:{SECRET}@127.0.0.1:9/x.html")
    assert SECRET not in done.err + done.out
