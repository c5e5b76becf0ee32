"""`secrets.toml`: read strictly, by its owner alone, and nothing of it in any message."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from digest.config.secrets import Secret, read_secrets, secrets_of
from digest.errors import ConfigError

GOOD = """
[nikkei]
host = "www.Nikkei.example"
headers = { Authorization = "Bearer s3cr3t" }
cookies = { session = "s3cr3t" }
["大報"]
host = ["paper.example", "*.daily.example"]
"""


def written(folder: Path, text: str = GOOD, mode: int = 0o600) -> Path:
    path = folder / "secrets.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def test_entries_are_for_their_hosts(tmp_path: Path) -> None:
    nikkei, paper = read_secrets(written(tmp_path)).values()
    assert nikkei.fits("www.nikkei.example")
    assert not nikkei.fits("nikkei.example")
    assert not nikkei.fits("www.nikkei.example.evil.example")
    assert nikkei.headers == {"authorization": "Bearer s3cr3t"}
    assert paper.fits("daily.example")
    assert paper.fits("news.daily.example")
    assert not paper.fits("notdaily.example")


def test_an_entry_shows_nothing_of_itself() -> None:
    secret = Secret("a", ("a.example",), {"x": "s3cr3t"}, {"y": "s3cr3t"})
    assert "s3cr3t" not in f"{secret!r} {secret}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o660])
def test_a_file_that_others_may_open_is_refused(tmp_path: Path, mode: int) -> None:
    path = written(tmp_path, mode=mode)
    with pytest.raises(ConfigError, match=f"chmod 600 {path}"):
        read_secrets(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[a]\nhost = "a.example"\nheader = { X = "s3cr3t" }', 'nearest known key: "headers"'),
        ('[a]\nheaders = { X = "s3cr3t" }', "needs host"),
        ('[a]\nhost = "https://a.example/"', "a host's name alone"),
        ('[a]\nhost = "*"', "a host's name alone"),
        ('[a]\nhost = "a.example"\nheaders = { X = "s3cr3t\\r\\nY: z" }', 'the value of "X"'),
        ('[a]\nhost = "a.example"\nheaders = { "X Y" = "s3cr3t" }', "signs that no name may have"),
        ('[a]\nhost = "a.example"\nheaders = { Host = "s3cr3t" }', '"host" cannot be set'),
        ('[a]\nhost = "a.example"\ncookies = { c = "s3cr3t; d=e" }', 'the value of "c"'),
        ('[a]\nhost = "a.example"\ncookies = "s3cr3t"', "has to be a table"),
        ('a = "s3cr3t"', "a table of its own"),
        ('[a]\ntoken = s3cr3t"', "line 2: this is not valid TOML"),
        ('[a]\nx = "s3cr3t"\nx = "s3cr3t"', "not valid TOML"),
    ],
)
def test_what_is_wrong_is_named_without_its_value(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_secrets(written(tmp_path, text))
    assert said in str(caught.value)
    assert "s3cr3t" not in str(caught.value)
    assert "secrets.toml" in str(caught.value)


def test_they_are_found_beside_the_library_and_asked_for_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    monkeypatch.delenv("DIGEST_CONFIG", raising=False)
    with pytest.raises(ConfigError, match=r"no \[nikkei\] in secrets.toml"):
        secrets_of(tmp_path).named("nikkei")
    written(tmp_path)
    secrets = secrets_of(tmp_path)
    assert secrets.named("") is None
    assert secrets.named("nikkei") == secrets.for_host("www.nikkei.example")
    assert secrets.for_host("other.example") is None
    with pytest.raises(ConfigError, match='the nearest is "nikkei"'):
        secrets.named("nikei")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "secrets.toml", 0o600)
    with pytest.raises(ConfigError, match="is no file"):
        read_secrets(tmp_path / "secrets.toml")
