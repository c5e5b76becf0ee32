"""Completion of queries, commands and tags, without a screen."""

import pytest

from digest.tui.commanding import Command, CommandError, parse_command, tag_words
from digest.tui.completing import Vocabulary, accept, complete
from digest.tui.ticking import ticks_of, typed_directly

WORDS = Vocabulary(
    tags=("chips", "china", "台海"),
    feeds=("NHK", "中央社 CNA"),
    views=("Chips", "Last week"),
)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("", ()),
        ("ti", ("title:",)),
        ("taiwan la", ("lang:",)),
        ("tag:ch", ("tag:chips", "tag:china")),
        ("-tag:chi", ("tag:chips", "tag:china")),
        ("#台", ("#台海",)),
        ("＃台", ("#台海",)),
        ("feed:中", ('feed:"中央社 CNA"',)),
        ('feed:"中央社 C', ('feed:"中央社 CNA"',)),
        ("is:un", ("is:unread",)),
        ("@", ("@Chips", '@"Last week"')),
        ("台灣", ()),
        ("is:unread ", ()),
    ],
)
def test_options(text: str, options: tuple[str, ...]) -> None:
    assert complete(text, len(text), WORDS).options == options


def test_accept_keeps_what_is_around() -> None:
    text = "a -tag:ch is:read"
    found = complete(text, 9, WORDS)
    assert accept(text, found, 1) == ("a -tag:china is:read", 13)
    assert accept("la", complete("la", 2, WORDS), 0) == ("lang:", 5)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", None),
        ("article.star", Command(action="article.star")),
        (":q", Command(action="quit")),
        ("tag +a -b", Command(verb="tag", words=("+a", "-b"), rest="+a -b")),
        ("search 台灣 OR japan", Command("", "search", ("台灣", "OR", "japan"), "台灣 OR japan")),
        ('search "a b', Command("", "search", ('"a', "b"), '"a b')),
        ("fetch", Command(verb="fetch")),
    ],
)
def test_commands(typed: str, command: Command | None) -> None:
    assert parse_command(typed) == command


def test_unknown_commands_name_the_nearest() -> None:
    with pytest.raises(CommandError, match=r"article\.star"):
        parse_command("artcle.star")


def test_tag_words() -> None:
    assert tag_words(("+a", "-b", "c", "＋台海", "#d", "+")) == (["a", "c", "台海", "d"], ["b"])


def test_ticks() -> None:
    ticks = ticks_of([("chips", 5), ("china", 2), ("old", 1)], [["chips", "old"], ["old"]])
    assert [(row.name, row.state) for row in ticks.rows("")] == [
        ("chips", None),
        ("old", True),
        ("china", False),
    ]
    ticks = ticks.toggled("chips").toggled("old")
    assert ticks.changes() == (["chips"], ["old"])
    assert ticks.changes("+new -chips") == (["new"], ["chips", "old"])
    assert [(row.name, row.new) for row in ticks.rows("chi")] == [
        ("chips", False),
        ("china", False),
        ("chi", True),
    ]
    assert [row.name for row in ticks.rows("-zzz")] == []
    assert ticks.toggled("chips").state("chips") is False
    assert typed_directly("+a")
    assert typed_directly("a b")
    assert not typed_directly("a")
