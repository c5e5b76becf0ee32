"""The worker processes: they work, they fail alone, they leave nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.ingest.extract.values import Hints
from digest.ingest.feeds.entries import ParsedFeed
from digest.ingest.net.budget import Stopped
from digest.ingest.worker import MEMORY, POLITE
from digest.ingest.workshop import WorkerFault, Workshop
from tests.ingest.writing import item, page, rss


def parse(workshop: Workshop, count: int = 3) -> ParsedFeed:
    body = rss([item(f"Story {n}", f"/{n}") for n in range(count)]).encode()
    feed: ParsedFeed = workshop.run("parse", body=body, url="https://a.example/feed")
    return feed


def ended(pid: int) -> bool:
    """Whether the process is gone, or dead and only waits to be noticed."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in ("Z", "X")


def test_tasks_come_back_with_their_results(workshop: Workshop) -> None:
    assert len(parse(workshop).entries) == 3
    html = page("Talks in Taipei").encode()
    found = workshop.run("page", html=html, url="https://a.example/1", hints=Hints())
    assert found.title == "Talks in Taipei"
    found = workshop.run("fragment", html="<p>短い</p>", url="", hints=Hints(title="日台の対話"))
    assert (found.title, found.blocks[0].text) == ("日台の対話", "短い")


def test_many_threads_share_a_few_processes() -> None:
    with Workshop(2) as workshop:
        with ThreadPoolExecutor(8) as threads:
            feeds = list(threads.map(lambda n: parse(workshop, n), range(20)))
        assert [len(feed.entries) for feed in feeds] == list(range(20))
        assert 1 <= len(workshop.pids) <= 2


def test_a_refusal_keeps_its_words(workshop: Workshop) -> None:
    with pytest.raises(SourceError, match="no text"):
        workshop.run("fragment", html="<p></p>", url="", hints=Hints())


def test_an_unexpected_fault_brings_its_traceback(workshop: Workshop) -> None:
    with pytest.raises(WorkerFault, match="TypeError"):
        workshop.run("fragment", html=7, url="", hints=Hints())
    assert len(parse(workshop).entries) == 3


def test_a_task_that_takes_too_long_is_ended() -> None:
    with Workshop(1, seconds=0.01) as workshop:
        with pytest.raises(SourceError, match=r"more than 0\.01 seconds"):
            parse(workshop)
        assert workshop.pids == []


def test_a_process_that_died_is_replaced() -> None:
    with Workshop(1) as workshop:
        parse(workshop)
        [pid] = workshop.pids
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert len(parse(workshop).entries) == 3


def test_a_process_that_takes_no_task_is_ended() -> None:
    with Workshop(1) as workshop:
        parse(workshop)
        [pid] = workshop.pids
        os.kill(pid, signal.SIGSTOP)
        workshop._seconds = 0.5
        with pytest.raises(SourceError, match=r"more than 0\.5 seconds"):
            parse(workshop, 3000)
        assert ended(pid)
        workshop._seconds = 60.0
        assert len(parse(workshop).entries) == 3


def swelling() -> bytes:
    """A paper of some kilobytes with a page of 70 MB."""
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    packed = zlib.compress(b" " * 70_000_000, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources%s>>" % font,
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer<</Size 5/Root 1 0 R>>\n"
    return data + head + b"startxref\n%d\n%%%%EOF\n" % len(data)


@pytest.mark.skipif(sys.platform != "linux", reason="only there addresses are bounded for certain")
def test_a_paper_that_swells_meets_the_limit_of_its_process_alone() -> None:
    with Workshop(1, memory=130_000_000) as workshop:
        parse(workshop)
        [pid] = workshop.pids
        with pytest.raises(SourceError, match="more memory than anything real needs"):
            workshop.run("paper", data=swelling(), url="https://a.example/1.pdf", hints=Hints())
        assert workshop.pids == [pid]
        assert len(parse(workshop).entries) == 3
    with Workshop(1) as workshop:
        parse(workshop)
        limits = Path(f"/proc/{workshop.pids[0]}/limits").read_text(encoding="ascii")
    assert f"Max address space         {MEMORY}" in limits


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="needs Linux's autogroups")
def test_a_worker_steps_back_also_where_sessions_share_the_processor(workshop: Workshop) -> None:
    parse(workshop)
    group, own = (
        Path(f"/proc/{pid}/autogroup").read_text("ascii").split()
        for pid in (workshop.pids[0], os.getpid())
    )
    if not group:
        pytest.skip("the processor is shared out among control groups here")
    assert group[:1] != own[:1]
    assert int(group[-1]) == min(os.nice(0) + POLITE, 19)


def test_a_stop_is_heard_while_a_task_runs() -> None:
    with Workshop(1) as workshop, pytest.raises(Stopped):
        workshop.run(
            "parse",
            body=rss([item(f"S {n}", f"/{n}") for n in range(20_000)]).encode(),
            url="https://a.example/",
            cancelled=lambda: True,
        )


def test_a_closed_workshop_leaves_no_process_and_takes_no_task() -> None:
    workshop = Workshop(2)
    parse(workshop)
    [pid] = workshop.pids
    workshop.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(Stopped):
        parse(workshop)


SCRIPT = """
import os, signal, sys
from digest.ingest.workshop import Workshop
workshop = Workshop(1)
workshop.run("fragment", html="<p>x</p>", url="", hints=__import__(
    "digest.ingest.extract.values", fromlist=["Hints"]).Hints(title="t"))
print(workshop.pids[0], flush=True)
os.kill(os.getpid(), int(sys.argv[1]))
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_parent_leaves_no_child(number: signal.Signals) -> None:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(int(number))],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert run.returncode != 0
    pid = int(run.stdout)
    tick = threading.Event()
    for _ in range(500):
        if ended(pid):
            return
        tick.wait(0.01)
    pytest.fail(f"worker {pid} outlived its parent")
