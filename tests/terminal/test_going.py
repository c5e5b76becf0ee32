"""The desk goes when its terminal goes or it is told to, and keeps what was being typed."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.ingest.server import Exchange, NewsServer
from tests.terminal.pseudo import SECONDS, Terminal


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of one article."""
    source = tmp_path / "one.jsonl"
    line = {"title": "基隆那霸渡輪復航", "text": "基隆與那霸之間的渡輪恢復航行。" * 9, "lang": "zh"}
    source.write_text(json.dumps(line), encoding="utf-8")
    folder = tmp_path / "home"
    program(folder, "add", str(source))
    return folder


def program(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "digest", "--home", str(home), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def typing(terminal: Terminal) -> None:
    terminal.until_shows("基隆那霸渡輪復航")
    terminal.press("\r")
    terminal.until_shows("恢復航行")
    terminal.press("a")
    terminal.until_shows("Note")
    terminal.press("渡輪時刻")
    terminal.until_shows("渡輪時刻")


def note(home: Path) -> str:
    return str(json.loads(program(home, "show", "1", "--format", "json"))["note"])


def test_a_closed_terminal_ends_the_desk(home: Path) -> None:
    with Terminal(home) as terminal:
        typing(terminal)
        terminal.vanish()
    assert note(home) == "渡輪時刻"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_asked_to_go_it_goes_like_with_q(home: Path, number: signal.Signals) -> None:
    with Terminal(home) as terminal:
        typing(terminal)
        terminal.ask_to_go(number)
        assert terminal.to_the_end() == 0
    assert note(home) == "渡輪時刻"


@pytest.mark.parametrize("keys", [":add {url}\r", "R"])
def test_it_goes_while_something_is_brought_in(home: Path, keys: str) -> None:
    asked, answered = threading.Event(), threading.Event()

    def hangs(exchange: Exchange) -> None:
        asked.set()
        if exchange.pause(SECONDS - 10):
            answered.set()

    with NewsServer() as web:
        url = web.route("/slow", hangs)
        fetch = "[fetch]\nallow_private = true\ntimeout = 600\n"
        (home / "config.toml").write_text(f'{fetch}[[feeds]]\nurl = "{url}"\n', encoding="utf-8")
        with Terminal(home) as terminal:
            terminal.until_shows("基隆那霸渡輪復航")
            terminal.press(keys.format(url=url))
            assert asked.wait(SECONDS)
            terminal.press("q")
            assert terminal.to_the_end() == 0
        assert not answered.is_set()


LET_GO = """
import os, pty, sys, threading
from types import SimpleNamespace
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from digest.tui import hangup

told = os.dup(1)
ours, theirs = pty.openpty()
for descriptor in range(3):
    os.dup2(theirs, descriptor)
os.close(ours)
threading.excepthook = lambda _fault: None
driver = SimpleNamespace(_writer_thread=WriterThread(sys.__stdout__))
driver._writer_thread.start()
driver._writer_thread.write("to a terminal that is gone")
driver._writer_thread.join()
for _ in range(MAX_QUEUED_WRITES):
    driver._writer_thread.write("to nobody")
hangup.let_go(SimpleNamespace(_driver=driver))
driver._writer_thread.write("to nowhere")
driver._writer_thread.stop()
os.write(told, b"went on")
"""


def test_what_is_still_written_to_a_closed_terminal_holds_nothing_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LET_GO], stdout=subprocess.PIPE, timeout=60, check=True
    )
    assert done.stdout == b"went on"


def test_a_desk_that_leads_the_session_of_a_closed_terminal_ends(home: Path) -> None:
    child, ours = pty.fork()
    if not child:
        program = [sys.executable, "-m", "digest", "--home", str(home)]
        os.execve(sys.executable, program, {**os.environ, "TERM": "xterm-256color"})
    seen = b""
    while "渡輪復航".encode() not in seen:
        seen += os.read(ours, 65536)
    os.close(ours)  # the kernel sends SIGHUP and SIGCONT
    for _ in range(600):
        ended, _status = os.waitpid(child, os.WNOHANG)
        if ended:
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError("it did not end")
