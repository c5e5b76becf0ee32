"""A login in a feed's address goes to that feed and is seen nowhere else."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.program import Program, child
from tests.ingest.server import Exchange, NewsServer
from tests.ingest.writing import item, page, rss

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
    ("config", "show"),
    ("config", "show", "--json"),
    ("config", "check", "--json"),
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


@pytest.mark.parametrize(
    "word", [f"a'{SECRET}", f'b"{SECRET}', f"<{SECRET}>", f"@{SECRET}", SECRET]
)
def test_a_login_of_any_signs_is_shown_nowhere(followed: Program, word: str) -> None:
    address = f"http://reader:{word}@127.0.0.1:9/feed.xml"
    configure(followed, address.replace('"', '\\"'))
    for words in COMMANDS:
        done = followed(*words)
        assert SECRET not in done.out + done.err, words
        assert done.code in {0, 1} or words[-1] == "no-such-feed", (words, done.err)


@pytest.mark.parametrize("sign", ["#", "/", "?", " "])
def test_a_login_that_breaks_its_address_is_not_told_of_in_full(
    followed: Program, sign: str
) -> None:
    configure(followed, f"http://reader:x{sign}{SECRET}@127.0.0.1:9/feed.xml")
    for words in (("config", "check", "--json"), ("fetch",), ("feeds", "list")):
        done = followed(*words)
        assert done.code == 2
        assert SECRET not in done.out + done.err, words


def test_the_login_of_a_proxy_is_shown_nowhere(followed: Program) -> None:
    followed.home.mkdir(exist_ok=True)
    for port, code in (("", 2), (":9", 0)):
        proxy = f'[fetch]\nproxy = "http://me:{SECRET}@127.0.0.1{port}"\n'
        (followed.home / "config.toml").write_text(proxy, encoding="utf-8")
        for words in (
            ("config", "check", "--json"),
            ("config", "show"),
            ("config", "show", "--json"),
        ):
            done = followed(*words)
            assert done.code == code, words
            assert SECRET not in done.out + done.err, words


def relatives(pid: int) -> dict[int, str]:
    """The arguments and the environment of a process and of all that it has started."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            number, _, rest = path.read_text("utf-8", "replace").partition(" ")
            parents[int(number)] = int(rest.rpartition(")")[2].split()[1])
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return {
        one: "".join(
            Path(f"/proc/{one}/{name}").read_bytes().decode("utf-8", "replace")
            for name in ("cmdline", "environ")
        )
        for one in found
    }


TELLING = "import os, sys; open(sys.argv[1], 'a').write(repr((sys.argv, dict(os.environ))))"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_no_process_that_is_started_can_be_asked_for_a_secret(
    followed: Program, tmp_path: Path
) -> None:
    told, seen = tmp_path / "told", {}
    with NewsServer() as server:

        def look(exchange: Exchange) -> None:
            seen.update(relatives(os.getpid()))
            exchange.reply(page("Late").encode())

        server.route("/Early", page("Early"))
        server.route("/Late", look)
        server.feed("/feed", rss([item(n, server.url(f"/{n}")) for n in ("Early", "Late")]))
        address = server.url("/feed").replace("//", f"//reader:{SECRET}1@")
        command = json.dumps([sys.executable, "-c", TELLING, str(told), "{file}"])
        (followed.home / "config.toml").write_text(
            "[search]\nmeaning = false\n[fetch]\nallow_private = true\nper_host = 1\n"
            f'[[feeds]]\nurl = "{address}"\nsecret = "paper"\n'
            f'[[briefs]]\nname = "all"\nsince = "900d"\nto = "a@b.example"\ncommand = {command}\n',
            encoding="utf-8",
        )
        secrets = followed.home / "secrets.toml"
        secrets.write_text(
            f'[paper]\nhost = "127.0.0.1"\nheaders = {{ x-key = "{SECRET}2" }}\n',
            encoding="utf-8",
        )
        secrets.chmod(0o600)
        ran = child(followed.home, ["-v", "fetch"])
    assert ran.returncode == 0, ran.stderr
    assert [one.headers.get("x-key") for one in server.requests[-2:]] == [f"{SECRET}2"] * 2
    assert sum("digest" in text for text in seen.values()) >= 2, "a worker was at hand"
    followed.good("brief", "@all")
    heard = [*seen.values(), told.read_text(), ran.stdout.decode(), ran.stderr.decode()]
    assert not [text for text in heard if SECRET in text]
