from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Passage, Text
from index.snippets import COLUMNS, Highlighter
from tests.index.making import asked, bracketed


def marked(source: str, text: str) -> str:
    """A text with all hits of a query in double brackets."""
    [marks] = Highlighter(asked(source)).marks([text])
    return bracketed(Passage(text, marks))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("台湾", "[[台灣]]與[[台湾]]和[[臺灣]]"),
        ("トヨタ", "[[ﾄﾖﾀ]]と[[トヨタ]]"),
        ("パナマ", "中米の[[ﾊﾟﾅﾏ]]で"),
        ("株式会社", "㈱と[[㍿]]と[[株式會社]]"),
        ("ケ月", "三[[ヶ月]]"),
        ("trade", "They [[traded]]; [[Trading]] is [[TRADE]], not tradition"),
        ("=trade", "They traded; Trading is TRADE, not trades or [[trade]]"),
        ("=Trading", "They traded; [[Trading]] is TRADE"),
        ("=台湾", "台灣與[[台湾]]"),
        ('="a b"', "[[a  b]] c [[a b]]"),
        ("tokyo", "[[Tōkyō]] and [[TOKYO]] and [[Ｔｏｋｙｏ]]"),
        ("cafe", "un [[cafe\u0301]] noir"),
        ("chip*", "[[Chips]] and [[chipmakers]], microchips"),
        ("台", "[[台]]灣、[[臺]]北"),
        ("US", "The [[U.S]]. and [[US]] but not USA"),
        ("1234", "[[1,234]] or [[１２３４]], not 12345"),
        ("indo-pacific", "the [[Indo-Pacific]], the [[Indo Pacific]], Pacific"),
        ("2奈米", "[[2 奈米]]和[[２奈米]]和12奈米"),
        ("「台灣、日本」", "[[台湾・日本]]と台湾日本"),
        ("Japan", "[[Japan's]] or [[Japan’s]]"),
        ("サーバー", "[[サーバ]]と[[サーバー]]"),
        ("佐佐木", "[[佐々木]]、[[佐佐木]]"),
        ("ベトナム", "[[ヴェトナム]]、[[ベトナム]]"),
        ("trade -war", "[[trade]] war"),
        ("a NEAR/2 c", "[[a]] b [[c]]"),
        ("is:read", "nothing"),
        ("½", "[[1/2]] and [[½]]"),
    ],
)
def test_hits_are_marked_in_the_text_as_written(source: str, shown: str) -> None:
    assert marked(source, shown.replace("[[", "").replace("]]", "")) == shown


def test_hits_that_touch_are_one() -> None:
    assert marked("台灣 灣日 日本", "在台灣日本間") == "在[[台灣日本]]間"


def test_text_that_was_found_by_a_relaxed_reading_has_its_single_terms_marked() -> None:
    assert (
        marked("台湾の半導体工場はどこですか", "半導体の工場を、台湾に建てる")
        == "[[半導体]]の[[工場]]を、[[台湾]]に建てる"
    )
    assert (
        marked("why did firms trade with Japan", "Japanese firms in Japan are trading")
        == "Japanese [[firms]] in [[Japan]] are [[trading]]"
    )


def test_one_text_with_a_strict_hit_keeps_the_others_of_its_document_strict() -> None:
    found = Highlighter(asked('"trade war"')).marks(["a trade war", "the trade"])
    assert found == [((2, 11),), ()]


def shown(source: str, body: str, *, title: str = "", note: str = "") -> str:
    return bracketed(Highlighter(asked(source)).passages(Text(title, body, note)).body)


FILLER = "Nothing of interest happened on that day in the whole of the capital. "


def test_the_passage_has_most_different_words_of_the_query() -> None:
    body = f"Taiwan is an island. {FILLER * 9}Taiwan sells chips to Japan. {FILLER * 9}"
    assert "[[Taiwan]] sells [[chips]] to [[Japan]]." in shown("taiwan chips japan", body)


def test_of_equal_pieces_the_first_is_shown() -> None:
    body = f"One Taiwan here. {FILLER * 9}Two Taiwan there. {FILLER * 9}"
    assert shown("taiwan", body).startswith("One [[Taiwan]] here.")


def test_a_passage_begins_with_a_sentence_and_says_what_is_left_out() -> None:
    text = shown("taiwan", f"{FILLER * 9}A sentence about Taiwan begins. {FILLER * 9}")
    assert text.startswith("…A sentence about [[Taiwan]] begins.")
    assert text.endswith(".…")


def test_words_stay_whole_where_there_is_no_sentence() -> None:
    body = "alpha beta gamma delta " * 40 + "Taiwan " + "alpha beta gamma delta " * 40
    words = shown("taiwan", body).strip("…").replace("[[", "").replace("]]", "").split()
    assert set(words) == {"alpha", "beta", "gamma", "delta", "Taiwan"}


