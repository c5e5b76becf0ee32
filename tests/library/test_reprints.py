"""The same text in several outlets: kept, folded under the earliest, read together."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from digest.library import Library
from tests.library.conftest import CONFIG, bring


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(one.split("\n")) for one in text.strip().split("\n\n"))


EN_TEXT = """\
Coast guard officials from Taiwan and Japan met in Taipei on Thursday to set up a hotline for
rescues at sea, and agreed to name a contact in each port by the end of next month.

Both sides said that boats from Suao and Ishigaki often fish in the same waters. Last year
seven crews were brought home by whoever happened to be nearer, they said.

The hotline will be staffed day and night by officers who speak both languages, and a joint
exercise off Yonaguni is planned before the typhoon season begins.

Fishery associations on both shores welcomed the step, which they had asked for since 2013.
"""
JA_TEXT = """\
台湾と日本の海上保安当局は木曜日、台北で会談し、海難救助のためのホットラインを設けることで合意した。
来月末までに各港の連絡担当者を決める。

双方によると、蘇澳と石垣の漁船は同じ海域で操業することが多く、昨年は7隻の乗組員が近くにいた側の巡視船に救助された。

ホットラインには両方の言語を話す職員が昼夜を問わず詰める。台風の季節の前に与那国島の沖で合同訓練も行う予定だ。
"""
EN, JA = map(_paragraphs, (EN_TEXT, JA_TEXT))
QUAKE = (
    "The weather office said a magnitude {} quake shook Hualien at {}, at a depth of "
    "{} km, {} km off the coast. No damage was reported."
)
OTHER = "A columnist adds that neither coast guard has said who will pay for the interpreters."
OTHER_JA = "本紙の取材に対し、漁業者の一人は「言葉の通じる相手がいるだけで心強い」と話した。"


def piece(number: int, *paragraphs: str, day: str = "05", lang: str = "en") -> dict[str, Any]:
    return {
        "title": f"Headline number {number}",
        "text": "\n\n".join(paragraphs),
        "lang": lang,
        "url": f"https://outlet{number}.example/a",
        "published": f"2026-11-{day}T0{number}:00:00Z",
        "feed": f"Outlet {number}",
    }


@pytest.fixture
def empty(home: Path) -> Iterator[Library]:
    with Library.open(home, CONFIG) as library:
        yield library


def leads(library: Library) -> dict[int, int | None]:
    ids = sorted(library.listing("").ids)
    return {row.id: row.copy_of for row in library.rows(ids)}


@pytest.mark.parametrize(
    ("first", "second", "lang"),
    [
        (EN, (*EN[:2], OTHER, EN[3]), "en"),
        (JA, (JA[0], OTHER_JA, JA[2]), "ja"),
        (EN, tuple(one.upper() for one in EN), "en"),
        (EN[:2], (OTHER, *EN, *(OTHER.replace("interpreters", w) for w in ("fuel", "food"))), "en"),
    ],
    ids=["a paragraph changed", "in Japanese", "in capitals", "inside a longer article"],
)
def test_a_reprint_is_kept_and_folded_under_the_earliest(
    empty: Library, tmp_path: Path, first: tuple[str, ...], second: tuple[str, ...], lang: str
) -> None:
    bring(empty, tmp_path, [piece(1, *first, lang=lang), piece(2, *second, day="06", lang=lang)])
    assert leads(empty) == {1: None, 2: 1}
    assert empty.article(1).copies == (2,)
    assert empty.search("is:copy").total == 1
    assert list(empty.listing("", folded=True).ids) == [1]
    assert list(empty.listing("is:copy", folded=True).ids) == [2]


def test_what_is_dated_earlier_leads_though_it_comes_later(empty: Library, tmp_path: Path) -> None:
    bring(empty, tmp_path, [piece(1, *EN, day="06")])
    bring(empty, tmp_path, [piece(2, *EN[:3], OTHER, day="05")])
    assert leads(empty) == {1: 2, 2: None}
    empty.edit(2, date="2026-11-07")
    assert leads(empty) == {1: None, 2: 1}
    empty.undo()
    assert leads(empty) == {1: 2, 2: None}


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        (EN, (*EN[:2], OTHER, EN[3]), ("05", "09")),
        (EN, (EN[0], OTHER, OTHER.replace("interpreters", "boats")), ("05", "05")),
        (
            (QUAKE.format(4.5, "8:12", 10.2, 23.4),),
            (QUAKE.format(5.1, "9:47", 31.8, 12.9),),
            ("05", "05"),
        ),
    ],
    ids=["days apart", "one paragraph in common", "a form filled in anew"],
)
def test_what_shares_little_or_is_of_another_day_is_no_copy(
    empty: Library,
    tmp_path: Path,
    first: tuple[str, ...],
    second: tuple[str, ...],
    days: tuple[str, str],
) -> None:
    bring(empty, tmp_path, [piece(1, *first, day=days[0]), piece(2, *second, day=days[1])])
    assert leads(empty) == {1: None, 2: None}


def test_reading_one_marks_all_and_undo_undoes_all(empty: Library, tmp_path: Path) -> None:
    bring(empty, tmp_path, [piece(n, *EN[:3], f"{OTHER} ({n})") for n in (1, 2, 3)])
    empty.mark([2], "read")
    assert empty.search("is:unread").total == 0
    empty.undo()
    assert empty.search("is:unread").total == 3


def test_a_copy_of_what_was_read_counts_as_read_unless_much_is_new(
    empty: Library, tmp_path: Path
) -> None:
    bring(empty, tmp_path, [piece(1, *EN[:3])])
    empty.mark([1], "read")
    more = [OTHER.replace("interpreters", word) for word in ("fuel", "boats", "radios", "food")]
    bring(empty, tmp_path, [piece(2, *EN), piece(3, *EN[:3], *more)])
    assert leads(empty) == {1: None, 2: 1, 3: 1}
    assert [row.read for row in empty.rows([1, 2, 3])] == [True, True, False]


def test_when_the_leader_is_deleted_the_next_one_leads(empty: Library, tmp_path: Path) -> None:
    bring(empty, tmp_path, [piece(n, *EN[:3], f"{OTHER} ({n})") for n in (1, 2, 3)])
    empty.delete([1])
    assert leads(empty) == {2: None, 3: 2}
    empty.undo()
    assert leads(empty) == {1: None, 2: 1, 3: 1}


def test_a_round_up_does_not_fold_what_is_in_it_into_one(empty: Library, tmp_path: Path) -> None:
    others = [" ".join(random.Random(n).sample(EN[0].split() + EN[2].split(), 45)) for n in (1, 2)]
    bring(empty, tmp_path, [piece(1, *EN[:2], *others), piece(2, *EN[:2]), piece(3, *others)])
    found = leads(empty)
    assert (found[2], found[3]) == (1, None)
