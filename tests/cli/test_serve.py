"""`digest serve`: the desk in a browser, for this machine alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from tests.browser import browsing

pytest.importorskip("textual_serve", reason="the extra 'serve' is not installed")


def answer(port: int, headers: dict[str, str]) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where a desk on an empty library is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "digest",
        "--home",
        str(tmp_path),
        "serve",
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        ends = time.monotonic() + 60
        while True:
            try:
                assert answer(port, {}) == 200
                break
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < ends
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def test_it_answers_its_own_page_and_refuses_other_sites(port: int) -> None:
    assert answer(port, {"Origin": f"http://127.0.0.1:{port}"}) == 200
    assert answer(port, {"Origin": "https://evil.example"}) == 403
    assert answer(port, {"Host": f"evil.example:{port}"}) == 403


def test_the_desk_runs_in_a_browser_that_loads_nothing_from_elsewhere(port: int) -> None:
    with browsing() as browser:
        dom, said = browser.run(
            f"http://127.0.0.1:{port}/",
            "--dump-dom",
            "--virtual-time-budget=60000",
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        )
    assert html.fromstring(dom).xpath("string(//body/@class)") == "-loaded"  # its program ran
    refused = [line for line in said if "Content Security Policy" in line]
    assert refused
    assert all("fonts.googleapis.com" in line for line in refused)
