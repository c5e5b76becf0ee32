"""A library that is closed while other threads read from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import LibraryError
from digest.store.database import Database

READERS_AND_A_CLOSE = """
import sys, threading, time
from pathlib import Path
from digest.errors import LibraryError
from digest.store.database import Database

NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 3000) "

def read(database):
    try:
        while True:
            with database.read() as db:
                assert len(db.execute(NUMBERS + "SELECT printf('%d', x) FROM n").fetchall()) == 3000
    except LibraryError:
        ended.append(1)

for number in range(60):
    ended = []
    database = Database(Path(sys.argv[1]))
    threads = [threading.Thread(target=read, args=(database,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(number / 4000)
    database.close()
    for thread in threads:
        thread.join()
    assert len(ended) == 3
"""


def test_readers_of_a_library_that_is_closed_are_refused_and_never_crash(
    database: Database,
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", READERS_AND_A_CLOSE, str(database.path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_block_that_has_begun_ends_whole(database: Database) -> None:
    with database.write() as db:
        db.execute("CREATE TABLE marks (x)")
        database.close()
        with database.read() as inner:
            inner.execute("INSERT INTO marks VALUES (1)")
    with pytest.raises(LibraryError, match="closed"), database.read():
        pass
    again = Database(Path(database.path))
    with again.read() as db:
        assert db.execute("SELECT x FROM marks").fetchall() == [(1,)]
    again.close()
