from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import SourceError
from digest.ingest.sources.options import AddOptions, language_tag
from digest.ingest.sources.read import drafts
from digest.model import Draft
from tests.ingest.sources.reading import NOW, ZONE, only, outcomes, texts


def names(found: list[tuple[str, Draft | SourceError]]) -> list[str]:
    return [Path(source).name for source, _ in found]


def test_a_folder_brings_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/.hidden.txt", ".git/d.txt", "sub/e.docx"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("<p>Some text that is here.</p>")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "linked.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    found = outcomes(tmp_path)
    assert names(found) == ["a.md", "b.txt", "linked.txt", "c.html"]
    assert all(isinstance(draft, Draft) for _, draft in found)
    assert found[3][0] == str(tmp_path / "sub" / "c.html")


def test_a_bad_file_in_a_folder_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "b.pdf").write_text("no pdf")
    (tmp_path / "c.txt").write_text("Fine text. More.")
    found = outcomes(tmp_path)
    assert [type(draft) for _, draft in found] == [SourceError, SourceError, Draft]
    assert names(found) == ["a.txt", "b.pdf", "c.txt"]


def test_a_pipe_in_a_folder_is_left_alone(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("Fine text. More.")
    assert names(outcomes(tmp_path)) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("missing.txt", None),
        ("table.xlsx", b"x"),
        ("empty.txt", b" \n "),
        ("empty.html", b"<html></html>"),
        ("binary.txt", b"\x7fELF\x00\x01" + bytes(range(256)) * 10),
        ("broken.pdf", b"%PDF-1.4 nothing"),
        ("empty.eml", b"From: a@example.com\n\n"),
        ("empty.jsonl", b"\n\n"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ((source, error),) = outcomes(path)
    assert source == str(path)
    assert isinstance(error, SourceError)
    assert str(error).endswith(".")
    assert "\n" not in str(error)


def test_an_empty_folder_and_an_odd_name_fail(tmp_path: Path) -> None:
    for source in (str(tmp_path), "a\0b.txt", str(tmp_path / ("x" * 300 + ".txt"))):
        ((_, error),) = outcomes(source)
        assert isinstance(error, SourceError)


def test_an_address_is_handed_to_the_network(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(url: str) -> Draft:
        asked.append(url)
        return Draft("A title", (), url=url, outlet="Site", lang="ja")

    found = list(
        drafts(
            "HTTPS://example.jp/a",
            AddOptions(title="Mine", lang="ja-jp"),
            fetch_page=fetch,
            stdin=None,
            clock=lambda: NOW,
            zone=ZONE,
        )
    )
    assert asked == ["HTTPS://example.jp/a"]
    assert found == [
        ("HTTPS://example.jp/a", Draft("Mine", (), url=asked[0], outlet="Site", lang="ja-JP"))
    ]


HTML = """<html lang="zh-TW"><head><meta charset="utf-8"><title>短文</title>
<link rel="canonical" href="https://news.example.tw/1?utm_source=x"></head><body>
<h1>總統會見日本議員團</h1><p class="byline">記者王大明／台北報導</p><p>總統今天會見日本議員團。</p>
<p>雙方就半導體合作交換意見。</p><p class="date">中華民國115年11月8日</p></body></html>"""
MAIL = """From: =?UTF-8?B?5bGx55Sw5aSq6YOO?= <y@example.jp>
Subject: Fwd: =?UTF-8?B?5pel5Y+w6Zai5L+C44Gu6YCy5bGV?=
Date: Sun, 08 Nov 2026 09:00:00 +0900
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=utf-8

plain only
--y
Content-Type: text/html; charset=utf-8

<html><body><p>議員団と会談した。</p><blockquote>重要な一歩だ。</blockquote></body></html>
--y--
--x
Content-Type: text/html; charset=utf-8
Content-Disposition: attachment; filename=b.html

<p>attached</p>
--x--
"""


def test_a_saved_page(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_text(HTML, encoding="utf-8")
    draft = only(path, AddOptions(feed="My clippings"))
    assert draft.title == "總統會見日本議員團"
    assert draft.url == "https://news.example.tw/1"
    assert draft.published == datetime(2026, 11, 8, 4, tzinfo=UTC)
    assert (draft.author, draft.outlet, draft.lang) == ("王大明", "My clippings", "zh-Hant")
    assert "雙方就半導體合作交換意見。" in texts(draft)
    assert "總統會見日本議員團" not in texts(draft)
    assert (draft.raw, draft.raw_type) == (HTML.encode(), "text/html")


def test_an_email(tmp_path: Path) -> None:
    path = tmp_path / "letter.eml"
    path.write_text(MAIL, encoding="utf-8")
    draft = only(path)
    assert (draft.title, draft.author) == ("日台関係の進展", "山田太郎")
    assert draft.published == datetime(2026, 11, 8, tzinfo=UTC)
    assert [(block.kind.value, block.text) for block in draft.blocks] == [
        ("paragraph", "議員団と会談した。"),
        ("quote", "重要な一歩だ。"),
    ]


def test_a_plain_email_in_an_old_encoding(tmp_path: Path) -> None:
    head = b"Subject: Note\nFrom: a@example.jp\nContent-Type: text/plain; charset=iso-2022-jp\n\n"
    path = tmp_path / "letter.eml"
    path.write_bytes(head + "首相は協力を続けると述べた。".encode("iso2022_jp"))
    draft = only(path)
    assert (draft.title, draft.author) == ("Note", "a@example.jp")
    assert texts(draft) == ["首相は協力を続けると述べた。"]


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/mixed; boundary=a\n\n" * 3000,
        b"Subject: =?nonsense?B?////?=\nDate: never\nFrom: \xff\xfe<\n\nText of it. More.",
        b"Content-Type: text/html; charset=nonsense\n\n<p>Text of it.",
        b": : :\n\n",
    ],
)
def test_broken_emails_never_surprise(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.eml"
    path.write_bytes(content)
    ((_, outcome),) = outcomes(path)
    assert isinstance(outcome, Draft | SourceError)


@pytest.mark.parametrize(
    ("stdin", "title"),
    [
        (HTML.encode(), "總統會見日本議員團"),
        (MAIL.encode(), "日台関係の進展"),
        ("日台関係の進展\n\n首相は述べた。".encode("cp932"), "日台関係の進展"),
        (b'{"title": "From JSON", "text": "Body."}\n', "From JSON"),
        (b"From: the editor\nTo the reader it may concern. More.", "From: the editor"),
        (b'{"not": "an article"} is how it begins', '{"not": "an article"} is how it begins'),
    ],
)
def test_standard_input_is_recognised(stdin: bytes, title: str) -> None:
    assert only("-", stdin=stdin).title == title


def test_standard_input_may_be_missing_or_empty() -> None:
    for stdin in (None, b""):
        ((source, error),) = outcomes("-", stdin=stdin)
        assert source == "-"
        assert isinstance(error, SourceError)


@pytest.mark.parametrize(
    ("tag", "normal"),
    [
        ("EN", "en"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("ZH-HANS", "zh-Hans"),
        ("ja-jp", "ja-JP"),
        ("es-419", "es-419"),
        ("en-u-hc-h23", "en-u-hc-h23"),
        ("nan-Latn-pehoeji", "nan-Latn-pehoeji"),
        ("not a tag", ""),
        ("1x", ""),
        ("", ""),
    ],
)
def test_language_tags(tag: str, normal: str) -> None:
    assert language_tag(tag) == normal
