from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.config import edit
from digest.config.files import write_whole
from digest.config.load import load
from digest.config.settings import Config, Feed, View
from digest.config.show import as_data, as_toml
from digest.errors import ConfigError, UnknownFeed, UsageError
from tests.config.conftest import Write
from tests.config.making import configs, feeds

OWN = """\
# mine
ui.theme = "ink"  # dark

[[feeds]]  # first
url = "https://a.example/"   # the address
name = 'A'
# about A

# --- Japan ---

[[feeds]]
url = "https://b.example/"
name = "B"

# the keys
[keys]
undo = "u"
"""
NEW = Feed("https://new.example/f", name="新聞", groups=("Taiwan",), scope="topic")


def test_adding_keeps_everything_that_was_there(home: Path, write: Write) -> None:
    path = write(OWN)
    assert edit.add_feeds(home, [NEW]) == [NEW]
    added = '[[feeds]]\nurl = "https://new.example/f"\nname = "新聞"\nscope = "topic"\n'
    added += 'groups = ["Taiwan"]\n'
    assert path.read_text("utf-8") == OWN.replace("# the keys", f"{added}\n# the keys")
    assert load(home).feeds[-1] == NEW


def test_adding_what_is_there_changes_nothing(home: Path, write: Write) -> None:
    path = write(OWN)
    before = path.stat()
    assert edit.add_feeds(home, [Feed("https://a.example/", name="again")]) == []
    assert path.stat() == before


def test_removing_keeps_the_comments_between(home: Path, write: Write) -> None:
    path = write(OWN)
    assert edit.remove_feed(home, "a") == Feed("https://a.example/", name="A")
    gone = "[[feeds]]  # first\nurl = \"https://a.example/\"   # the address\nname = 'A'\n"
    assert path.read_text("utf-8") == OWN.replace(gone, "")


def test_removing_the_last_feed_does_not_bring_the_shipped_ones_back(
    home: Path, write: Write
) -> None:
    path = write(OWN)
    edit.remove_feed(home, "https://a.example/")
    edit.remove_feed(home, "B")
    assert load(home).feeds == ()
    assert "# --- Japan ---" in path.read_text("utf-8")
    edit.add_feeds(home, [NEW])
    assert load(home).feeds == (NEW,)


def test_renaming_changes_one_value(home: Path, write: Write) -> None:
    path = write(OWN)
    edit.rename_feed(home, "B", '新 "B"')
    edit.rename_feed(home, "A", "甲")
    changed = OWN.replace('name = "B"', "name = '新 \"B\"'").replace("name = 'A'", 'name = "甲"')
    assert [feed.name for feed in load(home).feeds] == ["甲", '新 "B"']
    assert path.read_text("utf-8").replace('"新 \\"B\\""', "'新 \"B\"'") == changed


def test_a_feed_without_a_name_gets_one(home: Path, write: Write) -> None:
    write('[[feeds]]\nurl = "https://a.example/"\n# end\n')
    edit.rename_feed(home, "https://a.example/", "A")
    assert load(home).feeds == (Feed("https://a.example/", name="A"),)


def test_feeds_are_found_by_address_or_name_only(home: Path, write: Write) -> None:
    write(OWN.replace('"B"', '"a"'))
    with pytest.raises(UnknownFeed, match="no feed"):
        edit.remove_feed(home, "nowhere")
    with pytest.raises(UsageError, match="2 feeds have the name"):
        edit.remove_feed(home, "A")


def test_without_an_own_list_the_shipped_feeds_are_copied_first(home: Path) -> None:
    shipped = load(home).feeds
    edit.add_feeds(home, [NEW])
    text = (home / "config.toml").read_text("utf-8")
    assert load(home).feeds == (*shipped, NEW)
    assert "# 繁體中文" in text
    edit.remove_feed(home, shipped[3].url)
    assert load(home).feeds == (*shipped[:3], *shipped[4:], NEW)


def test_views_are_added_changed_and_removed(home: Path) -> None:
    shipped = load(home).views
    edit.add_view(home, "海峽", '"台灣海峽" OR 台海')
    assert load(home).views == (*shipped, View("海峽", '"台灣海峽" OR 台海'))
    edit.add_view(home, shipped[0].name, "TSMC", alert=True)
    assert load(home).views[0] == View(shipped[0].name, "TSMC", alert=True)
    edit.remove_view(home, "海峽")
    assert [view.name for view in load(home).views] == [view.name for view in shipped]
    with pytest.raises(UsageError, match="no view"):
        edit.remove_view(home, "海峽")


