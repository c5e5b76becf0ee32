from __future__ import annotations

import pytest

from index.fold import fold
from index.names.model import KINDS
from index.names.names import Names


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.load()


def ids(names: Names, name: str) -> list[str]:
    return [expansion.entity_id for expansion in names.expand(name)]


@pytest.mark.parametrize(
    "written",
    [
        "Lai Ching-te",
        "Ching-te Lai",
        "lai ching te",
        "LAI CHINGTE",
        "William Lai",
        "賴清德",
        "頼清徳",
        "赖清德",
        "頼総統",
        "「賴清德」",
    ],
)
def test_every_form_of_a_name_is_one_entity(names: Names, written: str) -> None:
    assert ids(names, written) == ["lai-ching-te"]


def test_an_expansion_brings_the_other_languages(names: Names) -> None:
    (expansion,) = names.expand("Lai Ching-te")
    assert "賴清德" in expansion.zh
    assert "Ching-te Lai" in expansion.en
    assert "William Lai" in expansion.en
    assert "Lai Ching-te" not in expansion.forms


def test_forms_that_fold_alike_are_given_once(names: Names) -> None:
    for written in ("賴清德", "Taiwan Strait", "Japan-Taiwan Exchange Association", "Kumamoto"):
        (expansion,) = names.expand(written)
        folded = [fold(form) for form in (written, *expansion.forms)]
        assert len(set(folded)) == len(folded)
        assert len(expansion.forms) <= 12


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("半導體", "semiconductor"),
        ("半導体", "semiconductors"),
        ("台灣海峽", "台湾海峡"),
        ("台湾海峡", "Taiwan Strait"),
        ("関税", "tariffs"),
        ("排他的経済水域", "專屬經濟區"),
        ("EEZ", "exclusive economic zone"),
        ("台湾有事", "Taiwan contingency"),
        ("日本台湾交流協会", "Japan-Taiwan Exchange Association"),
        ("日本台灣交流協會", "日本台湾交流協会"),
        ("台灣日本關係協會", "Taiwan-Japan Relations Association"),
        ("日華懇", "日華議員懇談会"),
        ("萩生田光一", "Koichi Hagiuda"),
        ("Kōichi Hagiuda", "Hagiuda Kouichi"),
        ("Mitsuo Ohashi", "大橋光夫"),
        ("Mitsuo Oohashi", "Ōhashi Mitsuo"),
        ("高市早苗", "Takaichi Sanae"),
        ("台積電", "TSMC"),
        ("鴻海", "Foxconn"),
        ("ソニー", "索尼"),
        ("与那国", "Yonaguni"),
        ("尖閣諸島", "Diaoyutai"),
        ("印太", "インド太平洋"),
        ("下関条約", "馬關條約"),
        ("Donald Trump", "ドナルドトランプ"),
        ("ドナルド＝トランプ", "川普"),
    ],
)
def test_forms_of_one_thing_meet(names: Names, one: str, other: str) -> None:
    assert ids(names, one)
    assert ids(names, one) == ids(names, other)


@pytest.mark.parametrize(
    "written",
    [
        "Lai",
        "Lee",
        "林",
        "安倍",
        "Abe",
        "May Hope",
        "hope",
        "us",
        "who",
        "a",
        "賴",
        "",
        " ",
        "「」",
    ],
)
def test_ambiguous_and_short_forms_do_not_expand(names: Names, written: str) -> None:
    assert names.expand(written) == []


def test_acronyms_that_are_words_expand_in_capitals(names: Names) -> None:
    assert ids(names, "US") == ["united-states"]
    assert ids(names, "WHO") == ["world-health-organization"]
    assert ids(names, "dpp") == ids(names, "DPP") == ["dpp"]


def test_a_name_inside_a_longer_run_is_literal(names: Names) -> None:
    assert names.expand("頼清徳総統訪日") == []
    assert names.in_query("頼清徳総統訪日") == []
    inside = names.in_query("頼清徳総統訪日", inside_runs=True)
    assert [(name.start, name.end) for name in inside] == [(0, 3)]


def test_names_of_several_words_are_found_in_a_query(names: Names) -> None:
    query = "Lai Ching-te visits 与那国 EEZ"
    found = [query[name.start : name.end] for name in names.in_query(query)]
    assert found == ["Lai Ching-te", "与那国", "EEZ"]


def test_places_of_query_names_are_those_of_the_query_as_written(names: Names) -> None:
    query = "㌔㌔ ＴＳＭＣ　半導体"
    found = [query[name.start : name.end] for name in names.in_query(query)]
    assert found == ["ＴＳＭＣ", "半導体"]


def test_who_finds_by_surname_what_does_not_expand(names: Names) -> None:
    assert names.lookup("lai")[0].id == "lai-ching-te"
    assert "lin-chia-lung" in [entity.id for entity in names.lookup("林")]
    assert names.lookup("Aso")[0].id == "taro-aso"
    assert [entity.id for entity in names.lookup("William Lai")] == ["lai-ching-te"]
    assert names.lookup("no such name at all") == []


def test_an_entity_has_a_form_in_each_language(names: Names) -> None:
    entity = names.entity("lai-ching-te")
    assert entity is not None
    assert entity.kind in KINDS
    assert (entity.en[0], entity.zh[0], entity.ja[0]) == ("Lai Ching-te", "賴清德", "頼清徳")
    assert names.entity("no-such-id") is None


@pytest.mark.parametrize("odd", ["\0", "\ud800", "́", "・", "-" * 300, "台" * 5000, "a " * 5000])
def test_odd_text_raises_nothing(names: Names, odd: str) -> None:
    assert names.expand(odd) == []
    assert names.in_query(odd) == []
    names.lookup(odd)
    names.recognise(odd)
