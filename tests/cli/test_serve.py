"""`digest serve`: the desk in a browser, for this machine alone."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra 'serve' is not installed")


def answer(port: int, headers: dict[str, str]) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as found:
            return int(found.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_it_answers_its_own_page_and_refuses_other_sites(tmp_path: Path) -> None:
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
        assert answer(port, {"Origin": f"http://127.0.0.1:{port}"}) == 200
        assert answer(port, {"Origin": "https://evil.example"}) == 403
        assert answer(port, {"Host": f"evil.example:{port}"}) == 403
    finally:
        server.terminate()
        server.wait(30)
