"""Every form of a brief has all of it, and is judged by something that is not ours."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
from lxml import html
from markdown_it import MarkdownIt

from tests.cli.conftest import CHIPS, FERRY, HELD, KAIDAN, LAI
from tests.cli.program import ROOT, Program


def seen(page: str | bytes) -> str:
    return "".join(map(str, html.fromstring(page).itertext()))


def epub_text(path: Path) -> str:
    with ZipFile(path) as book:
        pages = [name for name in book.namelist() if name.endswith(".xhtml")]
        return " ".join(seen(book.read(name)) for name in pages)


def mail(path: Path) -> email.message.EmailMessage:
    found = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(found, email.message.EmailMessage)
    return found


def text_of(form: str, path: Path) -> str:
    """What a reader sees, by a reader of the form that is not ours."""
    if form == "md":
        return seen(MarkdownIt("commonmark", {"html": False}).render(path.read_text("utf-8")))
    if form == "epub":
        return epub_text(path)
    if form == "eml":
        part = mail(path).get_body(("html",))
        assert part is not None
        return seen(part.get_content())
    return seen(path.read_bytes())


@pytest.mark.parametrize("form", ["md", "html", "epub", "eml"])
def test_every_form_has_all_of_the_brief(forms: dict[str, Path], form: str) -> None:
    text = " ".join(text_of(form, forms[form]).split())
    for expected in (
        "Ferries",  # the headings of the sections
        "議員",
        "zebra",
        "Nothing new.",
        "Ferries between Keelung and Ishigaki",  # a headline
        "A ferry line from Keelung in Taiwan to Ishigaki in Japan is to open in spring.",  # quotes
        "半導體合作與台灣海峽的和平",
        "— Strait Herald",  # whose they are
        "東亜通信",  # outlets by language
        "日本語",
        "中文",
        "総統と議員団の会談、続報",
        "2026-11-03, new",  # what was not there at the last brief
        "Ask",  # the note
        "whom",
        "台湾海峡の平和",  # what was kept, and the comment
        HELD,
        "Lai Ching-te",  # who and where
        "Taipei",
        "#外交",  # tags
        "#follow up",
    ):
        assert expected in text, expected
    assert "2026-10-20, new" not in text
    assert "Ask **whom**" not in text  # a note is Markdown
    assert "semiconductor," not in text  # which is neither who nor where


def test_the_json_is_as_its_schema_says(forms: dict[str, Path]) -> None:
    schema = json.loads((ROOT / "docs" / "brief.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    made = json.loads(forms["json"].read_text("utf-8"))
    validator(schema).validate(made)
    for key in ("stories", "from"):
        with pytest.raises(jsonschema.ValidationError):
            validator(schema).validate({k: v for k, v in made.items() if k != key})
    ferry, kaidan, typhoon = made["stories"]
    assert (ferry["section"], kaidan["section"]) == ("@Ferries", "議員")
    assert [one["id"] for one in kaidan["articles"]] == [CHIPS, LAI, KAIDAN, FERRY + 2]
    assert [one["new"] for one in kaidan["articles"]] == [False, False, False, True]
    assert (ferry["first"], kaidan["first"], kaidan["new"]) == (FERRY, CHIPS, False)
    assert kaidan["highlights"] == [{"id": KAIDAN, "quote": "台湾海峡の平和", "comment": HELD}]
    assert typhoon["headline"].startswith("<img")
    assert kaidan["languages"] == {"en": 1, "ja": 2, "zh": 1}


def test_the_book_passes_its_formats_own_validator(forms: dict[str, Path]) -> None:
    checker, java = shutil.which("epubcheck"), shutil.which("java")
    if checker is None or java is None:
        pytest.skip("epubcheck or java is not installed: on Debian, apt install epubcheck")
    ran = subprocess.run(
        [java, "-jar", checker, "--failonwarnings", str(forms["epub"])],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_books_contents_have_the_stories_below_their_sections(forms: dict[str, Path]) -> None:
    with ZipFile(forms["epub"]) as book:
        navigation = html.fromstring(book.read("EPUB/nav.xhtml"))
    outer = navigation.findall(".//nav/ol/li")
    assert [one.findtext("a") for one in outer] == ["Ferries", "議員", "zebra", "typhoon"]
    inner = [[two.text for two in one.findall("ol/li/a")] for one in outer]
    assert [len(one) for one in inner] == [1, 1, 0, 1]
    assert inner[0] == ["Ferries between Keelung and Ishigaki"]
    assert [one.get("lang") for one in outer[1].findall("a")] == ["zh-Hant"]


def test_the_mail_has_both_texts_for_pythons_own_reader(forms: dict[str, Path]) -> None:
    found = mail(forms["eml"])
    assert not found.defects
    assert found["Subject"].startswith("Taiwan and Japan, ")
    assert found["Date"].datetime is not None
    assert found.get_content_type() == "multipart/alternative"
    plain, page = found.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert page.get_content_type() == "text/html"
    # But for the title, which tells the minute at which each was made.
    written = forms["md"].read_text("utf-8").split("\n")[1:]
    assert plain.get_content().splitlines()[1:] == written[:-1]
    assert max(map(len, forms["eml"].read_bytes().split(b"\r\n"))) <= 998


def test_quotes_stand_in_the_articles_they_name(told: Program, forms: dict[str, Path]) -> None:
    tree = html.fromstring(forms["html"].read_bytes())
    quotes = tree.findall(".//figure/blockquote")
    assert {one.get("lang") for one in quotes} == {"en", "zh-Hant", "ja"}
    for one in quotes:
        (ident,) = told.search(f'"{"".join(map(str, one.itertext()))}"')[:1]
        shown = told.good("show", str(ident), "--json").json
        assert "".join(map(str, one.itertext())) in shown["text"]
        assert one.get("cite") == shown["url"]
