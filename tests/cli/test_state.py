from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.conftest import CHIPS, FERRY, KAIDAN, LAI
from tests.cli.program import Program


def test_tags_are_added_and_removed_on_all_that_match(digest: Program) -> None:
    done = digest.good("tag", "+海峽", "+talks", "-外交", "--", "台湾海峡")
    assert "changed the tags of 2 articles" in done.err
    assert set(digest.search("tag:海峽")) == {LAI, KAIDAN}
    assert digest.search("tag:外交") == []
    assert digest.good("undo").err == "undone: tagged 2 articles +海峽 +talks -外交\n"
    assert digest.search("tag:海峽") == []
    assert digest.search("tag:外交") == [KAIDAN]
    digest.good("redo")
    assert set(digest.search("#talks")) == {LAI, KAIDAN}


def test_bare_numbers_are_ids(digest: Program) -> None:
    found = digest.good("tag", "+x", "--json", "--", "1", "4").json
    assert found == {"matched": 2, "changed": 2, "problems": []}
    assert set(digest.search("tag:x")) == {CHIPS, FERRY}
    digest.good("mark", "read", "--", "3")
    assert digest.search("is:read") == [KAIDAN]


def test_dashes_may_be_left_out_where_the_query_is_plain(digest: Program) -> None:
    digest.good("tag", "+x", "-y", "accord")
    assert digest.search("tag:x") == [CHIPS]


def test_a_query_that_begins_with_a_dash(digest: Program) -> None:
    digest.good("tag", "+x", "--", "-accord", "lang:en")
    assert digest.search("tag:x") == [FERRY]


def test_global_options_are_no_tags(digest: Program, tmp_path: Path) -> None:
    other = Program(tmp_path / "elsewhere")
    other.good("tag", "+x", "--home", str(digest.home), "--", "1")
    assert digest.search("tag:x") == [CHIPS]
    assert not other.home.exists()


@pytest.mark.parametrize(
    "words",
    [
        ["tag"],
        ["tag", "--"],
        ["tag", "--", "accord"],
        ["tag", "+x"],
        ["tag", "+x", "--"],
        ["tag", "+x", "--", ""],
        ["tag", "+", "--", "accord"],
        ["tag", "-#", "--", "accord"],
        ["tag", "--nonsense", "+x", "--", "accord"],
        ["mark", "read", "--"],
        ["mark", "read", "--", " "],
        ["mark", "loved", "--", "1"],
        ["delete"],
        ["delete", "--", ""],
    ],
)
def test_what_would_change_everything_or_nothing_is_refused(
    digest: Program, words: list[str]
) -> None:
    done = digest(*words)
    assert done.code == 2
    assert done.err.startswith("digest: ")
    assert digest.good("undo", "--json").json == {"undone": None}


def test_an_article_that_is_not_there_is_named(digest: Program) -> None:
    done = digest("mark", "star", "--", "1", "77")
    assert done.code == 1
    assert "digest: there is no article 77\n" in done.err
    assert digest.search("is:starred") == [CHIPS]
    assert digest.good("mark", "star", "--", "zebra").code == 0


def test_marks(digest: Program) -> None:
    digest.good("mark", "read", "--", "lang:en")
    assert set(digest.search("is:unread")) == {LAI, KAIDAN}
    digest.good("mark", "unread", "--", "1")
    digest.good("mark", "star", "--", "1")
    assert digest.good("search", "id:1", "--json").json["results"][0]["starred"] is True
    digest.good("mark", "unstar", "--", "1")
    assert digest.search("is:starred") == []


def test_delete_can_be_undone(digest: Program) -> None:
    done = digest.good("delete", "--", "lang:en")
    assert "deleted 2 articles" in done.err
    assert digest("show", "1").code == 1
    assert digest.good("redo", "--json").json == {"redone": None}
    assert digest.good("undo", "--json").json == {"undone": "deleted 2 articles"}
    assert digest.good("show", "1").code == 0


