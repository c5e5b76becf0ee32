"""The interface in three languages: nothing is left in English by accident."""

import os
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from digest.config.settings import Config, Ui
from digest.ingest.relevance import score
from digest.languages import catalogues
from digest.languages.catalogues import LANGUAGES, from_locale, words_of
from digest.tui import i18n
from digest.tui.actions import ACTIONS
from digest.tui.keys import resolve
from digest.tui.library_words import NUMBERS, PATTERNS, retold
from digest.tui.rendering.parts import text_of
from digest.tui.screens.help import help_lines
from scripts import translations
from tests.tui.desk import NEVER_READ, open_desk

FIELD = re.compile(r"\{(\w+)[^}]*\}")  # a date is put in with its parts: {date.year}


@pytest.fixture(scope="module")
def template() -> Catalog:
    return translations.template()


def forms(text: object) -> list[str]:
    return [text] if isinstance(text, str) else [str(one) for one in text]  # type: ignore[attr-defined]


@pytest.mark.parametrize("folder", LANGUAGES.values())
def test_every_text_is_translated_and_keeps_its_values(template: Catalog, folder: str) -> None:
    catalogue = translations.read(folder)
    wanted = {message.id for message in template if message.id}
    there = {message.id for message in catalogue if message.id}
    assert wanted - there == set(), "run 'make translations', then translate what is new"
    assert translations.untranslated(catalogue) == []
    for message in catalogue:
        if message.id:
            fields = set(FIELD.findall(" ".join(forms(message.id))))
            for text in forms(message.string):
                assert set(FIELD.findall(text)) <= fields, text
                if isinstance(message.id, str):
                    assert set(FIELD.findall(text)) == fields, text


def test_no_text_stands_inside_an_f_string_where_it_is_not_found() -> None:
    hidden = re.compile(r"""\{(?:_|(?:\w+\.)?n?gettext)\(['"]""")
    for path in translations.TEXTS.rglob("*.py"):
        assert not hidden.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("environ", "tag"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ({"LANG": "zh-Hant-HK"}, "zh-Hant"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "zh_TW:en"}, "zh-Hant"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "ja"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], tag: str) -> None:
    assert from_locale(environ) == tag
    assert words_of("auto", environ).tag == tag


@pytest.mark.parametrize("stale", ["missing", "older"])
def test_a_checkout_speaks_without_having_been_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stale: str
) -> None:
    folder = shutil.copytree(catalogues.FOLDER, tmp_path / "locale")
    monkeypatch.setattr(catalogues, "FOLDER", folder)
    for compiled in folder.rglob("*.mo"):
        compiled.unlink()
    if stale == "older":
        source = folder / "ja" / "LC_MESSAGES" / "digest.po"
        source.with_suffix(".mo").write_bytes(b"something old")
        os.utime(source.with_suffix(".mo"), (1, 1))
    assert words_of("ja").gettext("Unread") == "未読"


def test_what_the_library_says_is_said_in_the_readers_language() -> None:
    i18n.install(words_of("ja"))
    assert retold("tagged 3 articles +chips -sea") == "3件のタグ +chips -sea"
    assert "HTTP 404" in retold("there is nothing at this address any more (HTTP 404)")
    assert retold("the site has a fault (HTTP 500)") == "サイトに障害が起きています (HTTP 500)"
    inside = retold("in the saved search Chips: this parenthesis is not closed")
    assert inside == "ビュー「Chips」：この括弧が閉じられていません"
    assert retold("something nobody has translated") == "something nobody has translated"
    assert retold("named: Taiwan 3, Japan 1, both in one word 2").endswith("日本 1、両方を含む語 2")
    for reasons in score.WORDS.values():
        assert set(reasons) <= {*PATTERNS, ""}
    for pattern in PATTERNS:
        sentence = FIELD.sub(lambda found: "3" if found[1] in NUMBERS else "x", pattern)
        assert retold(sentence) != sentence, pattern


async def test_the_desk_problems_of_a_query_and_undo_speak_japanese(home: Path) -> None:
    async with open_desk(home, config=Config(ui=Ui(language="ja"))) as desk:
        assert "未読" in desk.text
        assert "今日" in desk.text
        await desk.press("s", "ctrl+z")
        assert "元に戻しました：1件にスター" in desk.toasts
        await desk.press("/")
        await desk.type("(chip")
        await desk.until(lambda: "この括弧が閉じられていません" in desk.text)


async def test_the_help_and_the_days_speak_chinese(home: Path) -> None:
    async with open_desk(home, config=Config(ui=Ui(language="zh-Hant"))) as desk:
        assert "今天　11月22日 星期日" in desk.text
        assert "11月20日 星期五" in desk.text
        await desk.press("?")
        assert "搜尋" in desk.text
        await desk.type("復原")
        assert "Ctrl-Z" in desk.text
        assert "下一篇" not in desk.text


@pytest.mark.parametrize(
    ("language", "name"), [("zh-Hant", "熊本"), ("ja", "熊本"), ("en", "Kumamoto")]
)
async def test_people_and_places_have_their_names_in_the_language_of_the_desk(
    home: Path, language: str, name: str
) -> None:
    config = Config(ui=Ui(language=language))
    async with open_desk(home, size=(160, 40), config=config) as desk:
        await desk.until(lambda: any(entry.title == name for entry in desk.screen.sidebar.entries))
        [place] = [entry for entry in desk.screen.sidebar.entries if entry.title == name]
        assert place.query == "who:Kumamoto"


@pytest.mark.parametrize("language", ["en", "ja", "zh-Hant"])
def test_in_the_help_no_words_run_into_each_other(language: str) -> None:
    i18n.install(words_of(language))
    lines = [text_of(line) for line in help_lines(resolve(), "")]
    for action in ACTIONS:
        assert any(line.endswith(f" :{action.id}") for line in lines), action.id
        (line,) = (line for line in lines if line.endswith(f":{action.id}"))
        keys = resolve().shown(action.id)
        assert line.startswith(f"  {keys} "), line


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (144, 44), (145, 44), (147, 44), (200, 50)])
@pytest.mark.parametrize("keys", [(), ("b",), (">", ">"), ("<",), ("?",)])
async def test_no_character_of_a_toast_is_lost_over_the_edge_of_a_pane(
    home: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    config = Config(ui=Ui(language="zh-Hant"))
    async with open_desk(home, size=size, config=config, timing=NEVER_READ, toasts=True) as desk:
        await desk.press(*keys)
        for words in ("此文沒有圖片，也沒有附件。", "a此文沒有圖片，也沒有附件。"):
            desk.app.clear_notifications()
            desk.screen.say(words)
            await desk.until(lambda: "附件" in desk.text)
            assert words in "".join(desk.text.split()), desk.lines()[-4:]


@pytest.mark.parametrize(
    "words", ["この一覧にはメモもハイライトもありません。", "aこの一覧にはメモも何もありません。"]
)
async def test_a_toast_that_is_still_there_moves_into_the_box_that_opens(
    home: Path, words: str
) -> None:
    config = Config(ui=Ui(language="ja"))
    async with open_desk(
        home, size=(147, 44), config=config, timing=NEVER_READ, toasts=True
    ) as desk:
        desk.screen.say(words)
        await desk.until(lambda: words in desk.text)
        await desk.press("?")
        await desk.until(lambda: "ヘルプ" in desk.text and words in desk.text)
