from __future__ import annotations

import pytest

from index.query.ast import (
    And,
    Everything,
    Filter,
    Languages,
    Near,
    Node,
    Not,
    Or,
    Order,
    Pasted,
    Words,
)
from index.query.names import FIELDS, VALUES
from tests.index.making import asked

A, B, C = Words("a"), Words("b"), Words("c")


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("", Everything()),
        ("   ", Everything()),
        ("*", Everything()),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a | b", Or((A, B))),
        ("a|b", Or((A, B))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("-a", Not(A)),
        ("NOT a", Not(A)),
        ("--a", A),
        ("NOT -a", A),
        ("a -b", And((A, Not(B)))),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        ("a a", A),
        ("((a))", A),
        ("or and not near", And(tuple(map(Words, ("or", "and", "not", "near"))))),
        ('"a b"', Words("a b")),
        ("“a b”", Words("a b")),
        ("”a b“", Words("a b")),
        ("「台灣 日本」", Words("台灣 日本")),
        ("『台灣』「日本」", And((Words("台灣"), Words("日本")))),
        ("＂a b＂", Words("a b")),
        ('a"b c"', And((A, Words("b c")))),
        ("chip*", Words("chip", prefix=True)),
        ("台*", Words("台", prefix=True)),
        ('"trade wa"*', Words("trade wa", prefix=True)),
        ("a NEAR/5 b", Near(A, B, 5)),
        ("a NEAR b", Near(A, B, 10)),
        ("a NEAR/1 b NEAR/2 c", And((Near(A, B, 1), Near(B, C, 2)))),
        ('title:a NEAR/3 "b c"', Near(Words("a", "title"), Words("b c", "title"), 3)),
        ("=Word", Words("Word", exact=True)),
        ('="a b"', Words("a b", exact=True)),
        ("=「台灣」", Words("台灣", exact=True)),
        ("-=Word", Not(Words("Word", exact=True))),
        ("title:a", Words("a", "title")),
        ("Title:a", Words("a", "title")),
        ('body:"a b"', Words("a b", "body")),
        ("note:=a", Words("a", "note", exact=True)),
        ("author:chip*", Words("chip", "author", prefix=True)),
        ("title:(a OR b)", Or((Words("a", "title"), Words("b", "title")))),
        ("feed:cna", Filter("feed", "cna")),
        ("from:cna", Filter("feed", "cna")),
        ('feed:"Focus Taiwan"', Filter("feed", "Focus Taiwan")),
        ("tag:半導體", Filter("tag", "半導體")),
        ("#半導體", Filter("tag", "半導體")),
        ("＃標籤", Filter("tag", "標籤")),
        ('#"two words"', Filter("tag", "two words")),
        ("-#x", Not(Filter("tag", "x"))),
        ("who:賴清德", Filter("who", "賴清德")),
        ("story:3", Filter("story", "3")),
        ("id:007", Filter("id", "7")),
        ("id:７", Filter("id", "7")),
        ("id:7,9", Or((Filter("id", "7"), Filter("id", "9")))),
        ("like:7", Filter("like", "7")),
        ("is:unread", Filter("is", "unread")),
        ("is:Starred", Filter("is", "starred")),
        ("lang:en,ja", Languages(("en", "ja"))),
        ("lang:zh-Hant", Languages(("zh",))),
        ("lang:jp", Languages(("ja",))),
        ("（台灣　OR　日本）－中國", And((Or((Words("台灣"), Words("日本"))), Not(Words("中國"))))),
        ("comp＊", Words("comp", prefix=True)),
        ("a｜b", Or((A, B))),
        ("ｔｉｔｌｅ：選舉", Words("選舉", "title")),
        ("a ＯＲ b", Or((A, B))),
        ("a ＮＥＡＲ／３ b", Near(A, B, 3)),
        ("Indo-Pacific", Words("Indo-Pacific")),
        ("Taiwan - Japan", And((Words("Taiwan"), Words("Japan")))),
        ("TSMC台積電", Words("TSMC台積電")),
        ("台灣、日本", And((Words("台灣"), Words("日本")))),
        ("台灣：日本", And((Words("台灣"), Words("日本")))),
        ("台灣,日本", And((Words("台灣"), Words("日本")))),
        ("ジョー・バイデン", And((Words("ジョー"), Words("バイデン")))),
        ("「台灣、日本」", Words("台灣、日本")),
        ("1,234", Words("1,234")),
        ("１，２３４", Words("１，２３４")),
        ("台灣，日本", And((Words("台灣"), Words("日本")))),
        ("https://example.org/a", Words("https://example.org/a")),
        ("Breaking: a", And((Words("Breaking:"), A))),
        ("a & b", And((A, B))),
        ("台灣(a)", And((Words("台灣"), A))),
    ],
)
def test_meaning(source: str, root: Node) -> None:
    query = asked(source)
    assert query.root == root
    assert query.problems == ()
    assert query.order is None


