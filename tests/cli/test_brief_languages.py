"""A brief speaks the language of whoever reads it, and so does all else that is handed on."""

from __future__ import annotations

import email
import email.policy
import json
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree, html

from tests.cli.conftest import CHIPS, KAIDAN
from tests.cli.program import Program

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENGLISH = re.compile(
    r"Taiwan and Japan|\bto\b|English|Nothing|Who and where|Tags|Note\b|Highlight|reprint|\(new"
    r"|New\b|Contents"
)
# What of the fixture's own is English: titles, outlets, notes, tags, searches.
WRITTEN = re.compile(
    r"Taiwan and Japan sign[^<\]]*|Officials[^<]*|The agreement[^<]*|A ferry line[^<\n]*|Ask .*|"
    r"Ferries[^<\]]*|zebra|typhoon|Strait Herald|follow up|A typhoon.*|.{0,9}img src.*"
)


def own_words(text: str) -> str:
    """What is left of a brief without what it quotes."""
    return WRITTEN.sub("", re.sub(r"https?://\S+", "", text))


@pytest.fixture
def again(told: Program, tmp_path: Path) -> Program:
    """A library with a brief that was delivered once, before one more report came in."""
    return Program(shutil.copytree(told.home, tmp_path / "home"))


def brief(digest: Program, form: str, *more: str) -> str:
    return digest.good("brief", "@all", "--format", form, *more).out


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "zh-Hant",
            (
                "# 台日簡報：",
                "- 中文：島嶼新聞 [賴清德會見日本議員團]",
                "- 日文：東亜通信 ",
                "- 英文：Strait Herald ",
                "（2026年11月3日）\n",
                "（2026年11月3日、新）\n",
                "人物、機構與地點：",
                "賴清德",
                "台北",
                "標籤：#",
                "**筆記：** Ask **whom**",
                "**畫線：**\n\n> 台湾海峡の平和",
                "沒有新文章。",
            ),
        ),
        (
            "ja",
            (
                "# 日台ブリーフ：",
                "- 日本語：東亜通信 ",
                "- 中国語：島嶼新聞 [賴清德會見日本議員團]",
                "- 英語：Strait Herald ",
                "（2026年11月3日、新着）\n",
                "人物・組織・地名：",
                "頼清徳",
                "**メモ：** Ask **whom**",
                "**ハイライト：**\n\n> 台湾海峡の平和",
                "新しい記事はありません。",
            ),
        ),
    ],
)
def test_all_of_its_own_words_are_in_the_language_that_is_asked_for(
    again: Program, lang: str, expected: tuple[str, ...]
) -> None:
    text = brief(again, "md", "--lang", lang)
    for words in expected:
        assert words in text, words
    assert ENGLISH.search(own_words(text)) is None
    first = "中文" if lang == "zh-Hant" else "日本語"  # the reader's own language
    told = re.findall(r"^- (.{2,3})：", text, re.MULTILINE)
    assert told.index(first) < told.index("英語" if lang == "ja" else "英文", 1)


def test_a_story_stands_under_a_headline_that_its_reader_can_read(again: Program) -> None:
    heads = {
        lang: re.findall(r"^### (.+?)(?: \(new\)|（新）|（新着）)?$", text, re.MULTILINE)
        for lang in ("en", "zh-Hant", "ja")
        for text in [brief(again, "md", "--lang", lang)]
    }
    assert "賴清德會見日本議員團" in heads["zh-Hant"]
    assert "台湾の総統、日本の議員団と会談" in heads["ja"]
    assert "台湾の総統、日本の議員団と会談" not in heads["zh-Hant"]
    # Nobody wrote of the ferries in Chinese or Japanese.
    assert all("Ferries between Keelung and Ishigaki" in one for one in heads.values())
    page = html.fromstring(brief(again, "html", "--lang", "ja").encode())
    found = page.xpath("//h3[contains(., '台湾の総統、日本の議員団と会談')]/@lang")
    assert found == ["ja"]
    told = [json.loads(brief(again, "json", "--lang", lang)) for lang in ("en", "ja")]
    assert told[0]["stories"] == told[1]["stories"]  # for programs, which are of no language


@pytest.mark.parametrize("lang", ["zh-Hant", "ja"])
def test_a_page_says_in_which_language_each_of_its_parts_is(again: Program, lang: str) -> None:
    page = html.fromstring(brief(again, "html", "--lang", lang).encode())
    assert page.getroottree().getroot().get("lang") == lang
    assert {one.get("lang") for one in page.iter("blockquote")} == {"en", "zh-Hant", "ja"}
    assert page.xpath("//h3[contains(., 'Ferries')]/@lang") == ["en"]
    # A row of names in Han is of the document's language, not always Chinese.
    assert page.xpath("//p[contains(., '台北')]/span/@lang") == [lang]
    (body,) = page.iter("body")
    shown = "\n".join(map(str, body.itertext()))
    assert ENGLISH.search(own_words(shown)) is None
    assert all(one.get("datetime", "").endswith("Z") for one in page.iter("time"))


