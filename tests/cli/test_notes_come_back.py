"""Notes and highlights written out as Markdown, edited outside, and brought in again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import yaml

from digest.anchors import Quote
from digest.config.load import load
from digest.library import Library
from tests.cli.conftest import FERRY, KAIDAN
from tests.cli.program import Program


def noted(digest: Program) -> Path:
    """Two notes and a commented highlight, written out to a folder."""
    digest.good("note", str(KAIDAN), "--text", "Ask **whom**.\n\n> a quotation of mine")
    digest.good("note", str(FERRY), "--text", "Spring?")  # an article without an address
    with Library.open(digest.home, load(digest.home)) as library:
        library.highlights.keep(KAIDAN, Quote("台湾海峡の平和", "", "", 0), "Since *when*?")
    folder = digest.home.parent / "vault"
    digest.good("note", "export", str(folder))
    assert len(list(folder.iterdir())) == 2
    return folder


def file_of(folder: Path, ident: int) -> Path:
    (found,) = folder.glob(f"{ident}-*.md")
    return found


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def shown(digest: Program, ident: int) -> tuple[str, list[tuple[str, str]]]:
    found = digest.good("show", str(ident), "--json").json
    return found["note"], [(one["quote"], one["comment"]) for one in found["highlights"]]


def test_what_was_not_changed_changes_nothing(digest: Program) -> None:
    folder = noted(digest)
    before = [shown(digest, one) for one in (KAIDAN, FERRY)]
    done = digest.good("add", str(folder), "--json")
    assert done.json["added"] == []
    assert [one["id"] for one in done.json["duplicates"]] == [KAIDAN, FERRY]
    assert [shown(digest, one) for one in (KAIDAN, FERRY)] == before
    digest.good("undo")  # takes back the last change, which is the highlight
    assert shown(digest, KAIDAN) == (before[0][0], [])
    assert digest.good("stats", "--json").json["articles"] == 4


def test_what_was_edited_outside_comes_back_and_can_be_undone(digest: Program) -> None:
    folder = noted(digest)
    changed(file_of(folder, KAIDAN), "Ask **whom**.", "Ask **them**.\n\n## A heading")
    changed(file_of(folder, KAIDAN), "Since *when*?", "Since 1972.")
    changed(file_of(folder, FERRY), "Spring?", "春に")
    digest.good("add", str(folder))
    assert shown(digest, KAIDAN) == (
        "Ask **them**.\n\n## A heading\n\n> a quotation of mine",
        [("台湾海峡の平和", "Since 1972.")],
    )
    assert shown(digest, FERRY) == ("春に", [])
    assert digest.search("note:1972") == [KAIDAN]
    digest.good("undo")
    assert shown(digest, FERRY) == ("Spring?", [])


def test_what_was_changed_in_both_places_is_kept_twice_but_once(digest: Program) -> None:
    folder = noted(digest)
    changed(file_of(folder, FERRY), "Spring?", "Summer, says the line.")
    digest.good("note", str(FERRY), "--text", "Autumn, says the port.")
    for _ in range(2):
        digest.good("add", str(folder))
        note, _ = shown(digest, FERRY)
        assert note == "Autumn, says the port.\n\n---\n\nSummer, says the line."


def test_a_library_without_the_articles_gets_them_as_far_as_the_files_go(
    digest: Program, empty: Program
) -> None:
    folder = noted(digest)
    done = empty.good("add", str(folder), "--json")
    assert [one["title"] for one in done.json["added"]] == [
        "台湾の総統、日本の議員団と会談",
        "Ferries between Keelung and Ishigaki",
    ]
    first, second = (one["id"] for one in done.json["added"])
    assert shown(empty, first) == (shown(digest, KAIDAN))
    assert shown(empty, second) == ("Spring?", [])
    article = empty.good("show", str(first), "--json").json
    assert article["partial"] is True
    assert (article["feed"], article["lang"], article["tags"]) == ("東亜通信", "ja", ["外交"])
    assert empty.good("add", str(folder), "--json").json["added"] == []


def test_ids_of_another_library_mean_nothing_here(digest: Program, tmp_path: Path) -> None:
    folder = noted(digest)
    other = Program(tmp_path / "other")
    pieces = tmp_path / "others.jsonl"
    pieces.write_text(
        "\n".join(json.dumps({"title": f"T{n}", "text": f"Text {n}."}) for n in range(5)), "utf-8"
    )
    other.good("add", str(pieces))
    other.good("add", str(folder))
    assert all(shown(other, one) == ("", []) for one in range(1, 6))


def test_the_files_are_what_obsidian_reads(digest: Program) -> None:
    folder = noted(digest)
    digest.good("edit", str(FERRY), "--title", 'Ferries: "yes" # no')
    shutil.rmtree(folder)
    digest.good("note", "export", str(folder))
    head = file_of(folder, FERRY).read_text("utf-8").split("---\n")[1]
    found = yaml.safe_load(head)
    assert found["title"] == 'Ferries: "yes" # no'
    assert found["id"] == FERRY
    changed(file_of(folder, FERRY), "Spring?", "Later.")
    # As Obsidian writes properties back: in plain style, lists over lines.
    plain = yaml.safe_dump(found, allow_unicode=True, sort_keys=True)
    changed(file_of(folder, FERRY), head, plain)
    digest.good("add", str(folder))
    assert shown(digest, FERRY) == ("Later.", [])
    assert digest.good("stats", "--json").json["articles"] == 4


def test_a_file_that_lost_its_mark_is_named(digest: Program) -> None:
    folder = noted(digest)
    text = "---\ndigest: note\nid: 3\ntitle: x\n---\n\nText.\n"
    file_of(folder, KAIDAN).write_text(text, "utf-8")
    done = digest("add", str(folder))
    assert done.code == 1
    assert "note export" in done.err
    assert digest.good("stats", "--json").json["articles"] == 4


def test_an_edit_is_not_written_over(digest: Program) -> None:
    folder = noted(digest)
    changed(file_of(folder, FERRY), "Spring?", "Later.")
    digest.good("note", str(KAIDAN), "--text", "Another.")
    done = digest("note", "export", str(folder))
    assert done.code == 1
    assert "edited" in done.err
    assert "Later." in file_of(folder, FERRY).read_text("utf-8")
    assert "Another." in file_of(folder, KAIDAN).read_text("utf-8")
    digest.good("add", str(folder))
    digest.good("note", "export", str(folder))
    assert shown(digest, FERRY) == ("Later.", [])


def test_each_note_of_the_command_line_is_a_step_to_undo(digest: Program) -> None:
    for text in ("first", "second"):
        digest.good("note", str(KAIDAN), "--text", text)
    digest.good("undo")
    assert shown(digest, KAIDAN)[0] == "first"
    digest.good("note", str(KAIDAN), "--text", "")
    digest.good("undo")
    assert shown(digest, KAIDAN)[0] == "first"
    digest.good("undo")
    assert not shown(digest, KAIDAN)[0]
