"""Two texts compared by paragraphs and by words, in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.comparing import Kind, Passage, compare

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED


def pieces(passage: Passage) -> list[tuple[str, Kind]]:
    return [(piece.text, piece.kind) for piece in passage.pieces]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "The minister will visit Tokyo on Friday.",
            "The minister will visit Osaka on Friday.",
            [
                ("The minister will visit ", SAME),
                ("Tokyo", REMOVED),
                ("Osaka", ADDED),
                (" on Friday.", SAME),
            ],
        ),
        (
            "外交部長週五訪問東京，會見外務大臣。",
            "外交部長週六訪問東京，會見外務大臣。",
            [
                ("外交部長週", SAME),
                ("五", REMOVED),
                ("六", ADDED),
                ("訪問東京，會見外務大臣。", SAME),
            ],
        ),
        (
            "台湾からの観光客は120万人だった。",
            "台湾からの観光客は約130万人だった。",
            [
                ("台湾からの観光客は", SAME),
                ("120", REMOVED),
                ("約130", ADDED),
                ("万人だった。", SAME),
            ],
        ),
    ],
)
def test_the_words_that_changed_are_told_from_those_that_stayed(
    old: str, new: str, expected: list[tuple[str, Kind]]
) -> None:
    [passage] = compare([old], [new])
    assert pieces(passage) == expected


def test_paragraphs_that_came_went_and_stayed() -> None:
    old = ["Ferries sail daily.", "Fares are low this year.", "The harbour is small."]
    new = ["Ferries sail daily.", "A new line opens in May.", "The harbour is small."]
    assert [pieces(one) for one in compare(old, new)] == [
        [("Ferries sail daily.", SAME)],
        [("A new line opens in May.", ADDED)],
        [("Fares are low this year.", REMOVED)],
        [("The harbour is small.", SAME)],
    ]


def test_a_changed_paragraph_is_found_beside_a_new_one() -> None:
    old = ["首相は熊本の工場を訪れた。"]
    new = ["熊本は雨だった。傘の列ができた。", "首相は熊本の新工場を訪れた。"]
    added, changed = compare(old, new)
    assert pieces(added) == [(new[0], ADDED)]
    assert pieces(changed) == [("首相は熊本の", SAME), ("新", ADDED), ("工場を訪れた。", SAME)]


TEXTS = st.lists(st.text("ab 台湾日本。,\n", max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_whatever_they_are(old: list[str], new: list[str]) -> None:
    found = compare(old, new)

    def side(gone: Kind) -> list[str]:
        kept = [[piece.text for piece in one.pieces if piece.kind is not gone] for one in found]
        return ["".join(texts) for texts in kept if "".join(texts)]

    assert side(ADDED) == [text for text in old if text]
    assert side(REMOVED) == [text for text in new if text]


def test_what_would_take_too_long_to_compare_counts_as_replaced() -> None:
    same = ["one line"] * 1_001
    assert {one.pieces[0].kind for one in compare(same, [*same, "x"])} == {REMOVED, ADDED}
    found = compare(["台" * 1_001 + "湾日"], ["台" * 1_001 + "湾本"])
    assert [pieces(one)[0][1] for one in found] == [ADDED, REMOVED]