@pytest.mark.parametrize(("lang", "contents"), [("zh-Hant", "目次"), ("ja", "目次")])
def test_a_book_is_of_its_readers_language_and_its_chapters_of_their_own(
    again: Program, tmp_path: Path, lang: str, contents: str
) -> None:
    target = tmp_path / "brief.epub"
    brief(again, "epub", "--lang", lang, "-o", str(target))
    with ZipFile(target) as book:
        package = etree.fromstring(book.read("EPUB/package.opf"))
        navigation = etree.fromstring(book.read("EPUB/nav.xhtml"))
        chapters = [book.read(one) for one in book.namelist() if "chapter" in one]
    assert package.findtext(".//{*}language") == lang
    assert navigation.findtext(".//{*}h1") == contents
    assert navigation.get("lang") == lang
    told = [etree.fromstring(one) for one in chapters]
    assert {one.get(XML_LANG) for one in told} >= {"en", "ja" if lang == "ja" else "zh-Hant"}
    inside = [one.find(".//{*}body/{*}div") for one in told]
    assert {one.get("lang") for one in inside if one is not None} == {lang}


def test_the_subject_of_a_mail_is_in_its_readers_language(again: Program) -> None:
    text = brief(again, "eml", "--lang", "ja")
    mail = email.message_from_string(text, policy=email.policy.default)
    assert mail["Subject"].startswith("日台ブリーフ：")


def test_json_is_the_same_in_every_language(again: Program) -> None:
    since = ("brief", "--since", "100y", "--format", "json")
    made = [again.good(*since, "--lang", one).json for one in ("en", "zh-Hant", "ja")]
    for one in made:
        one.pop("from")
        one.pop("to")
    assert made[0] == made[1] == made[2]
    assert "Lai Ching-te" in {
        one["name"] for story in made[0]["stories"] for one in story["entities"]
    }


def test_option_then_named_brief_then_configuration_then_locale_choose_the_language(
    digest: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = digest.home / "config.toml"
    named = '[[briefs]]\nname = "m"\nsince = "100y"\nformat = "md"\n'
    chinese, japanese, english = "# 台日簡報：", "# 日台ブリーフ：", "# Taiwan and Japan, "
    config.write_text(named)
    assert digest.good("brief", "@m").out.startswith(english)
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    assert digest.good("brief", "@m").out.startswith(chinese)
    config.write_text(f'[ui]\nlanguage = "en"\n{named}')
    assert digest.good("brief", "@m").out.startswith(english)
    config.write_text(f'[ui]\nlanguage = "en"\n{named}lang = "ja"\n')
    assert digest.good("brief", "@m").out.startswith(japanese)
    assert digest.good("brief", "--format", "md").out.startswith(english)
    assert digest.good("brief", "@m", "--lang", "zh-hant").out.startswith(chinese)
    assert digest("brief", "--lang", "de").code == 2
    config.write_text(f'{named}lang = "de"\n')
    assert digest("brief", "@m").code == 2


def test_articles_and_charts_are_handed_on_in_the_language_of_the_interface(
    digest: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    digest.good("note", str(KAIDAN), "--text", "照会")
    assert "\n## Note\n" in digest.good("export", "", "--format", "md").out
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    for words in (("show", str(KAIDAN)), ("export", "")):
        text = digest.good(*words, "--format", "md").out
        assert "\n## メモ\n" in text
        assert "## Note" not in text
    page = html.fromstring(digest.good("show", str(KAIDAN), "--format", "html").out.encode())
    assert page.xpath("//*[@class='own']/@lang") == ["ja"]  # it is in Han alone
    chart = etree.fromstring(
        digest.good("stats", "--split", "lang", "--format", "svg").out.encode()
    )
    assert chart.get("lang") == "ja"
    assert chart.findtext("{*}title") == "すべての記事：月別の記事数"
    assert "最多は2026-11" in (chart.findtext("{*}desc") or "")
    target = tmp_path / "all.epub"
    digest.good("export", "", "-o", str(target))
    with ZipFile(target) as book:
        assert "目次" in book.read("EPUB/nav.xhtml").decode()
    # What programs read is as ever.
    assert digest.good("show", str(CHIPS), "--json").json["title"].startswith("Taiwan and Japan")
    assert "published: " in text
