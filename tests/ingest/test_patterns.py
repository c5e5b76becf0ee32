"""The words of relevance are found wherever they stand, though not looked for everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]  # nothing public takes a pattern apart
from typing import Any

import pytest

from digest.ingest.relevance import words
from digest.ingest.relevance.patterns import Pattern

LED = {
    name: pattern
    for name, pattern in vars(words).items()
    if isinstance(pattern, Pattern) and pattern.starts is not None
}
TAKES_NOTHING = {"AT", "ASSERT", "ASSERT_NOT"}


def first_characters(items: Any) -> Iterator[str]:
    """What a match of a parsed pattern may begin with."""
    for kind, value in items:
        match str(kind):
            case "LITERAL":
                yield chr(value)
            case "IN":
                yield from (char for one in value for char in first_characters([one]))
            case "BRANCH":
                yield from (char for one in value[1] for char in first_characters(one))
            case "SUBPATTERN":
                yield from first_characters(value[3])
            case "MAX_REPEAT":
                yield from first_characters(value[2])
                if value[0] == 0:
                    continue
            case name:
                assert name in TAKES_NOTHING
                continue
        return


@pytest.mark.parametrize("name", LED)
def test_a_match_begins_with_one_of_the_characters_that_it_is_looked_for_at(name: str) -> None:
    pattern = LED[name]
    assert pattern.starts is not None
    flags = pattern.whole.flags
    found = set(first_characters(_parser.parse(pattern.whole.pattern, flags)))
    if flags & re.IGNORECASE:
        found |= {char.upper() for char in found} | {char.lower() for char in found}
    assert found
    assert [char for char in sorted(found) if not pattern.starts.match(char)] == []


def test_what_is_found_is_what_python_finds() -> None:
    text = (
        "日本統治時代の台湾。2020年東京五輪 the 2020 Tokyo Olympics, in the Japanese colonial era; "
        "Taiwan-Japan relations 台日關係、日台 Wushe Incident モーナ・ルダオ台湾 Japan and Taiwan"
    )
    for pattern in LED.values():
        there = [match.span() for match in pattern.whole.finditer(text)]
        assert [match.span() for match in pattern.finditer(text)] == there
    assert words.BOTH.count(text) == 6


@pytest.mark.parametrize(
    "line",
    [
        "本文。『台湾で会談』。海峡日報、2026年11月8日。",
        "「会談」。『台湾と日本の会談』。海峡日報、2026年11月8日付。",
        "2026年11月8日(日):海峡日報の記者による。",
    ],
)
def test_sources_have_a_date_by_which_they_are_noticed(line: str) -> None:
    assert words.SOURCES.occurs(line)
    assert words.CITED.occurs(line)
