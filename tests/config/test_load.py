from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from digest.config.load import check, load
from digest.config.settings import Config, Feed, Fetch, Rule, View
from digest.config.show import as_data, as_toml
from digest.errors import ConfigError
from digest.paths import shipped_config
from tests.config.conftest import Write
from tests.config.making import configs


def test_without_a_file_the_shipped_configuration_holds(home: Path) -> None:
    config = load(home)
    assert config.source is None
    assert config.fetch == Fetch()
    assert config.search.timezone == "Asia/Taipei"
    assert {feed.lang for feed in config.feeds} == {"en", "zh-Hant", "ja"}
    assert all(feed.scope == "topic" for feed in config.feeds)


def test_the_shipped_configuration_is_good() -> None:
    assert check(shipped_config()) == []


def test_a_users_file_overrides_key_by_key(home: Path, write: Write) -> None:
    path = write('[ui]\ntheme = "ink"\n[fetch]\ntimeout = 5\n')
    shipped, config = load(home / "elsewhere"), load(home)
    assert (config.ui.theme, config.ui.keys) == ("ink", shipped.ui.keys)
    assert (config.fetch.timeout, config.fetch.concurrency) == (5.0, 8)
    assert config.feeds == shipped.feeds
    assert config.source == path


def test_a_list_of_tables_replaces_the_shipped_one(home: Path, write: Write) -> None:
    write(
        '[[feeds]]\nurl = "https://a.example/f"\n'
        '[[rules]]\nwhen = "半導體"\nthen = ["+晶片", "star"]\n'
    )
    config = load(home)
    assert config.feeds == (Feed("https://a.example/f"),)
    assert config.feeds[0].scope == "all"
    assert config.rules == (Rule("半導體", ("+晶片", "star")),)
    assert config.views == load(home / "elsewhere").views


def test_an_empty_list_means_none(home: Path, write: Write) -> None:
    write("feeds = []\nviews = []\n")
    config = load(home)
    assert (config.feeds, config.views) == ((), ())


def test_keys_are_found_with_and_without_quotes(home: Path, write: Write) -> None:
    write('[keys]\narticle.tag = "T"\n"article.note" = "N"\nundo = "ctrl+u"\n')
    keys = load(home).keys
    assert dict(keys) == {"article.tag": "T", "article.note": "N", "undo": "ctrl+u"}


def test_the_library_folder_comes_before_the_users_folder(home: Path, write: Write) -> None:
    other = home.parent / "user" / "taiwan-japan-digest" / "config.toml"
    other.parent.mkdir(parents=True)
    other.write_text('[ui]\ntheme = "other"\n')
    assert load(home).ui.theme == "other"
    write('[ui]\ntheme = "mine"\n')
    assert load(home).ui.theme == "mine"


def test_a_named_file_must_exist(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match=r"absent\.toml: there is no such configuration file"):
        load(home, home / "absent.toml")
    monkeypatch.setenv("DIGEST_CONFIG", str(home / "gone.toml"))
    with pytest.raises(ConfigError, match=r"gone\.toml"):
        load(home)


def test_a_named_file_comes_first(
    home: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write('[ui]\ntheme = "home"\n')
    named, given = home / "named.toml", home / "given.toml"
    named.write_text('[ui]\ntheme = "named"\n')
    given.write_text('[ui]\ntheme = "given"\n')
    monkeypatch.setenv("DIGEST_CONFIG", str(named))
    assert load(home).ui.theme == "named"
    assert load(home, given).ui.theme == "given"


def test_files_from_other_systems_are_read(home: Path) -> None:
    text = '[ui]\r\ntheme = "墨"\r\n[[views]]\r\nname = "v"\r\nquery = "台灣"\r\n'
    (home / "config.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    config = load(home)
    assert config.ui.theme == "墨"
    assert config.views == (View("v", "台灣"),)


@given(configs())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_shown_reads_back(home: Path, config: Config) -> None:
    path = home / "shown.toml"
    path.write_text(as_toml(config), "utf-8", newline="")
    back = load(home, path)
    assert as_data(back) == as_data(config)
    assert back.feeds == config.feeds
