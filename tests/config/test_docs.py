from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest

from digest.config.schema import LISTS, NAMED, TABLES
from digest.config.settings import Config
from digest.paths import shipped_config

ROOT = Path(__file__).parents[2]
ALL = {**{name: keys for name, (_, keys) in TABLES.items()}} | {
    name: listed.keys for name, listed in LISTS.items()
}
MAKERS = {**{name: make for name, (make, _) in TABLES.items()}} | {
    name: listed.make for name, listed in LISTS.items()
}


def test_the_schema_knows_exactly_what_the_settings_hold() -> None:
    assert {*TABLES, *LISTS, *NAMED, "source"} == {each.name for each in fields(Config)}
    for name, make in MAKERS.items():
        assert isinstance(make, type)
        assert set(ALL[name]) == {each.name for each in fields(make)}


@pytest.mark.parametrize("table", [*ALL, *NAMED])
def test_every_key_is_in_the_manual(table: str) -> None:
    manual = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    heading = f"## `[[{table}]]`" if table in LISTS else f"## `[{table}]`"
    section = manual.split(heading, 1)[1].split("\n## ", 1)[0]
    rows = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert rows == list(ALL.get(table, ()))


def test_the_manual_tells_the_shipped_values() -> None:
    manual = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    shipped = tomllib.loads(shipped_config().read_text("utf-8"))
    for table in TABLES:
        section = manual.split(f"## `[{table}]`", 1)[1].split("\n## ", 1)[0]
        told = dict(re.findall(r"^\| `(\w+)` \|[^|]*\| `([^`]*)` \|", section, re.MULTILINE))
        assert tomllib.loads("\n".join(f"{k} = {v}" for k, v in told.items())) == shipped[table]


@pytest.mark.parametrize("table", [*ALL, *NAMED])
def test_every_key_is_in_the_shipped_file_with_a_comment(table: str) -> None:
    text = shipped_config().read_text("utf-8")
    if table in TABLES:
        section = text.split(f"\n[{table}]\n", 1)[1].split("\n[", 1)[0]
        for key in TABLES[table][1]:
            assert re.search(rf"^# .*\n{key} = ", section, re.MULTILINE), key
    else:
        comments = "\n".join(line for line in text.split("\n") if line.startswith("#"))
        for key in ALL.get(table, ()):
            assert re.search(rf"^# +{key}\b", comments, re.MULTILINE), (table, key)
        assert table in comments or f"[{table}]" in text


def test_the_settings_defaults_are_the_shipped_values() -> None:
    shipped = tomllib.loads(shipped_config().read_text("utf-8"))
    for table, (make, _) in TABLES.items():
        assert make() == make(**shipped[table]), table


def test_the_shipped_file_holds_nothing_secret() -> None:
    shipped = tomllib.loads(shipped_config().read_text("utf-8"))
    assert all("secret" not in feed for feed in shipped["feeds"])
    assert not re.search(r"https?://[^/\s\"]*@", shipped_config().read_text("utf-8"))


def test_a_checkout_finds_the_file_at_the_top() -> None:
    assert shipped_config() == ROOT / "config.toml"


@pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not in this environment")
def test_a_wheel_finds_the_file_inside(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    zipfile.ZipFile(built).extractall(site)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import digest; from pathlib import Path; from digest.config.load import load\n"
        "from digest.paths import shipped_config; from datetime import datetime, UTC\n"
        "from digest.sample.edition import edition\n"
        "print(shipped_config()); print(len(load(Path(sys.argv[1]) / 'home').feeds))\n"
        "print(len(edition(datetime.now(UTC)).pages))\n"
        "from digest.languages.catalogues import words_of\n"
        "print(words_of('ja').gettext('Unread'))\n"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", program, str(site)],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    path, feeds, pages, unread = run.stdout.split()
    assert Path(path) == site / "digest" / "config.toml"
    assert int(feeds) > 20
    assert int(pages) > 24
    assert unread == "未読"
