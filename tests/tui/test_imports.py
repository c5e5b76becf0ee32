"""What the desk loads before it is on the screen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.desk import fill

HEAVY = {"numpy", "whoosh", "trafilatura", "feedparser", "httpx2", "lxml", "tomlkit", "sqlite3"}
HEAVY |= {"PIL", "textual_image"}


def test_nothing_heavy_is_loaded_with_the_desk() -> None:
    script = (
        "import sys, json, digest.tui.app;"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(json.loads(done.stdout))
    assert "textual" in loaded
    assert loaded & HEAVY == set()


def test_the_first_frame_needs_little_of_the_desk() -> None:
    script = (
        "import sys, json, digest.cli.app, digest.tui.app;"
        "print(json.dumps([name for name in sys.modules if name.startswith('digest')]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(json.loads(done.stdout))
    assert "digest.tui.screens.opening" in loaded
    assert loaded & {"digest.tui.screens.desk", "digest.tui.messages", "digest.text"} == set()


@pytest.mark.parametrize(
    ("query", "heavy"), [("is:unread", set()), ("Taiwan", {"numpy", "whoosh"})]
)
def test_the_first_list_waits_for_the_index_only_where_it_has_words(
    tmp_path: Path, query: str, heavy: set[str]
) -> None:
    fill(tmp_path / "home")
    script = (
        "import sys, json; from pathlib import Path; from digest.config.settings import Config;"
        "from digest.library import Library;"
        "library = Library.open(Path(sys.argv[1]), Config(), background=True);"
        "found = library.listing(sys.argv[2], folded=True);"
        "library.rows(found.ids);"
        "print(json.dumps([len(found.ids), *{'numpy', 'whoosh'}.intersection(sys.modules)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "home"), query],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found, *loaded = json.loads(done.stdout)
    assert found
    assert set(loaded) == heavy
