from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.names.model import Entity, Mention
from index.names.names import Names
from index.names.packing import Entry, pack_names
from index.names.spelling import match_key
from index.sections import Parts


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


def seen(names: Names, text: str) -> list[tuple[str, str]]:
    return [(one.entity_id, text[one.start : one.end]) for one in names.recognise(text)]


def test_names_are_found_in_running_text(names: Names) -> None:
    text = "頼清徳総統は与那国島に近い花蓮で、台積電の工場を視察した。"
    assert [entity for entity, _ in seen(names, text)] == [
        "lai-ching-te",
        "yonaguni",
        "hualien",
        "tsmc",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("仙台湾で漁をした", [("sendai-bay", "仙台湾")]),
        ("仙台湾と台湾", [("sendai-bay", "仙台湾"), ("taiwan", "台湾")]),
        ("日本橋を歩く", [("nihonbashi", "日本橋")]),
        ("發展中國家", []),
        ("今日本を読む", []),
        ("其中國內", []),
        ("韓國瑜", [("han-kuo-yu", "韓國瑜")]),
        ("タイミングとネクタイ", []),
        ("タイに行く", [("thailand", "タイ")]),
    ],
)
def test_no_name_is_seen_inside_another_word(
    names: Names, text: str, expected: list[tuple[str, str]]
) -> None:
    assert seen(names, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the DPP and the LDP", ["DPP", "LDP"]),
        ("the dpp and the ldp", []),
        ("MOEA, not moea or MOEAN", ["MOEA"]),
        ("Sony, but not sony or Sonya", ["Sony"]),
        ("Taiwan's chips", ["Taiwan"]),
        ("Tariffs and a tariff", ["Tariffs", "tariff"]),
        ("TSMC熊本", ["TSMC", "熊本"]),
        ("JAPAN, TAIWAN", ["JAPAN", "TAIWAN"]),
        ("Lai\nChing-te", ["Lai\nChing-te"]),
        ("may we hope; let us go, who is it", []),
    ],
)
def test_latin_names_need_their_case_and_their_borders(
    names: Names, text: str, expected: list[str]
) -> None:
    assert [form for _, form in seen(names, text)] == expected


def test_places_are_those_of_the_text_as_written(names: Names) -> None:
    text = "㌔㌔ﾊﾟ… ＴＳＭＣ と e\u0301 賴清德"
    assert seen(names, text) == [("tsmc", "ＴＳＭＣ"), ("lai-ching-te", "賴清德")]


def test_an_article_counts_its_entities(names: Names) -> None:
    counts = names.entities("Taiwan and Japan", "台湾 and 臺灣 and Taiwan. TSMC")
    assert counts == {"taiwan": 4, "japan": 1, "tsmc": 1}
    assert next(iter(counts)) == "taiwan"
    assert names.entities("", "") == {}


ALPHABET = "ab台湾仙 "
FORMS = st.text(ALPHABET, min_size=2, max_size=5).filter(lambda form: len(match_key(form)) > 1)


def by_brute_force(keys: dict[str, str], text: str) -> list[Mention]:
    """Leftmost longest by trying everything; a Latin letter never stands against another."""

    def fits(start: int, end: int) -> bool:
        cut_left = start > 0 and text[start - 1] in "ab" and text[start] in "ab"
        cut_right = end < len(text) and text[end] in "ab" and text[end - 1] in "ab"
        return not cut_left and not cut_right

    found, start = [], 0
    while start < len(text):
        ends = range(len(text), start, -1)
        end = next((e for e in ends if text[start:e] in keys and fits(start, e)), None)
        if end is None:
            start += 1
        else:
            found.append(Mention(keys[text[start:end]], start, end))
            start = end
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(FORMS, min_size=1, max_size=12), st.text(ALPHABET, max_size=40))
def test_the_longest_name_from_the_left_wins(forms: list[str], text: str) -> None:
    keys = {match_key(form): f"id{number}" for number, form in enumerate(forms)}
    entries = [
        Entry(Entity(entity_id, "place", zh=(key,)), curated=True)
        for key, entity_id in keys.items()
    ]
    own = Names(Parts(pack_names(entries)))
    folded = {match_key(key): entity_id for key, entity_id in keys.items()}
    assert own.recognise(text) == by_brute_force(folded, text.translate({0x6E7E: "湾"}))
