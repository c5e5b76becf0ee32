from __future__ import annotations

import pytest

from index.dictionary.dictionary import Dictionary
from index.names.names import Names
from index.names.readings import readings
from index.names.romanisation import spellings
from index.related import Aids
from tests.index.making import Desk, document

# Writers and painters whom no list of the package has, and texts of other subjects around them.
DOCUMENTS = [
    document(1, "黃春明談鄉土文學", "作家黃春明出席座談會。", lang="zh"),
    document(2, "黄春明氏の童話", "作家の黄春明氏が朗読した。", lang="ja"),
    document(3, "A talk by Huang Chun-ming", "The writer spoke about his village.", lang="en"),
    document(4, "Spring in the village", "Huang said that spring is bright there.", lang="en"),
    document(5, "鍾理和紀念館", "鍾理和的手稿展出。", lang="zh"),
    document(6, "Letters from Meinung", "Lihe Zhong wrote them in the winter.", lang="en"),
    document(7, "陳澄波の絵が見つかる", "嘉義の画家の作品。", lang="ja"),
    document(8, "春天的明信片", "黃色的花在春天開了。", lang="zh"),
    document(9, "Rain on the plain", "Nothing else happened.", lang="en"),
]


@pytest.fixture
def desk_of_writers(desk: Desk) -> Desk:
    desk.names = Names.load()
    desk.aids = Aids(desk.names, Dictionary.load())
    desk.update(DOCUMENTS)
    return desk


def found(desk: Desk, query: str) -> list[int]:
    return [hit.id for hit in desk.rank(query, relaxed=True).hits(0, 20)]


@pytest.mark.parametrize(
    "query",
    [
        "Huang Chun-ming",
        "Chun-ming Huang",
        "Huang Chunming",
        "huang chun-ming",
        "HUANG Chun\u2011ming",
    ],
)
def test_a_romanised_name_finds_its_characters(desk_of_writers: Desk, query: str) -> None:
    assert set(found(desk_of_writers, f"{query} lang:zh,ja")[:2]) == {1, 2}


@pytest.mark.parametrize("query", ["黃春明", "黄春明"])
def test_characters_find_the_romanised_name(desk_of_writers: Desk, query: str) -> None:
    assert found(desk_of_writers, f"{query} lang:en") == [3]


def test_another_romanisation_in_another_order_is_found(desk_of_writers: Desk) -> None:
    assert found(desk_of_writers, "鍾理和 lang:en") == [6]


def test_what_sounds_so_follows_and_is_marked(desk_of_writers: Desk) -> None:
    ranking = desk_of_writers.rank("Huang Chun-ming", relaxed=True)
    assert ranking.strict == 1
    assert {hit.id: hit.match for hit in ranking.hits(0, 3)} == {
        3: "text",
        1: "relaxed",
        2: "relaxed",
    }


def test_nothing_sounds_alike_in_a_strict_search(desk_of_writers: Desk) -> None:
    assert desk_of_writers.rank("Huang Chun-ming lang:zh").strict == 0


def test_what_stands_in_brackets_is_another_form(desk: Desk) -> None:
    desk.aids = Aids(dictionary=Dictionary.load())  # as if no list had the name
    desk.update(
        [
            document(
                1, "A novel of 1954", "Eileen Chang (張愛玲) wrote it in Hong Kong.", lang="en"
            ),
            document(2, "張愛玲的小說", "她住在香港。", lang="zh"),
            document(3, "香港的小說", "一本小說。", lang="zh"),
            document(
                4, "新しい小説", "アイリーン・チャン（張愛玲、Eileen Chang）の作品。", lang="ja"
            ),
        ]
    )
    assert found(desk, "Eileen Chang lang:zh") == [2]
    assert 1 in found(desk, "アイリーン・チャン lang:en")


def test_a_long_text_is_not_taken_for_names(desk_of_writers: Desk) -> None:
    text = "Huang Chun-ming " + "nobody but ".join(f"one{n} " for n in range(20))
    assert 1 not in found(desk_of_writers, f"{text} lang:zh")


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [
        ("zhi", {"zhi", "chih", "jhih"}),
        ("xu", {"xu", "hsu", "syu"}),
        ("qing", {"qing", "ching", "cing"}),
        ("lv", {"lu", "lyu"}),
        ("guo", {"guo", "kuo"}),
        ("tian", {"tian", "tien"}),
        ("xie", {"xie", "hsieh", "sie"}),
        ("rong", {"rong", "jung"}),
        ("li", {"li", "lee"}),
    ],
)
def test_a_syllable_is_spelt_as_passports_spell_it(syllable: str, expected: set[str]) -> None:
    assert expected <= set(spellings(syllable))


def test_a_surname_is_read_as_one() -> None:
    assert "tseng" in readings().spelt("曾", surname=True)
    assert "ceng" not in readings().spelt("曾", surname=True)


@pytest.mark.parametrize("name", ["王", "王小明天", "ABC", "", "的小明"])
def test_what_is_no_name_has_no_surname(name: str) -> None:
    assert readings().split(name) is None
