from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.conftest import CHIPS, KAIDAN, LAI
from tests.cli.program import Program

SHOW_KEYS = [
    "id", "url", "title", "feed", "author", "lang", "published", "modified", "fetched", "text",
    "html", "tags", "read", "starred", "note", "highlights", "revisions", "copy_of", "copies",
    "story", "relevance", "entities", "partial", "hidden", "section", "image",
]  # fmt: skip


def test_show_as_json_has_the_shape_of_the_contract(digest: Program) -> None:
    digest.good("note", str(KAIDAN), "--text", "**important**")
    shown = digest.good("show", str(KAIDAN), "--format", "json").json
    assert list(shown) == SHOW_KEYS
    assert shown["title"] == "台湾の総統、日本の議員団と会談"
    assert shown["lang"] == "ja"
    assert shown["published"] == "2026-11-03T03:00:00Z"
    assert shown["text"].startswith("頼清徳総統は台北で")
    assert shown["html"].startswith("<p>頼清徳総統は台北で")
    assert shown["tags"] == ["外交"]
    assert shown["note"] == "**important**"
    assert shown["relevance"]["score"] > 0.5
    assert "both in the title" in shown["relevance"]["why"]
    assert (shown["highlights"], shown["revisions"]) == ([], [])
    assert shown["entities"][0] == {"id": "japan", "name": "Japan", "count": 2}
    assert "lai-ching-te" in {one["id"] for one in shown["entities"]}
    assert shown == digest.good("show", str(KAIDAN), "--json").json


def test_show_as_text_has_a_blank_line_between_blocks(digest: Program) -> None:
    done = digest.good("show", str(CHIPS))
    assert done.lines[0] == "Taiwan and Japan sign a chip research accord"
    assert "Strait Herald · A. Writer" in done.lines
    assert "2026-11-02 09:30 +0800" in done.lines
    assert done.out.endswith(
        "signed an accord on semiconductor research.\n\nThe agreement covers two laboratories.\n"
    )


def test_lines_that_repeat_are_hidden_until_all_is_asked_for(tmp_path: Path) -> None:
    program = Program(tmp_path / "library")
    pages = [
        {"title": f"Talks {n}", "url": f"https://a.example/{n}", "lang": "en", "text": text}
        for n, name in enumerate(["Taipei", "Tokyo", "Osaka", "Tainan", "Naha"])
        if (text := f"The mayor of {name} welcomed the talks there.\n\nOur newsletter")
    ]
    lines = tmp_path / "pages.jsonl"
    lines.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    program.good("add", str(lines))
    shown = program.good("show", "1", "--json").json
    assert (shown["text"], shown["hidden"]) == ("The mayor of Taipei welcomed the talks there.", 1)
    assert "1 repeated line hidden" in program.good("show", "1").out
    assert program.good("show", "1", "--whole", "--json").json["text"].endswith("Our newsletter")
    found = program.good("feeds", "lines", "a.example", "--json").json["lines"]
    assert [(one["text"], one["hidden"]) for one in found] == [("Our newsletter", True)]
    assert "kept" in program.good("feeds", "lines", "a.example", "--keep", "1").out
    assert program.good("show", "1").out.endswith("Our newsletter\n")
    assert program("feeds", "lines", "a.example", "--keep", "7").code == 2
    assert program("feeds", "lines", "nowhere.example").code == 2


def test_show_as_markdown_and_html(digest: Program) -> None:
    assert digest.good("show", str(LAI), "--format", "md").out.startswith("---\nid: 2\ntitle: ")
    page = digest.good("show", str(LAI), "--format", "html").out
    assert page.startswith('<!doctype html>\n<html lang="zh-Hant">')


@pytest.mark.parametrize("ident", ["5", "0", "99999999999999999999999999", "9" * 5000])
def test_an_unknown_article_is_code_1(digest: Program, ident: str) -> None:
    done = digest("show", ident)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("digest: there is no article ")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("words", [["show"], ["show", "x"], ["show", "1", "2"], ["show", "-1"]])
def test_an_id_that_is_none_is_wrong_usage(digest: Program, words: list[str]) -> None:
    assert digest(*words).code == 2


@pytest.mark.parametrize(
    ("name", "begins"),
    [("out.bib", b"@online{"), ("out.ris", b"TY  - NEWS\r\n"), ("out.csl", b"[\n{"),
     ("out.epub", b"PK\x03\x04"), ("out.txt", b"---\nid: ")],
)  # fmt: skip
def test_the_ending_of_a_file_decides_the_form(
    digest: Program, tmp_path: Path, name: str, begins: bytes
) -> None:
    target = tmp_path / name
    done = digest.good("export", "台湾海峡", "-o", str(target))
    assert target.read_bytes().startswith(begins)
    assert done.out == ""
    assert "2 articles in" in done.err


def test_a_book_goes_to_a_pipe_as_it_is_and_never_to_a_terminal(digest: Program) -> None:
    assert digest.good("export", "台湾海峡", "--format", "epub").out.startswith("PK")
    done = digest("export", "台湾海峡", "--format", "epub", terminal=True)
    assert (done.code, done.out) == (2, "")
    assert "-o FILE.epub" in done.err


