from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from digest import __version__
from digest.cli.app import program
from digest.cli.catalog import COMMANDS, SECTIONS
from tests.cli.program import ROOT, Program, child, environment

HEAVY = ["textual", "trafilatura", "whoosh", "feedparser", "numpy", "httpx2", "lxml", "sqlite3"]


def _leaves(group: click.Group, path: str = "digest") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _leaves(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


LEAVES = dict(_leaves(program))


def in_a_shell(home: Path, words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program with what a shell understands behind its words."""
    return subprocess.run(
        ["bash", "-c", f"'{sys.executable}' -m digest {words}"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(home),
    )


def in_python(home: Path, script: str) -> subprocess.CompletedProcess[bytes]:
    """Run a script that calls the program."""
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(home),
    )


@pytest.mark.parametrize("words", [["--help"], ["--version"], [], ["search", "--help"], ["feeds"]])
def test_help_imports_nothing_heavy(tmp_path: Path, words: list[str]) -> None:
    script = (
        "import sys\nfrom digest.cli.app import run\n"
        f"run({words!r}, lambda home, file: 0)\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = in_python(tmp_path, script)
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().splitlines()[-1] == "[]"


def test_a_command_imports_no_terminal_interface(filled: Path) -> None:
    script = (
        "import sys\nfrom digest.cli.app import run\n"
        "run(['show', '1'], lambda home, file: 0)\n"
        "print([name for name in ('textual', 'digest.tui', 'httpx2', 'trafilatura') "
        "if name in sys.modules], file=sys.stderr)"
    )
    done = in_python(filled, script)
    assert done.returncode == 0, done.stderr
    assert done.stderr.decode().splitlines()[-1] == "[]"


def test_help_names_every_command(empty: Program) -> None:
    text = empty.good("--help").out
    for name, entry in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(entry.help)}$", text, re.MULTILINE)
    assert [title for title in SECTIONS if f"{title}:" in text] == list(SECTIONS)


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_explains_itself(empty: Program, path: str) -> None:
    text = empty.good(*path.split()[1:], "--help").out
    assert text.startswith(f"Usage: {path} ")
    assert len(text.splitlines()) > 3
    assert not empty.home.exists()


@pytest.mark.parametrize("path", LEAVES)
def test_every_command_and_option_is_in_the_manual(path: str) -> None:
    manual = (ROOT / "docs" / "commands.md").read_text("utf-8")
    found = re.search(
        rf"^##+ `{re.escape(path)}\b[^\n]*\n(.*?)(?=^##|\Z)", manual, re.MULTILINE | re.DOTALL
    )
    assert found, path
    for param in LEAVES[path].params:
        if isinstance(param, click.Option) and not param.hidden:
            for name in [*param.opts, *param.secondary_opts]:
                assert re.search(rf"`(?:[^`]* )?{name}[ `]", found[1]), (path, name)


@pytest.mark.parametrize("name", ["--home", "--config", "--verbose", "-v", "--version", "--help"])
def test_the_global_options_are_in_the_manual(name: str) -> None:
    manual = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert re.search(rf"^\| .*`{name}[ `]", manual, re.MULTILINE)


def test_without_a_command_the_desk_or_the_help(empty: Program, tmp_path: Path) -> None:
    assert empty.good().out == empty.good("--help").out
    assert empty.desks == []
    done = empty("--config", str(tmp_path / "own.toml"), terminal=True)
    assert (done.code, done.out) == (0, "")
    assert empty.desks == [(empty.home, tmp_path / "own.toml")]


def test_global_options_stand_before_and_after_the_command(digest: Program, tmp_path: Path) -> None:
    other = Program(tmp_path / "elsewhere")
    home = str(digest.home)
    for words in (
        ["--home", home, "stats", "--json"],
        ["stats", "--home", home, "--json"],
        ["stats", "--json", f"--home={home}", "-v"],
    ):
        assert other.good(*words).json["articles"] == 4
    assert other.good("--home", home, "feeds", "list", "--json").json["feeds"]
    assert other.good("feeds", "list", "--home", home, "--json").json["feeds"]
    assert not other.home.exists()
    for words in (["--version"], ["stats", "--version"], ["feeds", "list", "--version"]):
        assert other.good(*words).out == f"digest {__version__}\n"


def test_unknown_commands_are_answered_with_the_nearest(empty: Program) -> None:
    for words, nearest in ((["serach", "x"], "'search'"), (["feeds", "lst"], "'list'")):
        done = empty(*words)
        assert (done.code, done.out) == (2, "")
        assert re.fullmatch(r"digest: there is no command .*\n", done.err)
        assert nearest in done.err
    assert empty("--nonsense").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(empty: Program, shell: str) -> None:
    assert "_DIGEST_COMPLETE" in empty.good("completion", shell).out
    assert empty("completion", "tcsh").code == 2


def test_a_shell_is_told_how_a_line_may_go_on(tmp_path: Path) -> None:
    ask = {"_DIGEST_COMPLETE": "bash_complete", "COMP_WORDS": "digest fe", "COMP_CWORD": "1"}
    done = child(tmp_path, [], env=ask)
    assert done.returncode == 0
    assert done.stdout.decode().split() == ["plain,fetch", "plain,feeds"]


def test_the_real_program_answers_in_utf_8_whatever_the_locale(filled: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for form in ("text", "md", "html", "json"):
        done = child(filled, ["show", "2", "--format", form], env=bare)
        assert done.returncode == 0, done.stderr.decode()
        assert "賴清德會見日本議員團" in done.stdout.decode("utf-8")
    done = child(filled, ["search", "會見", "--json"], env={**bare, "PYTHONIOENCODING": "big5"})
    page = json.loads(done.stdout.decode("utf-8"))
    assert (page["query"], page["results"][0]["id"]) == ("會見", 2)


def test_a_query_in_broken_utf_8(filled: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "digest", "search", "--json", b"accord \xff\xe5"],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=environment(filled),
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["results"][0]["id"] == 1


@pytest.mark.parametrize(
    "words",
    [
        ["export", "", "--format", "json"],
        ["search", ""],
        ["--help"],
    ],
)
def test_a_broken_pipe_is_silent(filled: Path, words: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb", buffering=0) as nobody:
        done = subprocess.run(
            [sys.executable, "-m", "digest", *words],
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            env=environment(filled),
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_closed_streams_are_no_fault(filled: Path) -> None:
    for words in ("stats >&-", "stats 2>&-", "stats <&-", "search - <&-"):
        done = in_a_shell(filled, words)
        assert (done.returncode, done.stderr) == (0, b""), words
    for words in ("add -", "feeds import -"):
        done = in_a_shell(filled, f"{words} <&-")
        assert done.returncode == 1
        assert b"nothing" in done.stderr or b"no feed" in done.stderr, words


def test_a_ctrl_c_after_the_work_is_done_changes_nothing(filled: Path) -> None:
    script = (
        "import atexit, os, signal\n"
        "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
        "import sys; sys.argv[1:] = ['stats']\n"
        "from digest.__main__ import main; main()"
    )
    done = in_python(filled, script)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_code_3(filled: Path) -> None:
    for words in ("search '' > /dev/full", "export '' -o /dev/full"):
        done = in_a_shell(filled, words)
        assert done.returncode == 3
        assert re.fullmatch(rb"digest: [^\n]*the disk is full[^\n]*\n", done.stderr)


def test_a_stream_of_queries_is_answered_at_once_and_ends_on_ctrl_c(filled: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "search", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(filled),
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in ("accord", "ferries"):
            process.stdin.write(f"{query}\n".encode())
            process.stdin.flush()
            page = json.loads(process.stdout.readline())
            assert (page["query"], page["total"]) == (query, 1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == b""


def test_what_strangers_wrote_cannot_steer_the_terminal(empty: Program, tmp_path: Path) -> None:
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e[red]title[/red] [@click=app.quit]x[/] \x08\x7f"
    lines = tmp_path / "evil.jsonl"
    piece = {"title": evil, "text": evil * 4, "author": evil, "feed": evil, "tags": ["a\x1b[1m"]}
    lines.write_text(json.dumps(piece) + "\n", "utf-8")
    file = tmp_path / "a\x1b[31mname.txt"
    file.write_text("", "utf-8")
    empty.good("add", str(lines))
    digest = Program(empty.home)
    digest.good("note", "1", "--text", f"note {evil}")
    digest.good("tag", "+t\x1b[1m", "--", "1")
    for words in (
        ["search", "title"],
        ["search", "title", "--json"],
        ["search", f"title {evil} (", "--json"],
        ["show", "1"],
        ["show", "1", "--format", "md"],
        ["show", "1", "--format", "html"],
        ["show", "1", "--format", "json"],
        ["export", "", "--format", "csv"],
        ["export", "", "--format", "json"],
        ["note", "1"],
        ["stats"],
        ["undo"],
        ["add", str(file), str(tmp_path / "none\x1b[2J\x9b")],
        ["fetch", evil],
        ["show", evil],
        [evil],
    ):
        done = digest(*words)
        both = done.out.replace("\r\n", "\n") + done.err
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", both), (
            words
        )
    assert "[red]title[/red]" in digest("search", "title").out


def test_a_fault_of_the_program_is_one_line_and_a_story_in_the_log(
    digest: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("\x1b[2Jinside")

    monkeypatch.setattr("digest.cli.commands.stats.stats_object", broken)
    done = digest("stats", "--json")
    assert (done.code, done.out) == (1, "")
    log = digest.home / "digest.log"
    assert done.err.count("\n") == 1
    assert str(log) in done.err
    story = log.read_text("utf-8")
    assert "RuntimeError: [2Jinside" in story
    assert "Traceback" not in done.err
    verbose = digest("stats", "--json", "-v")
    assert "Traceback" in verbose.err
    assert "\x1b" not in verbose.err


def test_a_file_that_is_no_database_is_named_in_one_line(digest: Program) -> None:
    (digest.home / "library.db").write_bytes(b"no database at all" * 1000)
    for suffix in ("-wal", "-shm"):
        (digest.home / f"library.db{suffix}").unlink(missing_ok=True)
    done = digest("search", "x")
    assert (done.code, done.out) == (3, "")
    assert re.fullmatch(r"digest: [^\n]*\n", done.err)
    assert "Error" not in done.err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["search", "talks", "--limit", "many"], "'--limit': it takes a whole number from 0 up"),
        (["story", "list"], "'ID': it takes a whole number from 1 up, not 'list'"),
        (["serve", "--port", "0"], "'--port': it takes a whole number from 1 to 65535, not '0'"),
    ],
)
def test_a_number_that_is_none_is_refused_in_plain_words(
    digest: Program, words: list[str], wanted: str
) -> None:
    done = digest(*words)
    assert done.code == 2
    assert wanted in done.err