def test_nothing_is_deleted_on_a_misunderstood_query(digest: Program) -> None:
    done = digest("delete", "--", "lang:en", "(")
    assert done.code == 1
    assert "nothing was deleted" in done.err
    assert digest.good("stats", "--json").json["articles"] == 4


def test_corrections(digest: Program) -> None:
    digest.good(
        "edit", "4", "--title", "石垣航路", "--lang", "zh-Hant", "--date", "2026-10-21",
        "--author", "記者", "--feed", "島嶼新聞",
    )  # fmt: skip
    shown = digest.good("show", "4", "--json").json
    assert (shown["title"], shown["lang"], shown["author"]) == ("石垣航路", "zh", "記者")
    assert (shown["published"], shown["feed"]) == ("2026-10-21T04:00:00Z", "島嶼新聞")
    assert FERRY in digest.search("石垣航路")
    assert digest("edit", "4").code == 2
    assert digest("edit", "4", "--date", "tomorrow").code == 2
    assert digest("edit", "4", "--lang", "not a tag").code == 2
    assert digest("edit", "77", "--title", "x").code == 1


def test_notes_are_written_printed_found_and_removed(digest: Program) -> None:
    digest.good("note", "1", "--text", "先週の**続報**")
    assert digest.good("note", "1").out == "先週の**続報**\n"
    assert digest.search("note:続報") == [CHIPS]
    digest.good("note", "1", "--text", "")
    done = digest.good("note", "1")
    assert (done.out, done.err) == ("", "article 1 has no note\n")
    assert digest("note", "77", "--text", "x").code == 1


@pytest.mark.parametrize(
    "words",
    [
        ["note"],
        ["note", "x"],
        ["note", "export"],
        ["note", "1", "word"],
        ["note", "1", "--text", "a", "--edit"],
        ["note", "export", "there", "--text", "a"],
    ],
)
def test_wrong_usage_of_note(digest: Program, words: list[str]) -> None:
    assert digest(*words).code == 2


def _editor(folder: Path, body: str) -> str:
    script = folder / "an editor.py"
    script.write_text(f"import pathlib, sys\npath = pathlib.Path(sys.argv[-1])\n{body}\n")
    return f"'{sys.executable}' '{script}'"


def test_a_note_in_the_editor(
    digest: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.good("note", "1", "--text", "一")
    body = "path.write_text(path.read_text('utf-8') + '二\\n', 'utf-8')"
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.setenv("VISUAL", _editor(tmp_path, body))
    digest.good("note", "1", "--edit")
    assert digest.good("note", "1").out == "一二\n"


def test_an_editor_that_fails_changes_nothing(
    digest: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("EDITOR", _editor(tmp_path, "path.write_text('lost?'); sys.exit(3)"))
    done = digest("note", "1", "--edit")
    assert done.code == 1
    assert "the editor ended with 3" in done.err
    (left,) = tmp_path.glob("digest-*/note-1.md")
    assert left.read_text() == "lost?"
    assert str(left) in done.err
    assert digest.good("note", "1").out == ""
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert digest("note", "1", "--edit").code == 2


def test_notes_are_exported_under_safe_names(digest: Program, tmp_path: Path) -> None:
    digest.good("edit", "1", "--title", "../../etc/passwd: A/B?")
    digest.good("note", "1", "--text", "mine")
    digest.good("note", "2", "--text", "筆記")
    folder = tmp_path / "notes" / "here"
    digest.good("note", "export", str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [
        "1-etc-passwd-a-b.md",
        "2-賴清德會見日本議員團.md",
    ]
    text = (folder / "2-賴清德會見日本議員團.md").read_text("utf-8")
    assert 'url: "https://daoyu.example/lai"' in text
    assert text.endswith("\n\n筆記\n")
    (tmp_path / "file").write_text("")
    assert digest("note", "export", str(tmp_path / "file")).code == 1
