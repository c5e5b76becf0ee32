from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dictionary.dictionary import Dictionary
from index.model import Ids
from index.names.names import Names
from index.query.ast import Filter, Order
from index.related import Aids
from tests.index.making import Desk, document

NAMES = Names.load()
DICTIONARY = Dictionary.load()
DOCUMENTS = [
    document(1, "水牛在田裡", "農民說，水牛走失了。", lang="zh"),
    document(2, "水牛が田んぼに", "農家の水牛が逃げた。", lang="ja"),
    document(3, "Water buffalo in the field", "The farmer lost an animal.", lang="en"),
    document(4, "An umbrella for the minister", "It rained on the field.", lang="en"),
    document(5, "外交部長撐傘", "大雨中，雨傘壞了。", lang="zh"),
    document(6, "Nothing at all", "Quite another matter.", lang="en"),
]


@dataclass
class Neighbours:
    """Cosines by text or id and document, as a model would give them."""

    cosines: dict[str | int, dict[int, float]] = field(default_factory=dict)

    def nearest(self, text: str, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        return self._best(text, among, count)

    def like(self, id_: int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        return self._best(id_, among, count)

    def _best(self, what: str | int, among: Ids, count: int) -> tuple[Ids, NDArray[np.float64]]:
        near = [(id_, near) for id_, near in self.cosines.get(what, {}).items() if id_ in among]
        near.sort(key=lambda pair: -pair[1])
        ids, cosines = [id_ for id_, _ in near[:count]], [cosine for _, cosine in near[:count]]
        return np.array(ids, np.int64), np.array(cosines, np.float64)


@pytest.fixture
def farm(desk: Desk) -> Desk:
    desk.names = NAMES
    desk.aids = Aids(NAMES, DICTIONARY)
    desk.update(DOCUMENTS)
    desk.library.states = {Filter("is", "read"): [2, 4]}
    return desk


def related(desk: Desk, query: str) -> dict[int, str]:
    ranking = desk.rank(query, relaxed=True)
    return {hit.id: hit.match for hit in ranking.hits(ranking.strict, 100)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("水牛", {3: "dictionary"}),
        ("umbrella", {5: "dictionary"}),
        ("雨傘", {4: "dictionary"}),
        ("lang:en 水牛", {3: "dictionary"}),
        ("lang:ja umbrella", {}),
        ("is:read 雨傘", {4: "dictionary"}),
        ("-is:read 雨傘", {}),
        ("雨傘 -minister", {}),
        ("=水牛", {}),
        ("水牛 sort:newest", {}),
    ],
)
def test_the_dictionary_finds_a_word_in_other_languages(
    farm: Desk, query: str, found: dict[int, str]
) -> None:
    assert related(farm, query) == found


def test_what_the_dictionary_brings_does_not_match(farm: Desk) -> None:
    assert farm.find("水牛") == {1, 2}
    ranking = farm.rank("水牛", relaxed=True)
    assert ranking.strict == 2
    assert ranking.matches == ("text", "text", "dictionary")


def test_without_the_dictionary_nothing_is_translated(farm: Desk) -> None:
    farm.aids = Aids(NAMES)
    assert related(farm, "水牛") == {}


def test_some_words_and_translations_make_one_list(farm: Desk) -> None:
    assert related(farm, "umbrella animal") == {3: "relaxed", 4: "relaxed", 5: "dictionary"}


def test_names_inside_a_run_widen_the_relaxed_reading(desk: Desk) -> None:
    desk.names, desk.aids = NAMES, Aids(NAMES)
    desk.update([document(1, "William Lai speaks"), document(2, "Rain in William Street")])
    assert desk.find("頼清徳総統") == set()
    assert related(desk, "頼清徳総統") == {1: "relaxed"}


@pytest.mark.parametrize(
    ("query", "found"), [("Changhua ferry", {1, 2}), ("lang:ja Changhua ferry", {1})]
)
def test_a_name_written_alike_in_chinese_and_japanese_is_found_in_both(
    desk: Desk, query: str, found: set[int]
) -> None:
    desk.names, desk.aids = NAMES, Aids(NAMES)
    desk.update(
        [
            document(1, "彰化県の春", lang="ja"),
            document(2, "彰化縣的春天", lang="zh"),
            document(3, "大阪の春", lang="ja"),
        ]
    )
    assert set(related(desk, query)) == found


def test_a_translation_of_one_han_character_is_looked_for(desk: Desk) -> None:
    desk.aids = Aids(dictionary=DICTIONARY)
    desk.update(
        [document(1, "朝の市場", "朝早く起き、朝食をとる。", lang="ja"), document(3, "朝日")]
    )
    desk.update(
        [document(2, "夜の市場", "夜遅く眠る。", lang="ja"), document(4, "朝顔", lang="ja")]
    )
    desk.update([document(3, "Weather", "Rain.")])
    assert related(desk, "lang:ja morning walk") == {1: "dictionary", 4: "dictionary"}
    long = "lang:ja every morning the people walk there in rain"
    assert related(desk, long) == {}


def test_meaning_brings_what_shares_no_word(farm: Desk) -> None:
    near = Neighbours({"zebra crossing": {6: 0.8, 2: 0.5, 1: 0.01}})
    farm.aids = Aids(NAMES, DICTIONARY, near)
    assert related(farm, "zebra crossing") == {6: "meaning", 2: "meaning"}
    assert related(farm, "zebra crossing lang:ja") == {2: "meaning"}
    assert related(farm, "zebra crossing -水牛") == {6: "meaning"}
    assert related(farm, "zebra =crossing") == {}
    assert len(farm.rank("zebra crossing", order=Order.OLDEST, relaxed=True).ids) == 0


def test_what_has_the_words_is_not_marked_as_found_by_meaning(farm: Desk) -> None:
    near = Neighbours({"umbrella animal": {3: 0.7, 6: 0.6}})
    farm.aids = Aids(NAMES, DICTIONARY, near)
    found = related(farm, "umbrella animal")
    assert found == {3: "relaxed", 4: "relaxed", 5: "dictionary", 6: "meaning"}


def test_a_sentence_leans_on_meaning_a_word_and_its_own_language_on_text(farm: Desk) -> None:
    word, sentence = "minister animal", "where did the minister leave that animal in heavy rain"
    near = {1: 0.9, 6: 0.9}
    farm.aids = Aids(NAMES, None, Neighbours({word: near, sentence: near}))

    def scores(query: str) -> dict[int, float]:
        return {hit.id: hit.score for hit in farm.rank(query, relaxed=True).hits(0, 9)}

    assert scores(sentence)[1] > scores(word)[1] > scores(word)[6]
    assert scores(sentence)[6] == scores(word)[6] < scores(sentence)[4]


@pytest.mark.parametrize("name", ["Chun-ming Huang", "Changhua"])
def test_a_name_leans_on_text_more_than_a_word_does(farm: Desk, name: str) -> None:
    near = {1: 0.9}
    farm.aids = Aids(NAMES, DICTIONARY, Neighbours({"zebra crossing": near, name: near}))

    def score(query: str) -> float:
        return farm.rank(query, relaxed=True).hits(0, 1)[0].score

    assert 0 < score(name) < score("zebra crossing")


def test_more_like_a_document(farm: Desk) -> None:
    farm.aids = Aids(neighbours=Neighbours({1: {1: 1.0, 3: 0.6, 2: 0.9, 6: 0.1}}))
    assert list(related(farm, "like:1").items()) == [(2, "meaning"), (3, "meaning")]
    assert related(farm, "like:1 lang:en") == {3: "meaning"}
    assert related(farm, "like:1 -farmer") == {2: "meaning"}
    assert farm.rank("like:1", relaxed=True).strict == 0
    assert farm.find("like:1") == set()


def test_without_vectors_likeness_goes_by_words(farm: Desk) -> None:
    assert related(farm, "like:2") == {1: "relaxed", 3: "dictionary"}
    assert related(farm, "like:4")[3] == "relaxed"
    assert related(farm, "like:77") == {}
    assert related(farm, "like:99999999999999999999999") == {}


@pytest.mark.parametrize(
    "query", ["the of and", "台", "？！", "「」", "a" * 1999, "水牛" * 900, "umbrella " * 200, "😀"]
)
def test_any_query_has_related_documents_or_none(farm: Desk, query: str) -> None:
    ranking = farm.rank(query, relaxed=True)
    assert len(set(ranking.ids.tolist())) == len(ranking.ids)


def test_a_name_that_is_a_word_too_is_read_loosely_behind_the_strict_matches(farm: Desk) -> None:
    farm.update(
        [
            document(11, "A market in Shulin", "Fruit and vegetables.", lang="en"),
            document(12, "A forest in the north", "Trees and birds.", lang="en"),
        ]
    )
    ranking = farm.rank("樹林 lang:en", relaxed=True)
    assert ranking.strict == 0
    assert {hit.id for hit in ranking.hits(0, 5)} >= {11, 12}


@pytest.mark.parametrize("query", ["Lee", "林"])
def test_a_short_form_of_many_is_not_read_at_all(farm: Desk, query: str) -> None:
    farm.update([document(13, "李登輝與林佳龍", "歷史。", lang="zh")])
    ranking = farm.rank(f"{query} lang:zh", relaxed=True)
    assert [hit.match for hit in ranking.hits(0, 5)] in ([], ["text"])


PARAGRAPH = (
    "When the typhoon had passed, the harbour master of Keelung walked along the broken quay "
    "and counted the boats that were left. Of forty fishing vessels eleven lay on the bottom, "
    "and the ice house had lost its roof; nobody could say when the market would open again."
)


def test_a_pasted_paragraph_finds_what_shares_its_rarest_words(desk: Desk) -> None:
    said = PARAGRAPH.replace("walked along", "was seen on")
    desk.update(
        [
            document(1, "After the storm", f"{said} More tomorrow."),
            document(2, "Boats", "The boats of the harbour are counted when the market opens."),
            *(document(10 + n, "The day", "It was a day that had passed again.") for n in range(9)),
        ]
    )
    ranking = desk.rank(PARAGRAPH, relaxed=True)
    assert ranking.strict == 0
    assert list(ranking.ids[:2]) == [1, 2]
    assert not set(ranking.ids.tolist()) & set(range(10, 19))


def test_a_pasted_paragraph_keeps_the_conditions_beside_it(desk: Desk) -> None:
    desk.update([document(1, "", PARAGRAPH), document(2, "", PARAGRAPH, lang="zh")])
    assert related(desk, f"lang:zh {PARAGRAPH}") == {2: "relaxed"}
    assert related(desk, f"{PARAGRAPH} -forty") == {}


def test_a_passage_in_quotation_marks_is_looked_for_word_for_word(desk: Desk) -> None:
    desk.update([document(1, "", PARAGRAPH), document(2, "", PARAGRAPH.replace("eleven", "ten"))])
    assert desk.find(f'"{PARAGRAPH}"') == {1}
