"""`digest who`: names, profiles and the user's own file, on the command line."""

from __future__ import annotations

from digest.cli.commands.who import KINDS, SIDES
from index.names.model import KINDS as KNOWN_KINDS
from index.names.sides import SIDES as KNOWN_SIDES
from tests.cli.conftest import KAIDAN, LAI
from tests.cli.program import Program


def test_the_kinds_and_sides_that_it_takes_are_those_of_the_names() -> None:
    assert tuple(KINDS) == KNOWN_KINDS
    assert tuple(SIDES) == KNOWN_SIDES


def test_a_name_in_any_language_gives_one_profile(digest: Program) -> None:
    found = digest.good("who", "William", "Lai", "--json").json
    assert found == digest.good("who", "頼清徳", "--json").json | {"name": "William Lai"}
    profile = found["profile"]
    assert profile["id"] == "lai-ching-te"
    assert "賴清德" in profile["forms"]["zh"]
    assert profile["articles"] == 2
    assert profile["languages"] == {"ja": 1, "zh": 1}
    assert profile["weeks"][0]["week"] == "2026-W45"
    assert profile["weeks"][0]["articles"] == 2
    assert "taipei" in {one["id"] for one in profile["with"]}
    assert digest.search(profile["query"], "sort:oldest") == [LAI, KAIDAN]


def test_it_is_told_to_people_too(digest: Program) -> None:
    done = digest.good("who", "賴清德")
    assert "Lai Ching-te · 賴清德 · 頼清徳" in done.out
    assert "2 articles" in done.out
    assert "2026-11-02" in done.out
    assert "島嶼新聞" in done.out


def test_without_a_name_those_are_listed_whom_most_articles_name(digest: Program) -> None:
    names = digest.good("who", "--json").json["names"]
    counts = {one["id"]: one["articles"] for one in names}
    assert counts["japan"] == 4
    assert counts["lai-ching-te"] == 2
    assert [one["articles"] for one in names] == sorted(counts.values(), reverse=True)
    people = digest.good("who", "--kind", "person", "--json").json["names"]
    assert [one["id"] for one in people] == ["lai-ching-te"]
    assert "lai-ching-te" in digest.good("who", "--kind", "person").out


def test_a_query_that_is_no_name_lists_whom_its_articles_name(digest: Program) -> None:
    names = digest.good("who", "ferry line", "--json").json["names"]
    assert {"keelung", "ishigaki"} <= {one["id"] for one in names}
    assert "lai-ching-te" not in {one["id"] for one in names}
    narrowed = digest.good("who", "lai", "--in", "lang:ja", "--json").json
    assert narrowed["names"][0]["id"] == "lai-ching-te"
    assert digest.good("who", "台北", "--in", "lang:ja", "--json").json["profile"]["articles"] == 1


def test_nobody_is_no_failure(digest: Program) -> None:
    done = digest.good("who", "zzyzx qqq")
    assert done.out == ""
    assert "nobody" in done.err


def test_names_are_added_corrected_and_forgotten(digest: Program) -> None:
    add = ("who", "--add", "--kind", "person", "--en", "WRITER Anna", "--en", "A. Writer")
    made = digest.good(*add, "--zh", "作者安娜", "--json").json
    assert made["id"] == "writer-anna"
    assert digest.good("who", "作者安娜", "--json").json["profile"]["id"] == made["id"]
    digest.good("who", made["id"], "--correct", "--zh", "安娜")
    assert digest.good("who", made["id"], "--json").json["profile"]["forms"]["zh"] == ["安娜"]
    digest.good("who", "安娜", "--forget")
    assert digest.good("who", made["id"], "--json").json["profile"] is None


def test_mistakes_are_named(digest: Program) -> None:
    for words, code in (
        (("who", "x", "--zh", "安娜"), 2),
        (("who", "--add"), 2),
        (("who", "賴清德", "--correct"), 2),
        (("who", "zzyzx", "--forget"), 1),
        (("who", "--kind", "persn"), 2),
    ):
        done = digest(*words)
        assert done.code == code, words
        assert done.err.startswith("digest: ")