def test_export_as_json_is_an_array_of_show_objects(digest: Program) -> None:
    exported = digest.good("export", "台湾海峡", "--format", "json").json
    assert sorted(one["id"] for one in exported) == [LAI, KAIDAN]
    assert exported[0] == digest.good("show", str(exported[0]["id"]), "--json").json
    assert digest.good("export", "zebra", "--format", "json").json == []


def test_export_of_everything_has_no_limit(digest: Program) -> None:
    pieces = "\n".join(
        json.dumps({"title": f"Wire item {n}", "text": f"Item number {n} of the wire."})
        for n in range(30)
    )
    source = digest.home.parent / "many.jsonl"
    source.write_text(pieces)
    digest.good("add", str(source))
    assert len(digest.good("export", "", "--format", "json").json) == 34


def test_export_as_csv_is_for_spreadsheets(digest: Program) -> None:
    digest.good("edit", str(CHIPS), "--title", "=1+1")
    out = digest.good("export", "", "--format", "csv").out
    assert out.startswith("\ufeffid,published,")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline="")))
    titles = {row["id"]: row["title"] for row in rows}
    assert titles["1"] == "'=1+1"
    assert titles["2"] == "賴清德會見日本議員團"


def test_export_to_a_file_goes_by_its_ending(digest: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    done = digest.good("export", "", "-o", str(target))
    assert done.out == ""
    assert len(json.loads(target.read_text("utf-8"))) == 4
    digest.good("export", "", "--output", str(tmp_path / "out.md"))
    assert (tmp_path / "out.md").read_text("utf-8").count("\n# ") == 4
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_an_export_that_cannot_be_written_leaves_what_was_there(
    digest: Program, tmp_path: Path
) -> None:
    done = digest("export", "", "-o", str(tmp_path / "no-folder" / "out.md"))
    assert done.code == 1
    assert "out.md cannot be written" in done.err
    assert digest("export", "", "-o", str(tmp_path)).code == 1
    assert digest("export", "", "--format", "docx").code == 2


def test_stats_in_text_and_json(digest: Program) -> None:
    digest.good("mark", "star", "--", "1")
    found = digest.good("stats", "--format", "json").json
    assert (found["articles"], found["unread"], found["starred"]) == (4, 4, 1)
    assert found["languages"] == {"en": 2, "ja": 1, "zh": 1}
    assert found["feeds"]["Strait Herald"] == 2
    assert (found["first"], found["last"]) == ("2026-10-20T02:00:00Z", "2026-11-03T03:00:00Z")
    assert digest.good("stats", "--json").json == found
    text = digest.good("stats").out
    assert "4 articles, 2026-10-20 to 2026-11-03" in text
    assert digest.good("stats", "lang:ja").out.startswith("1 articles")


def test_stats_by_time(digest: Program) -> None:
    found = digest.good("stats", "--by", "month", "--split", "lang", "--json").json
    assert found["periods"] == [
        {"period": "2026-10", "series": "en", "articles": 1},
        {"period": "2026-11", "series": "en", "articles": 1},
        {"period": "2026-11", "series": "ja", "articles": 1},
        {"period": "2026-11", "series": "zh", "articles": 1},
    ]
    assert digest.good("stats", "--by", "day").lines[1].split()[:2] == ["2026-10-20", "1"]
    assert digest("stats", "--by", "year").code == 2
    assert digest.good("stats", "zebra", "--by", "week").code == 0


def test_a_story_lists_who_reported_it_by_language(digest: Program) -> None:
    story = digest.good("show", str(KAIDAN), "--json").json["story"]
    assert story == digest.good("show", str(LAI), "--json").json["story"]
    found = digest.good("story", str(story), "--json").json
    assert found["id"] == story
    assert {one["id"] for one in found["articles"]} >= {LAI, KAIDAN}
    lines = digest.good("story", str(story)).lines
    assert lines[0].startswith("ja  1, first 2026-11-03")
    parted = digest.good("story", str(story), "--split", str(LAI))
    assert "are story" in parted.err
    assert {one["id"] for one in digest.good("search", f"story:{story}", "--json").json["results"]}
    assert digest("story", "999").code == 1
    assert digest("story", str(story), "--split", "999").code == 2


def test_queries_are_counted_beside_each_other(digest: Program) -> None:
    found = digest.good("stats", "議員", "--also", "chip", "--also", "chip", "--json").json
    assert found["queries"] == [
        {"query": "議員", "articles": 2},
        {"query": "chip", "articles": 1},
    ]
    assert found["periods"] == [
        {"period": "2026-11", "series": "chip", "articles": 1},
        {"period": "2026-11", "series": "議員", "articles": 2},
    ]
    assert "議員" in digest.good("stats", "議員", "--also", "chip").out
    assert digest("stats", "a", "--also", "b", "--split", "lang").code == 2


def test_a_chart_is_svg_with_a_series_for_each(digest: Program, tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    digest.good("stats", "台湾", "--also", "ferry", "--by", "week", "-o", str(file))
    root = etree.parse(file).getroot()
    texts = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"台湾", "ferry", "2026-W45", "2026-W43"} <= texts
    split = digest.good("stats", "--split", "lang", "--format", "svg").out
    assert all(one in split for one in (">en<", ">ja<", ">zh<"))
    assert digest("stats", "-o", str(tmp_path / "x.txt")).code == 2
