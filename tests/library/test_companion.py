"""A library that is open in the background fetches in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.config.settings import Config, Feed, Fetch
from digest.errors import LibraryError, UnknownFeed
from digest.ingest.workshop import WorkerFault
from digest.library import Library
from digest.library.companion import Companion
from digest.library.facade.core import MANY
from digest.model import FetchProgress
from tests.ingest.server import Exchange, NewsServer
from tests.ingest.test_workshop import ended
from tests.ingest.writing import item, page, rss
from tests.library.conftest import PIECES, bring, harbour

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PATIENCE_SECONDS = 300  # whatever else runs on the machine goes before these processes
SCRIPT = """
import sys
from pathlib import Path
from digest.config.settings import Config, Feed, Fetch
from digest.library import Library

config = Config(fetch=Fetch(allow_private=True), feeds=(Feed(sys.argv[2]),))
with Library.open(Path(sys.argv[1]), config, background=True) as library:
    library.fetch(report=lambda progress: print(progress.pages_done, flush=True))
"""
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture
def web() -> Iterator[NewsServer]:
    with NewsServer() as running:
        yield running


@pytest.fixture
def hanging(web: NewsServer) -> tuple[str, threading.Event]:
    """A feed of two pages, and what is set once the second is asked for, which never ends."""
    asked = threading.Event()

    def hangs(exchange: Exchange) -> None:
        asked.set()
        exchange.pause(60)

    quick, slow = web.route("/quick", page("Talks in Taipei")), web.route("/slow", hangs)
    return web.feed("/feed", rss([item("Talks in Taipei", quick), item("Slow", slow)])), asked


@pytest.fixture
def far_behind(home: Path, tmp_path: Path) -> Path:
    """A library of more articles than a thread of the desk indexes by itself, without an index."""
    with Library.open(home, Config()) as library:
        bring(library, tmp_path, [harbour(number) for number in range(MANY + 1)])
    shutil.rmtree(home / "index")
    return home


def desk(home: Path, *feeds: str) -> Library:
    config = Config(
        fetch=Fetch(allow_private=True, timeout=60), feeds=tuple(Feed(url) for url in feeds)
    )
    return Library.open(home, config, background=True, clock=lambda: NOW)


def settle(library: Library) -> None:
    """Wait until what was stored is searchable."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while library.behind() and time.monotonic() < ends:
        time.sleep(0.05)


