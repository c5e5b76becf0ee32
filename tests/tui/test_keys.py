"""Presets, own keys, clashes, full-width twins, sequences."""

from pathlib import Path

import pytest
from textual.keys import _character_to_key

from digest.config.actions import ACTIONS as CONFIGURABLE
from digest.tui.actions import ACTIONS, BY_ID, GROUPS
from digest.tui.keys import PRESETS, Sequences, ascii_twin, key_name, parse, resolve, shown
from tests.tui.desk import open_desk

CONTRACT = {
    "list.next": "j",
    "list.previous": "k",
    "sidebar.next": "J",
    "sidebar.previous": "K",
    "list.top": "g g",
    "list.bottom": "G",
    "article.open": "Enter",
    "article.page": "Space",
    "article.star": "s",
    "article.toggle_read": "u",
    "list.mark_all_read": "A",
    "list.select": "v",
    "fetch.all": "R",
    "fetch.feed": "Ctrl-R",
    "undo": "Ctrl-Z",
    "redo": "Ctrl-Y",
    "sidebar.toggle": "b",
    "reader.zoom": "z",
    "search.open": "/",
    "hit.next": "n",
    "article.next_unread": "n",
    "view.save": "@",
    "article.tag": "t",
    "article.note": "a",
    "article.copy_link": "y",
    "article.copy_citation": "Y",
    "article.export": "e",
    "article.browse": "o",
    "article.refetch": "x",
    "command.open": ":",
    "palette.open": "Ctrl-P",
    "help.open": "?",
}


def test_vim_preset_is_the_contract() -> None:
    keyboard = resolve("vim")
    assert {action: keyboard.first(action) for action in CONTRACT} == CONTRACT
    assert keyboard.shown("article.tag") == "t  +  -"
    assert keyboard.clashes == ()


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_name_known_actions_and_do_not_clash(preset: str) -> None:
    assert set(PRESETS[preset]) <= set(BY_ID)
    keyboard = resolve(preset)
    assert keyboard.unknown == ()
    assert [clash for clash in keyboard.clashes if clash.lost in PRESETS[preset]] == []
    # Whoever loses a key to the preset still has one.
    for action in ACTIONS:
        assert keyboard.keys[action.id] or not action.keys, action.id


def test_every_action_has_a_known_group_and_a_unique_id() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert {action.group for action in ACTIONS} == set(GROUPS)


def test_every_action_may_be_given_a_key_in_the_configuration() -> None:
    assert set(BY_ID) <= set(CONFIGURABLE)


def test_own_key_wins_and_the_loser_is_reported() -> None:
    keyboard = resolve("vim", {"article.tag": "s"})
    assert keyboard.shown("article.tag") == "s"
    assert keyboard.shown("article.star") == ""
    assert [(c.key, c.kept, c.lost) for c in keyboard.clashes] == [
        ("s", "article.tag", "article.star")
    ]
    assert keyboard.keymap()["article.star"] == "no-key-article.star"


def test_a_key_that_starts_a_sequence_clashes_with_it() -> None:
    keyboard = resolve("vim", {"article.star": "g"})
    assert keyboard.shown("list.top") == "Home"
    assert keyboard.clashes[0].lost == "list.top"


def test_unknown_names_are_reported() -> None:
    assert resolve("emacs", {"article.tga": "t"}).unknown == ("emacs", "article.tga")


@pytest.mark.parametrize("code", range(0x21, 0x7F))
def test_key_names_are_textuals(code: int) -> None:
    assert key_name(chr(code)) == _character_to_key(chr(code))


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("t", (("t",),)),
        ("j, Down", (("j",), ("down",))),
        ("g g", (("g", "g"),)),
        ("Ctrl-R", (("ctrl+r",),)),
        ("ctrl+r", (("ctrl+r",),)),
        ("C-x", (("ctrl+x",),)),
        ("?", (("question_mark",),)),
        ("-", (("minus",),)),
        ("+", (("plus",),)),
        ("Esc", (("escape",),)),
        ("Space", (("space",),)),
        ("", ()),
    ],
)
def test_parse(written: str, keys: tuple[tuple[str, ...], ...]) -> None:
    assert parse(written) == keys


def test_shown() -> None:
    assert shown(("question_mark",)) == "?"
    assert shown(("ctrl+r",)) == "Ctrl-R"
    assert shown(("g", "g")) == "g g"


@pytest.mark.parametrize(
    ("wide", "twin"), [("ｊ", "j"), ("／", "/"), ("：", ":"), ("？", "?"), ("　", " "), ("＋", "+")]
)
def test_full_width_signs_have_twins(wide: str, twin: str) -> None:
    assert ascii_twin(wide) == twin


@pytest.mark.parametrize("sign", ["j", "台", "。", "", None, "ｱ"])
def test_others_have_none(sign: str | None) -> None:
    assert ascii_twin(sign) is None


def test_sequences() -> None:
    sequences = Sequences({("g", "g")})
    assert sequences.press("j") is None
    assert sequences.press("g") == ""
    assert sequences.press("g") == "g g"
    assert sequences.press("g") == ""
    assert sequences.press("t") is None
    assert sequences.press("g") == ""
    sequences.forget()
    assert sequences.press("t") is None


async def test_keys_one_after_another_wait_their_turn_behind_those_before_them(home: Path) -> None:
    async with open_desk(home) as desk:
        last = desk.screen.articles.shelf.ids[-1]
        for key in ("G", "enter", "g", "g"):
            desk.send(key)
        await desk.until(lambda: desk.screen.reader.article is not None)
        await desk.settle()
        assert desk.screen.reader.article is not None
        assert desk.screen.reader.article.id == last
        assert desk.screen.articles.current == last
        assert desk.screen.pane == "reader"
        for key in ("h", "k", "g", "g"):
            desk.send(key)
        await desk.settle()
        assert desk.screen.articles.cursor == 0
        for key in ("G", "g", "g"):
            desk.send(key)
        await desk.settle()
        assert desk.screen.articles.cursor == 0
