"""Several processes at once, and processes that are killed."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from whoosh import query

from index.segments.store import Segments
from tests.index.segments.words import found, schema

ROOT = Path(__file__).parents[3]

# Commits batches of ten from a number on, says so after each, and merges now and then.
WRITER = """
import itertools, sys
from pathlib import Path
from index.segments.store import Segments
from tests.index.segments.words import schema
folder, start, batches = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
index = Segments.open(folder, schema())
for batch in range(batches):
    numbers = range(start + 10 * batch, start + 10 * batch + 10)
    index.commit(
        [{"id": n, "title": "t", "body": f"talk 台湾 w{n}", "lang": "ja"} for n in numbers], []
    )
    print(numbers[-1], flush=True)
    if batch % 3 == 2:
        index.merge_step()
"""


def _writer(folder: Path, start: int, batches: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(start), str(batches)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_commit_and_nothing_is_lost(tmp_path: Path) -> None:
    index = Segments.create(tmp_path, schema())
    writers = [_writer(tmp_path, start, 25) for start in (1, 1001)]
    seen = 0
    while any(writer.poll() is None for writer in writers):
        snapshot = index.snapshot()
        count = len(snapshot.match(query.Term("body", "台湾")))
        assert count % 10 == 0
        assert count >= seen
        seen = count
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    expected = [*range(1, 251), *range(1001, 1251)]
    assert sorted(found(index.snapshot(), query.Every())) == expected
    index.verify()


def test_killed_writers_leave_an_index_that_opens(tmp_path: Path) -> None:
    Segments.create(tmp_path, schema())
    rng = random.Random(4)
    start, acknowledged = 1, 0
    for _ in range(10):
        writer = _writer(tmp_path, start, 1000)
        if writer.stdout is None:
            raise AssertionError
        for _ in range(rng.randrange(1, 12)):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        writer.communicate()
        index = Segments.open(tmp_path, schema())
        index.verify()
        ids = sorted(found(index.snapshot(), query.Term("body", "talk")))
        assert ids == list(range(1, ids[-1] + 1))
        assert ids[-1] >= acknowledged
        start = ids[-1] + 1
    index.commit([], [1])
    entries = index.snapshot().manifest.entries
    left = {path.name for path in tmp_path.iterdir() if path.suffix != ".lock"}
    assert left == {entry.file for entry in entries} | {"manifest"}
