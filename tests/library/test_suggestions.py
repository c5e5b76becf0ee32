"""Another spelling for what nothing was found for."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.library import Library
from digest.library.values import Problem
from tests.library.conftest import bring


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("semicondutors", "semiconductors"),
        ("Kumamtoo", "kumamoto"),
        ("ukmamoto", "kumamoto"),
        ("hotlnie lang:en", "hotline lang:en"),
        ("title:hotlime", "title:hotline"),
        ("fishing baots", "fishing boats"),
        ('"fishing baots"', '"fishing boats"'),
        ("who:Yonagumi", "who:yonaguni"),
    ],
)
def test_a_misspelt_word_is_put_right(library: Library, query: str, meant: str) -> None:
    assert library.listing(query).suggestion == meant
    (problem,) = library.search(query).problems
    assert problem.message == f"did you mean: {meant}"
    assert library.matching(meant)[0]


def test_the_place_of_the_word_is_told(library: Library) -> None:
    assert library.search("fishing baots").problems == (
        Problem("did you mean: fishing boats", 8, 13),
    )


def test_names_that_no_article_spells_so_are_known_too(library: Library, tmp_path: Path) -> None:
    bring(
        library,
        tmp_path,
        [{"title": "高市早苗首相が会見", "text": "高市氏が語った。", "lang": "ja"}],
    )
    assert library.listing("Sanae Takaichy").suggestion == "Sanae takaichi"


@pytest.mark.parametrize(
    "query",
    ["hotline", "=hotlnie", "hotln*", "xyzzyplugh", "熱戦", "boat", "tag:hotlnie", "is:unread"],
)
def test_what_is_known_or_like_nothing_brings_no_suggestion(library: Library, query: str) -> None:
    assert library.listing(query).suggestion == ""