@pytest.mark.parametrize(
    ("source", "root", "message", "place"),
    [
        ("(a", A, "not closed", (0, 1)),
        ("a)", A, "closes nothing", (1, 2)),
        ("a ()", A, "nothing in these", (2, 3)),
        ('"a', A, "not closed", (0, 2)),
        ("a OR", A, "OR needs", (2, 4)),
        ("OR a", A, "OR needs", (0, 2)),
        ("a AND", A, "AND needs", (2, 5)),
        ("a NOT", A, "NOT needs", (2, 5)),
        ("a NEAR/5", A, "NEAR needs", (2, 8)),
        ("a NEAR/5 is:read", And((A, Filter("is", "read"))), "NEAR needs", (2, 8)),
        ("a NEAR/900 b", Near(A, B, 100), "NEAR/100", (2, 10)),
        ("title: a", A, "missing", (0, 6)),
        ('a ""', A, "missing", (2, 4)),
        ("a tag:", A, "needs a value", (2, 6)),
        ("a is:redd", A, "is:read?", (2, 9)),
        ("-is:foo a", A, "is: knows no", (1, 7)),
        ("a id:x", A, "takes a number", (2, 6)),
        ("a lang:klingon", A, "codes such as en", (2, 14)),
        ("a sort:date", A, "sort: knows no", (2, 11)),
        ("a sort:newst", A, "sort:newest?", (2, 12)),
        ("a @chps", A, "no saved search", (2, 7)),
        ("a😀 😀", Words("a😀"), "no word in 😀", (3, 4)),
        ("!!", Everything(), "no word to look for", (0, 2)),
        ("a*", A, "at least two letters", (0, 2)),
        ("c*p", Words("c*p"), "at the end", (0, 3)),
        ("=ab*", Words("ab", exact=True), "do not go together", (0, 4)),
        ("foo:bar", Words("foo:bar"), "no field is called foo", (0, 7)),
        ("titel:bar", Words("titel:bar"), "did you mean title:", (0, 9)),
    ],
)
def test_what_is_not_understood_is_reported_and_the_rest_answered(
    source: str, root: Node, message: str, place: tuple[int, int]
) -> None:
    query = asked(source)
    assert query.root == root
    [problem] = query.problems
    assert message in problem.message
    assert (problem.start, problem.end) == place


@pytest.mark.parametrize("order", list(Order))
def test_sort(order: Order) -> None:
    query = asked(f"a sort:{order} b")
    assert query.root == And((A, B))
    assert query.order is order


SAVED = {
    "Chips": "半導體 OR chip*",
    "Chips in Taiwan": "@chips 台灣 sort:newest",
    'Lai says "yes"': "a",
    "晶片": "b",
    "knot": "a @knot2",
    "knot2": "b @knot",
    "wrong": "a is:foo",
}
CHIPS = Or((Words("半導體"), Words("chip", prefix=True)))


@pytest.mark.parametrize(
    ("source", "root"),
    [
        ("@Chips", CHIPS),
        ("@chips b", And((CHIPS, B))),
        ("@Chips in Taiwan", And((CHIPS, Words("台灣")))),
        ('@"chips in taiwan"', And((CHIPS, Words("台灣")))),
        ("＠晶片 a", And((B, A))),
        ('@Lai says "yes" b', And((A, B))),
        ('@「Lai says "yes"」 b', And((A, B))),
        ("-@Chips", Not(CHIPS)),
    ],
)
def test_saved_searches(source: str, root: Node) -> None:
    query = asked(source, SAVED)
    assert query.root == root
    assert query.problems == ()


def test_a_saved_search_brings_its_order_unless_the_query_has_one() -> None:
    assert asked("@Chips in Taiwan", SAVED).order is Order.NEWEST
    assert asked("@Chips in Taiwan sort:oldest", SAVED).order is Order.OLDEST


def test_a_saved_search_that_contains_itself_is_read_once() -> None:
    query = asked("@knot", SAVED)
    assert query.root == And((A, B))
    [problem] = query.problems
    assert "contains itself" in problem.message
    assert (problem.start, problem.end) == (0, 5)


def test_problems_within_a_saved_search_point_to_its_name() -> None:
    query = asked("b @wrong", SAVED)
    assert query.root == And((B, A))
    [problem] = query.problems
    assert problem.message.startswith("in the saved search wrong: is: knows no")
    assert (problem.start, problem.end) == (2, 8)


def test_every_value_offered_for_completion_is_understood() -> None:
    assert set(VALUES) <= set(FIELDS)
    for name, values in VALUES.items():
        for value in values:
            assert asked(f"{name}:{value}").problems == ()


def test_an_impossible_number_matches_nothing_and_is_no_problem() -> None:
    query = asked("id:99999999999999999999999")
    assert query.problems == ()
    assert query.root != Everything()


def test_more_words_than_anyone_means_are_one_text() -> None:
    words = tuple(Words(f"w{number}") for number in range(33))
    source = " ".join(word.text for word in words)
    found = asked(f"{source} lang:ja")
    assert found.root == And((Pasted(words), Languages(("ja",))))
    assert [problem.message[:40] for problem in found.problems] == [
        "more than 32 words are read as one text:"
    ]
    assert asked(source.replace("w32", "")).root == And(words[:-1])
    assert asked(source.replace(" ", " OR ")).root == Or(words)


def test_a_dozen_beginnings_in_fields_and_phrases_count_and_the_others_are_whole_words() -> None:
    source = (
        " ".join(f"title:ab{number}*" for number in range(11)) + ' "x ab"* "x cd"* y* title:ef*'
    )
    query = asked(source)
    assert isinstance(query.root, And)
    *_, twelfth, thirteenth, alone, last = query.root.children
    assert twelfth == Words("x ab", prefix=True)
    assert thirteenth == Words("x cd")
    assert last == Words("ef", "title")
    assert alone == Words("y")
    first, letters = (problem for problem in query.problems)
    assert first.message.startswith("only the first 12 words with *")
    assert source[first.start : first.end] == '"x cd"*'
    assert "two letters" in letters.message


def test_beginnings_alone_and_han_are_not_counted() -> None:
    source = " OR ".join([f"ab{number}*" for number in range(20)] + ["title:台灣*"] * 3)
    query = asked(source)
    assert query.problems == ()
    assert isinstance(query.root, Or)
    assert all(isinstance(words, Words) and words.prefix for words in query.root.children)
