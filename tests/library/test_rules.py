"""Rules act once on what comes in, undoably, and are tried out before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.config.settings import Rule
from digest.library import Library
from tests.library.conftest import CONFIG, PIECES, bring

NOW = datetime(2026, 11, 8, tzinfo=UTC)
RULES = (
    Rule("海保 OR 海巡 OR coast", ("+sea", "star")),
    Rule("lang:ja", ("read", "-sea")),
    Rule("after:never", ("+wrong",)),
    Rule("Kumamoto", ("mute",)),
)


@pytest.fixture
def ruled(home: Path, tmp_path: Path) -> Iterator[Library]:
    config = replace(CONFIG, rules=RULES)
    with Library.open(home, config, clock=lambda: NOW) as library:
        bring(library, tmp_path, PIECES)
        yield library


def state(library: Library) -> list[tuple[tuple[str, ...], bool, bool]]:
    return [(row.tags, row.starred, row.read) for row in library.rows([1, 2, 3, 4])]


def test_rules_act_on_what_comes_in_in_their_order(ruled: Library) -> None:
    assert state(ruled) == [
        (("sea",), True, False),
        (("sea",), True, False),
        ((), True, True),
        (("muted",), False, True),
    ]


def test_what_rules_did_is_one_change_and_is_not_done_again(ruled: Library, tmp_path: Path) -> None:
    assert ruled.undo() == "rules changed 4 articles"
    untouched = [((), False, False)] * 4
    assert state(ruled) == untouched
    bring(ruled, tmp_path, [{"title": "Coast", "text": "A walk along the coast of Hualien."}])
    assert state(ruled) == untouched
    assert ruled.rows([5])[0].tags == ("sea",)


def test_what_is_muted_is_left_out_of_lists_unless_asked_for(ruled: Library) -> None:
    assert 4 not in ruled.listing("", folded=True).ids
    assert list(ruled.listing("tag:muted", folded=True).ids) == [4]
    assert 4 in ruled.listing("Kumamoto", folded=True).ids
    assert ruled.search("").total == 4


def test_a_rule_leaves_the_copies_of_what_it_reads_alone(home: Path, tmp_path: Path) -> None:
    config = replace(CONFIG, rules=(Rule("title:Second", ("read",)),))
    with Library.open(home, config, clock=lambda: NOW) as library:
        text = " ".join(f"Sentence number {word} of a wire text." for word in "abcdefghijkl")
        for title in ("First", "Second"):
            piece = {
                "title": title,
                "text": f"{text} By {title}.",
                "url": f"https://{title}.example/",
            }
            bring(library, tmp_path, [piece])
        assert [(row.read, row.copy_of) for row in library.rows([1, 2])] == [
            (False, None),
            (True, 1),
        ]


def test_a_trial_says_what_each_rule_would_do(home: Path, tmp_path: Path) -> None:
    with Library.open(home, CONFIG, clock=lambda: datetime.now(UTC)) as library:
        bring(library, tmp_path, [{"title": "Coast", "text": "A walk along the coast of Hualien."}])
        good, _, wrong, _ = library.rules.trial(RULES)
        assert [row.title for row in good.articles] == ["Coast"]
        assert (len(wrong.articles), len(wrong.problems)) == (0, 1)
        assert library.rows([1])[0].tags == ()
