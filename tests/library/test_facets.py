"""What a result is made of, as the library counts it."""

from __future__ import annotations

from pathlib import Path

from digest.library import Library
from digest.library.values import Timeline
from tests.library.conftest import bring


def test_a_search_says_what_all_its_matches_are_made_of(library: Library) -> None:
    library.tag([1, 2], add=["sea"])
    library.tag([4], add=["chips"])
    facets = library.search("taipei OR 台北 OR kumamoto", limit=1, facets=True).facets
    assert facets is not None
    assert facets.articles == 4
    assert facets.languages == {"en": 2, "ja": 1, "zh": 1}
    assert facets.feeds == {"Strait Herald": 2, "東亜新報": 1, "海峽報": 1}
    assert facets.months == {"2026-10": 1, "2026-11": 3}
    assert facets.tags == {"sea": 2, "chips": 1}
    assert ("taipei", "Taipei", 3) in {(one.id, one.name, one.count) for one in facets.entities}
    assert facets.timeline == Timeline("week", "2026-09-28", (1, 0, 0, 0, 0, 3))


def test_conditions_alone_have_facets_too(library: Library) -> None:
    library.mark([1, 4], "read")
    facets = library.search("is:read", facets=True).facets
    assert facets is not None
    assert (facets.articles, facets.languages) == (2, {"en": 2})


def test_without_matches_there_is_nothing_to_count(library: Library) -> None:
    page = library.search("xylophone", facets=True)
    assert page.facets is not None
    assert (page.facets.articles, page.facets.timeline) == (0, Timeline("day", "", ()))
    assert library.search("xylophone").facets is None


def test_what_follows_strict_matches_is_not_counted(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path, [{"title": "Hotline", "text": "A hotline rings.", "lang": "en"}])
    page = library.search("hotline rings", facets=True)
    assert page.related
    assert page.facets is not None
    assert page.facets.articles == page.total == 1


def test_numbers_by_week_and_feed(library: Library) -> None:
    assert library.stats(by="week", split="feed").buckets == (
        ("2026-W40", "Strait Herald", 1),
        ("2026-W45", "Strait Herald", 1),
        ("2026-W45", "東亜新報", 1),
        ("2026-W45", "海峽報", 1),
    )
