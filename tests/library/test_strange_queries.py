"""Random and adversarial queries through the library: each is answered, whatever is in it."""

from __future__ import annotations

from bench.strange_queries import KINDS, queries
from digest.library import Library

SAMPLE = 300
WORDS = ["Taipei", "hotline", "台日海巡", "熱線", "半導体", "ホットライン", "Kumamoto", "U.S."]


def test_no_query_fails_and_every_problem_has_its_place(library: Library) -> None:
    asked = set()
    for kind, query in queries(SAMPLE, 7, WORDS):
        page = library.search(query)
        assert page.total >= 0
        assert len(page.results) <= 20
        for problem in page.problems:
            assert problem.message
            assert 0 <= problem.start <= problem.end <= len(query), (query, problem)
        asked.add(kind)
    assert asked == set(KINDS)
