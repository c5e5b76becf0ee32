from __future__ import annotations

import pytest

from index.names.names import Names
from tests.index.making import Desk, document


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("chips", "One chip."),
        ("chip", "Many chips."),
        ("company", "The companies' plans."),
        ("minister", "The minister's plan."),
        ("minister’s", "Two ministers."),
        ("woman", "Women vote."),
        ("fishermen", "A fisherman returns."),
        ("crises", "A crisis."),
        ("Indo-Pacific", "A free Indo Pacific."),
        ("Indo-Pacific", "A free Indopacific."),
        ("Indo Pacific", "A free Indo-Pacific."),
        ("semi-conductor", "A semiconductor."),
        ("e-mail", "An email."),
        ("email", "Two e-mails."),
        ("emailed", "She e-mailed."),
        ("F-16", "Two F16 fighters."),
        ("F16", "Two F-16 fighters."),
        ("US", "The U.S. said so."),
        ("U.S.", "US ships."),
        ("1,000", "1000 people."),
        ("1000", "1,000 people."),
        ("1000", "１，０００人。"),
        ("１０００", "1,000 people."),
        ("ＴＳＭＣ", "TSMC builds."),
        ("サーバ", "サーバーの生産。"),
        ("サーバー", "サーバの生産。"),
        ("サーバー", "ｻｰﾊﾞｰの生産。"),
        ("ｻｰﾊﾞｰ", "サーバーの生産。"),
        ("キャノン", "キヤノンの工場。"),
        ("インタビュー", "インタヴューに答えた。"),
        ("ベトナム", "ヴェトナムの工場。"),
        ("人々", "人人都說。"),
        ("人人", "人々は喜ぶ。"),
        ("霞が関", "霞ヶ関の官庁。"),
        ("関ヶ原", "関ケ原の戦い。"),
        ("関ケ原", "関が原の戦い。"),
        ("一ヶ月", "一か月の間。"),
        ("3か月", "3ヶ月の間。"),
        ("一カ月", "一ヵ月の間。"),
        ("取り組み", "政府の取組を見る。"),
        ("取組", "政府の取り組みを見る。"),
        ("申込書", "申し込み書を出す。"),
        ("引渡し", "引き渡しの日。"),
        ("受け入れ", "受入れの準備。"),
        ("引き上げ", "値段の引上げ。"),
    ],
)
def test_a_word_is_found_however_it_is_written(desk: Desk, query: str, text: str) -> None:
    desk.update([document(1, "Nothing here", text), document(2, "Nothing there", "Rain.")])
    ranking = desk.rank(query)
    assert [hit.id for hit in ranking.hits(0, 5)] == [1]
    assert ranking.strict == 1


@pytest.mark.parametrize("query", ["=women", "=インタヴュー", "=F-16"])
def test_the_written_form_is_asked_for_as_it_is(desk: Desk, query: str) -> None:
    desk.update([document(1, "One", "A woman, インタビュー, F16.")])
    assert desk.rank(query).strict == 0


def test_a_name_is_found_when_its_words_close_up(desk: Desk) -> None:
    desk.names = Names.load()
    desk.update([document(1, "A speech", "A free and open Indo-Pacific.")])
    assert desk.rank("Indopacific").strict == 1


def test_what_is_found_in_another_spelling_is_marked(desk: Desk) -> None:
    text = document(1, "One", "Two F16 fighters.")
    desk.update([text])
    query = desk.asked("F-16")
    assert desk.engine.marks(query, [text.body]) == [((4, 7),)]