def children_of(pid: int) -> set[int]:
    """The processes that a process has started and that still run."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(stat[1]) == pid and stat[0] != "Z":
            found.add(int(folder.name))
    return found


def test_what_is_fetched_is_found_at_once_and_has_the_library_s_time(
    web: NewsServer, home: Path
) -> None:
    told: list[FetchProgress] = []
    link = web.route("/story", page("Talks in Taipei"))
    with desk(home, web.feed("/feed", rss([item("Talks in Taipei", link)]))) as library:
        report = library.fetch(report=told.append)
        [ident] = library.matching("talks")[0]
        fetched = library.article(ident).summary.fetched
    assert [(one.new, one.error) for one in report.feeds] == [(1, "")]
    assert told[-1].pages_done == told[-1].pages_total == 1
    assert 0 <= (fetched - NOW).total_seconds() < 600


def test_what_it_brought_has_been_put_to_stories(
    web: NewsServer, home: Path, tmp_path: Path
) -> None:
    link = web.route("/story", page("Talks in Taipei"))
    source = tmp_path / "pieces.jsonl"
    source.write_text("\n".join(map(json.dumps, PIECES)), encoding="utf-8")
    with desk(home, web.feed("/feed", rss([item("Talks in Taipei", link)]))) as library:
        library.fetch()
        assert library.stories.waiting() == 0
        library.add([str(source)])
        assert library.stories.waiting() == 0
        settle(library)
        ids, groups = library.grouped(library.matching("")[0], "story", "ja")
        assert (groups[-2].name, groups[-2].size) == (PIECES[2]["title"], 3)
        assert len(ids) == len(PIECES) + 1


def test_a_query_s_pages_are_tried_again(web: NewsServer, home: Path) -> None:
    link = web.route("/story", page("Talks in Taipei"))
    with desk(home, web.feed("/feed", rss([item("Talks in Taipei", link)]))) as library:
        library.fetch()
        settle(library)
        web.route("/story", page("Talks in Tokyo"))
        report = library.fetch(refetch="talks")
        assert [one.updated for one in report.feeds] == [1]
        settle(library)
        assert len(library.matching("tokyo")[0]) == 1


def test_its_errors_are_the_fetch_s(home: Path) -> None:
    with desk(home) as library, pytest.raises(UnknownFeed, match="Nobody's"):
        library.fetch(["Nobody's"])


def test_stopping_it_keeps_what_it_has(hanging: tuple[str, threading.Event], home: Path) -> None:
    url, asked = hanging
    with desk(home, url) as library:
        report = library.fetch(cancelled=lambda: asked.is_set() and library.counts().all == 1)
        assert "stopped" in report.feeds[0].error
        settle(library)
        assert len(library.matching("talks")[0]) == 1


@needs_proc
def test_when_it_is_killed_what_it_stored_is_kept_and_the_next_one_goes_on(
    web: NewsServer, hanging: tuple[str, threading.Event], home: Path
) -> None:
    url, asked = hanging
    before = children_of(os.getpid())

    def kill(progress: FetchProgress) -> None:
        if progress.pages_done == 1 and asked.wait(PATIENCE_SECONDS):
            for pid in children_of(os.getpid()) - before:
                os.kill(pid, signal.SIGKILL)

    with desk(home, url) as library:
        with pytest.raises(LibraryError, match="what it had stored is kept"):
            library.fetch(report=kill)
        web.route("/slow", page("Talks in Tokyo"))
        [outcome] = library.fetch().feeds
        assert (outcome.new, outcome.error) == (1, "")
        settle(library)
        assert len(library.matching("talks")[0]) == 2


@needs_proc
def test_it_does_not_outlive_a_desk_that_is_killed(
    hanging: tuple[str, threading.Event], home: Path
) -> None:
    url, asked = hanging
    script = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(home), url],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert script.stdout is not None
    with script.stdout:
        assert asked.wait(PATIENCE_SECONDS)
        started = children_of(script.pid)
        workers = {pid for one in started for pid in children_of(one)}
        assert started
        assert workers
        script.kill()
        script.wait()
    ends = time.monotonic() + PATIENCE_SECONDS
    while not all(map(ended, started | workers)) and time.monotonic() < ends:
        time.sleep(0.05)
    assert all(map(ended, started | workers))


def test_a_fault_that_nobody_foresaw_is_told_with_its_traceback(home: Path) -> None:
    companion = Companion(home, Config, lambda: NOW)
    with pytest.raises(WorkerFault, match="Traceback"):
        companion.run("nothing of the kind")


def test_its_warnings_reach_the_desk_s_log(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with desk(home) as library:
        library.fetch()
    manifest = home / "index" / "manifest"
    manifest.write_bytes(b"\0" * manifest.stat().st_size)
    Companion(home, Config, lambda: NOW).run("fetch", names=(), failed=False, refetch="")
    assert any("index is rebuilt" in record.getMessage() for record in caplog.records)


@needs_proc
def test_an_index_that_is_far_behind_is_brought_up_by_a_process(
    far_behind: Path,
) -> None:
    before = children_of(os.getpid())
    seen: set[int] = set()
    with desk(far_behind) as library:
        ends = time.monotonic() + PATIENCE_SECONDS
        while library.behind() and time.monotonic() < ends:
            seen |= children_of(os.getpid()) - before
            time.sleep(0.05)
        assert seen
        assert len(library.matching("harbour")[0]) == MANY + 1
    assert all(map(ended, seen))


@needs_proc
def test_a_desk_that_closes_takes_the_process_along(far_behind: Path) -> None:
    before = children_of(os.getpid())
    with desk(far_behind):
        ends = time.monotonic() + PATIENCE_SECONDS
        while not (started := children_of(os.getpid()) - before) and time.monotonic() < ends:
            time.sleep(0.01)
    assert started
    assert all(map(ended, started))
    with Library.open(far_behind, Config()) as library:
        assert len(library.matching("harbour")[0]) == MANY + 1


def test_a_fetch_that_is_stopped_at_once_has_fetched_nothing(web: NewsServer, home: Path) -> None:
    link = web.route("/story", page("Talks in Taipei"))
    with desk(home, web.feed("/feed", rss([item("Talks in Taipei", link)]))) as library:
        assert library.fetch(cancelled=lambda: True).feeds == ()
        assert [one.new for one in library.fetch().feeds] == [1]


def test_files_are_added_by_a_process_too(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "one.md"
    source.write_text("# Talks in Taipei\n\nThey met at the harbour.\n", encoding="utf-8")
    told: list[tuple[int, int]] = []
    with desk(home) as library:
        report = library.add(
            [str(source), str(tmp_path / "none.md")],
            feed="Mine",
            report=lambda *at: told.append(at),
        )
        assert [one.title for one in report.added] == ["Talks in Taipei"]
        assert len(report.failed) == 1
        assert told[-1][0] == 2
        assert library.matching("harbour feed:Mine")[0] == [report.added[0].id]
        assert library.add([str(source)], cancelled=lambda: True).added == ()
