"""The libraries that read feeds and pages hang on one of them: that one is given up."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest

from digest.config.settings import Config
from digest.errors import SourceError
from digest.ingest.sources.options import AddOptions, Reading
from digest.ingest.workshop import Workshop
from digest.library import Library
from digest.library.ingesting import PageFetcher
from tests.cli.program import Program
from tests.ingest.server import NewsServer
from tests.ingest.writing import item, page, rss, story

# What a worker loads in the place of a library: the same, but that one word stops it for good.
# A pattern that backtracks without an end cannot be stopped from within its process.
STALLING = """
import re, sys
sys.path.remove({folder!r})
del sys.modules[{name!r}]
import {name}
read = {name}.{function}
def {function}(given, *more, **options):
    text = given if isinstance(given, bytes) else getattr(given, "getvalue", str)()
    if hasattr(given, "text_content"):
        text = given.text_content()
    if {word!r} in str(text):
        re.match("(a|a)+$", "a" * 90 + "b")
    return read(given, *more, **options)
{name}.{function} = {function}
"""
SECONDS = 12.0  # enough to start a process on a busy machine


@pytest.fixture(autouse=True)
def stalling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, function, word in (
        ("trafilatura", "bare_extraction", "Standstill"),
        ("feedparser", "parse", "Deadlock"),
    ):
        folder = tmp_path / f"stalling-{name}"
        folder.mkdir()
        source = STALLING.format(folder=str(folder), name=name, function=function, word=word)
        (folder / f"{name}.py").write_text(source, encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setitem(Workshop.__init__.__kwdefaults__ or {}, "seconds", SECONDS)


def test_a_fetch_goes_on_past_a_page_and_a_feed_that_hang(empty: Program) -> None:
    empty.home.mkdir()
    with NewsServer() as server:
        names = ["First", "Standstill", "Third"]
        items = [item(n, server.url(f"/{n}"), summary=story(n.lower())) for n in names]
        items.append(item("Bare", server.url("/Bare")))
        for name in names:
            server.route(f"/{name}", page(name))
        server.route("/Bare", page("Bare Standstill"))
        feeds = {
            "Whole": server.feed("/whole", rss(items)),
            "Stuck": server.feed("/stuck", rss([item("Deadlock", guid="1")])),
            "After": server.feed("/after", rss([item("After", content=story("After"))])),
        }
        tables = "".join(f'[[feeds]]\nname = "{n}"\nurl = "{url}"\n' for n, url in feeds.items())
        (empty.home / "config.toml").write_text(
            f"[search]\nmeaning = false\n[fetch]\nallow_private = true\n{tables}", encoding="utf-8"
        )
        done = empty("fetch", "--json")
    told = {one["name"]: one for one in done.json["feeds"]}
    gave_up = f"reading it took more than {SECONDS:g} seconds"
    assert done.code == 1
    assert (told["Stuck"]["status"], told["Stuck"]["error"]) == ("failed", gave_up)
    assert (told["After"]["status"], told["After"]["new"]) == ("ok", 1)
    assert (told["Whole"]["status"], told["Whole"]["new"]) == ("ok", 3)
    assert told["Whole"]["error"] == f"1 entry could not be read: {gave_up}"
    articles = empty.good("export", "", "--format", "json").json
    cut = {one["title"]: one["partial"] for one in articles}
    assert cut == {"First": False, "Standstill": True, "Third": False, "After": False}


def test_a_saved_page_that_hangs_does_not_hold_up_the_other_files(
    empty: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name in ("a", "Standstill", "c"):
        (folder / f"{name}.html").write_text(page(f"{name} by hand"), encoding="utf-8")
    done = empty("add", str(folder), "--json")
    assert done.code == 1
    assert [one["title"] for one in done.json["added"]] == ["a by hand", "c by hand"]
    [failed] = done.json["failed"]
    assert failed["source"] == os.fspath(folder / "Standstill.html")
    assert failed["error"] == f"reading it took more than {SECONDS:g} seconds"


def test_a_fault_that_nobody_foresaw_fails_one_file(tmp_path: Path) -> None:
    now, unforeseen = datetime(2026, 11, 8, tzinfo=UTC), cast("Any", "a kind that is none")
    reading = Reading("a.html", now, now, ZoneInfo("Asia/Taipei"), AddOptions())
    with (
        Library.open(tmp_path / "home", Config(feeds=())) as library,
        PageFetcher(library._deal(None, None)) as fetcher,
        pytest.raises(SourceError, match="unexpected fault"),
    ):
        fetcher.file(unforeseen, b"<p>", reading)
