from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from digest.paths import shipped_config
from tests.cli.conftest import CHIPS
from tests.cli.program import Program


def test_doctor_finds_a_sound_library(digest: Program) -> None:
    found = digest.good("doctor", "--json").json
    assert found["healthy"] is True
    assert list(found["findings"][0]) == ["level", "what", "message", "repaired"]
    assert digest.good("doctor", "--repair").out.startswith("ok ")


def test_doctor_finds_damage_and_says_so(digest: Program) -> None:
    with closing(sqlite3.connect(digest.home / "library.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = digest.home / "library.db"
    content = bytearray(file.read_bytes())
    for page in range(4096 * 6, len(content) - 4096, 4096):
        content[page : page + 8] = b"\xff" * 8
    file.write_bytes(content)
    done = digest("doctor")
    assert done.code in {1, 3}
    assert done.err.startswith("digest: ")
    assert "Traceback" not in done.err


def test_a_lost_index_is_made_anew(digest: Program) -> None:
    shutil.rmtree(digest.home / "index")
    assert digest.search("accord")[0] == CHIPS
    assert digest.good("reindex", "--json").json == {"articles": 4}
    assert "4 articles are in the index" in digest.good("reindex").err


def test_backup_and_restore(digest: Program, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert digest.good("backup", str(target), "--json").json == {"file": str(target)}
    digest.good("delete", "--", "lang:en")
    done = digest.good("restore", str(target), "--json").json
    assert done["library"] == str(digest.home / "library.db")
    assert Path(done["kept"]).exists()
    assert digest.search("accord")[0] == CHIPS
    other = Program(tmp_path / "other")
    assert "is as in" in other.good("restore", str(target)).err
    assert other.search("accord")[0] == CHIPS


def test_a_file_that_is_no_backup_changes_nothing(digest: Program, tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no backup")
    for source in (tmp_path / "no.db", tmp_path / "none.db"):
        done = digest("restore", str(source))
        assert done.code in {1, 3}
        assert done.err.count("\n") == 1
    assert digest.search("accord")[0] == CHIPS
    done = digest("backup", str(tmp_path / "no.db" / "copy.db"))
    assert done.code in {1, 3}
    assert done.err.startswith("digest: ")
    assert done.err.count("\n") == 1


def test_a_newer_library_is_refused_and_left_alone(digest: Program) -> None:
    with closing(sqlite3.connect(digest.home / "library.db")) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        db.execute("PRAGMA user_version = 9999")
        before = db.execute("SELECT count(*) FROM articles").fetchone()
    assert version < 9999
    for words in (["search", "x"], ["tag", "+x", "--", "1"], ["doctor"], ["stats"]):
        done = digest(*words)
        assert (done.code, done.out) == (3, "")
        assert done.err.startswith("digest: ")
        assert done.err.count("\n") == 1
    with closing(sqlite3.connect(digest.home / "library.db")) as db:
        assert db.execute("SELECT count(*) FROM articles").fetchone() == before


def test_a_library_folder_that_cannot_be_made_is_code_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = Program(tmp_path / "file" / "home")("search", "x")
    assert done.code == 3
    assert "--home" in done.err


def test_config_path_show_and_check(empty: Program, tmp_path: Path) -> None:
    assert empty.good("config", "path").out.strip() == str(shipped_config())
    assert "nothing is wrong" in empty.good("config", "check").out
    assert empty.good("config", "show", "--json").json["ui"]["keys"] == "vim"
    own = tmp_path / "own.toml"
    own.write_text('[ui]\nkeys = "newsboat"\n', "utf-8")
    assert empty.good("--config", str(own), "config", "path").out.strip() == str(own)
    assert 'keys = "newsboat"' in empty.good("config", "show", "--config", str(own)).out


@pytest.mark.parametrize("words", [["search", "x"], ["fetch"], ["stats"], ["config", "show"]])
def test_a_wrong_configuration_is_code_2(digest: Program, words: list[str]) -> None:
    (digest.home / "config.toml").write_text('[ui]\n\ntheem = "ink"\n', "utf-8")
    done = digest(*words)
    assert (done.code, done.out) == (2, "")
    assert "line 3" in done.err
    assert '"theme"' in done.err


def test_config_check_names_every_problem(empty: Program) -> None:
    empty.home.mkdir()
    file = empty.home / "config.toml"
    file.write_text('[ui]\ntheem = "ink"\n[fetch]\ntimeout = "long"\n', "utf-8")
    done = empty("config", "check", "--json")
    assert done.code == 2
    assert [one["line"] for one in done.json["problems"]] == [2, 4]
    assert done.err.count("digest: ") == 2
    assert empty("config", "check", str(file)).code == 2
    assert empty("search", "x", "--config", str(empty.home / "none.toml")).code == 2


def test_config_check_names_secrets_that_are_missing_or_refused(empty: Program) -> None:
    empty.home.mkdir()
    feeds = [
        f'[[feeds]]\nurl = "https://paper.example/{name}"\nsecret = "paper"\n' for name in "ab"
    ]
    (empty.home / "config.toml").write_text("".join(feeds), "utf-8")
    (missing,) = empty("config", "check", "--json").json["problems"]
    assert "there is no [paper] in secrets.toml" in missing["message"]
    secrets = empty.home / "secrets.toml"
    secrets.write_text(
        '[paper]\nhost = "paper.example"\ncookies = { session = "s3kr1t" }\n', "utf-8"
    )
    secrets.chmod(0o644)
    done = empty("config", "check")
    assert done.code == 2
    assert f"chmod 600 {secrets}" in done.err
    assert "s3kr1t" not in done.err
    secrets.chmod(0o600)
    assert "nothing is wrong" in empty.good("config", "check").out


def test_the_demo_without_a_terminal_says_where_and_what(
    empty: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    done = empty.good("demo")
    assert "The sample edition, 35 articles" in done.out
    assert list(tmp_path.glob("digest-demo-*")) == []
    assert not empty.home.exists()


def test_the_demo_in_a_named_folder_stays_and_is_searchable(empty: Program, tmp_path: Path) -> None:
    home = tmp_path / "sample"
    done = empty("demo", "--home", str(home), terminal=True)
    assert done.code == 0, done.err
    assert empty.desks == [(home, home / "config.toml")]
    sample = Program(home)
    assert sample.search("台灣")
    assert empty("demo", "--home", str(home)).code == 2


def test_articles_of_the_demo_have_the_same_addresses_in_every_run(
    empty: Program, tmp_path: Path
) -> None:
    addresses = []
    for name in ("one", "two"):
        home = tmp_path / name
        empty.good("demo", "--home", str(home))
        found = Program(home).good("search", "*", "--json", "--limit", "100").json["results"]
        addresses.append(sorted(one["url"] for one in found))
    assert len(set(addresses[0])) == 35
    assert all(url.startswith("https://sample.example/") for url in addresses[0])
    assert addresses[0] == addresses[1]
