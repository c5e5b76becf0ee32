from __future__ import annotations

from pathlib import Path

import pytest

from index.names.model import NamesError
from index.names.names import Names


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "names.toml"


def load(file: Path, text: str) -> Names:
    file.write_text(text, encoding="utf-8")
    return Names.load(file)


def test_a_file_that_is_not_there_changes_nothing(file: Path) -> None:
    assert Names.load(file).expand("TSMC")


def test_own_names_are_added(file: Path) -> None:
    names = load(
        file,
        """
        [[names]]
        kind = "person"
        en = ["WANG Hsiao-ming"]
        zh = ["王曉明"]
        ja = ["王暁明"]
        ambiguous = ["小王"]
        """,
    )
    (expansion,) = names.expand("Hsiao-ming Wang")
    assert expansion.entity_id == "wang-hsiao-ming"
    assert "王曉明" in expansion.zh
    assert [one.entity_id for one in names.recognise("王暁明と賴清德")] == [
        "wang-hsiao-ming",
        "lai-ching-te",
    ]
    assert names.expand("小王") == []
    assert [entity.id for entity in names.lookup("小王")] == ["wang-hsiao-ming"]


def test_an_own_entry_takes_the_place_of_the_shipped_one(file: Path) -> None:
    names = load(
        file,
        """
        [[names]]
        id = "tsmc"
        kind = "company"
        en = ["The Fab"]
        zh = ["護國神山"]
        """,
    )
    assert names.expand("TSMC") == []
    assert names.recognise("TSMC台積電") == []
    assert [one.entity_id for one in names.expand("護國神山")] == ["tsmc"]
    entity = names.entity("tsmc")
    assert entity is not None
    assert entity.en == ("The Fab",)
    assert [found.en for found in names.lookup("fab") if found.id == "tsmc"] == [("The Fab",)]


def test_a_shipped_entry_is_removed(file: Path) -> None:
    names = load(file, '[[names]]\nid = "tsmc"\nremove = true\n')
    assert names.entity("tsmc") is None
    assert names.expand("台積電") == []
    assert names.recognise("TSMC") == []
    assert names.expand("JASM")


def test_an_own_form_wins_against_the_same_shipped_one(file: Path) -> None:
    names = load(file, '[[names]]\nid = "my-sony"\nkind = "term"\nen = ["Sony"]\nzh = ["我的"]\n')
    assert [one.entity_id for one in names.expand("Sony")] == ["my-sony"]
    assert [one.entity_id for one in names.recognise("Sony")] == ["my-sony"]


def test_ignored_words_hide_the_names_in_them(file: Path) -> None:
    names = load(file, 'ignore = ["台湾栗鼠", "熊本"]\n')
    assert [one.entity_id for one in names.recognise("台湾栗鼠は台湾の熊本")] == ["taiwan"]
    assert names.expand("熊本") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\n[[names]]\nen = ['A B']\nknd = 'term'\n", ["line 2", "'knd'", "kind"]),
        ("[[name]]\nen = ['A B']\n", ["'name'", "names"]),
        ("[[names]]\nen = ['A B']\n\n[[names]]\nkind = 'person'\n", ["line 4", "needs a form"]),
        ("[[names]]\nkind = 'robot'\nen = ['A B']\n", ["person", "company"]),
        ("[[names]]\nen = 'A B'\n", ["list"]),
        ("[[names]]\nen = ['']\n", ["empty"]),
        ("[[names]]\nen = ['a|b']\n", ["|"]),
        ('[[names]]\nen = ["a\\u001b]0;b\\u0007"]\n', ["hidden character"]),
        ("[[names]]\nzh = ['賴\u202e清德']\n", ["hidden character"]),
        ("[[names]]\nid = 'A B'\nen = ['x y']\n", ["small letters"]),
        ("[[names]]\nid = 'x'\nremove = true\nen = ['x y']\n", ["alone"]),
        ("[[names]]\nremove = true\n", ["alone"]),
        ("[[names]]\nid = 'x'\nremove = 'yes'\n", ["alone"]),
        ("[[names]]\nen = ['A B']\n[[names]]\nen = ['A-B']\n", ["twice"]),
        ("names = 3\n", ["[[names]]"]),
        ("ignore = 3\n", ["list"]),
        ("this is not TOML", ["Correct the file"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(file: Path, text: str, words: list[str]) -> None:
    with pytest.raises(NamesError) as caught:
        load(file, text)
    assert file.name in str(caught.value)
    for word in words:
        assert word in str(caught.value)


def test_a_file_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes('[[names]]\nzh = ["賴清德"]\n'.encode("big5"))
    with pytest.raises(NamesError):
        Names.load(file)