@pytest.mark.parametrize("before", [8_000, 29_900, 35_000, 120_000])
def test_the_only_hit_far_down_a_long_text_is_shown(before: int) -> None:
    filler = FILLER * (before // len(FILLER))
    assert "says [[Taiwan]] [[trades]]." in shown(
        "taiwan trade", f"{filler}It says Taiwan trades. "
    )
    han = "今日は何もない一日だった。" * (before // 13)
    assert "[[台灣]]と[[日本]]。" in shown("台湾 日本", f"{han}台灣と日本。")


def test_a_run_of_characters_without_any_space_or_mark_is_searched_to_its_end() -> None:
    assert "[[台灣]]" in shown("台湾", "字" * 39_999 + "台灣" + "字" * 40_000)
    assert "[[台灣]]" in shown("台湾", "字" * 10_399 + "台灣" + "字" * 40_000)


def test_a_piece_with_all_words_is_found_some_way_down() -> None:
    body = f"Taiwan here. {FILLER * 300}Taiwan sells chips. {FILLER * 9}"
    assert "[[Taiwan]] sells [[chips]]." in shown("taiwan chips", body)


def test_a_piece_goes_on_to_further_hits_of_its_only_word_where_they_fit() -> None:
    body = (
        "Over-supply is at the root. " * 9
        + "Hard tariff talks soured; old tariff rows. Nothing else."
    )
    assert shown("tariff", body) == (
        "…Over-supply is at the root. Over-supply is at the root. Over-supply is at the root. "
        "Hard [[tariff]] talks soured; old [[tariff]] rows. Nothing else."
    )


def test_of_many_words_a_piece_near_the_start_is_enough() -> None:
    words = [f"w{number}x" for number in range(20)]
    dense = " ".join(words[:12] * 30)
    body = f"{dense}. {'So it is. ' * 200}{' '.join(words)}."
    piece = shown(" OR ".join(words), body)
    assert piece.startswith("[[w0x]]")
    assert "[[w11x]]" in piece
    assert "w19x" not in piece


def test_of_long_texts_without_end_no_more_than_the_beginnings_are_searched() -> None:
    def texts(before: int) -> list[Text]:
        return [Text("Title", "Filler. " * before + "The tariff rose.", "")] * 80

    highlighter = Highlighter(asked("tariff OR nowhere"))
    deep = [highlighter.passages(text).body for text in texts(2_000)]
    assert deep[0].marks
    assert not deep[-1].marks
    assert deep[-1].text.startswith("Filler.")
    early = [highlighter.passages(text).body for text in texts(200)]
    assert all(passage.marks for passage in early)


def test_without_hits_the_text_is_shown_from_its_start() -> None:
    assert shown("is:read", "A first line.\n\nA second\tline.") == "A first line. A second line."


def test_a_hit_in_the_note_alone_shows_the_note() -> None:
    assert shown("meeting", "The body.", note="Ask at the meeting.") == "Ask at the [[meeting]]."


def test_a_field_is_marked_only_in_itself() -> None:
    passages = Highlighter(asked("title:japan")).passages(Text("Japan", "Japan again"))
    assert bracketed(passages.title) == "[[Japan]]"
    assert bracketed(passages.body) == "Japan again"


@pytest.mark.parametrize(
    "body",
    [
        f"{FILLER * 5}Taiwan and Japan. {FILLER * 5}",
        "今日は何もない一日だった。" * 20 + "日本と台湾の会談が行われた。" + "何もない。" * 40,
        "字" * 400 + "台湾" + "字" * 400,
        "x" * 400 + " Taiwan " + "x" * 400,
    ],
)
def test_a_passage_fits_its_columns(body: str) -> None:
    text = Highlighter(asked("taiwan OR 台灣")).passages(Text("", body)).body.text
    width = sum(2 if char > "\u2e80" else 1 for char in text.strip("…"))
    assert COLUMNS // 2 <= width <= COLUMNS + 1


words = st.sampled_from(
    [*"台a½㍿㎞々😀、。\né", "臺灣", "日本", "ｱﾊﾟ", "佐佐", "trade", "trading", "U.S.", "e\u0301"]
)
texts = st.one_of(
    st.lists(words, max_size=60).map(" ".join),
    st.lists(words, max_size=60).map("".join),
    st.text(st.characters(max_codepoint=sys.maxunicode, exclude_categories=["Cs"]), max_size=120),
)
queries = st.lists(
    st.sampled_from(["台湾", "=trade", "trad*", "トヨタ", "日本 OR a", '"a 台"', "½", "-a", "台"]),
    max_size=4,
).map(" ".join)


@given(queries, texts, texts)
def test_marks_lie_within_the_text_apart_and_in_order(query: str, title: str, body: str) -> None:
    highlighter = Highlighter(asked(query))
    passages = highlighter.passages(Text(title, body))
    assert passages.title.text == title
    for text, marks in (*passages, (body, highlighter.marks([body])[0])):
        edges = [0, *(place for mark in marks for place in mark), len(text)]
        assert edges == sorted(edges)
        assert all(start < end for start, end in marks)
    pieces = passages.body.text.strip("…").split()
    assert " ".join(pieces) in " ".join(body.split())
