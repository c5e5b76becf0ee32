"""Ctrl-C in the middle of a fetch: it ends at once and leaves nothing running."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.ingest.server import Exchange, NewsServer
from tests.ingest.test_workshop import ended
from tests.ingest.writing import item, page, rss

SCRIPT = """
import sys
from digest.config.settings import Feed, Fetch
from digest.ingest.pipeline import fetch
from digest.ingest.workshop import Workshop
from tests.ingest.memory import MemoryStorage

workshop = Workshop()
try:
    fetch([Feed(sys.argv[1])], MemoryStorage(), Fetch(allow_private=True), workshop=workshop,
          report=lambda progress: print("pids", *workshop.pids, flush=True))
except KeyboardInterrupt:
    workshop.close()
    sys.exit(130)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_ctrl_c_ends_a_fetch_that_waits_for_a_page(server: NewsServer) -> None:
    waiting = threading.Event()

    def hangs(exchange: Exchange) -> None:
        waiting.set()
        exchange.pause(60)

    quick = server.route("/quick", page("Quick"))
    slow = server.route("/slow", hangs)
    url = server.feed("/feed", rss([item("Quick", quick), item("Slow", slow)]))
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout is not None
    with run.stdout as told:
        pids = {int(pid) for _ in range(2) for pid in told.readline().split()[1:]}
        assert waiting.wait(20)
        run.send_signal(signal.SIGINT)
        assert run.wait(10) == 130
    assert pids
    assert all(ended(pid) for pid in pids)
