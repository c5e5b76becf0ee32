from __future__ import annotations

import json
import re

import pytest

from digest.text import display_width
from tests.cli.conftest import CHIPS, FERRY, KAIDAN, LAI
from tests.cli.program import Program

RESULT_KEYS = [
    "id", "url", "title", "feed", "author", "lang", "published", "score", "match", "snippet",
    "tags", "read", "starred", "noted", "copy_of", "story",
]  # fmt: skip


def test_json_has_the_shape_of_the_contract(digest: Program) -> None:
    page = digest.good("search", "accord", "--json").json
    assert list(page) == ["query", "total", "related", "took_ms", "problems", "results"]
    assert page["query"] == "accord"
    assert page["total"] == 1
    assert page["problems"] == []
    (found,) = page["results"][:1]
    assert list(found) == RESULT_KEYS
    assert found["id"] == CHIPS
    assert found["published"] == "2026-11-02T01:30:00Z"
    assert found["match"] == "text"
    assert "[[accord]]" in found["snippet"]
    assert found["author"] == "A. Writer"
    assert (found["read"], found["starred"], found["noted"]) == (False, False, False)
    assert found["copy_of"] is None
    assert found["story"] == digest.good("show", str(CHIPS), "--json").json["story"]


def test_a_script_in_the_language_tag_stays_inside(digest: Program) -> None:
    page = digest.good("search", "會見", "--json").json
    assert page["results"][0]["lang"] == "zh"


def test_what_is_unknown_is_null(digest: Program) -> None:
    found = digest.good("search", "ferries", "--json").json["results"][0]
    assert (found["url"], found["author"]) == (None, None)


def test_variants_of_a_sign_find_each_other(digest: Program) -> None:
    assert {LAI, KAIDAN} <= set(digest.search("台湾海峡"))
    assert {LAI, KAIDAN} <= set(digest.search("臺灣海峽"))


def test_json_is_utf_8_as_written(digest: Program) -> None:
    assert "賴清德會見日本議員團" in digest.good("search", "會見", "--json").out


def test_words_are_joined_and_dashes_end_the_options(digest: Program) -> None:
    page = digest.good("search", "--json", "--", "-ferry", "taiwan").json
    assert page["query"] == "-ferry taiwan"
    assert CHIPS in [one["id"] for one in page["results"]]
    assert FERRY not in [one["id"] for one in page["results"]]


def test_an_unknown_option_is_wrong_usage(digest: Program) -> None:
    done = digest("search", "--json", "-a", "b")
    assert done.code == 2
    assert re.fullmatch(r"digest: no such option.*digest search --help.*\n", done.err)
    assert done.out == ""


def test_a_search_needs_a_query_but_an_empty_one_is_everything(digest: Program) -> None:
    assert digest("search").code == 2
    assert digest.good("search", "", "--json").json["total"] == 4


def test_limit_offset_and_order(digest: Program) -> None:
    assert digest.search("sort:oldest") == [FERRY, CHIPS, LAI, KAIDAN]
    found = digest.good(
        "search", "lang:en,zh,ja", "--sort", "newest", "--limit", "2", "--offset", "1", "--json"
    ).json
    assert [one["id"] for one in found["results"]] == [LAI, CHIPS]
    assert found["total"] == 4
    assert digest.good("search", "taiwan", "--limit", "0", "--json").json["results"] == []
    assert digest.good("search", "taiwan", "--offset", "9" * 30, "--json").json["results"] == []
    assert digest("search", "taiwan", "--limit", "-1").code == 2
    assert digest("search", "taiwan", "--sort", "best").code == 2


def test_problems_are_reported_and_the_rest_is_answered(digest: Program) -> None:
    done = digest.good("search", "accord (", "--json")
    assert done.json["total"] == 1
    (problem,) = done.json["problems"]
    assert list(problem) == ["message", "start", "end"]
    assert "in the query at 8: " in digest.good("search", "accord (").err


def test_no_hits_are_no_failure(digest: Program) -> None:
    done = digest("search", "zebra", "--sort", "newest")
    assert (done.code, done.out) == (0, "")
    assert "0 articles match" in done.err


def test_a_stream_of_queries_is_answered_line_by_line(digest: Program) -> None:
    done = digest.good("search", "-", stdin='accord\n會見\r\n\n("\nzebra sort:newest')
    pages = [json.loads(line) for line in done.out.split("\n")[:-1]]
    assert [page["query"] for page in pages] == ["accord", "會見", "", '("', "zebra sort:newest"]
    assert pages[0]["results"][0]["id"] == CHIPS
    assert pages[1]["results"][0]["id"] == LAI
    assert pages[2]["total"] == 4
    assert pages[3]["problems"]
    assert pages[4]["results"] == []


def test_bytes_that_are_no_utf_8_do_not_stop_the_stream(digest: Program) -> None:
    done = digest.good("search", "-", stdin="\udcff\udcfe\naccord\n")
    assert [json.loads(line)["total"] for line in done.lines][1] == 1


def test_surrogates_in_a_query_come_back_as_json(digest: Program) -> None:
    assert digest.good("search", "\udce5", "--json").json["query"] == "\udce5"


def test_rows_line_up_whatever_the_script(digest: Program) -> None:
    done = digest.good("search", "sort:newest")
    rows = [line for line in done.lines if re.match(r" +\d+ ", line)]
    titles = ["台湾の総統", "賴清德", "Taiwan and", "Ferries"]
    places = [
        display_width(row[: row.index(title)]) for row, title in zip(rows, titles, strict=True)
    ]
    assert len(set(places)) == 1
    assert [row.split()[3] for row in rows] == ["日", "繁", "EN", "EN"]


def test_on_a_terminal_rows_fit_and_hits_stand_out(
    digest: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    done = digest("search", "accord", terminal=True)
    assert "\x1b[1maccord\x1b[0m" in done.out
    row = re.sub(r"\x1b\[\d*m", "", done.lines[0])
    assert display_width(row) <= 60
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in digest("search", "accord", terminal=True).out


def test_facets_are_there_when_they_are_asked_for(digest: Program) -> None:
    page = digest.good("search", "taiwan", "--facets", "--limit", "1", "--json").json
    facets = page["facets"]
    assert list(facets) == ["languages", "feeds", "months", "entities", "tags", "timeline"]
    assert sum(one["count"] for one in facets["languages"]) == page["total"] > 1
    assert {"id": "japan", "name": "Japan", "count": 4} in facets["entities"]
    assert sum(facets["timeline"]["counts"]) == page["total"]
    told = digest.good("search", "taiwan", "--facets")
    assert re.search(r"^Languages: \w+ \d", told.out, re.MULTILINE)