@pytest.mark.parametrize(
    ("table", "key", "value", "line"),
    [
        ("ui", "theme", "paper", 'ui.theme = "paper"  # dark'),
        ("ui", "keys", "elfeed", 'ui.keys = "elfeed"'),
        ("keys", "undo", "ctrl+u", 'undo = "ctrl+u"'),
        ("keys", "article.tag", "T", '"article.tag" = "T"'),
        ("search", "recency", 0.5, "recency = 0.5"),
        ("commands", "送る", ("tool", "{url}"), '"送る" = ["tool", "{url}"]'),
    ],
)
def test_a_value_is_set_where_it_belongs(
    home: Path, write: Write, table: str, key: str, value: object, line: str
) -> None:
    path = write(OWN)
    before = load(home)
    edit.set_value(home, table, key, value)
    after, text = load(home), path.read_text("utf-8")
    assert line in text.split("\n")
    now = getattr(after, table)
    assert (now[key] if table in {"keys", "commands"} else getattr(now, key)) == value
    assert replace(after, **{table: getattr(before, table)}) == before
    assert {part for part in OWN.split("\n") if "#" in part and "theme" not in part} <= set(
        text.split("\n")
    )


@pytest.mark.parametrize(
    ("table", "key", "value", "said"),
    [
        ("ui", "theem", "x", 'nearest known key: "theme"'),
        ("ui", "keys", "emacs", "must be one of"),
        ("nothing", "a", "b", "unknown table"),
        ("keys", "article.tga", "t", 'nearest known action: "article.tag"'),
    ],
)
def test_a_bad_value_is_refused_and_nothing_written(
    home: Path, write: Write, table: str, key: str, value: object, said: str
) -> None:
    path = write(OWN)
    with pytest.raises(ConfigError, match=said):
        edit.set_value(home, table, key, value)
    assert path.read_text("utf-8") == OWN


def test_a_bad_feed_is_refused(home: Path, write: Write) -> None:
    path = write(OWN)
    with pytest.raises(ConfigError, match="begins with http"):
        edit.add_feeds(home, [Feed("gopher://a.example/")])
    with pytest.raises(ConfigError, match="must not be empty"):
        edit.rename_feed(home, "A", "  ")
    assert path.read_text("utf-8") == OWN


def test_inline_lists_are_edited_too(home: Path, write: Write) -> None:
    write('feeds = [\n  {url = "https://a.example/"},  # one\n  {url = "https://b.example/"},\n]\n')
    edit.add_feeds(home, [NEW])
    edit.rename_feed(home, "https://b.example/", "B")
    edit.remove_feed(home, "https://a.example/")
    assert load(home).feeds == (Feed("https://b.example/", name="B"), NEW)


def test_line_ends_links_and_permissions_stay(home: Path) -> None:
    real = home / "dotfiles.toml"
    real.write_bytes(OWN.replace("\n", "\r\n").encode())
    real.chmod(0o640)
    (home / "config.toml").symlink_to(real)
    edit.set_value(home, "ui", "theme", "paper")
    assert (home / "config.toml").is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_bytes() == OWN.replace('"ink"', '"paper"').replace("\n", "\r\n").encode()


def test_a_named_file_is_the_one_that_is_written(home: Path, tmp_path: Path) -> None:
    named = tmp_path / "named.toml"
    with pytest.raises(ConfigError, match="no such configuration file"):
        edit.add_feeds(home, [NEW], named)
    named.write_text(OWN, "utf-8")
    edit.add_feeds(home, [NEW], named)
    assert NEW in load(home, named).feeds
    assert not (home / "config.toml").exists()


def test_a_write_that_fails_leaves_the_old_file(
    home: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(OWN)

    def fail(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ConfigError, match="cannot be written"):
        write_whole(path, b"new")
    assert path.read_text("utf-8") == OWN
    assert list(home.iterdir()) == [path]


def test_changes_at_the_same_time_are_all_kept(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from digest.config import edit\n"
        "from digest.config.settings import Feed\n"
        "for n in range(5):\n"
        "    edit.add_feeds(Path(sys.argv[1]), [Feed(f'https://{sys.argv[2]}.example/{n}')])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(home), name])
        for name in ("a", "b", "c")
    ]
    assert [child.wait(60) for child in running] == [0, 0, 0]
    added = {feed.url for feed in load(home).feeds if ".example/" in feed.url}
    assert added == {f"https://{name}.example/{n}" for name in "abc" for n in range(5)}


@given(configs(), feeds(), st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_edits_of_any_file_do_what_they_say(
    home: Path, config: Config, feed: Feed, data: st.DataObject
) -> None:
    path = home / "any.toml"
    path.write_text(as_toml(config), "utf-8", newline="")
    expected = list(config.feeds)
    if edit.add_feeds(home, [feed], path):
        expected.append(feed)
    assert list(load(home, path).feeds) == expected
    at = data.draw(st.integers(0, len(expected) - 1))
    edit.rename_feed(home, expected[at].url, "新しい # name", path)
    expected[at] = replace(expected[at], name="新しい # name")
    assert list(load(home, path).feeds) == expected
    gone = expected.pop(data.draw(st.integers(0, len(expected) - 1)))
    assert edit.remove_feed(home, gone.url, path) == gone
    assert as_data(load(home, path)) == as_data(replace(config, feeds=tuple(expected)))
